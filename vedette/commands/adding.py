"""Add an actor, a site, a force, a source, a claim or a figure of posture to a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vedette.case import Case, read_case
from vedette.case.schema import Actor, Claim, Force, Posture, Row, Site, Source
from vedette.case.writing import add_rows, changing_case, free_id
from vedette.case.writing.repeats import repeated
from vedette.commands.waiting import waiting_said, waits_for
from vedette.errors import UsageError
from vedette.evidence import Actors
from vedette.problems import did_you_mean

_NAMES_ACTOR = ("subject", "object", "speaker_of", "force", "part_of", "parent")

Cells = Mapping[str, str]


@dataclass(frozen=True)
class AddedRow:
    """A row as it was written, and the table that it was added to.

    ``repeats`` are the claims that say the same already; ``waits_for`` is the present of the case, if the row
    becomes known only after it.
    """

    file: str
    row: Cells
    repeats: tuple[str, ...] = ()
    waits_for: date | None = None

    @property
    def remark(self) -> str:
        """That the row does not count yet in the answers of the case, where that is so; else empty."""
        return waiting_said(self.waits_for, "its answers do not count the row") if self.waits_for else ""

    @property
    def name(self) -> str:
        """The id of the row, or of a row without one what it is about."""
        about = (self.row.get(column, "") for column in ("force", "backer", "kind", "date", "from", "status"))
        return self.row.get("id") or " ".join(filter(None, about))

    def document(self) -> dict[str, Any]:
        """Returns the names of row and table, the claims that say the same already, and a remark."""
        named = {"id": self.name, "file": self.file, "same_as": list(self.repeats)}
        return {**named, "remark": self.remark}


def add_claim(case: str, cells: Cells) -> AddedRow:
    """Adds a claim to a case folder; returns the row as written.

    Subject, object and affiliation may be any spelling of an actor. An id is made if none is given. A claim
    that the case has already is added all the same and named in the answer.

    Raises:
        UsageError: a name may mean several actors, or the case comes with vedette.
        CaseError: the row does not fit the folder; nothing is written.
        StorageError: the folder cannot be locked or written.
    """
    with changing_case(case, "add claim") as change:
        read = read_case(change.home)
        row = named_actors(read, filled(cells))
        stem, taken = row.get("source") or "recalled", read.claims["id"].to_list()
        row["id"] = row.get("id") or free_id(stem, taken, numbered=True)
        add_rows(change, {Claim: [row]})
    dates = dict(read.sources.select("id", "date").iter_rows())
    known = row.get("known") or row.get("said") or dates.get(row.get("source", ""), "")
    return AddedRow(Claim.file, row, repeated(read, row), waits_for(read, known))


def add_source(case: str, cells: Cells) -> AddedRow:
    """Adds a source to a case folder; returns the row as written. An id is made if none is given.

    Raises:
        UsageError: the case comes with vedette.
        CaseError: the row does not fit the folder; nothing is written.
        StorageError: the folder cannot be locked or written.
    """
    stem = f"{cells.get('publisher') or cells.get('title', '')} {cells.get('date', '')}"
    return _add(case, cells, model=Source, stem=stem)


def add_actor(case: str, cells: Cells) -> AddedRow:
    """Adds an actor to a case folder, as `add_source` adds a source."""
    return _add(case, cells, model=Actor, stem=cells.get("name", ""))


def add_site(case: str, cells: Cells) -> AddedRow:
    """Adds a site to a case folder, as `add_source` adds a source."""
    return _add(case, cells, model=Site, stem=cells.get("name", ""))


def add_force(case: str, cells: Cells) -> AddedRow:
    """Adds the status of a force over an interval to a case folder; the force may be named in any spelling.

    Raises:
        UsageError: the force may be several actors, or the case comes with vedette.
        CaseError: the row does not fit the folder, as where it overlaps another status; nothing is written.
        StorageError: the folder cannot be locked or written.
    """
    return _add(case, cells, model=Force)


def add_posture(case: str, cells: Cells) -> AddedRow:
    """Adds a figure of what a backer has in place to a case folder, as `add_force` adds a status."""
    return _add(case, cells, model=Posture)


def add_row(case: str, table: str, *, cells: Cells) -> AddedRow:
    """Adds a row to the table of a name: claims, sources, actors, sites, forces or posture.

    Raises:
        UsageError: nothing is added to a table of that name; otherwise as in the function of the table.
        CaseError: the row does not fit the folder; nothing is written.
        StorageError: the folder cannot be locked or written.
    """
    functions = {
        "claims": add_claim,
        "sources": add_source,
        "actors": add_actor,
        "sites": add_site,
        "forces": add_force,
        "posture": add_posture,
    }
    if table not in functions:
        raise UsageError(f"no row is added to {table!r} alone. {did_you_mean(table, functions)}")
    return functions[table](case, cells)


def named_actors(case: Case, row: Cells) -> dict[str, str]:
    """The cells with the ids of actors in place of their other spellings.

    Raises:
        UsageError: a name may mean several actors.
    """
    actors = Actors(case.actors)
    known = {*case.actors["id"], *case.sites["id"], *case.places.ids, *(region.id for region in case.regions)}
    resolved = dict(row)
    for column in _NAMES_ACTOR:
        named = row.get(column, "")
        if named and named not in known and actors.candidates(named):
            resolved[column] = actors.resolve(named)
    return resolved


def filled(cells: Cells) -> dict[str, str]:
    """The cells that hold something, each on one line."""
    return {name: cell for name, cell in folded(cells).items() if cell}


def folded(cells: Cells) -> dict[str, str]:
    """The cells, each on one line: a row with a line break would be two lines to git and to `changes.log`."""
    return {name: one_line(cell) for name, cell in cells.items()}


def one_line(text: str) -> str:
    r"""A text on one line, without blanks at its ends; each line break becomes a blank.

    >>> one_line("seen \r\nin the original ")
    'seen in the original'
    """
    return " ".join(line.strip() for line in text.splitlines()).strip()


def _add(case: str, cells: Cells, *, model: type[Row], stem: str | None = None) -> AddedRow:
    """Adds a row; with ``stem`` it gets an id made from that if it has none."""
    with changing_case(case, f"add {model.__name__.lower()}") as change:
        read = read_case(change.home)
        row = named_actors(read, filled(cells))
        if stem is not None:
            taken = [*read.actors["id"], *read.sites["id"], *read.sources["id"]]
            row["id"] = row.get("id") or free_id(stem, taken)
        add_rows(change, {model: [row]})
    return AddedRow(model.file, row, waits_for=waits_for(read, row.get("known", "")))
