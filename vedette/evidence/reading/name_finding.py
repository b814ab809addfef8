"""Names of a report that the case does not know, with their mentions, what they may be, and what they do."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from vedette.case import Case
from vedette.evidence.actors import Actors, folded, spelt
from vedette.evidence.reading.capitals import UnknownMention, unknown_mentions
from vedette.evidence.reading.document import Passage
from vedette.evidence.reading.grammar import claims_in
from vedette.evidence.reading.vocabulary import Vocabulary, vocabulary_of

_NEAR = 0.72
_MOST_NEAR = 3
_STAND_IN = "?"
"""Ids of unknown names while their sentences are read: no id of a case begins so."""


@dataclass(frozen=True)
class PlacedMention:
    """Where a name stands: its page (0: none), its paragraph, its characters there, and the sentence."""

    page: int
    paragraph: int
    start: int
    end: int
    sentence: str


@dataclass(frozen=True)
class UnknownName:
    """A name that stands in a report and that the case does not know.

    Attributes:
        name: its most frequent spelling.
        spellings: the others.
        kind: the kind of actor that its words speak for; empty if none.
        mentions: where it stands.
        near: the ids of actors with a spelling like it.
        relations: the relations that its sentences would put it in, if it were an actor.
    """

    name: str
    spellings: tuple[str, ...]
    kind: str
    mentions: tuple[PlacedMention, ...]
    near: tuple[str, ...]
    relations: tuple[str, ...]


def name_key(name: str) -> str:
    """What spellings of one name share."""
    return folded(name) or spelt(name)


def unknown_names(case: Case, passages: Sequence[Passage]) -> list[UnknownName]:
    """The names of a report that the case does not know; first those that stand in a relation.

    Then come names whose words speak for a group or body, then those that stand most often.
    """
    known = vocabulary_of(case)
    found: dict[str, list[tuple[Passage, UnknownMention]]] = {}
    for passage in passages:
        for one in unknown_mentions(passage.text, known):
            found.setdefault(name_key(one.name), []).append((passage, one))
    widened = _widened(known, found)
    actors = Actors(case.actors)
    names = [_gathered(key, placed, widened, actors) for key, placed in found.items()]
    return sorted(names, key=lambda each: (not each.relations, not each.kind, -len(each.mentions), each.name))


def _gathered(
    key: str, placed: Sequence[tuple[Passage, UnknownMention]], known: Vocabulary, actors: Actors
) -> UnknownName:
    spellings = [spelling for spelling, _ in Counter(one.name for _, one in placed).most_common()]
    kinds = Counter(one.kind for _, one in placed if one.kind)
    mentions = tuple(
        PlacedMention(passage.page, passage.paragraph, one.start, one.end, passage.text[slice(*one.sentence)])
        for passage, one in placed
    )
    sentences = dict.fromkeys(each.sentence for each in mentions)
    relations = dict.fromkeys(word for each in sentences for word in _relations(each, _STAND_IN + key, known))
    return UnknownName(
        spellings[0],
        tuple(spellings[1:]),
        kinds.most_common(1)[0][0] if kinds else "",
        mentions,
        tuple(_near(spellings[0], actors)),
        tuple(relations),
    )


def _relations(sentence: str, stand_in: str, known: Vocabulary) -> Iterator[str]:
    for claim in claims_in(sentence, known):
        if stand_in in (*claim.subject, *claim.object):
            yield claim.relation


def _widened(known: Vocabulary, found: dict[str, list[tuple[Passage, UnknownMention]]]) -> Vocabulary:
    """A vocabulary in which the unknown names are actors too."""
    named = [(_STAND_IN + key, one.name) for key, placed in found.items() for _, one in placed]
    return replace(known, actors=(*known.actors, *dict.fromkeys(named)))


def _near(name: str, actors: Actors) -> list[str]:
    """The ids of actors with a spelling like a name, the nearest first."""
    ids = {spelt(each): key for key, several in actors.spellings.items() for each in several}
    matches = get_close_matches(spelt(name), ids, n=_MOST_NEAR, cutoff=_NEAR)
    return list(dict.fromkeys(ids[each] for each in matches))
