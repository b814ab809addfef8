"""Add a claim or a source to a case."""

from collections.abc import Mapping

from vedette.case import read_case
from vedette.case.schema.rows import Claim, Source
from vedette.case.writing.adding import add_rows, free_id
from vedette.evidence import Actors

_NAMES_ACTOR = ("subject", "object", "speaker_of")


def add_claim(case: str, cells: Mapping[str, str]) -> Mapping[str, str]:
    """Adds a claim to a case folder; gives the row as written.

    Subject, object and affiliation may be any spelling of an actor. An id is made if none is given.

    Raises:
        UsageError: a name may mean several actors, or the case comes with vedette.
        CaseError: the row does not fit the folder; nothing is written.
    """
    read = read_case(case)
    actors = Actors(read.actors)
    row = {name: cell for name, cell in cells.items() if cell}
    known = {*read.actors["id"], *read.sites["id"], *read.places.ids, *(region.id for region in read.regions)}
    for column in _NAMES_ACTOR:
        named = row.get(column, "")
        if named and named not in known and actors.candidates(named):
            row[column] = actors.resolve(named)
    stem, taken = row.get("source") or "recalled", read.claims["id"].to_list()
    row["id"] = row.get("id") or free_id(stem, taken, numbered=True)
    add_rows(read.folder, {Claim: [row]})
    return row


def add_source(case: str, cells: Mapping[str, str]) -> Mapping[str, str]:
    """Adds a source to a case folder; gives the row as written. An id is made if none is given.

    Raises:
        UsageError: the case comes with vedette.
        CaseError: the row does not fit the folder; nothing is written.
    """
    read = read_case(case)
    row = {name: cell for name, cell in cells.items() if cell}
    stem = f"{row.get('publisher') or row.get('title', '')} {row.get('date', '')}"
    row["id"] = row.get("id") or free_id(stem, read.sources["id"].to_list())
    add_rows(read.folder, {Source: [row]})
    return row
