"""Belief in ties over time, as spells: the days on which a tie is believed at least so far."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

import polars as pl

from vedette.evidence.ageing import COLUMNS, Course, DatedClaim, course, dated_row
from vedette.evidence.days_held import BEGINNING, END
from vedette.evidence.ledger import Ledger
from vedette.evidence.ties_of_a_day import TIE
from vedette.evidence.weighing import chance, logit, prior

Tie = tuple[str, str, str]
"""Subject, relation, object."""
_FIRST, _LAST = BEGINNING.toordinal(), END.toordinal()


@dataclass(frozen=True)
class Spell:
    """An interval of days on which a claim for a tie counts and belief in it does not fall below a level.

    Attributes:
        first: the first day; None where the interval is open.
        last: the last day; None where it is open.
        belief: the highest belief within it.
        belief_last: the belief on its last day; that of the prior where it ages for ever.
        contested: whether claims for and against count on some of its days.
        said: the last day up to its end on which a claim says that the tie held.
        claims: the ids of the claims that count on its days.
    """

    first: date | None
    last: date | None
    belief: float
    belief_last: float
    contested: bool
    said: date
    claims: tuple[str, ...]


def spells(
    ledger: Ledger, claims: pl.DataFrame, least: float | None = None
) -> Mapping[Tie, tuple[Spell, ...]]:
    """The spells of every tie in some claims of a ledger, oldest first; empty for a tie that has none.

    Args:
        ledger: the ledger, for its priors and half-lives.
        claims: rows of `Ledger.tied`.
        least: the level; that of the case if left out.

    Example:
        >>> from vedette.case import read_case
        >>> from vedette.evidence import read_ledger
        >>> ledger = read_ledger(read_case("iraq"))
        >>> spells(ledger, ledger.tied.clear())
        {}
    """
    level = ledger.case.weights.least if least is None else least
    rows = claims.select(*TIE, *COLUMNS).sort(*TIE, "first", "id").iter_rows()
    by_tie = {}
    for tie, of_one in groupby(rows, key=itemgetter(0, 1, 2)):
        start = logit(prior(ledger.case.weights, tie[1]))
        told = [dated_row(row[3:]) for row in of_one]
        parts = _parts(told, start, ledger.half_lives[tie[1]].days, level=level)
        by_tie[tie] = tuple(_merged(parts))
    return by_tie


def _parts(claims: list[DatedClaim], start: float, half_life: float, *, level: float) -> Iterator[Spell]:
    """The spells within each interval in which the same claims hold, are past and are to come."""
    edges = {_FIRST}
    for one in claims:
        edges |= {one.counts_from, one.first, one.last + 1, one.counts_to + 1}
    days = sorted(day for day in edges if day <= _LAST)
    for day, following in zip(days, [*days[1:], _LAST + 1], strict=True):
        counting = [one for one in claims if one.counts(day)]
        if any(one.ratio > 0 for one in counting):
            line = course(counting, day, start, half_life)
            for first, last in _above(line, day, following - 1, level):
                yield _spell(line, first, last, counting)


def _above(line: Course, first: int, last: int, level: float) -> Iterator[tuple[int, int]]:
    """The intervals within first to last on which the belief is at least at a level."""

    def high(day: int) -> bool:
        return chance(line.on(day)) >= level

    if line.turns:
        for above, days in groupby(range(first, last + 1), key=high):
            if above:
                run = list(days)
                yield run[0], run[-1]
        return
    at_first, at_last = high(first), high(last)
    if at_first and at_last:
        yield first, last
    elif at_first or at_last:
        before, after = first, last
        while after - before > 1:
            middle = (before + after) // 2
            before, after = (middle, after) if high(middle) == at_first else (before, middle)
        yield (first, before) if at_first else (after, last)


def _spell(line: Course, first: int, last: int, claims: list[DatedClaim]) -> Spell:
    days = range(first, last + 1) if line.turns else (first, last)
    said = max(max(one.first, min(one.said_on, last)) for one in claims if one.ratio > 0)
    return Spell(
        first=None if first <= _FIRST else date.fromordinal(first),
        last=None if last >= _LAST else date.fromordinal(last),
        belief=max(chance(line.on(day)) for day in days),
        belief_last=chance(line.on(last)),
        contested=any(one.ratio > 0 for one in claims) and any(one.ratio < 0 for one in claims),
        said=date.fromordinal(said),
        claims=tuple(one.id for one in claims),
    )


def _merged(spells: Iterator[Spell]) -> Iterator[Spell]:
    """Merges adjoining spells."""
    previous: Spell | None = None
    for one in spells:
        if previous and previous.last and previous.last + timedelta(days=1) == one.first:
            previous = replace(
                one,
                first=previous.first,
                belief=max(previous.belief, one.belief),
                contested=previous.contested or one.contested,
                said=max(previous.said, one.said),
                claims=tuple(dict.fromkeys([*previous.claims, *one.claims])),
            )
            continue
        if previous:
            yield previous
        previous = one
    if previous:
        yield previous
