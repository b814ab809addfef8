"""How many deaths have no place: the gate before every answer that counts places."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from vedette.case import Case
from vedette.events import UNRESOLVED
from vedette.message import listed, say, say_many
from vedette.panel.event_cells import MEASURES
from vedette.panel.grid import Floats
from vedette.panel.imprecise import PATTERN_PERIODS, single_events
from vedette.panel.panel import Panel
from vedette.periods import Span

TOLD = 0.01
"""The share of deaths without a place above which an answer by place says so."""
FIRST = 0.05
"""The share above which the first page of a brief says so."""


@dataclass(frozen=True)
class WithoutPlace:
    """The deaths (or where there are none, the events) of a span that have no place.

    ``apart`` of ``total`` lie in no area of the case, ``unnamed`` in none that the publisher names, and
    ``from_totals`` are known only as a national total. Numbers by place show the first in no place and spread
    the others over the areas.
    """

    span: Span
    measure: str
    total: int
    apart: int = 0
    unnamed: int = 0
    from_totals: int = 0

    @property
    def spread(self) -> int:
        """How many numbers by place spread over the areas."""
        return self.unnamed + self.from_totals

    @property
    def count(self) -> int:
        """How many have no place, of all kinds."""
        return self.apart + self.spread

    @property
    def share(self) -> float:
        """The share without a place; 0 where nothing is counted."""
        return self.count / self.total if self.total else 0.0

    @property
    def why(self) -> str:
        """Why they have none, in words: ``they are known only as a national total``."""
        kinds = (
            say_many(self.apart, "{count} lies in no area of the case", "{count} lie in no area of the case"),
            say_many(
                self.unnamed,
                "{count} lies where the publisher names no area",
                "{count} lie where the publisher names no area",
            ),
            say_many(
                self.from_totals,
                "{count} is known only as a national total",
                "{count} are known only as a national total",
            ),
        )
        whole = (
            say_many(self.apart, "it lies in no area of the case", "they lie in no area of the case"),
            say_many(
                self.unnamed,
                "it lies where the publisher names no area",
                "they lie where the publisher names no area",
            ),
            say_many(
                self.from_totals,
                "it is known only as a national total",
                "they are known only as a national total",
            ),
        )
        told = [place for place, words in enumerate(kinds) if words.number]
        return whole[told[0]] if len(told) == 1 else listed([kinds[place] for place in told])

    @property
    def shown(self) -> str:
        """What numbers by place do with them, as a sentence."""
        if not self.spread:
            return say("Numbers by place show them apart, in no place.")
        if not self.apart:
            return say("Numbers by place spread them over the areas.")
        return say(
            "Numbers by place spread {spread} of them over the areas and show {apart} apart, in no place.",
            spread=self.spread,
            apart=self.apart,
        )

    def document(self) -> dict[str, Any]:
        """Returns the span, the numbers and the share."""
        first, last = self.span.labels()[0], self.span.labels()[-1]
        numbers = {"measure": self.measure, "count": self.count, "total": self.total, "apart": self.apart}
        numbers |= {"unnamed": self.unnamed, "from_totals": self.from_totals}
        return {"from": first, "to": last, **numbers, "share": round(self.share, 4)}

    def __str__(self) -> str:
        first, last = self.span.labels()[0], self.span.labels()[-1]
        return (
            f"{100 * self.share:.0f} % of {self.measure} have no place, {self.count:,} of the "
            f"{self.total:,} from {first} to {last}: {self.why}. {self.shown}"
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


def spread_by_period(panel: Panel, measure: str, strata: Collection[str]) -> Floats:
    """What numbers by place spread over the areas since nobody names one, by period, shape (periods,).

    Events whose publisher names no area, and what fills a month up to its national total: means over draws.
    ``measure`` is one of `vedette.panel.MEASURES`.
    """
    periods, parts, every = panel.grid.shape
    kinds = [panel.grid.strata.index(each) for each in strata]
    loose = single_events(panel.reported.cells.filter(pl.col("flat").is_null()))
    wanted = loose.select((pl.col("place") == "") & pl.col("stratum_number").is_in(kinds)).to_series()
    drawn = panel.reported.drawn[wanted.to_numpy()] // (parts * every)
    amounts = np.repeat(loose.filter(wanted)[measure].to_numpy(), panel.draws)
    found = np.bincount(drawn.ravel(), amounts, minlength=periods)
    filling = panel.reported.filling
    filled = filling.amounts[MEASURES.index(measure)] * np.isin(filling.cell % every, kinds)
    found = found + np.bincount(filling.cell // (parts * every), filled, minlength=periods)
    return np.asarray(found / panel.draws)


def _measured(panel: Panel, span: Span) -> WithoutPlace:
    first, last = (period - panel.grid.span.first for period in (span.first, span.last))
    cells = panel.reported.cells.filter(pl.col("to").is_between(first, last))
    apart = cells.filter(pl.col("place").str.starts_with(UNRESOLVED))
    unnamed = cells.filter(pl.col("place") == "")
    filling = panel.reported.filling
    period = filling.cell // (panel.grid.shape[1] * panel.grid.shape[2])
    filled = filling.amounts[:, (period >= first) & (period <= last)].sum(axis=1) / panel.draws
    for measure, added in (("best", filled[2]), ("events", filled[0])):
        imputed = int(np.round(added))
        total = int(cells[measure].sum()) + imputed
        if total:
            name = "deaths" if measure == "best" else "events"
            return WithoutPlace(
                span, name, total, int(apart[measure].sum()), int(unnamed[measure].sum()), imputed
            )
    return WithoutPlace(span, "deaths", 0)
