"""How many deaths have no place: the gate before every answer that counts places."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from vedette.case import Case
from vedette.events import UNRESOLVED
from vedette.panel.imprecise import PATTERN_PERIODS
from vedette.panel.panel import Panel
from vedette.periods import Span

TOLD = 0.01
"""The share of deaths without a place above which an answer by place says so."""
FIRST = 0.05
"""The share above which the first lines of a brief say so."""


@dataclass(frozen=True)
class WithoutPlace:
    """The deaths (or where there are none, the events) of a span that have no place.

    ``count`` of ``total`` lie in no area of the case, in none that the publisher names, or are known only as
    a national total; these last are ``from_totals``.
    """

    span: Span
    measure: str
    count: int
    total: int
    from_totals: int = 0

    @property
    def share(self) -> float:
        """The share without a place; 0 where nothing is counted."""
        return self.count / self.total if self.total else 0.0

    @property
    def only_totals(self) -> bool:
        """Whether all of them are known only as a national total."""
        return 0 < self.count == self.from_totals

    @property
    def why(self) -> str:
        """Why they have none, in words: ``they lie in no area of the case, or in none that is named``."""
        astray = self.count - self.from_totals
        if not self.from_totals:
            return "they lie in no area of the case, or in none that is named"
        if self.only_totals:
            return "they are known only as a national total"
        return (
            f"{astray:,} lie in no area of the case, or in none that is named, and {self.from_totals:,} are "
            "known only as a national total"
        )

    def document(self) -> dict[str, Any]:
        """Returns the span, the numbers and the share."""
        first, last = self.span.labels()[0], self.span.labels()[-1]
        numbers = {"measure": self.measure, "count": self.count, "total": self.total}
        numbers |= {"from_totals": self.from_totals}
        return {"from": first, "to": last, **numbers, "share": round(self.share, 4)}

    def __str__(self) -> str:
        first, last = self.span.labels()[0], self.span.labels()[-1]
        return (
            f"{100 * self.share:.0f} % of {self.measure} have no place, {self.count:,} of the "
            f"{self.total:,} from {first} to {last}: {self.why}. Numbers by place leave them out or spread "
            "them."
        )


def without_place(panel: Panel, case: Case, spans: Iterable[Span] = ()) -> tuple[WithoutPlace, ...]:
    """The deaths without a place in each of the spans and in the last two years with data, each span once.

    An event has no place where its name and its point lie in no area, or where the publisher gives neither;
    so do the deaths that a national total holds and placed events do not. Empty for a case without areas.

    Args:
        panel: the panel of the case.
        case: the case.
        spans: the periods that an answer shows; what lies outside the panel is left out.
    """
    if not case.places.geometry:
        return ()
    whole = panel.grid.span
    last = Span(whole.last - 2 * PATTERN_PERIODS[whole.step] + 1, whole.last, whole.step)
    inside = [
        replace(span, first=max(span.first, whole.first), last=min(span.last, whole.last))
        for span in (*spans, last)
    ]
    return tuple(_measured(panel, span) for span in dict.fromkeys(inside) if len(span))


def told(found: Iterable[WithoutPlace]) -> list[str]:
    """The sentence on the span with the largest share above `TOLD`; none if all are below."""
    above = [one for one in found if one.share > TOLD]
    return [str(max(above, key=lambda one: one.share))] if above else []


def _measured(panel: Panel, span: Span) -> WithoutPlace:
    first, last = (period - panel.grid.span.first for period in (span.first, span.last))
    cells = panel.reported.cells.filter(pl.col("to").is_between(first, last))
    astray = cells.filter((pl.col("place") == "") | pl.col("place").str.starts_with(UNRESOLVED))
    filling = panel.reported.filling
    period = filling.cell // (panel.grid.shape[1] * panel.grid.shape[2])
    filled = filling.amounts[:, (period >= first) & (period <= last)].sum(axis=1) / panel.draws
    for measure, added in (("best", filled[2]), ("events", filled[0])):
        imputed = int(np.round(added))
        total = int(cells[measure].sum()) + imputed
        if total:
            name = "deaths" if measure == "best" else "events"
            return WithoutPlace(span, name, int(astray[measure].sum()) + imputed, total, imputed)
    return WithoutPlace(span, "deaths", 0, 0)
