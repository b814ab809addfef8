"""The whole evaluation of the forecasts: every figure of docs/reference/evaluation.md.

    python studies/evaluate.py --shared ../shared --out docs/reference

Development windows (Iraq origins 2005-01 to 2009-06, Nigeria, VIEWS 2018) were looked at while the pool was
built; the others (Iraq 2010-01 to 2018-06, VIEWS 2019 and 2020) were not. Origins are named here by the first
month forecast, as in the literature; data up to the month before are known.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from panels import COUNTRY, IRAQ, JANUARY, NIGERIA, TARGETS, read_events, target, views

from vedette.files import replace_file
from vedette.model import (
    SHARES,
    EndemicEpidemic,
    History,
    IntArray,
    Model,
    PastAsSample,
    Pool,
    baselines,
    forecast,
)
from vedette.periods import Step, from_views_month, parse
from vedette.score import Scorecard, backtest, compare, crps, ignorance, interval

SEED, DRAWS, HORIZONS = 1, 1000, 12
OTHERS = range(2, 7)
WINDOWS = {
    "Iraq 2010-18": (IRAQ, "2010-01", "2018-06", "2018-12", 1),
    "Iraq 2005-09": (IRAQ, "2005-01", "2009-06", "2009-12", 1),
    "Nigeria 2008-18": (NIGERIA, "2008-01", "2018-06", "2019-12", 3),
}
REFERENCE = "conflictology-12"
Row = dict[str, object]


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


def models(name: str) -> list[Model]:
    """The pool, its members, the endemic-epidemic family and the baselines."""
    members = [share.model for share in SHARES if not share.needs_events or name != "T2 events"]
    offset = 0.5 if name in COUNTRY else 0.05
    return [Pool(), *members, EndemicEpidemic(), *baselines(Step.MONTH, offset)]


def windows(shared: Path, chosen: Sequence[str]) -> list[Window]:
    """Backtests of all targets in the windows named."""
    found = []
    for name in chosen:
        file, first, last, end, stride = WINDOWS[name]
        events = read_events(shared, file)
        for each in TARGETS:
            if name.startswith("Nigeria") and each == "T1 state-based":
                continue
            history = target(events, each).until(parse(end, Step.MONTH))
            origins = range(parse(first, Step.MONTH) - 1, parse(last, Step.MONTH), stride)
            card = backtest(history, models(each), origins, HORIZONS, DRAWS, SEED)
            found.append(Window(name, each, card))
            print(name, each, card.means().select("model", "crps_fair").rows(), flush=True)
    return found


def challenge(shared: Path) -> list[Row]:
    """VIEWS: months 3 to 14 after October, scores as in the challenge, over those of conflictology."""
    history, rows = views(shared), []
    for year, january in JANUARY.items():
        origin = from_views_month(january - 3)
        first = origin + 3 - history.span.first
        truth = history.truth[first : first + 12]
        against = _scores(_ahead(PastAsSample(12), history, origin, 12), truth)
        for model in (Pool(), *(share.model for share in SHARES if not share.needs_events)):
            mine = _scores(_ahead(model, history, origin, DRAWS), truth)
            ratios = {score: mine[score] / against[score] for score in mine}
            others = [_scores(_ahead(model, history, origin, DRAWS, seed), truth) for seed in OTHERS]
            spread = [other["crps"] / against["crps"] for other in others]
            rows.append({"year": year, "model": model.name, **mine, "ratio": ratios, "other_seeds": spread})
            print(year, model.name, ratios, spread, flush=True)
        rows.append({"year": year, "model": "conflictology", **against, "ratio": None, "other_seeds": []})
    return rows


def chance_of_2014(shared: Path) -> list[Row]:
    """The chance given at the end of 2013 to at least as many deaths in 2014 as came."""
    history = target(read_events(shared, IRAQ), "T1 all")
    origin = parse("2013-12", Step.MONTH)
    first = origin + 1 - history.span.first
    came = int(history.truth[first : first + 12].sum())
    rows: list[Row] = []
    for model in models("T1 all"):
        draws = forecast(model, history, origin, HORIZONS, 20_000, SEED).draws.sum(axis=(1, 2))
        rows.append({"model": model.name, "observed": came, "chance": float((draws >= came).mean())})
    return rows


def sums_over_places(shared: Path) -> list[Row]:
    """Coverage of the sum of the governorates' draws, by horizon: do they move together enough?"""
    history = target(read_events(shared, IRAQ), "T2 deaths")
    held: dict[int, list[bool]] = {1: [], 6: [], 12: []}
    for origin in range(parse("2009-12", Step.MONTH), parse("2018-06", Step.MONTH)):
        total = forecast(Pool(), history, origin, HORIZONS, DRAWS, SEED).total("all")
        low, high = total.quantiles((0.05, 0.95))[:, :, 0]
        for horizon, found in held.items():
            row = origin + horizon - history.span.first
            if row < len(history.truth):
                found.append(bool(low[horizon - 1] <= history.truth[row].sum() <= high[horizon - 1]))
    return [{"horizon": horizon, "inside_90": float(np.mean(found))} for horizon, found in held.items()]


def _ahead(model: Model, history: History, origin: int, draws: int, seed: int = SEED) -> IntArray:
    return forecast(model, history, origin, 14, draws, seed).ahead(3, 14).draws


def _scores(draws: IntArray, truth: IntArray) -> dict[str, float]:
    return {
        "crps": float(crps(draws, truth).mean()),
        "ign": float(ignorance(draws, truth, resample=1000).mean()),
        "mis": float(interval(draws, truth, level=0.9).mean()),
    }


def main() -> None:
    """Runs everything and writes evaluation.json; `studies/report.py` makes the page of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path("docs/reference/evaluation.json"))
    parser.add_argument("--windows", nargs="*", default=list(WINDOWS))
    asked = parser.parse_args()
    found = {
        "seed": SEED,
        "draws": DRAWS,
        "challenge": challenge(asked.shared),
        "windows": [row for window in windows(asked.shared, asked.windows) for row in window.rows()],
        "chance_of_2014": chance_of_2014(asked.shared),
        "sums_over_places": sums_over_places(asked.shared),
    }
    replace_file(asked.out, (json.dumps(found, indent=1) + "\n").encode())


if __name__ == "__main__":
    main()
