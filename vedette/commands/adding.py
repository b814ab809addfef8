"""Add a claim or a source to a case."""

from collections.abc import Mapping
from dataclasses import dataclass

from vedette.case import Case, read_case
from vedette.case.schema import Claim, Source
from vedette.case.writing import add_rows, changing_case, free_id
from vedette.evidence import Actors

_NAMES_ACTOR = ("subject", "object", "speaker_of")


@dataclass(frozen=True)
class AddedRow:
    """A row as it was written, and the table that it was added to."""

    file: str
    row: Mapping[str, str]

    def document(self) -> dict[str, str]:
        """Returns the id of the row and the name of the table."""
        return {"id": self.row["id"], "file": self.file}


def add_claim(case: str, cells: Mapping[str, str]) -> AddedRow:
    """Adds a claim to a case folder; returns the row as written.

    Subject, object and affiliation may be any spelling of an actor. An id is made if none is given.

    Raises:
        UsageError: a name may mean several actors, or the case comes with vedette.
        CaseError: the row does not fit the folder; nothing is written.
        StorageError: the folder cannot be locked or written.
    """
    with changing_case(case, "add claim") as change:
        read = read_case(change.home)
        row = _resolved(read, {name: cell for name, cell in cells.items() if cell})
        stem, taken = row.get("source") or "recalled", read.claims["id"].to_list()
        row["id"] = row.get("id") or free_id(stem, taken, numbered=True)
        add_rows(change, {Claim: [row]})
    return AddedRow(Claim.file, row)


def add_source(case: str, cells: Mapping[str, str]) -> AddedRow:
    """Adds a source to a case folder; returns the row as written. An id is made if none is given.

    Raises:
        UsageError: the case comes with vedette.
        CaseError: the row does not fit the folder; nothing is written.
        StorageError: the folder cannot be locked or written.
    """
    with changing_case(case, "add source") as change:
        read = read_case(change.home)
        row = {name: cell for name, cell in cells.items() if cell}
        stem = f"{row.get('publisher') or row.get('title', '')} {row.get('date', '')}"
        row["id"] = row.get("id") or free_id(stem, read.sources["id"].to_list())
        add_rows(change, {Source: [row]})
    return AddedRow(Source.file, row)


def _resolved(case: Case, row: dict[str, str]) -> dict[str, str]:
    """A claim with the ids of actors in place of their other spellings."""
    actors = Actors(case.actors)
    known = {*case.actors["id"], *case.sites["id"], *case.places.ids, *(region.id for region in case.regions)}
    for column in _NAMES_ACTOR:
        named = row.get(column, "")
        if named and named not in known and actors.candidates(named):
            row[column] = actors.resolve(named)
    return row
