"""The rows that an imported file would add to a case."""

from collections.abc import Mapping
from dataclasses import dataclass

from vedette.evidence.exchange.left_out import LeftOut

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Proposed:
    """Rows to add to a case, the number of rows that the case has already, and what was left out.

    ``matched`` lists the entities taken for an actor of another name, ``doubtful`` those that share a short
    name with an actor and were taken for another.
    """

    actors: tuple[Cells, ...] = ()
    sources: tuple[Cells, ...] = ()
    claims: tuple[Cells, ...] = ()
    known: int = 0
    left_out: tuple[LeftOut, ...] = ()
    matched: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
