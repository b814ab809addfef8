"""Which properties of an entity become cells; all others are counted."""

from collections.abc import Iterator, Mapping

from vedette.evidence.exchange.entities import Entity, texts

_THING = ("name", "alias", "keywords", "birthDate", "deathDate", "incorporationDate", "dissolutionDate")
_LINK = (
    *("role", "purpose", "status", "startDate", "endDate", "date", "retrievedAt", "modifiedAt", "summary"),
    *("proof", "sourceUrl", "publisher", "recordId", "description"),
)
_DOCUMENT = ("title", "fileName", "name", "publisher", "date", "sourceUrl")
_ONE = ("birthDate", "deathDate", "incorporationDate", "dissolutionDate", "startDate", "endDate", "date")
"""Properties of which a row has room for one value."""


def not_carried_of_thing(entity: Entity) -> Iterator[tuple[str, str]]:
    """The properties of an actor that an import leaves out, one pair for each value."""
    yield from _others(entity, _THING)


def not_carried_of_document(entity: Entity) -> Iterator[tuple[str, str]]:
    """The properties of a document that an import leaves out."""
    yield from _others(entity, _DOCUMENT)


def not_carried_of_link(
    entity: Entity, ends: tuple[str, str], cells: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The properties of a link that an import leaves out; an amount is carried where it is a figure."""
    amount = ("amount", "currency") if cells.get("low") else ()
    yield from _others(entity, (*_LINK, *ends, *amount))


def _others(entity: Entity, carried: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in entity["properties"]:
        values = texts(entity, name)
        spare = len(values) - 1 if name in _ONE else 0
        count = spare if name in carried else len(values)
        yield from [("properties", f"{entity['schema']}.{name}")] * count
