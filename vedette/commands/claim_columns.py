"""What the columns of a claim and of an actor can hold, for forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from vedette.case.schema import RELATIONS, Hedge
from vedette.case.schema.claims import SpeakerKind
from vedette.evidence import Ledger

_CREDIBILITY = (
    "confirmed by others",
    "probably true",
    "possibly true",
    "doubtful",
    "improbable",
    "cannot be judged",
)


@dataclass(frozen=True)
class ClaimChoices:
    """What columns of a claim can hold.

    Attributes:
        relations: the relations with their meaning, by kind of relation.
        hedges: how firmly something is said.
        speakers: the kinds of speaker.
        credibility: the grades from 1 to 6 with their meaning.
        names: the display name of each actor, site and place, by id.
        kinds: the kinds of actor that the case has.
        sources: the title of each source, by id.
    """

    relations: Mapping[str, Mapping[str, str]]
    hedges: tuple[str, ...]
    speakers: tuple[str, ...]
    credibility: Mapping[str, str]
    names: Mapping[str, str]
    kinds: tuple[str, ...]
    sources: Mapping[str, str]

    def document(self) -> dict[str, Any]:
        """Returns the same as JSON."""
        return dict(vars(self))


def claim_choices(ledger: Ledger) -> ClaimChoices:
    """Returns what the columns of a claim of a case can hold."""
    case = ledger.case
    relations: dict[str, dict[str, str]] = {}
    for word, relation in RELATIONS.items():
        relations.setdefault(relation.kind.value, {})[word] = relation.meaning
    grades = {str(number): words for number, words in enumerate(_CREDIBILITY, start=1)}
    kinds = tuple(sorted(case.actors["kind"].unique()))
    sources = dict(case.sources.select("id", "title").sort("title").iter_rows())
    return ClaimChoices(
        relations, get_args(Hedge), get_args(SpeakerKind), grades, ledger.names, kinds, sources
    )
