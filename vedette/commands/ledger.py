"""Ask the ledger: who is tied to whom, and who says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from vedette.case import read_case
from vedette.case.schema import RELATIONS, TIES
from vedette.commands.age import DataAge, age_of_claims
from vedette.commands.doubts import by_doubt, with_doubts
from vedette.errors import UsageError
from vedette.evidence import (
    Belief,
    Ledger,
    Profile,
    belief_in,
    edition_of,
    profile,
    read_ledger,
    sensitivity,
)
from vedette.evidence import claimed as claimed
from vedette.evidence import figure as figure
from vedette.evidence import finding as found_by
from vedette.evidence import present_of as present_of
from vedette.evidence import sentence as sentence
from vedette.network import inherited_support
from vedette.problems import did_you_mean


def ledger_of(
    case: str, as_of: date | None = None, *, edition: str | None = None, without: Sequence[str] = ()
) -> Ledger:
    """Returns the ledger of a case in an edition, as known on a day, by default the present of the case."""
    read = edition_of(read_case(case), edition)
    return read_ledger(read, as_of or read.as_of, without)


@dataclass(frozen=True, eq=False)
class ActorResult:
    """An actor in a ledger: names, what it was over time, ties, claims; over all time if ``at`` is None.

    ``through`` is the support of forces and ministries above it on ``day``; see
    `vedette.network.inherited_support`.
    """

    ledger: Ledger
    profile: Profile
    at: date | None
    day: date
    through: pl.DataFrame

    @property
    def age(self) -> DataAge:
        """Returns how far the claims reach."""
        return age_of_claims(self.ledger)

    def table(self) -> pl.DataFrame:
        """Returns a row for each claim about the actor's ties."""
        return self.profile.claims.with_columns(citable=pl.col("basis") == "page")

    def document(self) -> Mapping[str, Any]:
        """Returns the profile with the ledger that it is read from."""
        ledger, found = self.ledger, self.profile
        return {
            "case": ledger.case.id,
            "edition": ledger.case.edition,
            "as_of": ledger.as_of,
            "at": self.at,
            "day": found.day,
            "data": self.age.document(),
            "actor": {**found.actor, "spellings": found.spellings, "groups": found.groups},
            "members": found.members,
            "status": found.statuses.to_dicts(),
            "lineage": _claim_rows(found.lineage),
            "ties": [
                {
                    **dict(zip(("subject", "relation", "object"), tie, strict=True)),
                    "stretches": [vars(spell) for spell in spells],
                    "on_the_day": _standing(found.standing.get(tie)),
                }
                for tie, spells in found.ties.items()
            ],
            "claims": _claim_rows(found.claims),
            "other": _claim_rows(found.other),
            "through": {"at": self.day, "ties": self.through.to_dicts()},
            "mark": "estimated",
        }


@dataclass(frozen=True, eq=False)
class TieResult:
    """The beliefs in the ties of an actor that a user named."""

    ledger: Ledger
    beliefs: tuple[Belief, ...]

    def range_of(self, belief: Belief) -> tuple[float, float]:
        """Returns the ends of a belief with the table of weights taken half as far, or twice."""
        return sensitivity(belief)

    def table(self) -> pl.DataFrame:
        """Returns a row for each claim about the ties."""
        return pl.concat([belief.claims for belief in self.beliefs])

    def document(self) -> list[Mapping[str, Any]]:
        """Returns each belief with its reports, its claims, and what each claim moves."""
        return [_belief_document(belief) for belief in self.beliefs]


@dataclass(frozen=True, eq=False)
class ClaimsResult:
    """The claims that a query lets through: the columns of `Ledger.claims` and ``citable``.

    Retracted ones have the columns of `Ledger.retracted`.
    """

    ledger: Ledger
    claims: pl.DataFrame

    @property
    def age(self) -> DataAge:
        """Returns how far the claims reach."""
        return age_of_claims(self.ledger)

    def table(self) -> pl.DataFrame:
        """Returns a row for each claim."""
        return self.claims

    @property
    def recalled(self) -> int:
        """How many of them are recalled without a page, and so not citable."""
        return self.claims.filter(~pl.col("citable")).height

    def document(self) -> list[dict[str, Any]]:
        """Returns a row for each claim."""
        return self.claims.to_dicts()


