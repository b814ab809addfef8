"""Do the monthly round of a case."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vedette.case import find_case, read_case
from vedette.case.writing import refuse_shipped
from vedette.commands.defaults import SEED
from vedette.commands.month_round import MonthRound, MonthStep, steps_done
from vedette.commands.month_steps import WORKS
from vedette.evidence import edition_of
from vedette.progress import Report, quiet

MONTH_STEPS = len(WORKS)
"""How many steps a round has."""


@dataclass(frozen=True)
class MonthResult:
    """A monthly round: its steps in their order, and the page of the draft."""

    case: str
    edition: str
    day: date
    steps: tuple[MonthStep, ...]

    def document(self) -> dict[str, Any]:
        """Returns case, edition and day, and for each step what came of it and where the whole stands."""
        return {
            "case": self.case,
            "edition": self.edition,
            "day": self.day.isoformat(),
            "steps": [asdict(step) for step in self.steps],
        }


def month(
    case: str,
    files: Sequence[Path] = (),
    *,
    as_of: date | None = None,
    edition: str | None = None,
    out: Path | None = None,
    seed: int = SEED,
    told: Callable[[MonthStep], None] = lambda step: None,
    report: Report = quiet,
) -> MonthResult:
    """Loads, checks, forecasts and registers, scores, says what changed, reads the signs, drafts the brief.

    A round that was stopped goes on where it stopped, as long as nothing in the case changed meanwhile.
    Nothing is issued.

    Args:
        case: a case of the user's own.
        files: event files to load first.
        as_of: use only what was known up to this day; that of the case if None, else the present.
        edition: for whom; the first edition of the case if None.
        out: the folder of the draft; by default ``build/`` and the id of the case.
        seed: of all random numbers.
        told: called with each step when it is done.
        report: called with what is being done.

    Raises:
        UsageError: the case comes with vedette; there is no such edition; files would lower the deaths of
            a month.
        CaseError: the case holds mistakes; the steps before it are done.
        DataError: an issue is not as it was issued.
    """
    refuse_shipped(find_case(case))
    read = edition_of(read_case(case), edition)
    day = as_of or read.as_of or date.today()
    folder = out or Path("build") / read.id
    asked = MonthRound(read, as_of, day, seed, tuple(files), folder, report)
    done = []
    for step in steps_done(asked, WORKS):
        told(step)
        done.append(step)
    return MonthResult(read.id, read.edition, day, tuple(done))
