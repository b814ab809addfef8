"""Belief in ties over time, as spells: intervals of days to which the same claims apply."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

import polars as pl

from vedette.evidence.ledger import TIE, Ledger
from vedette.evidence.weighing import chance, logit, prior

Tie = tuple[str, str, str]
"""Subject, relation, object."""

BEGINNING, END = date(1, 1, 1), date(9999, 12, 31)
"""The values of `first` and `last` of a claim without a beginning or an end."""


@dataclass(frozen=True)
class Spell:
    """An interval of days in which the belief in a tie is constant.

    ``first`` and ``last`` are included, None where the interval is open. ``claims`` are the ids of the
    claims about those days.
    """

    first: date | None
    last: date | None
    belief: float
    contested: bool
    claims: tuple[str, ...]


def spells(ledger: Ledger, claims: pl.DataFrame) -> Mapping[Tie, tuple[Spell, ...]]:
    """The spells of every tie in some claims of a ledger, oldest first; days without a claim are left out.

    Args:
        ledger: the ledger, for its priors.
        claims: rows of `Ledger.tied`.

    Example:
        >>> from vedette.case import read_case
        >>> from vedette.evidence import read_ledger
        >>> ledger = read_ledger(read_case("iraq"))
        >>> spells(ledger, ledger.tied.clear())
        {}
    """
    columns = (*TIE, "first", "last", "origin", "ratio", "id")
    rows = claims.select(columns).sort(*TIE, "first", "id").iter_rows()
    by_tie = {}
    for tie, of_one in groupby(rows, key=itemgetter(0, 1, 2)):
        start = logit(prior(ledger.case.weights, tie[1]))
        by_tie[tie] = tuple(_merged(_spells_of_tie([row[3:] for row in of_one], start)))
    return by_tie


_ClaimRow = tuple[date, date, str, float, str]
"""First, last, origin, ratio and id of a claim."""


def _spells_of_tie(claims: list[_ClaimRow], start: float) -> Iterator[Spell]:
    """One spell for each interval in which the set of claims is the same, by sweeping over their ends."""
    if len(claims) == 1:
        first, last, _, ratio, key = claims[0]
        yield Spell(_open(first), _open(last), chance(start + ratio), contested=False, claims=(key,))
        return
    active: dict[str, _ClaimRow] = {}
    coming = {day: list(some) for day, some in groupby(claims, key=itemgetter(0))}
    going: dict[date, list[str]] = {}
    for _, last, _, _, key in claims:
        if last < END:
            going.setdefault(last + timedelta(days=1), []).append(key)
    days = sorted({*coming, *going})
    for day, following in zip(days, [*days[1:], None], strict=True):
        for key in going.get(day, ()):
            del active[key]
        active |= {one[4]: one for one in coming.get(day, ())}
        if active:
            pro, con = _summed_ratios(active.values())
            last_day = following - timedelta(days=1) if following else None
            yield Spell(_open(day), last_day, chance(start + pro + con), pro > 0 > con, tuple(active))


def _summed_ratios(claims: Iterable[_ClaimRow]) -> tuple[float, float]:
    """The sums of log likelihood ratios for and against: the strongest claim of each origin on each side."""
    pro: dict[str, float] = {}
    con: dict[str, float] = {}
    for _, _, origin, ratio, _ in claims:
        side = pro if ratio > 0 else con
        if abs(ratio) > abs(side.get(origin, 0.0)):
            side[origin] = ratio
    return sum(sorted(pro.values())), sum(sorted(con.values()))


def _open(day: date) -> date | None:
    return None if day in (BEGINNING, END) else day


def _merged(spells: Iterator[Spell]) -> Iterator[Spell]:
    """Merges adjoining spells with the same belief."""
    previous: Spell | None = None
    for one in spells:
        if previous and _continues(previous, one):
            claims = tuple(dict.fromkeys([*previous.claims, *one.claims]))
            previous = Spell(previous.first, one.last, previous.belief, previous.contested, claims)
            continue
        if previous:
            yield previous
        previous = one
    if previous:
        yield previous


def _continues(previous: Spell, one: Spell) -> bool:
    adjoining = previous.last is not None and previous.last + timedelta(days=1) == one.first
    return adjoining and abs(previous.belief - one.belief) < 1e-9 and previous.contested == one.contested
