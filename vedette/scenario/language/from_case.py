"""What entries of a mechanism may look at while they are read: the case, and the day it is known on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from vedette.case import Case
from vedette.evidence import read_ledger
from vedette.network import Monopoly, monopoly

DRAWS = 4000
SEED = 20030320
"""The draws and the seed behind strengths, as the commands and the brief have them by default."""
_READ = ("actors.csv", "claims.csv", "forces.csv", "retractions.csv", "sources.csv")


@dataclass(frozen=True, eq=False)
class FromCase:
    """A case as known on a day.

    Attributes:
        case: the case.
        as_of: the day; None for a case without an as-of.
        unsure: tables of the case that hold mistakes.
    """

    case: Case
    as_of: date | None
    unsure: Collection[str] = ()

    @property
    def countable(self) -> bool:
        """Whether the tables that strengths are read from hold no mistakes."""
        return not any(file in self.unsure for file in _READ)

    @cached_property
    def arms(self) -> Monopoly | None:
        """The index of arms on the day; None without a day, or if no main force has a strength."""
        if self.as_of is None:
            return None
        return monopoly(read_ledger(self.case, self.as_of), self.as_of, DRAWS, SEED)
