"""Claims that became known, were repeated, retracted or contested between the two days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from vedette.case.schema import TIES, UNTIED, RelationKind
from vedette.evidence import Ledger, claimed, sentence
from vedette.evidence.finding import contested_claims
from vedette.evidence.saying import called
from vedette.evidence.ties_of_a_day import TIE

NEW, RENEWED, REPEATED, AGAINST = "new", "renewed", "repeated", "against"
"""What a claim does: say what none said before; say of a tie that it held on a later day than any had said;
say again what was said; deny a tie that others claim."""


@dataclass(frozen=True)
class ClaimSince:
    """A claim as the edition shows it.

    Attributes:
        id: its id.
        kind: ``new``, ``renewed``, ``repeated`` or ``against``.
        text: what it says.
        relation: of its tie, act or figure.
        polarity: + or -.
        speaker: who says so.
        source: the id of the document.
        title: its publisher and title.
        said: when it was said, as written.
        known: the day on which it became known.
        grade: of the source (A to F) and of the claim (1 to 6).
        moves: whether it can move a belief: it is about a tie and graded.
        act: whether it is about something done, like an attack or a killing.
    """

    id: str
    kind: str
    text: str
    relation: str
    polarity: str
    speaker: str
    source: str
    title: str
    said: str
    known: date
    grade: str
    moves: bool
    act: bool


@dataclass(frozen=True)
class RetractedSince:
    """A claim that was withdrawn: what it said, on which day, and why, as the edition shows it."""

    id: str
    text: str
    retracted: date
    why: str


@dataclass(frozen=True)
class ContestedSince:
    """A tie of which claims for and against speak of the same days since: the ids of the claims."""

    text: str
    subject: str
    relation: str
    object: str
    claims_for: tuple[str, ...]
    claims_against: tuple[str, ...]


@dataclass(frozen=True)
class KilledSince:
    """A person of the case whose killing became known: who, by whom, on which day if claims say so."""

    whom: str
    who: str
    day: date | None


@dataclass(frozen=True)
class ClaimsSince:
    """What happened to the claims of a case between the two days.

    Attributes:
        claims: those that became known, by day; claims that are recalled without a page are left out.
        recalled: how many of these there are.
        retracted: those that were withdrawn.
        contested: ties that are contested since.
        known_then: how many claims were known on the first day.
        known_now: how many are on the last.
        killed: the persons of the case of whom a claim known since says that they were killed.
    """

    claims: tuple[ClaimSince, ...]
    recalled: int
    retracted: tuple[RetractedSince, ...]
    contested: tuple[ContestedSince, ...]
    known_then: int
    known_now: int
    killed: tuple[KilledSince, ...] = ()

    def of_kind(self, kind: str) -> tuple[ClaimSince, ...]:
        """The claims of a kind."""
        return tuple(claim for claim in self.claims if claim.kind == kind)


def claims_since(then: Ledger, now: Ledger) -> ClaimsSince:
    """Compares the ledgers of the two days; both are of one edition."""
    fresh = now.claims.filter(~pl.col("id").is_in(then.claims["id"].to_list())).sort("known_on", "id")
    read = fresh.filter(pl.col("basis") == "page")
    before = _last_said(then)
    return ClaimsSince(
        tuple(_claim(now, row, before) for row in read.iter_rows(named=True)),
        fresh.height - read.height,
        tuple(_retracted(then, now)),
        tuple(_contested(then, now)),
        then.claims.height,
        now.claims.height,
        tuple(_killed(then, now, read)),
    )


def _killed(then: Ledger, now: Ledger, fresh: pl.DataFrame) -> Iterator[KilledSince]:
    """The persons whose killing no graded claim told of on the first day, in the order of the days."""
    persons = now.case.actors.filter(kind="person")["id"].to_list()
    killings = (
        pl.col("relation") == "killed",
        pl.col("polarity") == "+",
        pl.col("ratio") > 0,
        ~pl.col("hedge").is_in(UNTIED),
        pl.col("object").is_in(persons),
    )
    known = then.claims.filter(*killings)["object"].to_list()
    told = fresh.filter(*killings, ~pl.col("object").is_in(known))
    for row in told.unique("object", keep="first", maintain_order=True).iter_rows(named=True):
        who, whom = called(now.names, row["subject"]), called(now.names, row["object"])
        yield KilledSince(whom, who, row["first"] if row["first"] == row["last"] else None)


def _last_said(then: Ledger) -> dict[tuple[str, str, str], date]:
    """The last day on which a graded claim known on the first day says that a tie held, by tie."""
    told = then.tied.filter(pl.col("ratio") > 0).group_by(TIE).agg(pl.col("said_on").max())
    return {tuple(tie): day for *tie, day in told.select(*TIE, "said_on").iter_rows()}


def _claim(now: Ledger, row: dict[str, Any], before: dict[tuple[str, str, str], date]) -> ClaimSince:
    tie = (row["subject"], row["relation"], row["object"])
    tied = row["kind"] in {kind.value for kind in TIES} and row["hedge"] not in UNTIED
    kind = NEW
    if tied and tie in before:
        kind = AGAINST if row["polarity"] == "-" else RENEWED if row["said_on"] > before[tie] else REPEATED
    return ClaimSince(
        row["id"],
        kind,
        claimed(now.names, row),
        row["relation"],
        row["polarity"],
        now.names.get(row["speaker"], row["speaker"]),
        row["source"],
        title_of(now, row["source"]),
        row["said"],
        row["known_on"],
        f"{row['reliability']}{row['credibility']}",
        bool(tied and row["ratio"]),
        row["kind"] == RelationKind.ACT.value,
    )


def title_of(ledger: Ledger, source: str) -> str:
    """The publisher and title of a source; its id where the edition has neither."""
    rows = ledger.case.sources.filter(pl.col("id") == source).select("publisher", "title").rows()
    return ": ".join(part for part in rows[0] if part) if rows else source


def _retracted(then: Ledger, now: Ledger) -> Iterator[RetractedSince]:
    gone = now.retracted.filter(pl.col("id").is_in(then.claims["id"].to_list())).sort("retracted", "id")
    for row in gone.iter_rows(named=True):
        yield RetractedSince(row["id"], claimed(now.names, row), row["retracted"], row["why"])


def _contested(then: Ledger, now: Ledger) -> Iterator[ContestedSince]:
    """The ties with claims for and against about the same days, which had none such on the first day."""
    before, since = ({*contested_claims(ledger)} for ledger in (then, now))
    older = set(then.tied.filter(pl.col("id").is_in(list(before))).select(TIE).iter_rows())
    rows = now.tied.filter(pl.col("id").is_in(list(since - before))).select(TIE).unique().sort(TIE)
    for subject, relation, object_ in rows.iter_rows():
        tie = (subject, relation, object_)
        if tie not in older:
            told = now.of_tie(*tie).filter(pl.col("id").is_in(list(since)))
            pro, con = (tuple(told.filter(side)["id"]) for side in (pl.col("ratio") > 0, pl.col("ratio") < 0))
            yield ContestedSince(in_words(now, tie), subject, relation, object_, pro, con)


def in_words(ledger: Ledger, tie: tuple[str, str, str]) -> str:
    """A tie as a sentence without its full stop."""
    return sentence(ledger.names, *tie)
