"""Two rows for one actor, site or source become one; names and everything that cites them follow."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from vedette.case.case import Case
from vedette.case.schema import TLP, Actor, Claim, Force, Moment, Posture, Retraction, Row, Site, Source
from vedette.case.writing.changing import check_change
from vedette.case.writing.editing import FoundRow
from vedette.case.writing.references import mentions, replace_everywhere
from vedette.case.writing.renaming import Followed
from vedette.case.writing.table_text import TableText, table_text
from vedette.errors import CaseError, Problem, UsageError
from vedette.files import CaseChange
from vedette.problems import shown

_IDENTIFYING: Mapping[type[Row], tuple[str, ...]] = {
    Actor: ("kind", "ucdp", "gw", "iso3"),
    Site: ("kind", "place"),
    Source: ("date",),
}
"""Columns that contradict each other where two rows hold different values: these are not the same thing."""
_SAME_PLACE = 25
"""Kilometres between the points of two sites from which these are not the same place."""
_EARTH = 6371.0
_DATES = ("from", "to", "date")
_ONE_AND_THE_SAME = ("same-as", "renamed-to", "merged-into")
"""Relations between two actors that are merged: they say that these are one."""


@dataclass(frozen=True)
class Merging:
    """What a merge did.

    Attributes:
        filled: cells of the row that stays which it took from the other, by column.
        kept: cells in which the two differed and the row that stays kept its own, with what is gone.
        retracted: claims that said the two are one, which say nothing any more.
        dropped: statuses in forces.csv of the row that is gone that the one that stays has for the same time.
        followed: what followed the row that is gone.
    """

    filled: Mapping[str, str]
    kept: Mapping[str, tuple[str, str]]
    retracted: tuple[str, ...]
    dropped: tuple[str, ...]
    followed: Followed


def merge_rows(change: CaseChange, case: Case, stays: FoundRow, goes: FoundRow) -> Merging:
    """Joins two rows of actors.csv, sites.csv or sources.csv, as part of a change.

    Empty cells of the row that stays are filled from the other, whose names become aliases; columns that name
    the other name this one. Claims that say that two actors are one are retracted: they would be about an
    actor and itself.

    Raises:
        UsageError: the rows are of different tables, of another table, or the same.
        CaseError: the rows contradict each other, claims relate the two actors in another way, or the case
            would hold mistakes; nothing is written.
    """
    if stays.model is not goes.model or stays.model not in _IDENTIFYING or stays.name == goes.name:
        files = ", ".join(model.file for model in _IDENTIFYING)
        raise UsageError(
            f"{stays.name} and {goes.name}: expected two rows of one of {files}. Name two ids of one."
        )
    between = list(_between(case, stays, goes)) if stays.model is Actor else []
    problems = [*_contradictions(stays, goes), *(problem for _, problem in between if problem)]
    if problems:
        raise CaseError(f"{stays.name} and {goes.name} cannot be merged; nothing was written.", problems)
    cells = _joined(stays, goes)
    _write_joined(change, stays, goes, cells)
    said = tuple(claim for claim, _ in between)
    _retract(change, case, said, f"{goes.name} was merged into {stays.name}")
    dropped = _drop_statuses(change, stays, goes) if stays.model is Actor else ()
    counts = replace_everywhere(change, stays.model, goes.name, stays.name)
    for model in (Force, Posture, Moment):
        _without_repeats(change, model)
    check_change(change)
    filled = {name: cell for name, cell in cells.items() if cell != stays.cells.get(name, "")}
    followed = Followed(counts, tuple(mentions(change, goes.name)))
    return Merging(filled, dict(_kept(stays, goes, cells)), said, dropped, followed)


def _contradictions(stays: FoundRow, goes: FoundRow) -> Iterator[Problem]:
    columns = list(_IDENTIFYING[stays.model])
    if stays.cells.get("kind") == "person":
        columns += ["from", "to"]
    for column in columns:
        one, other = stays.cells.get(column, ""), goes.cells.get(column, "")
        if one and other and not _agree(column, one, other):
            expected = f"{shown(one)}, as {stays.name} has, or nothing"
            cure = "If the two are one, correct the cell that is wrong: vedette edit. Else leave them apart."
            yield Problem(goes.model.file, goes.number, column, expected, shown(other), cure)
    if stays.model is Site and (apart := _kilometres(stays.cells, goes.cells)) > _SAME_PLACE:
        expected = f"a point within {_SAME_PLACE} km of that of {stays.name}"
        cure = "If the two are one, correct the point that is wrong: vedette edit. Else leave them apart."
        yield Problem(goes.model.file, goes.number, "latitude", expected, f"one {apart:.0f} km off", cure)


def _kilometres(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    """The distance between the points of two sites on a sphere; 0 where one has none."""
    points = [(row.get("latitude", ""), row.get("longitude", "")) for row in (one, other)]
    if not all(latitude and longitude for latitude, longitude in points):
        return 0.0
    (north, east), (north_, east_) = ((radians(float(a)), radians(float(b))) for a, b in points)
    half = sin((north_ - north) / 2) ** 2 + cos(north) * cos(north_) * sin((east_ - east) / 2) ** 2
    return 2 * _EARTH * asin(sqrt(half))


def _agree(column: str, one: str, other: str) -> bool:
    return one == other or (column in _DATES and (one.startswith(other) or other.startswith(one)))


def _between(case: Case, stays: FoundRow, goes: FoundRow) -> Iterator[tuple[str, Problem | None]]:
    """Claims about the two actors: those that say they are one, and a problem for each other one."""
    pairs = {(stays.name, goes.name), (goes.name, stays.name)}
    gone = set(case.retractions["claim"])
    rows = case.claims.select("id", "subject", "relation", "object", "polarity").iter_rows()
    for key, subject, relation, object_, polarity in rows:
        if (subject, object_) in pairs and key not in gone:
            problem = None
            if relation not in _ONE_AND_THE_SAME or polarity == "-":
                cure = f"If it is wrong, retract it first: vedette retract CASE {key} --why TEXT"
                found = f"{subject} {relation} {object_}{' (denied)' if polarity == '-' else ''} in {key}"
                expected = "no claim that sets the two apart"
                problem = Problem(Claim.file, 0, "relation", expected, found, cure)
            yield key, problem


def _joined(stays: FoundRow, goes: FoundRow) -> dict[str, str]:
    """The cells of the row that stays, after the merge."""
    cells = {**goes.cells, **stays.cells}
    for column in _DATES:  # of 2014 and 2014-06 the finer
        both = [row.cells[column] for row in (stays, goes) if column in row.cells]
        if len(both) > 1 and both[1].startswith(both[0]):
            cells[column] = both[1]
    if cells.get("parent") in (stays.name, goes.name):
        cells["parent"] = ""
    if "handling" in cells:
        cells["handling"] = max(
            stays.cells.get("handling", ""), goes.cells.get("handling", ""), key=_strictness
        )
    if stays.model is Actor:
        names = [*_listed(stays, "aliases"), goes.cells["name"], *_listed(goes, "aliases")]
        cells["aliases"] = ";".join(dict.fromkeys(name for name in names if name != stays.cells["name"]))
        cells["groups"] = ";".join(dict.fromkeys([*_listed(stays, "groups"), *_listed(goes, "groups")]))
    if stays.model is Source and "true" in (row.cells.get("protected", "").lower() for row in (stays, goes)):
        cells["protected"] = "true"
    return cells


def _strictness(handling: str) -> int:
    return TLP.index(handling) if handling in TLP else -1


def _listed(row: FoundRow, column: str) -> list[str]:
    return [word for word in row.cells.get(column, "").split(";") if word]


def _kept(stays: FoundRow, goes: FoundRow, cells: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Cells in which the two differed, where that of the row that is gone is nowhere any more."""
    for column, cell in goes.cells.items():
        written = cells.get(column, "")
        carried = column == "id" or (stays.model is Actor and column in ("name", "aliases", "groups"))
        finer = column in _DATES and written.startswith(cell)
        if not (carried or finer) and written != cell and column in stays.cells:
            yield column, (written, cell)


