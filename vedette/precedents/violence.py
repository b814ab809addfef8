"""The change of violence after a departure: the log ratio of yearly deaths, after against before.

UCDP's dyads tell of most years only whether fewer than 25, fewer than 1,000 or more people died. A year of
which the deaths are known (2010 to 2020) takes them; any other is drawn from the deaths of years of its
intensity, with part of the scatter shared by the years of one government: some wars are deadlier than others.
Where the month of a departure in 2010 to 2019 is known, its years are the twelve months that followed it.

    change = log(mean yearly deaths after + 1) - log(mean yearly deaths before + 1)
    path, year k = log(deaths of year k after + 1) - log(mean yearly deaths before + 1)
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vedette.precedents.departure import BEFORE, Departure
from vedette.precedents.ucdp_record import UcdpRecord

Floats = npt.NDArray[np.float64]
SHARED = 0.7
"""Part of the variance of log deaths within an intensity that all years of a government share: assumed."""


class LogRatios(NamedTuple):
    """Log ratios: ``whole`` of the mean of all years after, (draws, turns); ``path`` by year."""

    whole: Floats
    path: Floats


def changes(
    record: UcdpRecord,
    turns: Sequence[Departure],
    years: int,
    draws: int,
    rng: np.random.Generator,
    around: Mapping[tuple[str, int], Mapping[int, float]],
) -> LogRatios:
    """The change of deaths up to ``years`` after each turn, against the three years up to it.

    Years after the last of the record are not numbers in the path and left out of the whole; a turn with none
    left is not a number. ``around`` gives deaths by windows of twelve months for turns of which the month is
    known.
    """
    whole = np.full((draws, len(turns)), np.nan)
    path = np.full((draws, len(turns), years), np.nan)
    for column, turn in enumerate(turns):
        after = range(turn.year + 1, min(turn.year + years, record.last) + 1)
        before = range(turn.year - BEFORE + 1, turn.year + 1)
        if len(after) == 0:
            continue
        own = rng.standard_normal((draws, 1))
        later = _deaths(record, turn.government, after, own, rng)
        earlier = _deaths(record, turn.government, before, own, rng).mean(axis=1)
        windows = around.get((turn.government, turn.year), {})
        if windows:
            earlier = np.full(draws, windows[0])
            for year in range(len(after)):
                later[:, year] = windows.get(year + 1, later[:, year])
        base = np.log1p(earlier)
        whole[:, column] = np.log1p(later.mean(axis=1)) - base
        path[:, column, : len(after)] = np.log1p(later) - base[:, None]
    return LogRatios(whole, path)


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
