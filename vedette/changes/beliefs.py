"""Beliefs in ties that moved between the two days: by which claim, or by ageing alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from vedette.changes.claims import in_words
from vedette.changes.thresholds import BELIEF
from vedette.evidence import Ledger, belief_in, prior
from vedette.evidence.ties_of_a_day import TIE

Tie = tuple[str, str, str]
EVEN = 0.5


@dataclass(frozen=True)
class Influence:
    """How far a claim that became known since moves a belief: its value with it less that without it."""

    claim: str
    text: str
    source: str
    moves: float


@dataclass(frozen=True)
class BeliefMoved:
    """A belief in a tie on the two days.

    Attributes:
        text: the tie as a sentence.
        subject: who.
        relation: does what.
        object: to whom.
        kind: of the relation.
        then: the belief on the first day; None where no claim for the tie counted.
        now: on the last day; the same.
        by_time: how far the claims known on the first day alone move it by the last: ageing, and days that
            they state.
        by_claims: what is left: claims that became known or were retracted since.
        influences: the claims that became known since, the one that moves it most first.
        retracted: ids of the claims about it that were retracted since.
        ended: the day on which it ended, by a claim that became known since and counts no more; else None.
        overturned: whether a belief that there was crossed one half, or fell from above it to none.
        contested: whether claims for and against count on the last day.
        said: the last day on which a claim says that it held.
    """

    text: str
    subject: str
    relation: str
    object: str
    kind: str
    then: float | None
    now: float | None
    by_time: float
    by_claims: float
    influences: tuple[Influence, ...]
    retracted: tuple[str, ...]
    ended: date | None
    overturned: bool
    contested: bool
    said: date | None

    @property
    def moved(self) -> float:
        """How far it moved."""
        return self.by_time + self.by_claims

    @property
    def by_ageing(self) -> bool:
        """Whether nothing but time moved it."""
        return not self.influences and not self.retracted and self.ended is None


def beliefs_moved(
    then: Ledger, now: Ledger, first: date, last: date, texts: Mapping[str, tuple[str, str]]
) -> tuple[BeliefMoved, ...]:
    """The beliefs that moved by at least `BELIEF`; those that claims moved come first, then by how far.

    Args:
        then: the ledger of the first day.
        now: that of the last.
        first: the first day.
        last: the last day.
        texts: what each claim that became known since says, and in which source, by its id.
    """
    before, aged, after = (_standing(*each) for each in ((then, first), (then, last), (now, last)))
    rows = []
    for tie in sorted({*before, *after}):
        start = prior(now.case.weights, tie[1])
        was, alone, stands = (_belief(table, tie, start) for table in (before, aged, after))
        if abs(stands - was) >= BELIEF:
            rows.append(
                _moved(now, tie, last, (before.get(tie), after.get(tie)), (was, alone, stands), texts)
            )
    return tuple(sorted(rows, key=lambda row: (row.by_ageing, not row.overturned, -abs(row.moved), row.text)))


def _standing(ledger: Ledger, day: date) -> dict[Tie, dict[str, Any]]:
    """The ties of a day for which a claim counts that is read on a page."""
    rows = ledger.holding(day).filter(pl.col("supported"), ~pl.col("recalled"))
    return {(row["subject"], row["relation"], row["object"]): row for row in rows.iter_rows(named=True)}


def _belief(table: Mapping[Tie, Mapping[str, Any]], tie: Tie, start: float) -> float:
    return float(table[tie]["belief"]) if tie in table else start


def _moved(
    now: Ledger,
    tie: Tie,
    last: date,
    rows: tuple[Mapping[str, Any] | None, Mapping[str, Any] | None],
    values: tuple[float, float, float],
    texts: Mapping[str, tuple[str, str]],
) -> BeliefMoved:
    before, after = rows
    was, alone, stands = values
    shown = after or before
    assert shown is not None
    gone = now.retracted.filter(*(pl.col(name) == part for name, part in zip(TIE, tie, strict=True)))
    return BeliefMoved(
        in_words(now, tie),
        *tie,
        shown["kind"],
        was if before else None,
        stands if after else None,
        alone - was,
        stands - alone,
        tuple(_influences(now, tie, last, texts)),
        tuple(gone["id"]) if abs(stands - alone) >= BELIEF / 2 else (),
        None if after else _ended(now, tie, last, texts),
        before is not None and (was >= EVEN) != (after is not None and stands >= EVEN),
        bool(shown["contested"]),
        shown["said"],
    )


def _influences(
    now: Ledger, tie: Tie, last: date, texts: Mapping[str, tuple[str, str]]
) -> Iterator[Influence]:
    """The claims that became known since and count, with what the belief would be without each."""
    if not any(claim in texts for claim in now.of_tie(*tie)["id"]):
        return
    for claim, change in belief_in(now, *tie, last).influences().items():
        if claim in texts and change:
            yield Influence(claim, *texts[claim], -change)


def _ended(now: Ledger, tie: Tie, last: date, texts: Mapping[str, tuple[str, str]]) -> date | None:
    """The day on which a tie ended by the claims that became known since; None where none says so."""
    told = now.of_tie(*tie).filter(
        pl.col("id").is_in(list(texts)), pl.col("to") != "", pl.col("last") <= last, pl.col("ratio") > 0
    )
    day = told["last"].max()
    return day if isinstance(day, date) else None
