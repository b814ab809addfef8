"""Placebos: earlier windows without an intervention, and other units in the same window."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from vedette.effect.judging import judge
from vedette.effect.overlap import rank_p_value
from vedette.errors import DataError
from vedette.model import History, Model, median_history
from vedette.progress import Progress

WARM_UP, DRAWS = 60, 300

Touched = Callable[[int, int], bool]
"""Returns whether there was any intervention in the periods from the first to the last."""


@dataclass(frozen=True, eq=False)
class Placebos:
    """The scores of placebo windows and placebo units, and p values from them.

    ``dates``: one row for each earlier window of the same series: first and last period, ``observed`` total,
    ``simulated`` (median of the total), ``score`` (see `surprise`), ``outside`` (whether the total is outside
    the 90 % interval). ``units``: the same for other units in the window of the intervention. ``score`` is
    the score of the intervention.
    """

    score: float
    dates: pl.DataFrame
    units: pl.DataFrame

    @property
    def false_alarms(self) -> float | None:
        """The share of placebo windows outside their 90 % interval: 0.1 if the intervals are calibrated."""
        return _share(self.dates)

    @cached_property
    def p_dates(self) -> float | None:
        """The p value among placebo windows; None without such windows.

        Corrected for the overlap of windows: see `vedette.effect.rank_p_value`.
        """
        if self.dates.is_empty():
            return None
        return self._p_of(_as_far_off(self.score, self.dates["score"].to_list()))

    @cached_property
    def least_p(self) -> float:
        """The lowest possible ``p_dates``, when no window has as large a score; 1 without windows."""
        return 1.0 if self.dates.is_empty() else self._p_of(0)

    def _p_of(self, larger: int) -> float:
        first, last = (self.dates[name].to_list() for name in ("first", "last"))
        return rank_p_value(larger, first, last[0] - first[0] + 1)

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
    """The rank of a score among placebos as a p value, two-sided; None without placebos.

        p = (1 + number of placebos with |score| at least as large) / (1 + number of placebos)

    Abadie, Diamond and Hainmueller (2010), Journal of the American Statistical Association 105, 493-505. With
    n placebos the lowest p value is 1 / (n + 1).

    >>> p_value(2.5, [0.1, -3.0, 1.0])
    0.5
    """
    if not placebos:
        return None
    return (1 + _as_far_off(score, placebos)) / (1 + len(placebos))


def _as_far_off(score: float, placebos: Sequence[float]) -> int:
    return int(np.sum(np.abs(placebos) >= abs(score)))


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
    tried: Iterable[int] = [*origins, origin]
    rows: list[dict[str, object]] = []
    units: list[dict[str, object]] = []
    score = 0.0
    for done, number in enumerate(tried, start=1):
        judged = judge(past, model, number, periods, draws, seed)
        if number == origin:
            score = float(judged["score"][column])
            informative = (judged["observed"] > 0) | (judged["simulated"] > 0)
            units = judged.filter(informative & (judged["unit"] != unit)).to_dicts()
        else:
            rows.append({"first": number + 1, "last": number + periods, **judged.row(column, named=True)})
        if progress:
            progress(done, len(origins) + 1)
    schema = {"observed": pl.Int64, "simulated": pl.Float64, "score": pl.Float64, "outside": pl.Boolean}
    dates = pl.DataFrame(rows, schema={"first": pl.Int64, "last": pl.Int64, "unit": pl.String, **schema})
    return Placebos(score, dates.drop("unit"), pl.DataFrame(units, schema={"unit": pl.String, **schema}))
