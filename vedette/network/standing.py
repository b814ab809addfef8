"""The standing of an actor on a day: its status, the topmost parent, and whether it is foreign."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from vedette.case import Case
from vedette.periods import first_possible_column, last_possible_column

STATUSES = ("state", "hybrid", "non-state")
UNKNOWN = "unknown"
_BY_KIND = {
    "state": "state",
    "institution": "state",
    "armed-group": "non-state",
    "party": "non-state",
    "tribe": "non-state",
}


@dataclass(frozen=True, eq=False)
class Standing:
    """The actors of a case on a day.

    The status is the one in forces.csv; without a row there it follows from the kind: states and
    institutions are `state`, armed groups, parties and tribes `non-state`, a force has the status of its
    parent, all others are `unknown`.
    """

    case: Case
    at: date

    @cached_property
    def coded(self) -> Mapping[str, tuple[str, str]]:
        """Status and ``part_of`` of each force with a row in forces.csv for the day."""
        rows = self.case.forces.with_columns(
            first=first_possible_column("from").fill_null(date(1, 1, 1)),
            last=last_possible_column("to").fill_null(date(9999, 12, 31)),
        ).filter(pl.col("first") <= self.at, pl.col("last") >= self.at)
        latest = rows.sort("first", maintain_order=True).unique("force", keep="last", maintain_order=True)
        return {
            force: (status, whole)
            for force, status, whole in latest.select("force", "status", "part_of").iter_rows()
        }

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        return dict(self.case.actors.select("id", "kind").iter_rows())

    @cached_property
    def _parents(self) -> Mapping[str, str]:
        return dict(self.case.actors.select("id", "parent").iter_rows())

    def status(self, actor: str) -> str:
        """The status of an actor: state, hybrid, non-state or unknown."""
        while actor:
            if actor in self.coded:
                return self.coded[actor][0]
            if self._kinds.get(actor) in _BY_KIND:
                return _BY_KIND[self._kinds[actor]]
            actor = self._parents.get(actor, "")
        return UNKNOWN

    def root(self, actor: str) -> str:
        """The topmost parent of an actor: Iran for the Quds Force, NATO for its missions."""
        while self._parents.get(actor):
            actor = self._parents[actor]
        return actor

    @cached_property
    def states(self) -> list[str]:
        """The ids of the actors of kind state."""
        return [actor for actor, kind in self._kinds.items() if kind == "state"]

    @cached_property
    def own(self) -> frozenset[str]:
        """The ids of the state of the case and of all actors below it."""
        home = self.case.actors.filter(pl.col("iso3") == self.case.country.iso3)["id"].to_list()
        return frozenset(actor for actor in self._parents if self.root(actor) in home)
