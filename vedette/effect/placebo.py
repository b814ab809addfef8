"""Placebos: earlier windows without an intervention, and other units in the same window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from vedette.effect.deviation import Deviation
from vedette.effect.judging import judge
from vedette.effect.overlap import rank_p_value
from vedette.errors import DataError
from vedette.model import FloatArray, History, Model, median_history
from vedette.progress import Progress

WARM_UP, DRAWS = 60, 300
SCORED = {"observed": pl.Int64, "simulated": pl.Float64, "score": pl.Float64, "outside": pl.Boolean}

Touched = Callable[[int, int], bool]
"""Returns whether there was any intervention in the periods from the first to the last."""


@dataclass(frozen=True, eq=False)
class Placebos:
    """The scores of placebo windows and placebo units, and p values from them.

    ``dates``: one row for each earlier window of the same series: first and last period, ``observed`` total,
    ``simulated`` (median of the total), ``score`` (see `Deviation.score`), ``outside`` (whether the total is
    outside the 90 % interval). ``units``: the same for other units in the
    window of the intervention. ``window``: the intervention's own; ``errors`` (windows, H) and
    ``surprises`` (windows, K): the deviations of ``dates`` by period, divided by the uncertainty of each
    forecast, and those of their weighted totals.
    """

    window: Deviation
    dates: pl.DataFrame
    units: pl.DataFrame
    errors: FloatArray
    surprises: FloatArray

    @cached_property
    def score(self) -> float:
        """The score of the intervention."""
        return self.window.score

    @property
    def false_alarms(self) -> float | None:
        """The share of placebo windows outside their 90 % interval: 0.1 if the intervals are calibrated."""
        return _share(self.dates)

    @cached_property
    def p_dates(self) -> float | None:
        """The p value among placebo windows; None without such windows.

        Corrected for the overlap of windows: see `vedette.effect.rank_p_value`. The best shape is chosen in
        each window, so that choosing one makes no window of the intervention stand out.
        """
        if self.dates.is_empty():
            return None
        return self.p_of(_as_far_off(self.score, self.dates["score"].to_list()))

    @cached_property
    def least_p(self) -> float:
        """The lowest possible ``p_dates``, when no window has as large a score; 1 without windows."""
        return 1.0 if self.dates.is_empty() else self.p_of(0)

    def p_of(self, larger: int) -> float:
        """The p value if so many placebo windows score at least as much as the intervention."""
        return rank_p_value(larger, self.dates["first"].to_list(), self.window.patterns)

    @property
    def apart(self) -> pl.DataFrame:
        """Rows of ``dates`` whose windows do not overlap, selected from the latest backwards."""
        starts: list[int] = []
        free = np.inf
        for row in range(self.dates.height - 1, -1, -1):
            if self.dates["last"][row] < free:
                starts.append(row)
                free = self.dates["first"][row]
        return self.dates[starts[::-1]]

    @property
    def p_apart(self) -> float | None:
        """The p value among the windows in ``apart``, which do not overlap; None without such windows."""
        return p_value(self.score, self.apart["score"].to_list())

    @property
    def p_units(self) -> float | None:
        """The p value among other units in the same window; None without other units."""
        return p_value(self.score, self.units["score"].to_list())


def _share(table: pl.DataFrame) -> float | None:
    return None if table.is_empty() else float(np.mean(table["outside"].to_numpy()))


def p_value(score: float, placebos: Sequence[float]) -> float | None:
    """The rank of a score among placebos as a p value; None without placebos.

        p = (1 + number of placebos with a score at least as large) / (1 + number of placebos)

    Abadie, Diamond and Hainmueller (2010), Journal of the American Statistical Association 105, 493-505. With
    n placebos the lowest p value is 1 / (n + 1).

    >>> p_value(2.5, [0.1, 3.0, 1.0])
    0.5
    """
    if not placebos:
        return None
    return (1 + _as_far_off(score, placebos)) / (1 + len(placebos))


def _as_far_off(score: float, placebos: Sequence[float]) -> int:
    return int(np.sum(np.asarray(placebos) >= score))


def placebo_origins(
    history: History, origin: int, periods: int, touched: Touched, every: int = 1
) -> list[int]:
    """Origins of placebo windows: fully observed, before the intervention, and without another intervention.

    The first has at least five years of history before it. Origins are ``every`` periods apart, counted back
    from that of the intervention; if ``every`` is the length of the window, no two windows overlap.
    """
    first = history.span.first
    origins = range(origin - periods, first + WARM_UP - 2, -every)[::-1]
    observed = history.observed
    return [
        candidate
        for candidate in origins
        if observed[candidate + 1 - first : candidate + 1 + periods - first].all()
        and not touched(candidate + 1, candidate + periods)
    ]


def try_placebos(
    history: History,
    unit: str,
    model: Model,
    origin: int,
    periods: int,
    touched: Touched,
    seed: int,
    progress: Progress | None = None,
    draws: int = DRAWS,
    every: int = 1,
) -> Placebos:
    """Estimates the effect where there should be none: in earlier windows, and for other units.

    The scores of the intervention and of all placebos are computed in the same way, from the median over
    draws of each cell, so that they can be ranked. Units without observed or simulated counts in the window
    are left out.

    Args:
        history: counts (D, T, U) up to the end of the window.
        unit: the unit of the intervention.
        model: the model, fitted at each origin to the data before.
        origin: the last period before the intervention.
        periods: the number of periods in the window.
        touched: whether there was any intervention between two periods.
        seed: the seed.
        progress: called with the numbers of finished and of all forecasts.
        draws: the number of draws of each forecast.
        every: the distance of placebo origins in periods.

    Raises:
        DataError: the history does not reach the end of the window.
    """
    if origin + periods > history.span.last:
        raise DataError(f"{history.measure}: the window ends after the history. Ask for fewer periods.")
    past, column = median_history(history), history.units.index(unit)
    origins = placebo_origins(past, origin, periods, touched, every)
    rows: list[dict[str, object]] = []
    deviations: list[Deviation] = []
    for done, number in enumerate(origins, start=1):
        judged = judge(past, model, number, periods, (column,), draws, seed)
        rows.append({"first": number + 1, "last": number + periods, **judged.table.row(0, named=True)})
        deviations.append(judged.deviation)
        if progress:
            progress(done, len(origins) + 1)
    others = tuple(other for other in range(len(history.units)) if other != column)
    real = judge(past, model, origin, periods, (column, *others), draws, seed)
    if progress:
        progress(len(origins) + 1, len(origins) + 1)
    informative = (real.table["observed"] > 0) | (real.table["simulated"] > 0)
    dates = pl.DataFrame(rows, schema={"first": pl.Int64, "last": pl.Int64, "unit": pl.String, **SCORED})
    units = real.table.filter(informative & (real.table["unit"] != unit))
    errors = _stacked([each.divided for each in deviations], periods)
    profiles = len(real.deviation.total_middle)
    surprises = _stacked([each.surprises(each.observed[0]) for each in deviations], profiles)
    return Placebos(real.deviation, dates.drop("unit"), units, errors, surprises)


def _stacked(rows: Sequence[FloatArray], width: int) -> FloatArray:
    """Rows as a table, also if there are none."""
    return np.array(rows, np.float64).reshape(len(rows), width)
