"""The standing of an actor on a day: its status, the topmost parent, and whether it is foreign."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from vedette.case import Case
from vedette.case.forces import CodedForce, coded_forces, forces_on

STATUSES = ("state", "hybrid", "non-state", "foreign")
UNKNOWN = "unknown"
_NON_STATE = ("armed-group", "party", "tribe")


@dataclass(frozen=True, eq=False)
class Standing:
    """The actors of a case on a day.

    The status is the one in forces.csv. Without a row there it follows from the kind: armed groups,
    parties and tribes are `non-state`; the state of the case and its institutions are `state`, other
    states and what is theirs `foreign`; a force has the status of its parent; all others are `unknown`.
    """

    case: Case
    at: date

    @cached_property
    def coded(self) -> Mapping[str, CodedForce]:
        """The row of forces.csv that holds on the day, by force."""
        return forces_on(coded_forces(self.case.forces), self.at)

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        return self._column("kind")

    @cached_property
    def _parents(self) -> Mapping[str, str]:
        return self._column("parent")

    def _column(self, name: str) -> Mapping[str, str]:
        """A column of actors.csv by id."""
        return dict(zip(self.case.actors["id"].to_list(), self.case.actors[name].to_list(), strict=True))

    def kind(self, actor: str) -> str:
        """The kind of an actor; empty if the case has none of that id."""
        return self._kinds.get(actor, "")

    def status(self, actor: str) -> str:
        """The status of an actor: state, hybrid, non-state, foreign or unknown."""
        kinds, parents, coded = self._kinds, self._parents, self.coded
        while actor:
            kind = kinds.get(actor)
            if actor in coded:
                return coded[actor].status
            if kind in _NON_STATE:
                return "non-state"
            if kind in ("state", "institution") and actor in self.own:
                return "state"
            if kind == "state":
                return "foreign" if self.own else "state"
            actor = parents.get(actor, "")
        return UNKNOWN

    def root(self, actor: str) -> str:
        """The topmost parent of an actor: Iran for the Quds Force, NATO for its missions."""
        parents = self._parents
        while above := parents.get(actor):
            actor = above
        return actor

    def wholes(self, actor: str) -> frozenset[str]:
        """The actors that hold an actor, by forces.csv or as its parent."""
        held, reached = [actor], set[str]()
        while held:
            one = held.pop()
            part_of = self.coded[one].part_of if one in self.coded else ""
            above = {part_of, self._parents.get(one, "")} - {"", actor} - reached
            reached |= above
            held += above
        return frozenset(reached)

    @cached_property
    def states(self) -> list[str]:
        """The ids of the actors of kind state."""
        return [actor for actor, kind in self._kinds.items() if kind == "state"]

    @cached_property
    def own(self) -> frozenset[str]:
        """The ids of the state of the case and of all actors below it; none if no actor has its code."""
        home = self.case.actors.filter(pl.col("iso3") == self.case.country.iso3)["id"].to_list()
        beneath: dict[str, list[str]] = {}
        for actor, parent in self._parents.items():
            beneath.setdefault(parent, []).append(actor)
        found, waiting = set[str](), [actor for actor in home if not self._parents[actor]]
        while waiting:
            actor = waiting.pop()
            found.add(actor)
            waiting += beneath.get(actor, ())
        return frozenset(found)
