"""A row gets another id, and everything that names it follows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from vedette.case.case import Case
from vedette.case.schema import Actor, Row, Site
from vedette.case.writing.changing import check_change
from vedette.case.writing.editing import WITH_ID, FoundRow
from vedette.case.writing.references import mentions, replace_everywhere
from vedette.case.writing.table_text import table_text
from vedette.errors import UsageError
from vedette.files import CaseChange

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True)
class Followed:
    """What followed a row: cells changed, by file, and lines of text that still name the id that is gone."""

    cells: Mapping[str, int]
    mentions: tuple[str, ...]


def rename_row(change: CaseChange, case: Case, row: FoundRow, new: str) -> Followed:
    """Gives a row another id, as part of a change; columns of other tables that name it follow.

    Args:
        change: the change of the case.
        case: the case as it stands.
        row: a row with an id.
        new: the id that it gets.

    Raises:
        UsageError: the row has no id, or the new one is taken or no id.
        CaseError: the case would hold mistakes; nothing is written.
    """
    if row.model not in WITH_ID:
        raise UsageError(
            f"{row.name}: rows of {row.model.file} have no id. Edit it: vedette edit CASE {row.name}"
        )
    if not _ID.fullmatch(new):
        cure = "Choose one like islamic-state."
        raise UsageError(f"{new!r}: expected an id of small letters, digits, hyphens and underscores. {cure}")
    if new in _taken(case, row.model):
        raise UsageError(
            f"{new}: another row has this id. Choose another, or merge: vedette merge CASE {new} {row.name}"
        )
    table = table_text(change.read(row.model.file), row.model).changed(row.number, {"id": new})
    change.write(row.model.file, table.content())
    counts = replace_everywhere(change, row.model, row.name, new)
    check_change(change)
    return Followed(counts, tuple(mentions(change, row.name)))


def _taken(case: Case, model: type[Row]) -> set[str]:
    """The ids that a row may not get: one column of claims names actors, sites, places and regions."""
    if model in (Actor, Site):
        regions = (region.id for region in case.regions)
        return {*case.actors["id"], *case.sites["id"], *case.places.ids, *regions}
    named = {"sources.csv": case.sources, "claims.csv": case.claims, "interventions.csv": case.interventions}
    return set(named[model.file]["id"])
