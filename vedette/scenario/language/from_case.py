"""What entries of a mechanism may look at while they are read: the case, and the day it is known on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from vedette.case import Case
from vedette.errors import DataError
from vedette.evidence import Ledger, read_ledger
from vedette.network import Monopoly, monopoly
from vedette.panel import Holdings, Panel, gather, panel_on, present
from vedette.scenario.language.answered_questions import AnsweredOne, read_answers

DRAWS = 4000
SEED = 20030320
"""The draws and the seed behind strengths and counts, as the commands and the brief have them by default."""
_READ = (
    *("actors.csv", "claims.csv", "forces.csv", "posture.csv", "observed.csv", "retractions.csv"),
    *("interventions.csv", "sources.csv", "timeline.csv", "totals.csv"),
)


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
        """Whether the tables that strengths and recipes are read from hold no mistakes."""
        return not any(file in self.unsure for file in _READ)

    @cached_property
    def arms(self) -> Monopoly | None:
        """The index of arms on the day; None without a day, or if no main force has a strength."""
        if self.as_of is None:
            return None
        return monopoly(self.ledger, self.as_of, DRAWS, SEED)

    @cached_property
    def answers(self) -> Mapping[str, tuple[AnsweredOne, ...]]:
        """What authors answered to test questions whose true value was known by the day."""
        return read_answers(self.case.folder, self.as_of)

    @cached_property
    def ledger(self) -> Ledger:
        """The claims as known on the day."""
        return read_ledger(self.case, self.as_of)

    @cached_property
    def whole_ledger(self) -> Ledger:
        """All claims of the case, to tell a name that it lacks from one that is known later."""
        return read_ledger(self.case)

    @cached_property
    def panel(self) -> Panel:
        """The panel as known on the day; without one, on the last day that the data cover.

        Raises:
            DataError: no events are known on it.
        """
        return panel_on(self._holdings, self.case, self._counted_to, SEED)

    @cached_property
    def day(self) -> date | None:
        """The day, else the last one that the counts cover; None without counts."""
        try:
            return self._counted_to
        except DataError:
            return self.as_of

    @cached_property
    def _holdings(self) -> Holdings:
        return gather(self.case, known_on=self.as_of)

    @property
    def _counted_to(self) -> date:
        found = self._holdings
        return self.as_of or present(found.cells, self.case, found.step, found.covers)
