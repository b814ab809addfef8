"""The history given to a model: counts by panel draw, period and unit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from vedette.errors import DataError, Problem
from vedette.periods import Span, Step, label
from vedette.plurals import counted

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

_SHOWN = 20


class Kind(StrEnum):
    """What the units of a history are: countries, or first-level areas of a country."""

    COUNTRY = "country"
    PLACE = "place"


@dataclass(frozen=True, eq=False)
class History:
    """Counts of one measure up to a period. `History.of` makes and checks one from a plain table.

    ``values`` int (D, T, U): D panel draws (1 where nothing is uncertain), T periods, those of ``span``,
    and U units in the order of ``units``. ``observed`` bool (T,): False where the counts of a period are
    estimated; models may learn from such a period, scores leave it out. ``events`` int (D, T, U): the
    events behind counted deaths, None where they are not known. ``neighbours`` float (U, U): 1 where two
    units touch, symmetric, 0 on the diagonal; None where no map is known.
    """

    values: IntArray
    units: tuple[str, ...]
    span: Span
    observed: BoolArray
    measure: str
    events: IntArray | None = None
    neighbours: FloatArray | None = None
    kind: Kind | None = None
    countries: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        values: npt.ArrayLike,
        units: Sequence[str],
        first: int,
        step: Step,
        observed: npt.ArrayLike | None = None,
        measure: str = "events",
        events: npt.ArrayLike | None = None,
        neighbours: npt.ArrayLike | None = None,
        kind: Kind | None = None,
        countries: Sequence[str] = (),
    ) -> "History":
        """A checked history from ``first`` on. ``values`` is (T, U), or (D, T, U) where the panel has draws.

        Raises:
            DataError: no periods or units, a shape that does not fit, neighbours that are no symmetric
                table of 0 and 1, countries for some of the units only, or cells that are not whole numbers
                of at least 0; ``problems`` lists the first twenty cells.

        >>> history = History.of([[0, 2], [1, 0], [3, 5]], ["IQ-NI", "IQ-AN"], 24161, Step.MONTH)
        >>> history.values.shape, history.span.labels()
        ((1, 3, 2), ['2013-06', '2013-07', '2013-08'])
        """
        cells = np.asarray(values)
        cells = cells[None] if cells.ndim == 2 else cells
        if cells.ndim != 3 or 0 in cells.shape or cells.shape[2] != len(units):
            raise DataError(
                f"{measure}: expected counts by period and unit for {counted(len(units), 'unit')}; found an "
                f"array of shape {np.shape(values)}. Give at least one period and one column for each unit."
            )
        seen = np.ones(cells.shape[1], bool) if observed is None else np.array(observed, bool)
        if seen.shape != (cells.shape[1],):
            raise DataError(
                f"{measure}: expected `observed` for each of {counted(cells.shape[1], 'period')}; found "
                f"shape {seen.shape}. Give one true or false for each period."
            )
        span = Span(first, first + cells.shape[1] - 1, step)
        _check_cells(cells, units, span, measure)
        behind = None if events is None else _like(np.asarray(events), cells, units, span)
        touch = None if neighbours is None else _adjacency(np.asarray(neighbours, np.float64), len(units))
        if len(countries) not in (0, len(units)):
            raise DataError(
                f"countries: expected one for each of {counted(len(units), 'unit')}, or none; found "
                f"{len(countries)}. Give the country of every unit."
            )
        whole = cells.astype(np.int64)
        return cls(whole, tuple(units), span, seen, measure, behind, touch, kind, tuple(countries))

    @property
    def truth(self) -> IntArray:
        """What happened, (T, U): of each cell the middle of the panel draws, see `middle`."""
        return middle(self.values)

    def until(self, origin: int) -> "History":
        """The same history cut after ``origin``, the last period that may be known.

        Raises:
            DataError: the origin lies outside the history.
        """
        if origin not in self.span:
            first, last = label(self.span.first, self.span.step), label(self.span.last, self.span.step)
            raise DataError(
                f"{self.measure}: expected an origin from {first} to {last}; found "
                f"{label(origin, self.span.step)}. Choose an origin within the data."
            )
        kept = origin - self.span.first + 1
        span = replace(self.span, last=origin)
        events = None if self.events is None else self.events[:, :kept]
        return replace(
            self, values=self.values[:, :kept], observed=self.observed[:kept], span=span, events=events
        )

    def pick(self, units: IntArray) -> "History":
        """Some of the units, given by their places in ``units``, in the order asked for."""
        touch = self.neighbours
        return replace(
            self,
            values=self.values[:, :, units],
            units=tuple(self.units[unit] for unit in units.tolist()),
            events=None if self.events is None else self.events[:, :, units],
            neighbours=None if touch is None else touch[np.ix_(units, units)],
            countries=tuple(self.countries[unit] for unit in units.tolist()) if self.countries else (),
        )

    def total(self, unit: str) -> "History":
        """All units added up, in every draw, under the name ``unit``; its kind is not known."""
        events = None if self.events is None else self.events.sum(axis=2, keepdims=True)
        values = self.values.sum(axis=2, keepdims=True)
        return replace(
            self, values=values, units=(unit,), events=events, neighbours=None, kind=None, countries=()
        )


def middle(values: IntArray) -> IntArray:
    """The median over panel draws, (D, T, U) to (T, U); of an even number of draws the lower middle one.

    It is a count that some draw holds, and with one draw the panel itself.

    >>> middle(np.array([[[1]], [[7]], [[2]], [[9]]])).item()
    2
    """
    if len(values) == 1:
        return np.asarray(values[0])
    rank = (len(values) - 1) // 2
    return np.asarray(np.partition(values, rank, axis=0)[rank], dtype=np.int64)


def median_history(history: History) -> History:
    """One draw: the median of each cell over panel draws, which scores use."""
    events = None if history.events is None else middle(history.events)[None]
    return replace(history, values=history.truth[None], events=events)


def panel_draws(history: History, draws: int) -> IntArray:
    """Which panel draw each forecast draw continues, (S,): s modulo D."""
    return np.arange(draws, dtype=np.int64) % len(history.values)


def _like(
    events: npt.NDArray[np.generic], cells: npt.NDArray[np.generic], units: Sequence[str], span: Span
) -> IntArray:
    """The events behind the cells, checked like them."""
    behind = events[None] if events.ndim == 2 else events
    if behind.shape != cells.shape:
        raise DataError(
            f"events: expected the shape {cells.shape} of the deaths they stand behind; found "
            f"{behind.shape}. Give one count of events for each cell."
        )
    _check_cells(behind, units, span, "events")
    return behind.astype(np.int64)


def _adjacency(table: FloatArray, units: int) -> FloatArray:
    square = table.shape == (units, units)
    if not square or not np.isin(table, (0.0, 1.0)).all() or (table != table.T).any() or table.trace():
        raise DataError(
            f"neighbours: expected a symmetric table of 0 and 1 for {units} units, 0 for a unit and itself; "
            f"found one of shape {table.shape}. Correct the table."
        )
    return table


def _check_cells(cells: npt.NDArray[np.generic], units: Sequence[str], span: Span, measure: str) -> None:
    if cells.dtype.kind in "iu" and cells.min() >= 0:
        return
    numbers = cells.astype(np.float64)
    wrong = np.argwhere(~((numbers >= 0) & (numbers == np.floor(numbers)) & np.isfinite(numbers)))
    if not len(wrong):
        return
    problems = [
        Problem(
            measure,
            0,
            f"{units[unit]} in {label(span.first + int(period), span.step)}",
            "a whole number of at least 0",
            str(numbers[draw, period, unit]),
            "Correct the cell, or start the history after it.",
        )
        for draw, period, unit in wrong[:_SHOWN]
    ]
    raise DataError(
        f"{measure}: {counted(len(wrong), 'cell is not a count', 'cells are not counts')}.", problems
    )
