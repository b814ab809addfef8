"""Readings: what the files of a case say about a sign, month by month, as known on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl

from vedette.case import Case
from vedette.evidence import Ledger, read_ledger
from vedette.model import FloatArray
from vedette.network.attacks import AttackRecord
from vedette.network.headcounts import counted
from vedette.panel import Panel
from vedette.periods import Span, Step, label, last_complete, period_of
from vedette.scenario.language.records import posture_known, rows_of
from vedette.scenario.language.sign_entries import ALL, Measured, PostureSeries, RecordedAttacks, Sign

CARRIED = 12
"""Months for which a level that was stated once is taken to hold: troops, strengths."""
RANGE = (0.05, 0.95)

NOTHING, COUNTED, ESTIMATED, STATED, HELD, SAMPLED = (
    "",
    "counted",
    "estimated",
    "stated",
    "carried",
    "sampled",
)
"""How a month is known: not at all; counted in data; estimated from totals and a partial file; stated in that
month by a source; carried from an earlier statement; a count of what was recorded."""

OBSERVED = (COUNTED, STATED)


@dataclass(frozen=True, eq=False)
class SignReading:
    """A sign by month, as known on a day.

    Attributes:
        sign: the sign.
        span: the months, to the last that was over on the day; T of them.
        low, value, high: the measure in each month, (T,), in the unit of the sign; NaN where it is not known.
            Rival figures and estimates have a range, counts have none.
        basis: how each month is known, (T,) of the words above.
    """

    sign: Sign
    span: Span
    low: FloatArray
    value: FloatArray
    high: FloatArray
    basis: tuple[str, ...]

    @cached_property
    def newest(self) -> int | None:
        """The place of the last month that anything says something about; None if there is none."""
        known = [place for place, word in enumerate(self.basis) if word not in (NOTHING, HELD)]
        return known[-1] if known else None

    @cached_property
    def current(self) -> int | None:
        """The place of the month whose value holds now: the last one known, or carried."""
        known = [place for place, word in enumerate(self.basis) if word != NOTHING]
        return known[-1] if known else None

    @property
    def age(self) -> int | None:
        """Months from the last that anything says something about to the last of all."""
        return None if self.newest is None else len(self.span) - 1 - self.newest

    def at(self, span: Span) -> tuple[FloatArray, tuple[str, ...]]:
        """The values in the months of a span, and how each is known; NaN outside the reading."""
        known = {period: place for place, period in enumerate(self.span)}
        places = [known.get(period) for period in span]
        values = [np.nan if place is None else self.value[place] for place in places]
        return np.array(values), tuple(NOTHING if place is None else self.basis[place] for place in places)

    def month(self, place: int) -> str:
        """The label of a month."""
        return label(self.span.first + place, Step.MONTH)


@dataclass(frozen=True, eq=False)
class SignRecord:
    """What signs are read from: a case and its panel, as known on a day."""

    case: Case
    panel: Panel
    day: date

    @cached_property
    def ledger(self) -> Ledger:
        """The claims of the case by the day."""
        return read_ledger(self.case, self.day)

    @property
    def last(self) -> int:
        """The last month that was over on the day."""
        return last_complete(self.day, Step.MONTH)

    def reading(self, sign: Sign) -> SignReading:
        """What the files say about a sign, by month."""
        measured = sign.measured
        if measured.posture is not None:
            stated = _posture(measured.posture, self.case, self.day)
            return _held(sign, stated, self.last)
        if measured.strength is not None:
            return _held(sign, _strengths(measured.strength, self.ledger), self.last)
        if measured.attacks is not None:
            return self._attacks(sign, measured.attacks)
        return self._counts(sign, measured)

    def _counts(self, sign: Sign, measured: Measured) -> SignReading:
        """Deaths or events of the panel: counted, or where only totals are known estimated.

        The deaths of all strata in all places are known from the totals too.
        """
        panel, grid = self.panel, self.panel.grid
        groups = [part for name, part in grid.places if not measured.places or name in measured.places]
        whole = not measured.places
        chosen = grid.everywhere if whole else (("chosen", tuple(p for part in groups for p in part)),)
        what = "best" if measured.kind == "deaths" else "events"
        strata = [grid.strata.index(name) for name in measured.strata or grid.strata]
        draws = panel.series(what, chosen)[:, :, 0, :][..., strata].sum(axis=2).astype(np.float64)
        totals = whole and not measured.strata and what == "best"
        low, high = np.quantile(draws, RANGE, axis=0)
        value = draws.mean(axis=0)
        estimated = panel.estimated & ~totals
        low, high = (np.where(estimated, end, value) for end in (low, high))
        basis = np.where(panel.covered, np.where(estimated, ESTIMATED, COUNTED), NOTHING)
        unknown = ~panel.covered
        for part in (low, value, high):
            part[unknown] = np.nan
        return _padded(sign, grid.span, (low, value, high), [str(word) for word in basis], self.last)

    def _attacks(self, sign: Sign, attacks: RecordedAttacks) -> SignReading:
        """Attacks recorded by month, from the first to the last month of which the timeline says anything."""
        months = _attacked(attacks, self.ledger)
        known = self.case.timeline.filter(pl.col("date") <= self.day)["date"]
        if not months or known.is_empty():
            return _padded(sign, Span(self.last, self.last, Step.MONTH), _nothing(1), [NOTHING], self.last)
        newest = known.max()
        assert isinstance(newest, date)
        span = Span(min(months), min(self.last, period_of(newest, Step.MONTH)), Step.MONTH)
        count = np.array([float(months.count(period)) for period in span])
        return _padded(sign, span, (count, count, count), [SAMPLED] * len(span), self.last)


Ends = tuple[FloatArray, FloatArray, FloatArray]
Stated = dict[int, list[tuple[float, float]]]
"""The figures stated for a month, each with its low and high."""


def _nothing(months: int) -> Ends:
    unknown = np.full(months, np.nan)
    return unknown, unknown.copy(), unknown.copy()


def _padded(sign: Sign, span: Span, ends: Ends, basis: list[str], last: int) -> SignReading:
    """A reading from the months of a span to ``last``, unknown after the span; later months are cut off."""
    months = max(last - span.first + 1, 1)
    more = max(0, months - len(span))
    low, value, high = (np.concatenate([end, np.full(more, np.nan)])[:months] for end in ends)
    words = tuple([*basis, *([NOTHING] * more)][:months])
    return SignReading(sign, Span(span.first, span.first + months - 1, Step.MONTH), low, value, high, words)


def _posture(series: PostureSeries, case: Case, day: date) -> Stated:
    """The last value of each month of a series; rows that are precise to a year count for no month."""
    rows = rows_of(series, posture_known(case, day), case).filter(pl.col("precision") != "year")
    rows = rows.filter(pl.col("value").is_not_null()).sort("date", maintain_order=True)
    return {
        period_of(when, Step.MONTH): [(value, value)]
        for when, value in rows.select("date", "value").iter_rows()
    }


def _strengths(forces: Iterable[str], ledger: Ledger) -> Stated:
    """The figures of the months in which all forces have any; several forces are added end by end."""
    claims, months = counted(ledger), []
    for force in forces:
        own: Stated = {}
        for row in claims[force].iter_rows(named=True) if force in claims else ():
            for period in range(period_of(row["first"], Step.MONTH), period_of(row["last"], Step.MONTH) + 1):
                own.setdefault(period, []).append((row["low"], row["high"]))
        months.append(own)
    shared = set.intersection(*(set(own) for own in months)) if months else set()
    return {period: [_added([_range(own[period]) for own in months])] for period in sorted(shared)}


def _range(figures: list[tuple[float, float]]) -> tuple[float, float]:
    return min(low for low, _ in figures), max(high for _, high in figures)


def _added(ranges: list[tuple[float, float]]) -> tuple[float, float]:
    return sum(low for low, _ in ranges), sum(high for _, high in ranges)


def _held(sign: Sign, stated: Stated, last: int) -> SignReading:
    """A level by month: as stated, and carried for at most `CARRIED` months."""
    known = {period: _range(figures) for period, figures in stated.items() if period <= last}
    if not known:
        return _padded(sign, Span(last, last, Step.MONTH), _nothing(1), [NOTHING], last)
    span = Span(min(known), last, Step.MONTH)
    low, value, high = _nothing(len(span))
    basis, newest = [], span.first
    for place, period in enumerate(span):
        newest = period if period in known else newest
        basis.append(STATED if period in known else HELD if period - newest < CARRIED else NOTHING)
        if basis[-1] != NOTHING:
            low[place], high[place] = known[newest]
            value[place] = (low[place] * high[place]) ** 0.5
    return SignReading(sign, span, low, value, high, tuple(basis))


def _attacked(attacks: RecordedAttacks, ledger: Ledger) -> list[int]:
    """The month of every attack of the timeline that counts, known by the day and read on a page."""
    found = []
    for row, attack in AttackRecord(ledger).rows():
        at_site = bool(attack.site) and (attacks.sites == ALL or attack.site in attacks.sites)
        if row["precision"] in ("day", "week", "month") and (
            at_site or any(words in row["target"] for words in attacks.targets)
        ):
            found.append(period_of(row["date"], Step.MONTH))
    return found
