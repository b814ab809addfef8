"""Ties over time as strips: when a source states them, when they only age, when claims speak against them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from vedette.case.schema import TIES, RelationKind
from vedette.evidence import Ledger, spells

Days = tuple[date, date]
Tie = tuple[str, str, str]
_TIE = ("subject", "relation", "object")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class TieStrip:
    """A tie over time, up to the present of the ledger.

    Attributes:
        tie: subject, relation, object.
        stated: the days for which a claim states it.
        ageing: the other days on which it is believed at least ``least`` of the case.
        against: the days for which claims speak against it.
        said: the last day on which it is said to have held.
    """

    tie: Tie
    stated: tuple[Days, ...]
    ageing: tuple[Days, ...]
    against: tuple[Days, ...]
    said: date


def tie_strips(ledger: Ledger, ties: Iterable[Tie], *, present: date) -> tuple[TieStrip, ...]:
    """Returns the strips of ties in their order; a tie for which no graded claim speaks has none."""
    wanted = list(dict.fromkeys(ties))
    table = pl.DataFrame(wanted, schema=dict.fromkeys(_TIE, pl.String), orient="row")
    claims = ledger.tied.join(table, on=list(_TIE), how="semi", maintain_order="left")
    believed = spells(ledger, claims)
    strips = []
    for tie in wanted:
        rows = ledger.of_tie(*tie)
        stated = _within(_merged(_days(rows.filter(pl.col("ratio") > 0))), present)
        if stated:
            held = [(one.first or date.min, one.last or date.max) for one in believed.get(tie, ())]
            against = _within(_merged(_days(rows.filter(pl.col("ratio") < 0))), present)
            ageing = _outside(_within(_merged(held), present), stated)
            strips.append(TieStrip(tie, stated, ageing, against, stated[-1][1]))
    return tuple(strips)


def days_of_change(ledger: Ledger, *, kinds: Sequence[RelationKind] = TIES, present: date) -> list[date]:
    """Returns the days, up to the present, on which a tie comes to be believed or is so no longer."""
    named = [kind.value for kind in kinds]
    found = {present}
    for some in spells(ledger, ledger.tied.filter(pl.col("kind").is_in(named))).values():
        for one in some:
            found |= {one.first or present, one.last + _DAY if one.last else present}
    return sorted(day for day in found if ledger.case.start <= day <= present)


def _days(rows: pl.DataFrame) -> list[Days]:
    return list(rows.select("first", "last").iter_rows())


def _merged(days: Iterable[Days]) -> list[Days]:
    """Intervals in order; those that overlap or adjoin are one."""
    merged: list[Days] = []
    for first, last in sorted(days):
        if merged and (merged[-1][1] == date.max or first <= merged[-1][1] + _DAY):
            merged[-1] = merged[-1][0], max(merged[-1][1], last)
        else:
            merged.append((first, last))
    return merged


def _within(days: Iterable[Days], present: date) -> tuple[Days, ...]:
    return tuple((first, min(last, present)) for first, last in days if first <= present)


def _outside(days: Iterable[Days], others: Sequence[Days]) -> tuple[Days, ...]:
    """The parts of intervals that lie in none of the others, which are in order and apart."""
    parts: list[Days] = []
    for first, last in days:
        start = first
        for begin, end in others:
            if end < start or begin > last:
                continue
            if begin > start:
                parts.append((start, begin - _DAY))
            start = end + _DAY
        if start <= last:
            parts.append((start, last))
    return tuple(parts)


def belief_by_year(ledger: Ledger, tie: Tie, *, present: date) -> pl.DataFrame:
    """Returns the belief in a tie at the end of each year from its first claim to the present.

    Columns: ``at, belief`` (0 to 1; empty where no claim for it counts), ``contested``.
    """
    claims = ledger.of_tie(*tie)
    schema = {"at": pl.Date, "belief": pl.Float64, "contested": pl.Boolean}
    first = claims["first"].min()
    if not isinstance(first, date):
        return pl.DataFrame(schema=schema)
    alone = ledger.with_claims(claims)
    years = range(max(first, ledger.case.start).year, present.year + 1)
    rows = []
    for at in (min(date(year, 12, 31), present) for year in years):
        held = alone.holding(at).filter("supported").to_dicts()
        rows.append((at, held[0]["belief"], held[0]["contested"]) if held else (at, None, None))
    return pl.DataFrame(rows, schema=schema, orient="row")
