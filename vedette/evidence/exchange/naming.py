"""Names of imported entities: which to show, which may stand for an actor, which several entities share."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from vedette.evidence.exchange.entities import Entity, first_text, texts
from vedette.letters import UNSEEN

_SHORT = 5
_UNSEEN = re.compile(f"(?![\u200c\u200d])[{UNSEEN}]")
"""Invisible characters but the two joiners, which Persian and Kurdish need."""


def names_of(entity: Entity) -> list[str]:
    """The name to show (the caption if it has one) and the other names, without invisible characters."""
    named = [*texts(entity, "name"), *aliases_of(entity)]
    caption = str(entity.get("caption") or "")
    first = [caption] if caption in named else []
    return [name for name in dict.fromkeys(map(seen, [*first, *named])) if name]


def aliases_of(entity: Entity) -> list[str]:
    """The names by which an entity is also known; those that its file calls weak are none."""
    return list(texts(entity, "alias"))


def seen(name: str) -> str:
    """A name without characters that cannot be seen."""
    return " ".join(_UNSEEN.sub("", name).split())


def is_short(name: str) -> bool:
    """Whether a name is so short, like CTS, that several may go by it."""
    return len(re.sub(r"\W", "", name)) <= _SHORT


def shared_names(entities: Sequence[Entity], schemas: Mapping[str, object]) -> set[str]:
    """The shown names that several entities of a file have, each under an id of its own."""
    ids = {entity["id"]: names_of(entity)[:1] for entity in entities if entity["schema"] in schemas}
    return {
        name for name, count in Counter(name for names in ids.values() for name in names).items() if count > 1
    }


def told_apart(name: str, entity: Entity) -> str:
    """A name that several entities share, with what tells this one apart: year of birth, country or id."""
    born = first_text(entity, "birthDate", "incorporationDate")[:4]
    return f"{name} ({f'born {born}' if born and entity['schema'] == 'Person' else born or entity['id']})"
