"""Names of places that no area of a case has, and the aliases that would give them one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from vedette.case import read_case
from vedette.case.schema.settings import FILE
from vedette.case.writing import changing_case, check_change, with_aliases
from vedette.events import alias_line, open_events, placed_spots, unmatched_names


@dataclass(frozen=True, eq=False)
class UnmatchedNames:
    """Names that no area has, a row each, and the aliases that were written into case.yaml."""

    table: pl.DataFrame
    written: Mapping[str, tuple[str, ...]]

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines for ``aliases`` in case.yaml of the names whose area a point confirms."""
        rows = self.table.filter("confirmed").select("area", "name")
        return tuple(alias_line(area, name) for area, name in rows.iter_rows())

    def document(self) -> dict[str, Any]:
        """Returns the names and what was written."""
        return {"names": self.table.to_dicts(), "lines": list(self.lines), "written": dict(self.written)}


def aliases(case: str, *, write: bool = False) -> UnmatchedNames:
    """Returns the names of places that no area has; on request writes those that a point confirms.

    A name is confirmed where more than half of the precise points of its events lie in one area.

    Raises:
        UsageError: the case comes with vedette, or its aliases are in a form that cannot be added to.
        CaseError: with the aliases the case would hold mistakes.
        StorageError: the case cannot be written; nothing was changed.
    """
    read = read_case(case)
    table = unmatched_names(placed_spots(open_events(read), read), read)
    if not write:
        return UnmatchedNames(table, {})
    confirmed = table.filter("confirmed").group_by("area", maintain_order=True).agg("name")
    added = {area: tuple(names) for area, names in confirmed.iter_rows()}
    if added:
        with changing_case(case, "events aliases --write") as change:
            text = (change.home / FILE).read_text(encoding="utf-8")
            change.write(FILE, with_aliases(text, added).encode())
            check_change(change)
    return UnmatchedNames(table, added)
