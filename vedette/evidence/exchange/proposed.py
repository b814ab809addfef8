"""The rows that an imported file would add to a case."""

from collections.abc import Mapping
from dataclasses import dataclass

from vedette.evidence.exchange.left_out import LeftOut
from vedette.evidence.exchange.matching import EntityMatch

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Proposed:
    """Rows to add to a case, the number of rows that the case has already, and what was left out.

    ``matched`` lists the entities taken for an actor of the case, ``doubtful`` those that share a name with
    one and were taken for another.
    """

    actors: tuple[Cells, ...] = ()
    sources: tuple[Cells, ...] = ()
    claims: tuple[Cells, ...] = ()
    sites: tuple[Cells, ...] = ()
    timeline: tuple[Cells, ...] = ()
    known: int = 0
    left_out: tuple[LeftOut, ...] = ()
    matched: tuple[EntityMatch, ...] = ()
    doubtful: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing would be added."""
        return not (self.actors or self.sources or self.claims or self.sites or self.timeline)
