"""Who of a case an imported entity is: by name, of the same kind, without a contradicting date of birth."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from vedette.evidence.actors import Actors
from vedette.evidence.exchange.entities import Entity, first_text, texts
from vedette.evidence.exchange.naming import is_short, names_of, seen

PLACE = "Address"
_NO_COMPANY = ("state", "person", "institution", "class")


@dataclass(frozen=True)
class EntityMatch:
    """An entity that is taken for an actor of the case, for a person to confirm.

    Attributes:
        entity: the id of the entity.
        name: the name that it shows.
        actor: the id of the actor.
        actor_name: the name of the actor.
        by: the name by which they are one.
    """

    entity: str
    name: str
    actor: str
    actor_name: str
    by: str

    def __str__(self) -> str:
        by = "" if self.by == self.name else f", by {self.by}"
        return f"{self.name} [{self.entity}] = {self.actor_name} ({self.actor}){by}"


@dataclass(frozen=True, eq=False)
class Matching:
    """Finds the actors that an entity may be; ``unlike`` are ids of entities that are none of them."""

    who: Actors
    unlike: Collection[str] = ()

    def matches(self, entity: Entity) -> list[EntityMatch]:
        """The actors that an entity is; several where its names leave it open.

        A name counts, and an alias that is not short; what the file calls a weak alias proves nothing.
        """
        names = names_of(entity)
        if not names or entity["id"] in self.unlike:
            return []
        aliases = [seen(alias) for alias in texts(entity, "alias")]
        own = [name for name in names if name not in aliases]
        telling = [*own, *(alias for alias in aliases if not is_short(alias))]
        same = [key for key, name in self.who.names.items() if name == names[0] and self.may_be(entity, key)]
        if same:
            return [self._match(entity, names[0], key, names[0]) for key in same]
        fitting = [
            ([key for key in self.who.candidates(name) if self.may_be(entity, key)], name) for name in telling
        ]
        sure = {ids[0]: name for ids, name in reversed(fitting) if len(ids) == 1}
        open_ = {key: name for ids, name in reversed(fitting) for key in ids}
        return [self._match(entity, names[0], key, name) for key, name in (sure or open_).items()]

    def matches_shown(self, entity: Entity, shown: str) -> list[EntityMatch]:
        """The actor whose name is what tells an entity apart from others of its file with the same name."""
        if entity["id"] in self.unlike:
            return []
        keys = [key for key, name in self.who.names.items() if name == shown and self.may_be(entity, key)]
        return [self._match(entity, shown, key, shown) for key in keys]

    @cached_property
    def _rows(self) -> dict[str, dict[str, str]]:
        return {row["id"]: row for row in self.who.table.iter_rows(named=True)}

    def _match(self, entity: Entity, name: str, actor: str, by: str) -> EntityMatch:
        return EntityMatch(entity["id"], name, actor, self.who.name(actor), by)

    def may_be(self, entity: Entity, actor: str) -> bool:
        """Whether kind and dates of an entity allow that it is an actor."""
        row = self._rows[actor]
        return _same_kind(str(entity["schema"]), row["kind"]) and _same_birth(entity, row)

    def namesake(self, name: str) -> str:
        """The id of an actor that has a name as its id or one of its spellings; empty if none has."""
        folded = name.casefold()
        spellings = self.who.spellings.items()
        return next((key for key, words in spellings if folded in (word.casefold() for word in words)), "")


def _same_kind(schema: str, kind: str) -> bool:
    if (schema == "Person") != (kind == "person"):
        return False
    return schema != "Company" or kind not in _NO_COMPANY


def _same_birth(entity: Entity, row: dict[str, str]) -> bool:
    """Whether the birth date of a person does not contradict that of an actor."""
    born, known = first_text(entity, "birthDate")[:10], row["from"]
    if row["kind"] != "person" or not born or not known:
        return True
    return born.startswith(known) or known.startswith(born)


def places_named(places: Sequence[tuple[str, str]], names: Sequence[str]) -> list[str]:
    """The ids of the sites and areas that have one of some names, at most one."""
    return [key for key, name in places if name in names][:1]
