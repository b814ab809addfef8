"""Signs of a case, and which scenario and branch the months since speak for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from vedette.case import read_case
from vedette.commands.defaults import SEED
from vedette.commands.known import panel_of
from vedette.errors import DataError
from vedette.panel import Panel
from vedette.periods import Step
from vedette.progress import Report, quiet
from vedette.scenario import FUTURES, Ensemble, Mechanism, kept_baseline, read_mechanism, run, started_after
from vedette.scenario.tracking.alarms import FIRED as FIRED
from vedette.scenario.tracking.sign_table import SignRow, sign_rows
from vedette.scenario.tracking.sign_words import false_in_words as false_in_words
from vedette.scenario.tracking.sign_words import state_in_words as state_in_words

SIGN_DRAWS = 1000


@dataclass(frozen=True, eq=False)
class SignsResult:
    """The early signs of a case as known on a day, each with its alarm."""

    case: str
    day: date
    rows: tuple[SignRow, ...]
    draws: int
    seed: int

    def table(self) -> pl.DataFrame:
        """Returns a row for each sign."""
        return pl.DataFrame([row.document() for row in self.rows], infer_schema_length=None)

    def document(self) -> dict[str, Any]:
        """Returns the day, and for each sign its measure, value and alarm, and how often that is false."""
        return {
            "case": self.case,
            "as_of": self.day.isoformat(),
            "draws": self.draws,
            "seed": self.seed,
            "signs": [row.document() for row in self.rows],
        }


def signs(
    case: str, *, as_of: date | None = None, draws: int = SIGN_DRAWS, seed: int = SEED, report: Report = quiet
) -> SignsResult:
    """Returns the early signs of a case: who measures each, its value on a day, fired or not, false alarms.

    How often an alarm is false comes from the record, and from simulated futures of the base scenario.

    Raises:
        CaseError: the case or its mechanism holds mistakes.
        DataError: the case has no mechanism, or one without signs.
    """
    read = read_case(case)
    mechanism = read_mechanism(read, as_of)
    if not mechanism.file.signs:
        raise DataError(
            f"{read.id}: expected signs in mechanisms.yaml; found none. Write under `signs:` what to "
            "watch and what measures it: see the reference of mechanisms.yaml."
        )
    _, panel, day = panel_of(read, as_of, seed=seed, step=Step.MONTH)
    mechanism = started_after(mechanism, panel.grid.span.last, day)
    report("Forecasting", 0.0)
    ensemble = _simulated(mechanism, panel, draws, seed)
    report("Forecasting", 1.0)
    return SignsResult(read.id, day, tuple(sign_rows(mechanism, panel, day, ensemble)), draws, seed)


def _simulated(mechanism: Mechanism, panel: Panel, draws: int, seed: int) -> Ensemble:
    """The base scenario above the forecast of a panel."""
    baseline = kept_baseline(mechanism, panel, min(FUTURES, max(2, draws)), seed)
    return run(mechanism, [mechanism.file.base], baseline, draws, seed)
