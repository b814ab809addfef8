"""Month-by-month scores in the windows of Iraq and Nigeria, and what was said of 2014 at the end of 2013."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from panels import COUNTRY, IRAQ, NIGERIA, TARGETS, read_events, target
from sum_tables import Row
from work import Work, run

from vedette.model import EndemicEpidemic, History, Model, Pool, baselines, forecast
from vedette.periods import Step, parse
from vedette.score import Scorecard, backtest, compare

SEED, DRAWS, HORIZONS = 1, 1000, 12
DEVELOPMENT = {
    "Iraq 2005-09": (IRAQ, "2005-01", "2009-06", "2009-12", 1),
    "Nigeria 2008-18": (NIGERIA, "2008-01", "2018-06", "2019-12", 3),
}
EVALUATION = {"Iraq 2010-18": (IRAQ, "2010-01", "2018-06", "2018-12", 1)}
WINDOWS = DEVELOPMENT | EVALUATION
REFERENCE = "conflictology-12"
MANY_DRAWS, REPEATS = 20_000, range(1, 6)


@dataclass(frozen=True)
class Window:
    """One target in one window: scores, skills with intervals, coverage."""

    name: str
    target: str
    card: Scorecard

    def rows(self) -> list[Row]:
        """A row for each model."""
        means = dict(self.card.means().select("model", "crps_fair").iter_rows())
        noise = {row[0]: row[2] for row in self.card.seed_noise().iter_rows()}
        plain = min(self.plain(), key=lambda model: means[model])
        return [
            {
                "window": self.name,
                "target": self.target,
                "model": model,
                "crps": means[model],
                "seed_noise": noise[model],
                "skill": 1 - means[model] / means[REFERENCE],
                "skill_low": self._edge(model, "high", means),
                "skill_high": self._edge(model, "low", means),
                "best_baseline": plain,
                "over_best_baseline": 1 - means[model] / means[plain],
                "inside_90": self._inside(model),
            }
            for model in self.card.models
        ]

    def plain(self) -> list[str]:
        """The simple baselines among the models."""
        known = {model.name for model in baselines(Step.MONTH)}
        return [model for model in self.card.models if model in known]

    def _edge(self, model: str, edge: str, means: dict[str, float]) -> float | None:
        if model == REFERENCE:
            return None
        return -float(getattr(compare(self.card, model, REFERENCE), edge)) / means[REFERENCE]

    def _inside(self, model: str) -> dict[str, float]:
        held = self.card.coverage("model", "horizon").filter(model=model, level=0.9)
        return {f"{h}": share for h, share in held.select("horizon", "share").iter_rows() if h in (1, 6, 12)}


def models(name: str, past: History) -> list[Model]:
    """The pool, the members that can speak of a past, the endemic-epidemic family and the baselines."""
    members = Pool().members(past)
    offset = 0.5 if name in COUNTRY else 0.05
    return [Pool(), *members, EndemicEpidemic(), *baselines(Step.MONTH, offset)]


def window_rows(shared: Path, chosen: Sequence[str], workers: Executor) -> list[Row]:
    """Backtests of all targets in the windows named, a row for each model."""
    work = []
    for name in chosen:
        file, first, last, end, stride = WINDOWS[name]
        events = read_events(shared, file)
        for each in TARGETS:
            if name.startswith("Nigeria") and each == "T1 state-based":
                continue
            history = target(events, each).until(parse(end, Step.MONTH))
            origins = range(parse(first, Step.MONTH) - 1, parse(last, Step.MONTH), stride)
            work.append(Work(f"{name}, {each}", _window, (name, each, history, origins)))
    return [row for window in run(work, workers) for row in window.rows()]


def chance_of_2014(shared: Path, workers: Executor) -> list[Row]:
    """The chance given at the end of 2013 to at least as many deaths in 2014 as came.

    From 20,000 draws with each of five seeds: ``error`` is the standard deviation between them.
    """
    history = target(read_events(shared, IRAQ), "T1 all")
    origin = parse("2013-12", Step.MONTH)
    first = origin + 1 - history.span.first
    came = int(history.truth[first : first + 12].sum())
    past, of_all = history.until(origin), models("T1 all", history.until(origin))
    chances = run([Work(f"2014: {each.name}", _chances, (each, past, came)) for each in of_all], workers)
    return [
        {
            "model": model.name,
            "observed": came,
            "chance": float(np.mean(found)),
            "error": float(np.std(found, ddof=1)),
        }
        for model, found in zip(of_all, chances, strict=True)
    ]


def sums_over_places(shared: Path, workers: Executor) -> list[Row]:
    """Coverage of the sum of the governorates' draws in each month, by horizon."""
    history = target(read_events(shared, IRAQ), "T2 deaths")
    origins = list(range(parse("2009-12", Step.MONTH), parse("2018-06", Step.MONTH)))
    pieces = [origins[part::3] for part in range(3)]
    held = run([Work("sums over places", _held, (history, piece)) for piece in pieces], workers)
    return [
        {"horizon": horizon, "inside_90": float(np.mean([yes for part in held for yes in part[horizon]]))}
        for horizon in held[0]
    ]


def _window(name: str, kind: str, history: History, origins: Sequence[int]) -> Window:
    card = backtest(history, models(kind, history.until(origins[0])), origins, HORIZONS, DRAWS, SEED)
    return Window(name, kind, card)


def _chances(model: Model, past: History, came: int) -> list[float]:
    draws = (
        forecast(model, past, past.span.last, HORIZONS, MANY_DRAWS, seed).draws.sum(axis=(1, 2))
        for seed in REPEATS
    )
    return [float((total >= came).mean()) for total in draws]


def _held(history: History, origins: Iterable[int]) -> dict[int, list[bool]]:
    held: dict[int, list[bool]] = {1: [], 6: [], 12: []}
    for origin in origins:
        total = forecast(Pool(), history, origin, HORIZONS, DRAWS, SEED).total("all")
        low, high = total.quantiles((0.05, 0.95))[:, :, 0]
        for horizon, found in held.items():
            row = origin + horizon - history.span.first
            if row < len(history.truth):
                found.append(bool(low[horizon - 1] <= history.truth[row].sum() <= high[horizon - 1]))
    return held
