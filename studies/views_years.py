"""The years of the VIEWS prediction challenge: months 3 to 14 after October, scored as there."""

from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path

import numpy as np
from panels import JANUARY, views
from sum_tables import Row
from work import Work, run

from vedette.model import History, IntArray, Model, PastAsSample, Pool, forecast
from vedette.periods import from_views_month
from vedette.score import crps, ignorance, interval

DRAWS, SEEDS = 1000, range(1, 7)
Scores = dict[str, float]


def views_rows(shared: Path, years: Sequence[int], workers: Executor) -> list[Row]:
    """The scores of the pool, its members and conflictology in each year, and their ratios."""
    whole = views(shared)
    tasks = [(year, model) for year in years for model in _models(whole, year)]
    work = []
    for year, model in tasks:
        known = whole.until(from_views_month(JANUARY[year] + 11))
        work.append(Work(f"VIEWS {year}: {model.name}", _year, (model, known, year)))
    rows: list[Row] = []
    for (year, model), (mine, other_seeds) in zip(tasks, run(work, workers), strict=True):
        against = _scores(PastAsSample(12), whole, year, 12, 1)
        ratios = {score: mine[score] / against[score] for score in mine}
        spread = [other / against["crps"] for other in other_seeds]
        rows.append({"year": year, "model": model.name, **mine, "ratio": ratios, "other_seeds": spread})
        if model == _models(whole, year)[-1]:
            rows.append({"year": year, "model": "conflictology", **against, "ratio": None, "other_seeds": []})
    return rows


def _models(history: History, year: int) -> tuple[Model, ...]:
    """The pool, and the members that can speak at the origin of a year."""
    return Pool(), *Pool().members(history.until(_origin(year)))


def _origin(year: int) -> int:
    """October of the year before."""
    return from_views_month(JANUARY[year] - 3)


def _year(model: Model, history: History, year: int) -> tuple[Scores, list[float]]:
    """The scores with the first seed, and the CRPS with the others."""
    first, *others = (_scores(model, history, year, DRAWS, seed) for seed in SEEDS)
    return first, [other["crps"] for other in others]


def _scores(model: Model, history: History, year: int, draws: int, seed: int) -> Scores:
    origin = _origin(year)
    first = origin + 3 - history.span.first
    truth: IntArray = history.truth[first : first + 12]
    ahead = forecast(model, history, origin, 14, draws, seed).ahead(3, 14).draws
    return {
        "crps": float(crps(ahead, truth).mean()),
        "ign": float(ignorance(ahead, truth, resample=1000).mean()),
        "mis": float(np.mean(interval(ahead, truth, level=0.9))),
    }
