"""Imports entities of FollowTheMoney as rows of a case."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from vedette.case import Case
from vedette.case.schema import RELATIONS, Hedge
from vedette.case.writing import free_id
from vedette.errors import DataError, UsageError
from vedette.evidence.actors import Actors
from vedette.evidence.exchange.followthemoney import LINKS
from vedette.evidence.exchange.left_out import counted
from vedette.evidence.exchange.proposed import Proposed
from vedette.plurals import plural

Cells = dict[str, str]

KINDS = {
    "Person": "person",
    "Company": "company",
    "PublicBody": "institution",
    "Organization": "organisation",
    "LegalEntity": "organisation",
}
"""The kind of an actor by its schema, used if its keywords name none."""

ENDS = {schema: (start, end) for schema, start, end in LINKS.values() if schema != "Succession"} | {
    "UnknownLink": ("subject", "object"),
    "Succession": ("predecessor", "successor"),
}
"""The properties of a link for subject and object, by schema."""

USUAL = {
    "Membership": "membership",
    "Directorship": "command",
    "Payment": "funding",
    "Succession": "renamed-to",
}
"""The relation of a link that names none."""

CODES = {"ucdp": "UCDP ", "gw": "GW ", "iso3": "ISO 3166-1 "}
"""The prefixes of keywords that give a code of an actor."""

_HEDGES = get_args(Hedge)


def from_followthemoney(file: Path, case: Case, source: str | None = None) -> Proposed:
    """The rows that a file of entities, one JSON object a line, would add to a case.

    An entity is matched to an actor of the case by any of its names. ``source`` is the id of the source to
    use for links that name none.

    Raises:
        DataError: the file contains no entities.
        UsageError: a name may mean several actors of the case, or links need ``source``.
    """
    reading = _Reading(case, Actors(case.actors), source)
    entities = list(_entities(file))
    for take in (reading.document, reading.thing, reading.link):
        for entity in entities:
            take(entity)
    if reading.unclear:
        raise UsageError(
            "names that may mean several actors of the case: "
            + "; ".join(reading.unclear)
            + ". Give each entity a name that one of them alone has."
        )
    if reading.unsourced:
        cure = "Say which source of the case the file is: --source ID."
        raise UsageError(
            f"{reading.unsourced} {plural(reading.unsourced, 'link names', 'links name')} no source. {cure}"
        )
    for entity in entities:
        if str(entity.get("id")) not in reading.taken:
            reading.reasons.append((str(entity.get("schema")), "no table for it"))
    return Proposed(
        tuple(reading.actors),
        tuple(reading.sources),
        tuple(reading.claims),
        reading.known,
        counted(reading.reasons),
    )


def _entities(file: Path) -> Iterator[Mapping[str, Any]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{file} cannot be read as text in UTF-8: {error}.") from error
    if not any(line.strip() for line in lines):
        raise DataError(f"{file}: expected entities, one a line; found an empty file.")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entity = json.loads(line)
        except json.JSONDecodeError as error:
            raise DataError(f"{file}, line {number}: expected JSON; found {error.msg}.") from error
        except RecursionError as error:
            raise DataError(f"{file}, line {number}: expected JSON; found endless nesting.") from error
        if not _is_entity(entity):
            raise DataError(f"{file}, line {number}: expected an entity with id, schema and lists of values.")
        yield entity


def _is_entity(value: object) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("properties"), dict):
        return False
    lists = all(isinstance(texts, list) for texts in value["properties"].values())
    return lists and isinstance(value.get("id"), str) and isinstance(value.get("schema"), str)


@dataclass
class _Reading:
    """State while reading a file: rows to add, and the id in the case for each entity (``taken``)."""

    case: Case
    who: Actors
    source: str | None
    actors: list[Cells] = field(default_factory=list)
    sources: list[Cells] = field(default_factory=list)
    claims: list[Cells] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    unclear: list[str] = field(default_factory=list)
    unsourced: int = 0
    known: int = 0
    reasons: list[tuple[str, str]] = field(default_factory=list)

    def document(self, entity: Mapping[str, Any]) -> None:
        """Maps an entity to the source of the case with that id or address, else adds a source."""
        if entity["schema"] not in ("Document", "Article", "Pages", "HyperText"):
            return
        title, address = _first(entity, "title", "fileName", "name"), _first(entity, "sourceUrl")
        name, publisher = _first(entity, "fileName"), _first(entity, "publisher")
        names = dict.fromkeys(filter(None, (entity["id"], name, address)))
        for key, url in self.case.sources.select("id", "url").iter_rows():
            if key == name or (address and url == address):
                self.taken[entity["id"]], self.known = key, self.known + 1
                self.papers |= dict.fromkeys(names, key)
                return
        printed = (title, publisher, _first(entity, "date"))
        for key, *known in self.case.sources.select("id", "title", "publisher", "date").iter_rows():
            if title and tuple(known) == printed:
                self.taken[entity["id"]], self.known = key, self.known + 1
                self.papers |= dict.fromkeys(names, key)
                return
        new_id = free_id(name or title, self._ids(self.case.sources["id"].to_list(), self.sources))
        row = {"id": new_id, "title": title or new_id, "publisher": publisher, "date": _first(entity, "date")}
        self.sources.append({**row, "url": address if address.startswith("http") else ""})
        self.taken[entity["id"]] = new_id
        self.papers |= dict.fromkeys(names, new_id)

    def thing(self, entity: Mapping[str, Any]) -> None:
        """Maps an entity to an actor, site or place of the case by its names, else adds an actor."""
        if entity["schema"] not in (*KINDS, "Address"):
            return
        properties = entity["properties"]
        names = [str(name) for key in ("name", "alias", "weakAlias") for name in properties.get(key, ())]
        ids = self._places_named(names) or self._actors_named(names)
        if len(ids) > 1:
            self.unclear.append(f"{names[0]}: {', '.join(ids)}")
        elif ids:
            self.taken[entity["id"]], self.known = ids[0], self.known + 1
        elif names and entity["schema"] != "Address":
            new_id = free_id(names[0], self._ids(self.case.actors["id"].to_list(), self.actors))
            words = [str(word) for word in properties.get("keywords", ())]
            kind = next((w for w in words if not w.startswith((*CODES.values(),))), KINDS[entity["schema"]])
            aliases = ";".join(dict.fromkeys(name.replace(";", ",") for name in names[1:]))
            codes = {code: _code(words, label) for code, label in CODES.items()}
            self.actors.append({"id": new_id, "name": names[0], "kind": kind, "aliases": aliases, **codes})
            self.taken[entity["id"]] = new_id

    def link(self, entity: Mapping[str, Any]) -> None:
        """Adds a claim for a link, unless the case has it."""
        schema = str(entity["schema"])
        if schema not in ENDS:
            return
        relation = self._relation(entity)
        ends = [self.taken.get(_first(entity, end), "") for end in ENDS[schema]]
        if relation == "split-from":
            ends.reverse()
        self.taken[entity["id"]] = ""
        if not relation or not all(ends):
            why = "a relation that vedette has no word for" if not relation else "an end that is no actor"
            self.reasons.append((schema, why))
            return
        if self._has_same_id(_first(entity, "recordId"), ends[0], relation, ends[1]):
            self.known += 1
            return
        source = self._source(entity)
        claim = self._claim(entity, source, relation, ends)
        if self._has_same_cells(claim):
            self.known += 1
            return
        self.unsourced += not source
        taken = self._ids(self.case.claims["id"].to_list(), self.claims)
        self.claims.append({"id": free_id(_first(entity, "recordId") or source or "link", taken), **claim})
        dropped = {"amount", "currency", "role", "purpose"} & set(entity["properties"]) - {"role", "purpose"}
        self.reasons += [("attributes", name) for name in sorted(dropped)]

    def _claim(self, entity: Mapping[str, Any], source: str, relation: str, ends: Sequence[str]) -> Cells:
        """The cells of the claim for a link, without its id."""
        status = _first(entity, "status")
        hedge = status if status in _HEDGES else _first(entity, "description").partition(";")[0]
        return {
            "source": source,
            "hedge": hedge if hedge in _HEDGES and hedge != "denied" else "reported",
            "subject": ends[0],
            "relation": relation,
            "object": ends[1],
            "from": _first(entity, "startDate")[:10],
            "to": _first(entity, "endDate")[:10],
            "said": _first(entity, "date")[:10],
            "known": _first(entity, "retrievedAt", "modifiedAt")[:10],
            "statement": _first(entity, "summary").replace("\n", " "),
        }

    def _source(self, entity: Mapping[str, Any]) -> str:
        """The source of a link: the document that it names as proof, by id or address; else the given one."""
        described = re.search(r"; source ([^;]+)", _first(entity, "description"))
        named = (_first(entity, "proof"), described[1] if described else "", _first(entity, "sourceUrl"))
        return next((self.papers[name] for name in named if name in self.papers), self.source or "")

    def _has_same_id(self, key: str, *tie: str) -> bool:
        """Whether the case has a claim with this id, subject, relation and object."""
        columns = ("id", "subject", "relation", "object")
        return (key, *tie) in self.case.claims.select(columns).rows()

    def _has_same_cells(self, claim: Cells) -> bool:
        """Whether the case has a claim with these cells, whatever its id."""
        return tuple(claim.values()) in set(self.case.claims.select(*claim).iter_rows())

    def _relation(self, entity: Mapping[str, Any]) -> str:
        for word in (_first(entity, "role"), _first(entity, "purpose")):
            if word in RELATIONS:
                return word
        return USUAL.get(str(entity["schema"]), "")

    def _places_named(self, names: Sequence[str]) -> list[str]:
        places = {**self.case.places.names, **dict(self.case.sites.select("id", "name").iter_rows())}
        return [key for key, name in places.items() if name in names][:1]

    def _actors_named(self, names: Sequence[str]) -> list[str]:
        """The actors of the case, or added from this file, that one of the names may mean."""
        added = [row["id"] for row in self.actors if row["name"] in names]
        candidates = [self.who.candidates(name) for name in names]
        sure = [ids[0] for ids in candidates if len(ids) == 1]
        return list(dict.fromkeys(sure or [key for ids in candidates for key in ids] or added))

    def _ids(self, in_case: list[str], rows: list[Cells]) -> list[str]:
        return [*in_case, *(row["id"] for row in rows)]


def _code(words: Sequence[str], label: str) -> str:
    """The code in a keyword such as ``UCDP 116``."""
    return next((word.removeprefix(label) for word in words if word.startswith(label)), "")


def _first(entity: Mapping[str, Any], *names: str) -> str:
    """The first value of the first property that has one; a value may be a whole entity."""
    for name in names:
        for value in entity["properties"].get(name, ()):
            return str(value["id"] if isinstance(value, dict) else value).strip()
    return ""
