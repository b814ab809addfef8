"""The network, the index of arms and dependence on the two days."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from vedette.changes.claims import in_words
from vedette.changes.known_on import AsKnown
from vedette.changes.thresholds import ARMS
from vedette.network import Monopoly, dependence, monopoly, network_at

ARMS_DRAWS = 4000
"""Draws of strength behind the index of arms, as in `vedette monopoly`."""
_TIE = ("subject", "relation", "object")


@dataclass(frozen=True)
class TieSince:
    """A tie that is believed enough on one of the two days alone."""

    text: str
    subject: str
    relation: str
    object: str
    belief: float


@dataclass(frozen=True)
class KindThenNow:
    """How many ties of a kind are believed enough on the two days, and how many of them on one alone."""

    kind: str
    then: int
    now: int
    appeared: int
    gone: int


@dataclass(frozen=True)
class AloneSince:
    """A kind of support that a force has from one backer alone on one of the two days."""

    force: str
    name: str
    relation: str
    backer: str
    backer_name: str
    since: bool


@dataclass(frozen=True)
class ArmsIndex:
    """The index of arms on a day: its middle with the 5 % and 95 % points, or why it is withheld."""

    low: float | None
    middle: float | None
    high: float | None
    withheld: str


@dataclass(frozen=True)
class NetworkSince:
    """The network of the two days.

    Attributes:
        kinds: how many ties of each kind there are.
        appeared: ties that are believed enough on the last day and were not on the first.
        gone: ties that were and are not.
        alone: kinds of support that come from one backer alone on one of the two days.
        index_then: the index of arms on the first day; None where no main force has a strength.
        index_now: on the last day.
        index_told: whether it moved by more than is noise.
        least: how far a tie must be believed.
    """

    kinds: tuple[KindThenNow, ...]
    appeared: tuple[TieSince, ...]
    gone: tuple[TieSince, ...]
    alone: tuple[AloneSince, ...]
    index_then: ArmsIndex | None
    index_now: ArmsIndex | None
    index_told: bool
    least: float


def network_since(then: AsKnown, now: AsKnown, seed: int) -> NetworkSince:
    """Compares the networks of the two days, each as known on its own day."""
    before, after = (network_at(known.ledger, known.day).ties for known in (then, now))
    appeared = after.join(before, on=_TIE, how="anti", maintain_order="left")
    gone = before.join(after, on=_TIE, how="anti", maintain_order="left")
    index_then, index_now = (
        index_of(monopoly(known.ledger, known.day, ARMS_DRAWS, seed)) for known in (then, now)
    )
    return NetworkSince(
        tuple(_kinds(before, after, appeared, gone)),
        tuple(_ties(now, appeared)),
        tuple(_ties(now, gone)),
        tuple(_alone(then, now)),
        index_then,
        index_now,
        _index_told(index_then, index_now),
        now.ledger.case.weights.least,
    )


def _kinds(
    before: pl.DataFrame, after: pl.DataFrame, appeared: pl.DataFrame, gone: pl.DataFrame
) -> Iterator[KindThenNow]:
    tables = (before, after, appeared, gone)
    for kind in sorted({*before["kind"], *after["kind"]}):
        yield KindThenNow(kind, *(table.filter(pl.col("kind") == kind).height for table in tables))


def _ties(now: AsKnown, ties: pl.DataFrame) -> Iterator[TieSince]:
    for subject, relation, object_, belief in ties.select(*_TIE, "belief").iter_rows():
        text = in_words(now.ledger, (subject, relation, object_))
        yield TieSince(text, subject, relation, object_, belief)


def _alone(then: AsKnown, now: AsKnown) -> Iterator[AloneSince]:
    """The kinds of support that one backer alone gives on one of the two days, by force."""
    before, after = (_given_alone(known) for known in (then, now))
    names = now.ledger.names
    for force, relation, backer in sorted(before ^ after):
        here, giver = names.get(force, force), names.get(backer, backer).removeprefix("Government of ")
        yield AloneSince(force, here, relation, backer, giver, (force, relation, backer) in after)


def _given_alone(known: AsKnown) -> set[tuple[str, str, str]]:
    """Force, relation and backer where no other backer gives the force this kind of support."""
    table = dependence(known.ledger, known.day).filter(pl.col("alone"), pl.col("status") != "foreign")
    return set(table.select("force", "relation", "backer").iter_rows())


def index_of(found: Monopoly | None) -> ArmsIndex | None:
    """The index of a day as three numbers, or why it is withheld; None where there is none."""
    if found is None:
        return None
    if found.withheld:
        return ArmsIndex(None, None, None, found.withheld)
    low, middle, high = (float(end) for end in np.asarray(found.quantiles))
    return ArmsIndex(low, middle, high, "")


def _index_told(then: ArmsIndex | None, now: ArmsIndex | None) -> bool:
    """Whether the index moved by more than is noise, or is printed on one of the two days alone."""
    ends = [each.middle if each else None for each in (then, now)]
    if ends[0] is None or ends[1] is None:
        return (ends[0] is None) != (ends[1] is None)
    return abs(ends[1] - ends[0]) >= ARMS
