"""Imports entities of FollowTheMoney as rows of a case."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, get_args

from vedette.case import Case
from vedette.case.schema import RELATIONS, Hedge
from vedette.case.writing import free_id
from vedette.errors import UsageError
from vedette.evidence.actors import Actors
from vedette.evidence.exchange.entities import first_text, read_entities, texts
from vedette.evidence.exchange.followthemoney import LINKS
from vedette.evidence.exchange.left_out import counted
from vedette.evidence.exchange.naming import aliases_of, is_short, names_of, seen, shared_names, told_apart
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
_GRADED = re.compile(r"; graded [A-F][1-6]; source ")
"""What `as_followthemoney` writes into a description: there ``date`` is the day of saying."""


def from_followthemoney(file: Path, case: Case, source: str | None = None) -> Proposed:
    """The rows that a file of entities, one JSON object a line, would add to a case.

    An entity is matched to an actor of the case by any of its names. ``source`` is the id of the source to
    use for links that name none.

    Raises:
        DataError: the file contains no entities.
        UsageError: a name may mean several actors of the case, or links need ``source``.
    """
    reading = _Reading(case, Actors(case.actors), source)
    entities = read_entities(file)
    reading.shared = shared_names(entities, KINDS)
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
        tuple(reading.matched),
        tuple(reading.doubtful),
    )


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
    shared: set[str] = field(default_factory=set)
    matched: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    unsourced: int = 0
    known: int = 0
    reasons: list[tuple[str, str]] = field(default_factory=list)

    def document(self, entity: Mapping[str, Any]) -> None:
        """Maps an entity to the source of the case with that id or address, else adds a source."""
        if entity["schema"] not in ("Document", "Article", "Pages", "HyperText"):
            return
        title, address = first_text(entity, "title", "fileName", "name"), first_text(entity, "sourceUrl")
        name, publisher = first_text(entity, "fileName"), first_text(entity, "publisher")
        names = dict.fromkeys(filter(None, (entity["id"], name, address)))
        for key, url in self.case.sources.select("id", "url").iter_rows():
            if key == name or (address and url == address):
                self.taken[entity["id"]], self.known = key, self.known + 1
                self.papers |= dict.fromkeys(names, key)
                return
        printed = (title, publisher, first_text(entity, "date"))
        for key, *known in self.case.sources.select("id", "title", "publisher", "date").iter_rows():
            if title and tuple(known) == printed:
                self.taken[entity["id"]], self.known = key, self.known + 1
                self.papers |= dict.fromkeys(names, key)
                return
        new_id = free_id(name or title, self._ids(self.case.sources["id"].to_list(), self.sources))
        row = {
            "id": new_id,
            "title": title or new_id,
            "publisher": publisher,
            "date": first_text(entity, "date"),
        }
        self.sources.append({**row, "url": address if address.startswith("http") else ""})
        self.taken[entity["id"]] = new_id
        self.papers |= dict.fromkeys(names, new_id)

    def thing(self, entity: Mapping[str, Any]) -> None:
        """Maps an entity to an actor, site or place of the case by its names, else adds an actor."""
        if entity["schema"] not in (*KINDS, "Address"):
            return
        names = names_of(entity)
        if names and names[0] in self.shared:
            names[0] = told_apart(names[0], entity)
        ids = self._places_named(names) or self._actors_named(entity, names)
        if len(ids) > 1:
            self.unclear.append(f"{names[0]}: {', '.join(ids)}")
        elif ids:
            self.taken[entity["id"]], self.known = ids[0], self.known + 1
            self._list_match(names, ids[0])
        elif names and entity["schema"] != "Address":
            self._new_actor(entity, names)

    def _list_match(self, names: Sequence[str], key: str) -> None:
        """Notes an entity that was taken for an actor which has another name."""
        name = self.who.names.get(key)
        if name is not None and name != names[0]:
            self.matched.append(f"{names[0]} = {name} ({key})")

    def _new_actor(self, entity: Mapping[str, Any], names: Sequence[str]) -> None:
        """Adds an actor; a short name that an actor of the case goes by is no alias of it."""
        doubts = [name for name in names[1:] if self.who.candidates(name)]
        for name in doubts:
            holders = ", ".join(f"{self.who.name(key)} ({key})" for key in self.who.candidates(name))
            self.doubtful.append(f"{names[0]} is also called {name}, as is {holders}: taken for another")
        new_id = free_id(names[0], self._ids(self.case.actors["id"].to_list(), self.actors))
        words = [str(word) for word in entity["properties"].get("keywords", ())]
        kind = next((w for w in words if not w.startswith((*CODES.values(),))), KINDS[entity["schema"]])
        others = [name.replace(";", ",") for name in names[1:] if name not in doubts]
        codes = {code: _code(words, label) for code, label in CODES.items()}
        row = {"id": new_id, "name": names[0], "kind": kind, "aliases": ";".join(dict.fromkeys(others))}
        self.actors.append({**row, **codes})
        self.taken[entity["id"]] = new_id

    def link(self, entity: Mapping[str, Any]) -> None:
        """Adds a claim for a link, unless the case has it."""
        schema = str(entity["schema"])
        if schema not in ENDS:
            return
        relation = self._relation(entity)
        starts, stops = ([self.taken.get(key, "") for key in texts(entity, end)] for end in ENDS[schema])
        self.taken[entity["id"]] = ""
        if not relation or not all([*starts, *stops]) or not (starts and stops):
            why = "a relation that vedette has no word for" if not relation else "an end that is no actor"
            self.reasons.append((schema, why))
        if relation:
            for start, stop in product(filter(None, starts), filter(None, stops)):
                ends = [stop, start] if relation == "split-from" else [start, stop]
                self._between(entity, relation, ends)

    def _between(self, entity: Mapping[str, Any], relation: str, ends: Sequence[str]) -> None:
        """Adds the claim for one pair of ends of a link, unless the case has it."""
        if self._has_same_id(first_text(entity, "recordId"), ends[0], relation, ends[1]):
            self.known += 1
            return
        source = self._source(entity)
        claim = self._claim(entity, source, relation, ends)
        if self._has_same_cells(claim):
            self.known += 1
            return
        self.unsourced += not source
        taken = self._ids(self.case.claims["id"].to_list(), self.claims)
        self.claims.append(
            {"id": free_id(first_text(entity, "recordId") or source or "link", taken), **claim}
        )
        dropped = {"amount", "currency", "role", "purpose"} & set(entity["properties"]) - {"role", "purpose"}
        self.reasons += [("attributes", name) for name in sorted(dropped)]

    def _claim(self, entity: Mapping[str, Any], source: str, relation: str, ends: Sequence[str]) -> Cells:
        """The cells of the claim for a link, without its id."""
        status = first_text(entity, "status")
        begun, ended, day = (first_text(entity, name)[:10] for name in ("startDate", "endDate", "date"))
        on_a_day = not (begun or ended) and not _GRADED.search(first_text(entity, "description"))
        if on_a_day:
            begun = ended = day
        hedge = status if status in _HEDGES else first_text(entity, "description").partition(";")[0]
        return {
            "source": source,
            "hedge": hedge if hedge in _HEDGES and hedge != "denied" else "reported",
            "subject": ends[0],
            "relation": relation,
            "object": ends[1],
            "from": begun,
            "to": ended,
            "said": "" if on_a_day else day,
            "known": first_text(entity, "retrievedAt", "modifiedAt")[:10],
            "statement": first_text(entity, "summary").replace("\n", " "),
        }

    def _source(self, entity: Mapping[str, Any]) -> str:
        """The source of a link: the document that it names as proof, by id or address; else the given one."""
        described = re.search(r"; source ([^;]+)", first_text(entity, "description"))
        named = (
            first_text(entity, "proof"),
            described[1] if described else "",
            first_text(entity, "sourceUrl"),
        )
        return next((self.papers[name] for name in named if name in self.papers), self.source or "")

    def _has_same_id(self, key: str, *tie: str) -> bool:
        """Whether the case has a claim with this id, subject, relation and object."""
        columns = ("id", "subject", "relation", "object")
        return (key, *tie) in self.case.claims.select(columns).rows()

    def _has_same_cells(self, claim: Cells) -> bool:
        """Whether the case has a claim with these cells, whatever its id."""
        return tuple(claim.values()) in set(self.case.claims.select(*claim).iter_rows())

    def _relation(self, entity: Mapping[str, Any]) -> str:
        for word in (first_text(entity, "role"), first_text(entity, "purpose")):
            if word in RELATIONS:
                return word
        return USUAL.get(str(entity["schema"]), "")

    def _places_named(self, names: Sequence[str]) -> list[str]:
        places = {**self.case.places.names, **dict(self.case.sites.select("id", "name").iter_rows())}
        return [key for key, name in places.items() if name in names][:1]

    def _actors_named(self, entity: Mapping[str, Any], names: Sequence[str]) -> list[str]:
        """The actors of the case that an entity may be: by the name that it shows, else by its long names.

        A short alias such as CTS proves nothing; nor do names of another entity of the file.
        """
        if names and (main := [key for key, name in self.who.names.items() if name == names[0]]):
            return main
        aliases = {seen(alias) for alias in aliases_of(entity)}
        telling = [name for name in names if name not in aliases or not is_short(name)]
        candidates = [self.who.candidates(name) for name in telling]
        sure = [ids[0] for ids in candidates if len(ids) == 1]
        return list(dict.fromkeys(sure or [key for ids in candidates for key in ids]))

    def _ids(self, in_case: list[str], rows: list[Cells]) -> list[str]:
        return [*in_case, *(row["id"] for row in rows)]


def _code(words: Sequence[str], label: str) -> str:
    """The code in a keyword such as ``UCDP 116``."""
    return next((word.removeprefix(label) for word in words if word.startswith(label)), "")
