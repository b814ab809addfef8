"""Ask the ledger: who is tied to whom, and who says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from vedette.case import read_case
from vedette.case.schema import RELATIONS, TIES
from vedette.errors import UsageError
from vedette.evidence import Belief, Ledger, Profile, belief_in, edition_of, present_of, profile, read_ledger
from vedette.evidence import finding as found_by
from vedette.problems import did_you_mean


def ledger_of(
    case: str, as_of: date | None = None, *, edition: str | None = None, without: Sequence[str] = ()
) -> Ledger:
    """Returns the ledger of a case in an edition, as known on a day, by default the present of the case."""
    read = edition_of(read_case(case), edition)
    return read_ledger(read, as_of or read.as_of, without)


def who(ledger: Ledger, actor: str, at: date | None = None) -> Profile:
    """Everything about an actor, by id or any spelling, over time or on one day."""
    return profile(ledger, actor, at)


def tie(ledger: Ledger, actor: str, words: str, at: date | None = None) -> tuple[Belief, ...]:
    """The ties of an actor that ``RELATION/OTHER`` names, as subject and as object, on a day.

    Raises:
        UsageError: the words are no relation and other, or no claim speaks of such a tie.
    """
    key = ledger.actors.resolve(actor)
    relation, slash, named = words.partition("/")
    ties = [word for word, each in RELATIONS.items() if each.kind in TIES]
    if not slash or relation not in ties:
        cure = did_you_mean(relation, ties)
        raise UsageError(f"--tie {words}: expected RELATION/OTHER, like training/iran. {cure}")
    other = _other(ledger, named)
    pairs = [(key, other), (other, key)]
    spoken = [pair for pair in pairs if not ledger.of_tie(pair[0], relation, pair[1]).is_empty()]
    if not spoken:
        raise UsageError(f"no claim speaks of {relation} between {key} and {other}. See: vedette who.")
    day = at or present_of(ledger)
    return tuple(belief_in(ledger, subject, relation, object_, day) for subject, object_ in spoken)


@dataclass(frozen=True)
class Wanted:
    """Which claims are asked for; what is left empty asks for all."""

    about: str | None = None
    by: str | None = None
    relation: str | None = None
    question: str | None = None
    contested: bool = False
    recalled: bool = False


def claims(ledger: Ledger, wanted: Wanted) -> pl.DataFrame:
    """The claims asked for, by the day they became known: the columns of `Ledger.claims` and ``citable``."""
    picked = pl.lit(value=True)
    if wanted.about:
        picked &= found_by.about(ledger, wanted.about)
    if wanted.by:
        picked &= found_by.by(ledger, wanted.by)
    if wanted.relation:
        picked &= found_by.of_relation(wanted.relation)
    if wanted.question:
        _known_question(ledger, wanted.question)
        picked &= pl.col("question") == wanted.question
    if wanted.contested:
        picked &= pl.col("id").is_in(found_by.contested_claims(ledger))
    if wanted.recalled:
        picked &= pl.col("basis") == "recalled"
    found = ledger.claims.filter(picked).sort("known_on", "id")
    return found.with_columns(citable=pl.col("basis") == "page")


def _known_question(ledger: Ledger, question: str) -> None:
    known = [each.id for each in ledger.case.questions]
    if question not in known:
        raise UsageError(f"the case asks no question {question!r}. {did_you_mean(question, known)}")


def _other(ledger: Ledger, named: str) -> str:
    """The id of an actor by any spelling; of a site or a place by its id or name."""
    case = ledger.case
    places = {**case.places.names, **dict(case.sites.select("id", "name").iter_rows())}
    for key, name in places.items():
        if named in (key, name):
            return str(key)
    return ledger.actors.resolve(named)
