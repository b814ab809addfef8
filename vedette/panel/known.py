"""Which periods are known: those that the files of a case cover whole, and those with a national total."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise

import numpy as np
import polars as pl

from vedette.case import Case
from vedette.errors import DataError
from vedette.events import by_rule
from vedette.panel.grid import Bools
from vedette.periods import Days, Span, Step, first_day, joined, label, last_day, parse, whole_periods

_WHOLE = ("ucdp", "ucdp-ged-precise")
"""Data sets whose covers begin and end with a month."""


@dataclass(frozen=True)
class KnownPeriods:
    """The periods of which a case knows everything.

    Attributes:
        covered: the periods that files of the case's data set cover whole, as spans in order.
        totals: national totals of deaths by month after these, covered only by a partial file.
    """

    covered: tuple[Span, ...]
    totals: dict[int, int]

    @property
    def complete_to(self) -> int:
        """The last period that the files cover whole."""
        return self.covered[-1].last

    @property
    def last(self) -> int:
        """The last known period."""
        return max([self.complete_to, *self.totals])

    def within(self, span: Span) -> Span:
        """The part of a span from its first known period to its last."""
        known = [period for period in span if period in self]
        return replace(span, first=known[0], last=known[-1]) if known else replace(span, last=span.first - 1)

    def mask(self, span: Span) -> Bools:
        """Which periods of a span are known, shape (periods,)."""
        return np.array([period in self for period in span], dtype=bool)

    def __contains__(self, period: int) -> bool:
        return self.by_file(period) or period in self.totals

    def by_file(self, period: int) -> bool:
        """Whether files of the case's data set cover a period whole."""
        return any(period in span for span in self.covered)

    @cached_property
    def gaps(self) -> tuple[Span, ...]:
        """The runs of periods between the first and the last known one that nothing covers."""
        spans = [*self.covered, *(Span(month, month, Step.MONTH) for month in self.totals)]
        return tuple(
            Span(before.last + 1, after.first - 1, before.step)
            for before, after in pairwise(spans)
            if before.last + 1 < after.first
        )


def known_periods(case: Case, covers: Sequence[Days], step: Step) -> KnownPeriods:
    """The periods that covers of the case's data set hold whole, and the totals after them.

    Raises:
        DataError: they hold no whole period.
    """
    covered = whole_periods(covers, step)
    if not covered:
        runs = ", ".join(map(str, joined(covers))) or "no day"
        raise DataError(
            f"{case.id}: expected a whole {step} that the files of {case.dataset} cover; they cover {runs}. "
            "Load a file that goes on, or say how far it goes: "
            f"vedette events load {case.typed} FILE --covers 2021-01..2021-12"
        )
    return KnownPeriods(covered, _totals(case, covered[-1].last, step))


def covers_of_cells(cell_table: pl.DataFrame, case: Case, dataset: str, step: Step) -> tuple[Days, ...]:
    """The days that cells of a data set cover: as ``covers`` in case.yaml says, else by its rule.

    The period in which a data set that goes by days ends is not taken as covered, since its cells do not say
    to which day they go.
    """
    if case.covers and dataset == case.dataset:
        return case.covers
    own = cell_table.filter(dataset=dataset)
    first, last = own["first"].min(), own["first"].max()
    if not isinstance(first, int) or not isinstance(last, int):
        return ()
    if dataset in _WHOLE:
        return (by_rule(dataset, first_day(first, step), first_day(last, step)),)
    return (Days(first_day(first, step), first_day(last, step)),) if first < last else ()


def _totals(case: Case, complete: int, step: Step) -> dict[int, int]:
    """National totals of deaths by month covered only by a partial file, up to the first gap in them."""
    if case.partial is None or case.totals is None or step is not Step.MONTH:
        return {}
    known = {
        parse(period, step): deaths for period, deaths in case.totals.select("period", "deaths").iter_rows()
    }
    totals: dict[int, int] = {}
    for period in range(complete + 1, case.partial.last + 1):
        if period < case.partial.first or period not in known:
            break
        totals[period] = known[period]
    return totals


def present(cell_table: pl.DataFrame, case: Case, step: Step, covers: Sequence[Days] | None = None) -> date:
    """The last day that the case's data cover, which is the default as-of day.

    Raises:
        DataError: there are no events of the case's data set.
    """
    return last_day(known_in(cell_table, case, step, covers).last, step)


def known_in(cell_table: pl.DataFrame, case: Case, step: Step, covers: Sequence[Days] | None) -> KnownPeriods:
    """The known periods of a case: by covers, or where there are none by its cells.

    Raises:
        DataError: no events of the case's data set are at hand, or they cover no whole period.
    """
    if cell_table.filter(dataset=case.dataset).is_empty() and not covers:
        raise DataError(
            f"{case.id}: no events of {case.dataset!r} are at hand. Put them in observed.csv, or load event "
            f"files with: vedette events load {case.typed} FILE"
        )
    runs = covers if covers is not None else covers_of_cells(cell_table, case, case.dataset, step)
    return known_periods(case, runs, step)


def nothing_known(case: Case, as_of: date, reach: Span, known: KnownPeriods) -> str:
    """Why no period can be counted as of a day, and what to do."""
    first, last, step = known.covered[0].first, known.last, reach.step
    start = (
        f"{case.id}: no {step} can be counted as of {as_of}: the case counts from {label(reach.first, step)}"
    )
    if last < reach.first:
        return (
            f"{start} and its data end with {label(last, step)}. Choose a later --as-of, or an earlier "
            "`start` in case.yaml."
        )
    return (
        f"{start} and its data begin with {label(first, step)}. Choose a later --as-of, or load a file of "
        f"earlier events with: vedette events load {case.typed} FILE"
    )


def runs_of(marked: Bools, span: Span) -> Iterator[Span]:
    """The unbroken runs of marked periods of a span."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]]).astype(np.int8)))
    for first, after in edges.reshape(-1, 2).tolist():
        yield replace(span, first=span.first + first, last=span.first + after - 1)
