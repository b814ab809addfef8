"""Which sums are scored: yearly totals of places, and sums of two and three years."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from intervals import resample
from measured import Terms, over_origins, whole_origins
from panels import IRAQ, NIGERIA, countries, places_and_rest, read_events, target, views_countries
from sum_tables import Row, sum_rows
from work import Contest, measure_all

from vedette.model import (
    Conflictology,
    History,
    IntArray,
    Model,
    Pool,
    SumBaseline,
    forecast,
    reconcile_parts,
    sum_baselines,
)
from vedette.periods import Step, parse

YEAR, FAR = 12, (24, 36)
COUNTRY_OFFSET, PLACE_OFFSET = 0.5, 0.05
BEFORE_2010 = {"Iraq to 2009": IRAQ, "Nigeria to 2009": NIGERIA}
PLACES = {
    "Iraq 2005-09": (IRAQ, "2004-12", "2009-12", 1),
    "Nigeria 2008-19": (NIGERIA, "2007-12", "2019-12", 3),
}


def month(text: str) -> int:
    """The month of a label such as 2014-06."""
    return parse(text, Step.MONTH)


def path_models(history: History, origins: Sequence[int]) -> tuple[Model, ...]:
    """The pool, its members that can speak of a history from the first origin on, and a year's memory."""
    return (Pool(), *Pool().members(history.until(origins[0])), Conflictology(12))


@dataclass(frozen=True, eq=False)
class BroughtToCountry:
    """The pool's places, and what lies in no place, brought to the pool's draws of the country."""

    country: History
    name: str = "pool"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U)."""
        origin, seed = history.span.last, int(rng.integers(2**31))
        whole, parts = (forecast(Pool(), of, origin, horizons, draws, seed) for of in (self.country, history))
        return reconcile_parts(whole, parts).forecast.draws


def place_contests(shared: Path, draws: int) -> Iterator[Contest]:
    """Yearly totals of places, of all of them, of the country by itself, and of places brought to it."""
    for name, (file, first, end, stride) in PLACES.items():
        events = read_events(shared, file)
        country, places = (target(events, kind).until(month(end)) for kind in ("T1 all", "T2 deaths"))
        for part, history, added_up in (
            ("each place", places, False),
            ("all places added up", places, True),
            ("the country by itself", country, False),
        ):
            origins = whole_origins(history, month(first), YEAR, stride)
            offset = COUNTRY_OFFSET if added_up or history is country else PLACE_OFFSET
            yield _contest(f"{name}, {part}", history, Terms(origins, (YEAR,), draws, 1, added_up), offset)
        whole = places_and_rest(events).until(month(end))
        terms = Terms(whole_origins(whole, month(first), YEAR, stride), (YEAR,), draws)
        brought = (BroughtToCountry(country), Conflictology(12))
        baselines = sum_baselines(Step.MONTH, PLACE_OFFSET)
        yield Contest(f"{name}, each place brought to the country", whole, terms, brought, baselines)


def far_contests(shared: Path, draws: int, evaluation: bool) -> Iterator[Contest]:
    """Sums of 24 and 36 months: those that end by 2009 in two countries, by 2017 in the country file.

    In evaluation those of the VIEWS history, origins from 1995 to 2009, and nothing else.
    """
    if evaluation:
        history = views_countries(shared, month("2009-12") + max(FAR))
        yield _far("VIEWS countries, origins 1995-2009", history, "1994-12", FAR, 6, draws)
        return
    for length in FAR:
        for name, file in BEFORE_2010.items():
            history = target(read_events(shared, file), "T1 all").until(month("2009-12"))
            yield _far(name, history, "1995-12", (length,), 1, draws)
        until_2017 = countries(shared, month("2017-12"))
        yield _far("country file to 2017", until_2017, "2012-12", (length,), 3, draws)


def _far(
    name: str, history: History, first: str, lengths: tuple[int, ...], stride: int, draws: int
) -> Contest:
    terms = Terms(whole_origins(history, month(first), max(lengths), stride), lengths, draws)
    return _contest(name, history, terms, COUNTRY_OFFSET)


def _contest(label: str, history: History, terms: Terms, offset: float) -> Contest:
    baselines: Sequence[SumBaseline] = sum_baselines(Step.MONTH, offset)
    return Contest(label, history, terms, path_models(history, terms.origins), tuple(baselines))


def score_contests(contests: Iterable[Contest], workers: Executor) -> list[Row]:
    """The rows of all contests, with intervals over units and over blocks of origins as long as a sum."""
    rows: list[Row] = []
    for contest, models, baselines in measure_all(contests, workers):
        origins = contest.terms.origins
        shown = contest.history.total("all") if contest.terms.added_up else contest.history
        _, last = over_origins(shown, origins, YEAR)
        stride = origins[1] - origins[0] if len(origins) > 1 else 1
        for length in contest.terms.lengths:
            samples = resample(len(origins), len(shown.units), max(1, length // stride))
            case = contest.label if length == YEAR else f"{contest.label}, {length} months"
            about = {"case": case, "origins": len(origins), "units": len(shown.units)}
            apart = (origins[-1] - origins[0]) // length + 1
            rows += [
                {**about, "apart": apart, **row}
                for row in sum_rows(models, baselines, length, last > 0, samples)
            ]
    return rows
