"""Claims as entities of FollowTheMoney, the data model of OpenSanctions and Aleph.

Actors become Person, Company, PublicBody or Organization, sites and places Address, sources Document. A
claim becomes a link with a source: Membership, Directorship (command), Payment (payroll, funding), Succession
(renames, splits, mergers), Sanction (designation), Event (acts), UnknownLink (every other tie). A link states
a fact: a claim that denies, expects or assesses, gives a figure, or is recalled without a page becomes a Note
about its actors, which says so first. Notes are counted among what the format cannot express.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from vedette.case.schema import RELATIONS, TIES, UNTIED, Actor, Claim, RelationKind, Site, Source
from vedette.evidence.exchange.left_out import LeftOut, counted
from vedette.evidence.exchange.own_rows import packed, packed_place
from vedette.evidence.exchange.tied import tied_rows
from vedette.evidence.ledger import Ledger
from vedette.evidence.saying import claimed
from vedette.periods import first_possible, last_possible

Entity = dict[str, object]
Row = Mapping[str, object]

SCHEMAS = {"state": "PublicBody", "institution": "PublicBody", "person": "Person", "company": "Company"}
"""The FollowTheMoney schema of an actor by its kind; Organization for the rest."""

LINKS = {
    "membership": ("Membership", "member", "organization"),
    "command": ("Directorship", "director", "organization"),
    "payroll": ("Payment", "payer", "beneficiary"),
    "funding": ("Payment", "payer", "beneficiary"),
    "renamed-to": ("Succession", "predecessor", "successor"),
    "merged-into": ("Succession", "predecessor", "successor"),
    "split-from": ("Succession", "successor", "predecessor"),
}
"""The schema of a relation, and the properties that subject and object fill; UnknownLink for the rest."""

_PLAIN = ("UnknownLink", "subject", "object")


def as_followthemoney(
    ledger: Ledger, at: date | None = None, least: float | None = None
) -> tuple[bytes, tuple[LeftOut, ...]]:
    """Entities as JSON, one a line, and a count of what the format cannot express.

    With ``at``, only claims that count on that day; with ``least``, only ties believed at least so far.
    """
    reasons: list[tuple[str, str]] = []
    rows = list(_claims_to_write(ledger, at, least).iter_rows(named=True))
    kinds = dict(ledger.actors.table.select("id", "kind").iter_rows())
    sources = {
        key: (publisher, address)
        for key, publisher, address in ledger.case.sources.select("id", "publisher", "url").iter_rows()
    }
    claims = {row["id"]: row for row in ledger.case.claims.iter_rows(named=True)}
    context = _Context(ledger.case.id, ledger.names, kinds, sources, claims, reasons)
    links = [_link_or_note(row, context) for row in rows]
    cited = {*(str(row["source"]) for row in rows), *ledger.case.sites["source"]}
    entities = [*_nodes(ledger), *_documents(ledger, cited), *links]
    text = "".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in entities)
    reasons += [("forces", "status over time")] * ledger.case.forces.height
    return text.encode("utf-8"), counted(reasons)


def _claims_to_write(ledger: Ledger, at: date | None, least: float | None) -> pl.DataFrame:
    claims = ledger.claims
    if at is not None:
        claims = claims.filter(pl.col("counts_from") <= at, pl.col("counts_to") >= at)
    if least is None:
        return claims
    believed = tied_rows(ledger, at, least)["claims"].str.split(";").explode()
    return claims.filter(pl.col("id").is_in(believed.to_list()))


def _why_no_link(row: Row) -> str:
    """Why a claim cannot be a link; empty if it can."""
    kind = RELATIONS[str(row["relation"])].kind
    if row["basis"] == "recalled":
        return "recalled without a page"
    if row["polarity"] == "-":
        return "says that it is not so"
    if row["hedge"] in UNTIED:
        return "expected or proposed"
    if kind not in (*TIES, RelationKind.ACT) or not row["object"]:
        return f"{kind.value} without a schema"
    return ""


def _nodes(ledger: Ledger) -> Iterator[Entity]:
    case = ledger.case
    for row in ledger.actors.table.iter_rows(named=True):
        spellings = [w for w in ledger.actors.spellings[row["id"]] if w not in (row["name"], row["id"])]
        codes = (("UCDP", row["ucdp"]), ("GW", row["gw"]), ("ISO 3166-1", row["iso3"]))
        properties = {
            "name": [row["name"]],
            "alias": [word for word in spellings if word != row["iso3"]],
            "keywords": [row["kind"], *(f"{label} {code}" for label, code in codes if code)],
        }
        properties["notes"] = [packed(Actor.file, row)]
        yield _entity(_key(case.id, row["id"]), SCHEMAS.get(row["kind"], "Organization"), properties)
    for site in case.sites.iter_rows(named=True):
        point = {name: [str(site[name])] for name in ("latitude", "longitude") if site[name] is not None}
        named = {"name": [site["name"]], "full": [site["name"]], "keywords": [site["kind"]]}
        named["notes"] = [packed(Site.file, site)]
        yield _entity(_key(case.id, site["id"]), "Address", {**named, **point})
    areas = {**case.places.names, **{region.id: region.name for region in case.regions}}
    for key, name in areas.items():
        named = {"name": [name], "full": [name], "keywords": ["place"], "notes": [packed_place(key)]}
        yield _entity(_key(case.id, key), "Address", named)


def _documents(ledger: Ledger, used: set[str]) -> Iterator[Entity]:
    for row in ledger.case.sources.filter(pl.col("id").is_in(list(used))).iter_rows(named=True):
        properties = {
            "fileName": [row["id"]],
            "title": [row["title"]],
            "publisher": [row["publisher"]],
            "date": [row["date"]],
            "sourceUrl": [row["url"]],
            "notes": [packed(Source.file, row)],
        }
        yield _entity(_key(ledger.case.id, f"source-{row['id']}"), "Document", properties)


@dataclass(frozen=True)
class _Context:
    """The context of a link: the case, names and kinds of actors, sources with their addresses, claims."""

    case: str
    names: Mapping[str, str]
    kinds: Mapping[str, str]
    sources: Mapping[str, tuple[str, str]]
    claims: Mapping[str, Row]
    reasons: list[tuple[str, str]]


def _link_or_note(row: Row, context: _Context) -> Entity:
    why = _why_no_link(row)
    if not why:
        return _link(row, context)
    context.reasons.append(("claims", f"{why}: a note, no link"))
    publisher, address = context.sources.get(str(row["source"]), ("", ""))
    properties = {
        "entity": [_key(context.case, str(row[end])) for end in ("subject", "object") if row[end]],
        "description": [f"{why}: {claimed(context.names, row)}"],
        "keywords": [str(row["relation"]), str(row["hedge"])],
        "publisher": [publisher],
        "sourceUrl": [address],
        "retrievedAt": [str(row["known"])],
        "notes": [packed(Claim.file, context.claims[str(row["id"])])],
    }
    return _entity(_key(context.case, f"claim-{row['id']}"), "Note", properties)


def _link(row: Row, context: _Context) -> Entity:
    relation, key = str(row["relation"]), _key(context.case, f"claim-{row['id']}")
    ends = [_key(context.case, str(row[end])) for end in ("subject", "object")]
    shared = _common_properties(row, context)
    if relation == "designation":
        authority = context.names.get(str(row["subject"]), str(row["subject"]))
        return _entity(key, "Sanction", {**shared, "entity": ends[1:], "authority": [authority]})
    if RELATIONS[relation].kind is RelationKind.ACT:
        event = {"name": [str(row["statement"])], "involved": ends, "keywords": [relation]}
        return _entity(key, "Event", {**shared, **event})
    schema, start, end = _schema(row, context.kinds)
    properties = {**shared, start: ends[:1], end: ends[1:]}
    if schema == "Payment":
        return _entity(key, schema, {**properties, "purpose": [relation], **_amount(row, context.reasons)})
    context.reasons.extend([("attributes", "figure")] if row["low"] is not None else [])
    return _entity(key, schema, {**properties, "role": [relation], "status": [str(row["hedge"])]})


def _common_properties(row: Row, context: _Context) -> dict[str, list[str]]:
    """The properties common to all links; what the format cannot express is noted."""
    context.reasons.extend(("attributes", name) for name in ("place", "note") if row[name])
    context.reasons.extend([("attributes", "origin")] if row["origin"] != row["source"] else [])
    description = f"{row['hedge']}; graded {row['reliability']}{row['credibility']}; source {row['source']}"
    own = packed(Claim.file, context.claims[str(row["id"])])
    publisher, address = context.sources.get(str(row["source"]), ("", ""))
    return {
        "publisher": [publisher],
        "sourceUrl": [address],
        "recordId": [str(row["id"])],
        "startDate": [str(row["from"])],
        "endDate": [str(row["to"])],
        "date": [_said(str(row["said"]), str(row["known"]))],
        "retrievedAt": [str(row["known"])],
        "summary": [str(row["statement"])],
        "description": [f"{description}; said by {row['speaker']}" if row["speaker"] else description, own],
    }


def _said(said: str, known: str) -> str:
    """When a claim was said; nothing where that is the date of a later edition of its source.

    >>> _said("2025-06", "2009"), _said("2014-03", "2014-04")
    ('', '2014-03')
    """
    return "" if said and known and last_possible(known) < first_possible(said) else said


def _schema(row: Row, kinds: Mapping[str, str]) -> tuple[str, str, str]:
    """The schema of a tie, given the entities at its ends: those in LINKS need actors, not places."""
    named = LINKS.get(str(row["relation"]), _PLAIN)
    subject, object_ = (kinds.get(str(row[end])) for end in ("subject", "object"))
    if subject is None or object_ is None or (named[2] == "organization" and object_ == "person"):
        return _PLAIN
    return named


def _amount(row: Row, reasons: list[tuple[str, str]]) -> dict[str, list[str]]:
    """The amount of a payment: one sum of dollars; ranges, rates and other units cannot be expressed."""
    scale = {"USD": 1, "USD million": 1_000_000, "USD billion": 1_000_000_000}.get(str(row["unit"]))
    if row["low"] is None:
        return {}
    if scale is None or row["low"] != row["high"]:
        reasons.append(("attributes", "figure"))
        return {}
    return {"amount": [f"{float(str(row['low'])) * scale:.12g}"], "currency": ["USD"]}


def _key(case: str, name: str) -> str:
    return f"{case}-{name}"


def _entity(key: str, schema: str, properties: Mapping[str, list[str]]) -> Entity:
    filled = {name: [text for text in texts if text] for name, texts in properties.items()}
    with_values = {name: texts for name, texts in filled.items() if texts}
    return {"id": key, "schema": schema, "properties": with_values}
