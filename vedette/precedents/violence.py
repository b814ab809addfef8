"""The change of violence after a departure: the log ratio of yearly deaths, after against before.

UCDP's dyads tell of most years only whether fewer than 25, fewer than 1,000 or more people died. A year of
which the deaths are known (2010 to 2020) takes them; any other is drawn from the deaths of years of its
intensity, with part of the scatter shared by the years of one government: some wars are deadlier than others.

    change = log(mean yearly deaths after + 1) - log(mean yearly deaths before + 1)
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from vedette.precedents.departure import BEFORE, Departure
from vedette.precedents.ucdp_record import UcdpRecord

Floats = npt.NDArray[np.float64]
SHARED = 0.7
"""Part of the variance of log deaths within an intensity that all years of a government share: assumed."""


def changes(
    record: UcdpRecord, turns: Sequence[Departure], years: int, draws: int, rng: np.random.Generator
) -> Floats:
    """The log ratio of mean yearly deaths ``years`` after each turn to those before, (draws, turns).

    Years after the last of the record are left out; a turn with none left is not a number.
    """
    ratios = np.full((draws, len(turns)), np.nan)
    for column, turn in enumerate(turns):
        after = range(turn.year + 1, min(turn.year + years, record.last) + 1)
        before = range(turn.year - BEFORE + 1, turn.year + 1)
        if len(after) == 0:
            continue
        own = rng.standard_normal((draws, 1))
        later, earlier = (
            _deaths(record, turn.government, span, own, rng).mean(axis=1) for span in (after, before)
        )
        ratios[:, column] = np.log1p(later) - np.log1p(earlier)
    return ratios


def _deaths(
    record: UcdpRecord, government: str, span: range, own: Floats, rng: np.random.Generator
) -> Floats:
    """Deaths of each year, (draws, years)."""
    scatter = np.sqrt(SHARED) * own + np.sqrt(1 - SHARED) * rng.standard_normal((len(own), len(span)))
    columns = []
    for place, year in enumerate(span):
        level = record.intensity.get((government, year), 0)
        counted = record.counted.get((government, year))
        mean, spread = record.usual[level]
        drawn = np.expm1(mean + spread * scatter[:, place])
        columns.append(
            np.full(len(own), counted, dtype=float) if counted is not None else _within(drawn, level)
        )
    return np.stack(columns, axis=1)


def _within(deaths: Floats, level: int) -> Floats:
    """Deaths that the intensity allows in state-based fighting: none below 25 a minor year, 1,000 a war."""
    return np.maximum(deaths, (0.0, 25.0, 1000.0)[level])
