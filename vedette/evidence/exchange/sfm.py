"""Imports the CSV tables of Security Force Monitor: units, their parents, memberships, personnel, incidents.

The columns are those of the downloads of WhoWasInCommand and of the research spreadsheets, as the Monitor's
Research Handbook names them. Units and persons become actors; a parent with command authority a claim of
command, other parents and operations claims of membership, a posting a claim of command or membership; an
incident an entry of the timeline. What has no column in a case is counted.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from vedette.case import Case
from vedette.case.checking import read_text
from vedette.errors import DataError, Problem, UsageError
from vedette.evidence.exchange.entities import Entity, first_text
from vedette.evidence.exchange.left_out import LeftOut, counted
from vedette.evidence.exchange.proposed import Proposed
from vedette.evidence.exchange.received import from_entities
from vedette.problems import shown

Cells = Mapping[str, str]

_UNIT, _PERSON, _INCIDENT = "unit:name", "person:name", "incident:violation_description"
_UNIT_IDS = ("unit:id:admin", "unit:id")
_PERSON_IDS = ("person:admin:id", "person:id:admin", "person:id")
_CARRIED = {
    *(_UNIT, *_UNIT_IDS, "unit:other_names", "unit:relation_type"),
    *("unit:related_unit", "unit:related_unit:name", "unit:related_unit_id:admin", "unit:membership_id"),
    *("unit:related_unit_class", "unit:related_unit_first_cited_date", "unit:related_unit_last_cited_date"),
    *("unit:related_unit_open", _PERSON, *_PERSON_IDS, "person:other_names"),
    *("person_extra:date_of_birth", "person_extra:deceased_date"),
    *("person:posting_role", "person:posting_rank", "person:posting_title", "person:posting_last_cited_date"),
    *("person:posting_first_cited_date", "person:posting_last_cited_date_end"),
    *("incident:id:admin", "incident:violation_type", _INCIDENT, "incident:perpetrator_unit"),
    *("incident:perpetrator_unit_name", "incident:perpetrator_name", "incident:perpetrator_person_name"),
    *("incident:startdate", "incident:start_date"),
}
_DATES = [name for name in _CARRIED if name.endswith(("_date", "startdate", "date_of_birth"))]
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_INFORMAL = "informal"


def from_sfm(file: Path, case: Case, source: str | None, unlike: Collection[str]) -> Proposed:
    """The rows that a table of Security Force Monitor would add to a case.

    Args:
        file: the CSV file.
        case: the case.
        source: the id of the source of the case that the file is; its date is when the claims became known.
        unlike: ids of entities that are no actor of the case.

    Raises:
        DataError: the file is no such table, or holds dates that are none; all of these are listed.
        UsageError: no source is given, or a name may mean several actors.
    """
    rows = _rows(file)
    if source is None:
        cure = "Add the download as a source (vedette add source), then name it: --source ID."
        raise UsageError(f"{file.name}: expected the source that it is; found none. {cure}")
    published = dict(case.sources.select("id", "date").iter_rows())[source]
    reasons: list[tuple[str, str]] = []
    ids = {row[_UNIT]: _unit(row) for _, row in rows if _UNIT in row}
    entities: dict[str, Entity] = {}
    for one in (one for _, row in rows for one in _things(row, ids)):
        before = entities.get(one["id"], one)
        entities[one["id"]] = max(before, one, key=lambda each: len(each["properties"]))
    links = [link for _, row in rows for link in _links(row, ids, published, reasons)]
    once = {repr({**link, "id": ""}): link for link in links}
    found = from_entities([*entities.values(), *once.values()], case, source, unlike)
    reasons += [("columns", name) for _, row in rows for name in row if name not in _CARRIED]
    known = set(case.timeline.select("date", "summary").cast({"date": str}).iter_rows())
    timeline = [entry for _, row in rows for entry in _incident(row, source, found, case, reasons)]
    fresh = [entry for entry in timeline if (entry["date"], entry["summary"]) not in known]
    counts = tuple(LeftOut(each.kind, each.count, each.why) for each in counted(reasons))
    return replace(
        found,
        timeline=tuple(fresh),
        known=found.known + len(timeline) - len(fresh),
        left_out=(*found.left_out, *counts),
    )


def _rows(file: Path) -> list[tuple[int, dict[str, str]]]:
    """Number and filled cells of each row.

    Raises:
        DataError: it is no table of the Monitor, or rows lack a name or hold dates that are none.
    """
    text = read_text(file)
    if isinstance(text, Problem):
        raise DataError(f"{file.name} cannot be imported.", [text])
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = [name.strip() for name in reader.fieldnames or ()]
    if not {_UNIT, _PERSON, _INCIDENT} & set(columns):
        listed = ", ".join(columns[:4])
        cure = "Give a download of WhoWasInCommand: basic, parentage, memberships or personnel, or incidents."
        expected = f"a column {_UNIT}, {_PERSON} or {_INCIDENT}"
        raise DataError(
            f"{file.name} cannot be imported.", [Problem(file.name, 1, "", expected, listed, cure)]
        )
    reader.fieldnames = columns
    rows = [
        (number, {name: cell.strip() for name, cell in row.items() if name and cell and cell.strip()})
        for number, row in enumerate(reader, start=2)
    ]
    filled = [(number, row) for number, row in rows if row]
    if problems := [problem for number, row in filled for problem in _problems(file, number, row)]:
        raise DataError(f"{file.name} cannot be imported.", problems)
    return filled


def _problems(file: Path, number: int, row: Cells) -> Iterator[Problem]:
    if not {_UNIT, _PERSON, _INCIDENT} & set(row):
        yield Problem(
            file.name, number, _UNIT, "the name of a unit", "nothing", "Fill it in, or delete the row."
        )
    for name in _DATES:
        if name in row and not _DATE.fullmatch(row[name]):
            expected = "a day, month or year, like 2014-06"
            yield Problem(file.name, number, name, expected, shown(row[name]), "Correct the date.")
    if _INCIDENT in row and not _first(row, "incident:startdate", "incident:start_date"):
        yield Problem(
            file.name, number, "incident:start_date", "the day of the incident", "nothing", "Fill it in."
        )


def _things(row: Cells, ids: Mapping[str, str]) -> Iterator[Entity]:
    """The unit, the other unit and the person that a row names."""
    if _UNIT in row:
        yield _entity(_unit(row), "Organization", name=[row[_UNIT]], alias=_listed(row, "unit:other_names"))
    if other := _other(row, ids):
        yield _entity(other[0], "Organization", name=[other[1]])
    if _PERSON in row:
        born, died = _first(row, "person_extra:date_of_birth"), _first(row, "person_extra:deceased_date")
        dates = {"birthDate": [born] if born else [], "deathDate": [died] if died else []}
        aliases = _listed(row, "person:other_names")
        yield _entity(_person(row), "Person", name=[row[_PERSON]], alias=aliases, **dates)


def _links(
    row: Cells, ids: Mapping[str, str], published: str, reasons: list[tuple[str, str]]
) -> Iterator[Entity]:
    """The link of a unit to its parent or operation, and that of a person to the unit of a posting."""
    if other := _other(row, ids):
        kind = row.get("unit:related_unit_class", "").casefold()
        operation = "unit:membership_id" in row or row.get("unit:relation_type", "").startswith("member")
        first, last, open_ = (
            row.get(f"unit:related_unit_{name}", "")
            for name in ("first_cited_date", "last_cited_date", "open")
        )
        dates = _dates(first, last, ended=open_ == "E", published=published)
        if kind == _INFORMAL:
            reasons.append(("relations", "informal: no word for it"))
        elif "command" in kind and not operation:
            yield _entity("", "Directorship", director=[other[0]], organization=[_unit(row)], **dates)
        else:
            yield _entity("", "Membership", member=[_unit(row)], organization=[other[0]], **dates)
    if _PERSON in row and _UNIT in row:
        first, last, end = (
            row.get(f"person:posting_{name}", "")
            for name in ("first_cited_date", "last_cited_date", "last_cited_date_end")
        )
        dates = _dates(first, last, ended=end == "Y", published=published)
        words = (row.get(f"person:posting_{name}", "") for name in ("role", "title", "rank"))
        dates["summary"] = [said] if (said := ", ".join(dict.fromkeys(filter(None, words)))) else []
        leads = "commander" in row.get("person:posting_role", "").casefold()
        schema, start = ("Directorship", "director") if leads else ("Membership", "member")
        yield _entity("", schema, **{start: [_person(row)]}, organization=[_unit(row)], **dates)


def _dates(first: str, last: str, *, ended: bool, published: str) -> dict[str, list[str]]:
    """Since when a link is on record, its end if it is known to have ended, and when it was last said.

    What was last cited has not ended: it was said to be so then.
    """
    dates = {"startDate": first, "endDate": last if ended else "", "date": last, "retrievedAt": published}
    return {name: [day] for name, day in dates.items() if day}


def _incident(
    row: Cells, source: str, found: Proposed, case: Case, reasons: list[tuple[str, str]]
) -> Iterator[dict[str, str]]:
    """The entry of the timeline for an incident; an accused who is no actor stands in the summary alone."""
    if _INCIDENT not in row:
        return
    day = _first(row, "incident:startdate", "incident:start_date")
    accused = _first(row, "incident:perpetrator_unit_name", "incident:perpetrator_unit")
    accused = accused or _first(row, "incident:perpetrator_name", "incident:perpetrator_person_name")
    names = {*case.actors["name"], *(actor["name"] for actor in found.actors)}
    if accused and accused not in names:
        reasons.append(("incidents", "an accused that is no actor"))
    text = " ".join(row[_INCIDENT].split())
    yield {
        "date": f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10],
        "precision": {4: "year", 7: "month"}.get(len(day), "day"),
        "kind": _first(row, "incident:violation_type") or "violation",
        "actor": accused if accused in names else "",
        "summary": text if accused in text or not accused else f"{accused}: {text}",
        "source": source,
        "basis": "page",
    }


def _other(row: Cells, ids: Mapping[str, str]) -> tuple[str, str] | None:
    """Id and name of the parent or operation of a unit; some downloads give both, some the name alone.

    ``ids`` are the ids of units of the file by name.
    """
    named = row.get("unit:related_unit:name") or row.get("unit:related_unit", "")
    if not named or _UNIT not in row:
        return None
    key = row.get("unit:related_unit_id:admin") or row.get("unit:membership_id")
    if "unit:related_unit:name" in row:
        key = key or row.get("unit:related_unit")
    return key or ids.get(named) or f"unit {named}", named


def _unit(row: Cells) -> str:
    return _first(row, *_UNIT_IDS) or f"unit {row[_UNIT]}"


def _person(row: Cells) -> str:
    return _first(row, *_PERSON_IDS) or f"person {row[_PERSON]}"


def _entity(key: str, schema: str, **properties: Sequence[str]) -> Entity:
    filled = {name: list(values) for name, values in properties.items() if values}
    if key and schema == "Organization":
        filled["keywords"] = ["force"]
    made: Entity = {"id": key, "schema": schema, "properties": filled}
    return (
        made if key else {**made, "id": f"link {schema} {sorted(filled.items())} {first_text(made, 'date')}"}
    )


def _listed(row: Cells, name: str) -> list[str]:
    return [word.strip() for word in row.get(name, "").split(";") if word.strip()]


def _first(row: Cells, *names: str) -> str:
    return next((row[name] for name in names if row.get(name)), "")
