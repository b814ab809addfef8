"""What to read next: proposals, stale claims with weight, publishers not seen for long, open questions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import polars as pl

from vedette.case import Case
from vedette.case.schema import TLP
from vedette.changes.claims import in_words, title_of
from vedette.changes.thresholds import BELIEF, OLD, SILENT
from vedette.changes.wording import day_words
from vedette.evidence import Ledger, belief_in
from vedette.evidence.reading import proposals_of
from vedette.network import believed, least_of
from vedette.periods import last_possible_column

NO_ANSWER = "no answer is known"
LEAST_SOURCES = 3
"""Dated sources of a publisher from which on its silence is noticed."""


@dataclass(frozen=True)
class StaleClaim:
    """A claim that a believed tie rests on and that nobody has said again for long.

    ``weight`` is how far the belief in the tie falls without it.
    """

    claim: str
    text: str
    source: str
    title: str
    said: date
    belief: float
    weight: float


@dataclass(frozen=True)
class SilentPublisher:
    """A publisher without a source for longer than ever before.

    ``sources`` is how many of its sources are used, ``days`` how long ago the last came out, ``longest`` the
    longest gap between two of them, in days.
    """

    publisher: str
    sources: int
    last: date
    days: int
    longest: int


@dataclass(frozen=True)
class OpenQuestion:
    """A question of the case that nobody has answered of late, or whose answers rest on too little."""

    id: str
    question: str
    gap: str


@dataclass(frozen=True)
class ReadNext:
    """What an analyst should read or ask next, as known on the last day.

    Attributes:
        proposals: how many proposals wait for a judgement, by report; None in an edition that may not say.
        stale: claims that carry much weight and were last said long ago, the weightiest first.
        silent: publishers not seen for long, those with most sources first.
        questions: questions with an information gap.
    """

    proposals: tuple[tuple[str, int], ...] | None
    stale: tuple[StaleClaim, ...]
    silent: tuple[SilentPublisher, ...]
    questions: tuple[OpenQuestion, ...]


def read_next(case: Case, ledger: Ledger, day: date) -> ReadNext:
    """What to read next by the ledger of a day."""
    stale = sorted(_stale(ledger, day), key=lambda one: (-one.weight, one.said, one.claim))
    silent = sorted(_silent(ledger, day), key=lambda one: (-one.sources, one.publisher))
    return ReadNext(_proposals(case), tuple(stale), tuple(silent), tuple(_questions(ledger, day)))


def _proposals(case: Case) -> tuple[tuple[str, int], ...] | None:
    """Open proposals by report; they may quote anything, so only an edition that holds all shows them."""
    edition = next((each for each in case.editions if each.id == case.edition), None)
    if edition is not None and not (edition.protected and edition.allows(TLP[-1])):
        return None
    numbers: dict[str, int] = {}
    for one in proposals_of(case):
        if one.open:
            numbers[one.cells["file"]] = numbers.get(one.cells["file"], 0) + 1
    return tuple(sorted(numbers.items()))


def _stale(ledger: Ledger, day: date) -> Iterator[StaleClaim]:
    ties = believed(ledger, day, least=least_of(ledger)).filter(pl.col("said") < day - timedelta(days=OLD))
    for subject, relation, object_, belief, said in ties.select(
        "subject", "relation", "object", "belief", "said"
    ).iter_rows():
        of_tie = belief_in(ledger, subject, relation, object_, day)
        claim, change = next(iter(of_tie.influences().items()))
        if -change >= BELIEF:
            source = of_tie.claims.filter(pl.col("id") == claim)["source"][0]
            text = in_words(ledger, (subject, relation, object_))
            yield StaleClaim(claim, text, source, title_of(ledger, source), said, belief, -change)


def _silent(ledger: Ledger, day: date) -> Iterator[SilentPublisher]:
    """Publishers whose newest source is older than any gap between two of them so far."""
    used = ledger.claims["source"].unique().to_list()
    sources = ledger.case.sources.filter(
        pl.col("id").is_in(used), pl.col("publisher") != "", pl.col("date") != ""
    )
    dated = sources.select("publisher", day=last_possible_column("date")).filter(pl.col("day") <= day)
    for (publisher,), rows in dated.group_by("publisher", maintain_order=True):
        days = sorted(set(rows["day"].to_list()))
        if len(days) < LEAST_SOURCES:
            continue
        longest = max((after - before).days for before, after in pairwise(days))
        since = (day - days[-1]).days
        if since > max(SILENT, longest):
            yield SilentPublisher(str(publisher), rows.height, days[-1], since, longest)


def _questions(ledger: Ledger, day: date) -> Iterator[OpenQuestion]:
    for question in ledger.case.questions:
        answers = ledger.claims.filter(pl.col("question") == question.id)
        if gap := _gap(answers, day):
            yield OpenQuestion(question.id, question.text, gap)


def _gap(answers: pl.DataFrame, day: date) -> str:
    """What is missing among the answers to a question; empty for nothing."""
    if answers.is_empty():
        return NO_ANSWER
    newest = answers["known_on"].max()
    if isinstance(newest, date) and (day - newest).days > OLD:
        return f"the newest answer is of {day_words(newest)}"
    if not (answers["ratio"] != 0).any():
        return "no answer comes from a source that can be judged"
    if answers["origin"].n_unique() == 1:
        return "all answers go back to one report"
    return ""