def _write_joined(change: CaseChange, stays: FoundRow, goes: FoundRow, cells: Mapping[str, str]) -> None:
    file = stays.model.file
    table = table_text(change.read(file), stays.model).changed(stays.number, {**cells, "id": stays.name})
    change.write(file, table.without([goes.number]).content())


def _retract(change: CaseChange, case: Case, claims: tuple[str, ...], why: str) -> None:
    """Retracts claims from the day on which they were known, so that they never count."""
    if not claims:
        return
    dates = dict(case.sources.select("id", "date").iter_rows())
    known = {
        key: known or said or dates.get(source, "")
        for key, known, said, source in case.claims.select("id", "known", "said", "source").iter_rows()
    }
    rows = [{"claim": claim, "known": known[claim], "why": why} for claim in claims]
    content = table_text(change.read(Retraction.file), Retraction).longer(rows).content()
    change.write(Retraction.file, content)


def _drop_statuses(change: CaseChange, stays: FoundRow, goes: FoundRow) -> tuple[str, ...]:
    """Takes out statuses of the actor that goes where the other has the same for the same time."""
    content = change.read(Force.file)
    if content is None:
        return ()
    table = table_text(content, Force)
    rows = [(number, cells, _when(cells)) for number, cells in table.rows()]
    own = {when for _, cells, when in rows if cells.get("force") == stays.name}
    twice = [
        (number, when) for number, cells, when in rows if cells.get("force") == goes.name and when in own
    ]
    if twice:
        change.write(Force.file, table.without([number for number, _ in twice]).content())
    return tuple(" ".join(filter(None, when)) for _, when in twice)


def _when(cells: Mapping[str, str]) -> tuple[str, str, str]:
    """Status and time of a row of forces.csv, as one row of a force may have them once."""
    start, end = cells.get("from", ""), cells.get("to", "")
    return cells.get("status", ""), start and f"from {start}", end and f"to {end}"


def _without_repeats(change: CaseChange, model: type[Row]) -> None:
    """Takes out rows of a table that a merge made the same as an earlier one."""
    content = change.read(model.file)
    if content is None or change.made().get(model.file) is None:
        return
    table: TableText = table_text(content, model)
    seen: set[tuple[tuple[str, str], ...]] = set()
    repeats = []
    for number, cells in table.rows():
        key = tuple(sorted(cells.items()))
        repeats += [number] if key in seen else []
        seen.add(key)
    if repeats:
        change.write(model.file, table.without(repeats).content())
