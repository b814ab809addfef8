"""Imports entities of FollowTheMoney as rows of a case."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import get_args

from vedette.case import Case
from vedette.case.schema import RELATIONS, Actor, Claim, Hedge, Site, Source
from vedette.case.writing import free_id
from vedette.errors import UsageError
from vedette.evidence.actors import Actors
from vedette.evidence.exchange.carried import (
    not_carried_of_document,
    not_carried_of_link,
    not_carried_of_thing,
)
from vedette.evidence.exchange.entities import Entity, first_text, read_entities, texts
from vedette.evidence.exchange.followthemoney import LINKS
from vedette.evidence.exchange.left_out import counted
from vedette.evidence.exchange.matching import PLACE, EntityMatch, Matching, places_named
from vedette.evidence.exchange.naming import names_of, shared_names, told_apart
from vedette.evidence.exchange.own_rows import OwnRow, own_row
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

_DOCUMENTS = ("Document", "Article", "Pages", "HyperText")
_HEDGES = get_args(Hedge)
_GRADED = re.compile(r"; graded [A-F][1-6]; source ")
"""What `as_followthemoney` writes into a description: there ``date`` is the day of saying."""


def from_followthemoney(
    file: Path, case: Case, source: str | None = None, unlike: Collection[str] = ()
) -> Proposed:
    """The rows that a file of entities, one JSON object a line, would add to a case.

    An entity is taken for an actor of the case by a name, if kind and date of birth allow it; every such
    match is listed. A row that vedette wrote into an entity comes back as it was.

    Args:
        file: the file.
        case: the case.
        source: the id of the source of links that name none.
        unlike: ids of entities that are no actor of the case, whatever their names say.

    Raises:
        DataError: the file contains no entities.
        UsageError: a name may mean several actors of the case, or links need ``source``.
    """
    return from_entities(read_entities(file), case, source, unlike)


def from_entities(
    entities: Sequence[Entity], case: Case, source: str | None, unlike: Collection[str]
) -> Proposed:
    """`from_followthemoney` of entities that were read."""
    reading = _Reading(case, Matching(Actors(case.actors), unlike), source)
    reading.shared = shared_names([entity for entity in entities if not own_row(entity)], KINDS)
    for take in (reading.document, reading.thing, reading.link):
        for entity in entities:
            take(entity)
    reading.refuse_unclear()
    reading.connect_actors()
    for entity in entities:
        if str(entity.get("id")) not in reading.taken:
            reading.reasons.append((str(entity.get("schema")), "no table for it"))
    return Proposed(
        actors=tuple(reading.actors),
        sources=tuple(reading.sources),
        claims=tuple(reading.claims),
        sites=tuple(reading.sites),
        known=reading.known,
        left_out=counted(reading.reasons),
        matched=tuple(reading.matched),
        doubtful=tuple(reading.doubtful),
    )


@dataclass
class _Reading:
    """State while reading a file: rows to add, and the id in the case for each entity (``taken``).

    ``original`` is the id in the case by the id that a row of vedette had where it comes from.
    """

    case: Case
    matching: Matching
    source: str | None
    actors: list[Cells] = field(default_factory=list)
    sources: list[Cells] = field(default_factory=list)
    claims: list[Cells] = field(default_factory=list)
    sites: list[Cells] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)
    original: dict[str, str] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    unclear: list[str] = field(default_factory=list)
    shared: set[str] = field(default_factory=set)
    matched: list[EntityMatch] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    unsourced: int = 0
    known: int = 0
    reasons: list[tuple[str, str]] = field(default_factory=list)

    def refuse_unclear(self) -> None:
        """Raises where names may mean several actors, or links name no source.

        Raises:
            UsageError: they do.
        """
        if self.unclear:
            cure = "Give each entity a name that one of them alone has, or say that it is none: --no ID."
            listed = "; ".join(self.unclear)
            raise UsageError(f"names that may mean several actors of the case: {listed}. {cure}")
        if self.unsourced:
            cure = "Say which source of the case the file is: --source ID."
            names = plural(self.unsourced, "link names", "links name")
            raise UsageError(f"{self.unsourced} {names} no source. {cure}")

    def document(self, entity: Entity) -> None:
        """Maps an entity to the source of the case with that id or address, else adds a source."""
        if entity["schema"] not in _DOCUMENTS:
            return
        title, address = first_text(entity, "title", "fileName", "name"), first_text(entity, "sourceUrl")
        name, publisher = first_text(entity, "fileName"), first_text(entity, "publisher")
        names = dict.fromkeys(filter(None, (entity["id"], name, address)))
        printed = (title, publisher, first_text(entity, "date"))
        if key := self._known_source(name, address, printed):
            self.known += 1
        else:
            own = own_row(entity)
            key = free_id(name or title, self._ids(self.case.sources["id"].to_list(), self.sources))
            if own and own.table == Source.file:
                self.sources.append({**own.cells, "id": key})
            else:
                url = address if address.startswith("http") else ""
                row = {"id": key, "title": title or key, "publisher": publisher, "date": printed[2]}
                self.sources.append({**row, "url": url})
                self.reasons += not_carried_of_document(entity)
        self.taken[entity["id"]] = key
        self.papers |= dict.fromkeys(names, key)

    def _known_source(self, name: str, address: str, printed: tuple[str, str, str]) -> str:
        columns = ("id", "url", "title", "publisher", "date")
        for key, url, *known in self.case.sources.select(columns).iter_rows():
            if key == name or (address and url == address) or (printed[0] and tuple(known) == printed):
                return str(key)
        return ""

    def thing(self, entity: Entity) -> None:
        """Maps an entity to an actor, site or area of the case by its names, else adds an actor or a site."""
        if entity["schema"] not in (*KINDS, PLACE):
            return
        names, own = names_of(entity), own_row(entity)
        if names and names[0] in self.shared:
            names[0] = told_apart(names[0], entity)
        placed = entity["schema"] == PLACE
        key = self._place(names, own) if placed else self._actor(entity, names, own)
        if key:
            self.taken[entity["id"]] = key
            if own:
                self.original[own.id] = key

    def _place(self, names: Sequence[str], own: OwnRow | None) -> str:
        """The id of the site or area that an entity is; a site of vedette that the case lacks is added."""
        sites = list(self.case.sites.select("id", "name").iter_rows())
        found = places_named([*sites, *self.case.places.names.items(), *self._regions()], names)
        if found:
            self.known += 1
            return found[0]
        if own and own.table == Site.file and own.cells.get("place", "") in {"", *self.case.places.ids}:
            taken = [*self.case.actors["id"], *self.case.sites["id"]]
            key = own.id if own.id not in taken else free_id(own.id, self._ids(taken, self.sites))
            source = self.papers.get(own.cells.get("source", ""), "")
            self.sites.append({**own.cells, "id": key, "source": source})
            return key
        return ""

    def _actor(self, entity: Entity, names: Sequence[str], own: OwnRow | None) -> str:
        """The id of the actor that an entity is, added if the case has none; empty where that is unclear."""
        if not names:
            return ""
        own_name = names[0] in names_of(entity)
        matches = self.matching.matches(entity) if own_name else self.matching.matches_shown(entity, names[0])
        if len(matches) > 1:
            self.unclear.append(f"{names[0]}: {', '.join(one.actor for one in matches)}")
            return ""
        if matches:
            self.matched += matches
            self.known += 1
            return matches[0].actor
        return self._new_actor(entity, names, own)

    def _new_actor(self, entity: Entity, names: Sequence[str], own: OwnRow | None) -> str:
        """Adds an actor; a name that an actor of the case goes by is no alias of it."""
        shown, who = names[0], self.matching.who
        if holder := self.matching.namesake(shown):
            shown = told_apart(shown, entity)
            if shown == names[0] or self.matching.namesake(shown):
                shown = f"{names[0]} ({entity['id']})"
            self.doubtful.append(
                f"{names[0]} has the name of {who.name(holder)} ({holder}): taken for another"
            )
        doubts = [name for name in names[1:] if who.candidates(name)]
        for name in doubts:
            holders = ", ".join(f"{who.name(key)} ({key})" for key in who.candidates(name))
            self.doubtful.append(f"{names[0]} is also called {name}, as is {holders}: taken for another")
        taken = self._ids([*self.case.actors["id"], *self.case.sites["id"]], self.actors)
        others = [name.replace(";", ",") for name in names[1:] if name not in doubts]
        if own and own.table == Actor.file:
            key = own.id if own.id not in taken else free_id(own.id, taken)
            kept = [word for word in own.cells.get("aliases", "").split(";") if word and word not in doubts]
            self.actors.append({**own.cells, "id": key, "name": shown, "aliases": ";".join(kept)})
            return key
        key = free_id(shown, taken)
        self.actors.append({"id": key, "name": shown, **_cells_of(entity), "aliases": ";".join(others)})
        self.reasons += not_carried_of_thing(entity)
        return key

    def connect_actors(self) -> None:
        """Gives actors of vedette the parents and classes that came with them; others are left out."""
        known = {*self.case.actors["id"], *(row["id"] for row in self.actors)}
        for row in self.actors:
            for column in ("parent", "groups"):
                words = [word for word in row.get(column, "").split(";") if word]
                found = [self.original.get(word, word) for word in words]
                kept = [word for word in found if word in known]
                self.reasons += [("properties", column)] * (len(words) - len(kept))
                if words:
                    row[column] = ";".join(kept)

    def link(self, entity: Entity) -> None:
        """Adds a claim for a link, unless the case has it."""
        schema, own = str(entity["schema"]), own_row(entity)
        if own and own.table == Claim.file:
            self.taken[entity["id"]] = ""
            self._own_claim(schema, entity, own)
            return
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

    def _own_claim(self, schema: str, entity: Entity, own: OwnRow) -> None:
        """Adds a claim as vedette wrote it, with the ids of this case."""
        cells = {**own.cells}
        for column in ("subject", "object", "speaker_of", "place"):
            if cells.get(column):
                cells[column] = self.original.get(
                    cells[column], cells[column] if self._names(cells[column]) else ""
                )
        if not cells["subject"] or (own.cells.get("object") and not cells.get("object")):
            self.reasons.append((schema, "an end that the case has not"))
            return
        lost = [name for name in ("speaker_of", "place") if own.cells.get(name) and not cells[name]]
        if cells.get("question") and cells["question"] not in [one.id for one in self.case.questions]:
            lost, cells["question"] = [*lost, "question"], ""
        cells["source"] = self._own_source(entity, own.cells.get("source", ""))
        if self._has_same_id(own.id, cells["subject"], cells["relation"], cells.get("object", "")):
            self.known += 1
            return
        self.reasons += [("properties", name) for name in lost]
        del cells["id"]
        self._add_claim(own.id, "", {name: cell for name, cell in cells.items() if cell})

    def _between(self, entity: Entity, relation: str, ends: Sequence[str]) -> None:
        """Adds the claim for one pair of ends of a link, unless the case has it."""
        if self._has_same_id(first_text(entity, "recordId"), ends[0], relation, ends[1]):
            self.known += 1
            return
        source = self._source(entity)
        claim = self._claim(entity, source, relation, ends)
        if self._add_claim(first_text(entity, "recordId"), source or "link", claim):
            self.unsourced += not source
            self.reasons += not_carried_of_link(entity, ENDS[str(entity["schema"])], claim)

    def _add_claim(self, record: str, stem: str, claim: Cells) -> bool:
        """Adds a claim unless the case has one with these cells; says whether it was added.

        ``record`` is the id that it has where it comes from; without one it is made from ``stem``.
        """
        if self._has_same_cells(claim):
            self.known += 1
            return False
        taken = self._ids(self.case.claims["id"].to_list(), self.claims)
        key = (
            record if record and record not in taken else free_id(record or stem, taken, numbered=not record)
        )
        self.claims.append({"id": key, **claim})
        return True

    def _claim(self, entity: Entity, source: str, relation: str, ends: Sequence[str]) -> Cells:
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
            **_figure(entity),
            "from": begun,
            "to": ended,
            "said": "" if on_a_day else day,
            "known": first_text(entity, "retrievedAt", "modifiedAt")[:10],
            "statement": first_text(entity, "summary").replace("\n", " "),
        }

    def _own_source(self, entity: Entity, named: str) -> str:
        """The source of a claim as vedette wrote it, by the id that it had there; empty where it had none."""
        return self.papers.get(named) or (self._source(entity) if named else "")

    def _source(self, entity: Entity) -> str:
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
        wanted = tuple(float(cell) if name in ("low", "high") else cell for name, cell in claim.items())
        if "credibility" in claim:
            return False  # a row of vedette's own, known by its id
        return wanted in set(self.case.claims.select(*claim).iter_rows())

    def _relation(self, entity: Entity) -> str:
        for word in (first_text(entity, "role"), first_text(entity, "purpose")):
            if word in RELATIONS:
                return word
        return USUAL.get(str(entity["schema"]), "")

    def _names(self, key: str) -> bool:
        """Whether the case has an actor, site, area or region of this id."""
        regions = (region for region, _ in self._regions())
        return key in {*self.case.actors["id"], *self.case.sites["id"], *self.case.places.ids, *regions}

    def _regions(self) -> Iterator[tuple[str, str]]:
        return ((region.id, region.name) for region in self.case.regions)

    def _ids(self, in_case: list[str], rows: list[Cells]) -> list[str]:
        return [*in_case, *(row["id"] for row in rows)]


def _cells_of(entity: Entity) -> Cells:
    """Kind, dates and codes of an actor."""
    words = [str(word) for word in entity["properties"].get("keywords", ())]
    kind = next((word for word in words if not word.startswith((*CODES.values(),))), KINDS[entity["schema"]])
    begun = first_text(entity, "birthDate", "incorporationDate")[:10]
    ended = first_text(entity, "deathDate", "dissolutionDate")[:10]
    codes = {code: _code(words, label) for code, label in CODES.items()}
    return {"kind": kind, "from": begun, "to": ended, **codes}


def _figure(entity: Entity) -> Cells:
    """The amount of a payment as a figure; nothing where it is no number or has no currency."""
    amount, currency = first_text(entity, "amount"), first_text(entity, "currency")
    if not currency or not re.fullmatch(r"\d{1,15}(\.\d+)?", amount):
        return {}
    return {"low": amount, "high": amount, "unit": currency}


def _code(words: Sequence[str], label: str) -> str:
    """The code in a keyword such as ``UCDP 116``."""
    return next((word.removeprefix(label) for word in words if word.startswith(label)), "")
