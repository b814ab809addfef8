"""How fast ties age: the time after which half of the ties of a kind have ended, by Kaplan-Meier.

A *spell* of a tie is the time for which its claims say that it held, joined. It ended where a claim says
so: by an end on which its source looks back, or by a claim against it; else it is censored on the day it
was last said.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

import numpy as np
import polars as pl

from vedette.case.schema import RELATIONS, RelationKind, Weights

ENOUGH = 10
"""Ended spells of a kind from which its half-life is estimated."""
STARTING = {"structure": 8.0, "identity": 8.0, "command": 3.0, "support": 2.0, "presence": 2.0, "stance": 1.0}
"""Half-lives in years that vedette assumes where too few ended spells are known."""
OFFICES = ("command", "leads")
"""Relations of people in office, whose ties age as those of command."""
YEAR = 365.25
_EVENT = 31
"""A claim whose dates span no more days tells of an event, not of how long a tie lasted."""


@dataclass(frozen=True)
class HalfLife:
    """The half-life of a group of ties.

    Attributes:
        group: a kind of relation, or ``command``.
        years: the half-life in years.
        mark: ``estimated`` from spells, or ``assumed``.
        author: who assumes it: ``the case`` or ``vedette``; empty if estimated.
        spells: how many spells of the group are known.
        ended: how many of them ended.
    """

    group: str
    years: float
    mark: str
    author: str
    spells: int
    ended: int

    @property
    def days(self) -> float:
        """The half-life in days."""
        return self.years * YEAR


def group_of(relation: str) -> str:
    """The group of relations that age alike.

    >>> group_of("training"), group_of("leads"), group_of("payroll")
    ('support', 'command', 'structure')
    """
    return "command" if relation in OFFICES else RELATIONS[relation].kind.value


def half_lives(tied: pl.DataFrame, weights: Weights) -> Mapping[str, HalfLife]:
    """The half-life of every relation that ties, by its word.

    That of the relation or of its kind in case.yaml, else the Kaplan-Meier estimate of its group if at
    least ten spells have ended, else the starting value.

    Args:
        tied: claims about ties, with the columns of `Ledger.tied`.
        weights: the weights of the case.
    """
    spells: dict[str, list[tuple[float, bool]]] = {group: [] for group in STARTING}
    for group, days, ended in spells_of_ties(tied):
        spells[group].append((days, ended))
    return {
        word: _half_life(word, spells[group_of(word)], weights)
        for word, relation in RELATIONS.items()
        if relation.kind.value in STARTING
    }


def _half_life(relation: str, spells: list[tuple[float, bool]], weights: Weights) -> HalfLife:
    group, ended = group_of(relation), sum(over for _, over in spells)
    stated = weights.half_life.get(relation, weights.half_life.get(RELATIONS[relation].kind.value))
    if stated is not None:
        return HalfLife(group, stated, "assumed", "the case", len(spells), ended)
    if ended < ENOUGH:
        return HalfLife(group, STARTING[group], "assumed", "vedette", len(spells), ended)
    return HalfLife(group, median_survival(spells) / YEAR, "estimated", "", len(spells), ended)


def median_survival(spells: list[tuple[float, bool]]) -> float:
    """The time by which half of some spells have ended, by the estimator of Kaplan and Meier (1958).

    Where the curve stays above one half, it is carried on as an exponential through its last point.

    >>> median_survival([(1.0, True), (2.0, True), (3.0, False), (4.0, True)])
    2.0
    """
    lengths = np.array([days for days, _ in spells])
    times, ended = np.unique([days for days, over in spells if over], return_counts=True)
    at_risk = len(lengths) - np.searchsorted(np.sort(lengths), times)
    alive = np.cumprod(1 - ended / at_risk)
    half = np.flatnonzero(alive <= 0.5 + 1e-12)
    if len(half):
        return float(times[half[0]])
    return float(times[-1] * math.log(0.5) / math.log(alive[-1]))


def spells_of_ties(tied: pl.DataFrame) -> Iterator[tuple[str, float, bool]]:
    """Group, length in days, and whether it ended, of every spell of a tie with a known beginning."""
    told = tied.filter(
        pl.col("ratio") != 0,
        pl.col("from") != "",
        pl.col("unit") == "",
        (pl.col("to") == "") | ((pl.col("last") - pl.col("first")).dt.total_days() >= _EVENT),
        pl.col("kind") != RelationKind.IDENTITY.value,
    )
    columns = ("subject", "relation", "object", "first", "last", "said_on", "counts_to", "ratio", "id")
    rows = told.select(columns).sort("subject", "relation", "object", "first", "id").iter_rows()
    for (_, relation, _), of_one in groupby(rows, key=itemgetter(0, 1, 2)):
        for begun, over, ended in _joined([row[3:8] for row in of_one]):
            if over > begun:
                yield group_of(relation), float((over - begun).days), ended


_Days = tuple[date, date, date, date, float]
"""First, last, said on, counts to, and ratio of a claim."""


def _joined(claims: list[_Days]) -> Iterator[tuple[date, date, bool]]:
    """First and last day of each spell, and whether it is known to have ended.

    Claims are joined unless an end is stated, or a claim against the tie begins, before the next.
    """
    against = [first for first, *_, ratio in claims if ratio < 0]
    begun: date | None = None
    over, ended = date.min, False
    for first, last, said, counts_to, ratio in claims:
        if ratio < 0:
            continue
        denied = min((day for day in against if over < day <= first), default=None)
        if begun is not None and (denied or (ended and first > over + timedelta(days=1))):
            yield begun, denied or over, ended or denied is not None
            begun = None
        if begun is None:
            begun, over, ended = first, date.min, False
        if said > over:
            over, ended = said, counts_to == last
    if begun is not None:
        denied = min((day for day in against if day >= over), default=None)
        yield begun, denied if denied and not ended else over, ended or denied is not None