def who(ledger: Ledger, actor: str, *, at: date | None = None) -> ActorResult:
    """Returns everything about an actor, by id or any spelling, over time or on one day."""
    found, day = profile(ledger, actor, at), at or present_of(ledger)
    through = inherited_support(ledger, day, found.actor["id"])
    return ActorResult(ledger, found, at, day, through)


def tie(ledger: Ledger, actor: str, *, words: str, at: date | None = None) -> TieResult:
    """Returns the beliefs in the ties of an actor that ``RELATION/OTHER`` names, on a day.

    The actor may be the subject or the object.

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
    beliefs = (belief_in(ledger, subject, relation, object_, day) for subject, object_ in spoken)
    return TieResult(ledger, tuple(beliefs))


@dataclass(frozen=True)
class ClaimQuery:
    """Which claims to list; a field left empty lets all through.

    ``order``: empty for the day they became known, ``doubt`` for contested and stale claims at the end, where
    the newest stand too (see `vedette.commands.doubts`).
    """

    about: str | None = None
    by: str | None = None
    relation: str | None = None
    question: str | None = None
    contested: bool = False
    recalled: bool = False
    retracted: bool = False
    order: str = ""


def claims(ledger: Ledger, query: ClaimQuery) -> ClaimsResult:
    """Returns the claims that a query lets through, by the day they became known.

    Raises:
        UsageError: an actor, relation, source or question that the case does not know.
    """
    picked = pl.lit(value=True)
    if query.about:
        picked &= found_by.about(ledger, query.about)
    if query.by:
        picked &= found_by.by(ledger, query.by)
    if query.relation:
        picked &= found_by.of_relation(query.relation)
    if query.question:
        _known_question(ledger, query.question)
        picked &= pl.col("question") == query.question
    if query.contested:
        picked &= pl.col("id").is_in(found_by.contested_claims(ledger))
    if query.recalled:
        picked &= pl.col("basis") == "recalled"
    listed = ledger.retracted if query.retracted else ledger.claims
    chosen = listed.filter(picked).sort("known_on", "id")
    if query.order == "doubt":
        chosen = by_doubt(with_doubts(ledger, chosen))
    elif query.order:
        raise UsageError(f"claims are not listed in the order {query.order!r}. Leave it out, or use: doubt.")
    return ClaimsResult(ledger, chosen.with_columns(citable=pl.col("basis") == "page"))


def _claim_rows(claims_: pl.DataFrame) -> list[dict[str, Any]]:
    return claims_.with_columns(citable=pl.col("basis") == "page").to_dicts()


def _standing(row: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """How far a tie is believed on the day, and when it was last said; None without a claim that counts."""
    names = ("belief", "said", "supported", "contested", "claims_for", "claims_against")
    return {name: row[name] for name in names} if row else None


def _belief_document(belief: Belief) -> Mapping[str, Any]:
    least, most = sensitivity(belief)
    return {
        "subject": belief.subject,
        "relation": belief.relation,
        "object": belief.object,
        "at": belief.at,
        "prior": belief.prior,
        "half_life": vars(belief.half_life),
        "belief": belief.probability if belief.reports else None,
        "log_odds": belief.log_odds if belief.reports else None,
        "supported": belief.supported,
        "said": belief.said,
        "contested": belief.contested,
        "least": least if belief.reports else None,
        "most": most if belief.reports else None,
        "reports": [{**vars(report), "ratio": report.ratio} for report in belief.reports],
        "influence": belief.influences(),
        "claims": _claim_rows(belief.claims),
        "mark": "estimated",
    }


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
