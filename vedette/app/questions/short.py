"""Questions that the ledger answers at once."""

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
from pydantic import Field

from vedette import commands
from vedette.app.questions.question import ApiQuestion, Asking, Document

if TYPE_CHECKING:
    from vedette.evidence import Ledger

_BELIEF = (
    "Beliefs are estimated: computed from claims by their grades and ages, not observed. A tie that is not "
    "listed has no claim for it, which does not say that there is none."
)
_SAID = "Each row is what a source says, with its grade and hedge; none is a fact by itself."


class Nothing(Asking):
    """Takes nothing."""


class OfNetwork(Asking):
    """Which view of the network, on which day."""

    view: str = Field("ties", description=f"One of: {', '.join(commands.VIEWS)}.", max_length=40)
    at: date | None = Field(None, description="The day on which ties hold; that of the case if left out.")
    kind: str | None = Field(None, description="One kind of ties, like support.", max_length=40)
    least: float | None = Field(None, ge=0, le=1, description="How far a tie must be believed to be listed.")


class OfActor(Asking):
    """Which actor, over time or on a day."""

    actor: str = Field(description="Id, name or another spelling of an actor.", min_length=1, max_length=200)
    at: date | None = Field(None, description="A day; over all time if left out.")


class OfTie(Asking):
    """Which tie, on which day."""

    subject: str = Field(description="Who: id or name of an actor.", min_length=1, max_length=200)
    relation: str = Field(description="What, like training.", min_length=1, max_length=40)
    object: str = Field(description="Whom: id or name of an actor.", min_length=1, max_length=200)
    at: date | None = Field(None, description="The day; that of the case if left out.")


class OfClaims(Asking):
    """Which claims; what is left out lets all through."""

    about: str | None = Field(None, description="Claims about this actor.", max_length=200)
    by: str | None = Field(None, description="Claims of this source, speaker or actor.", max_length=200)
    relation: str | None = Field(None, description="Claims of this relation.", max_length=40)
    question: str | None = Field(None, description="Rival answers to a question of the case.", max_length=80)
    contested: bool = Field(False, description="Only claims that another speaks against.")
    recalled: bool = Field(False, description="Only claims recalled without a page.")
    retracted: bool = Field(False, description="Only claims that were withdrawn.")


class OfNamed(Asking):
    """Rows whose id, name or another text holds some words."""

    named: str | None = Field(None, description="Words that they hold.", max_length=200)


class OfYears(Asking):
    """The years of the index of arms."""

    first: int = Field(2003, description="The first year.", ge=1900, le=2100)
    last: int | None = Field(
        None, description="The last year; that of the day if left out.", ge=1900, le=2100
    )
    at: date | None = Field(None, description="The day; that of the case if left out.")


def _case(ledger: "Ledger", _: Nothing) -> Document:
    case = ledger.case
    return {
        "title": case.title,
        "question": case.question,
        "questions": [{"id": each.id, "text": each.text} for each in case.questions],
        "actors": case.actors.height,
        "claims": ledger.claims.height,
        "credits": [vars(each) for each in case.credits],
    }


def _network(ledger: "Ledger", asked: OfNetwork) -> Document:
    kinds = commands.tie_kinds(asked.kind)
    found = commands.network(ledger, asked.view, at=asked.at, kinds=kinds, least=asked.least)
    return found.document()


def _claims_of_ties(ledger: "Ledger", answer: Document) -> Document:
    """The ids of the claims for and against each tie that is listed."""
    listed = answer.get("ties", []) if isinstance(answer, dict) else []
    if not listed:
        return []
    ends = ["subject", "relation", "object"]
    ties = pl.DataFrame(listed).select(ends).unique()
    joined = ledger.tied.join(ties, on=ends).group_by(ends).agg(ids=pl.col("id").sort()).sort(ends)
    return joined.to_dicts()


def _who(ledger: "Ledger", asked: OfActor) -> Document:
    return commands.who(ledger, asked.actor, at=asked.at).document()


def _tie(ledger: "Ledger", asked: OfTie) -> Document:
    words = f"{asked.relation}/{asked.object}"
    return commands.tie(ledger, asked.subject, words=words, at=asked.at).document()


def _claims(ledger: "Ledger", asked: OfClaims) -> Document:
    return commands.claims(ledger, commands.ClaimQuery(**asked.model_dump())).document()


def _actors(ledger: "Ledger", asked: OfNamed) -> Document:
    return commands.actors(ledger, named=asked.named).document()


def _sources(ledger: "Ledger", asked: OfNamed) -> Document:
    return commands.sources(ledger, named=asked.named).to_dicts()


def _monopoly(ledger: "Ledger", asked: OfYears) -> Document:
    return commands.monopoly_index(ledger, first=asked.first, last=asked.last, at=asked.at).document()


SHORT = (
    ApiQuestion("case", "What is the case about?", "Counts are observed in its files.", Nothing, _case),
    ApiQuestion(
        "network",
        "Who backs, commands, pays and fights whom on a day?",
        _BELIEF,
        OfNetwork,
        _network,
        rests_on=_claims_of_ties,
    ),
    ApiQuestion("who", "Who is an actor, what was it over time, who is tied to it?", _BELIEF, OfActor, _who),
    ApiQuestion("tie", "How far can one tie be believed, and who says so?", _BELIEF, OfTie, _tie),
    ApiQuestion("claims", "What is said of whom, by whom, in which source?", _SAID, OfClaims, _claims),
    ApiQuestion(
        "actors", "Which actors are there?", "Names and codes as the case has them.", OfNamed, _actors
    ),
    ApiQuestion(
        "sources", "Which sources are claims from, and how reliable are they?", _SAID, OfNamed, _sources
    ),
    ApiQuestion(
        "monopoly",
        "How much of all armed strength does the state alone command?",
        "The index is estimated from claimed headcounts, some of them assumed; where it is withheld, the "
        "answer says why.",
        OfYears,
        _monopoly,
    ),
)
"""The questions, in the order in which they are listed."""
