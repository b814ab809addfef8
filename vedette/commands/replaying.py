"""Replay a past day: what would have been said from what was known then, beside what came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from vedette.case import read_case
from vedette.commands.age import DataAge, age_of_counts
from vedette.commands.defaults import ENSEMBLE_DRAWS, SEED
from vedette.commands.known import panel_of
from vedette.errors import DataError
from vedette.periods import Step
from vedette.progress import Report, quiet
from vedette.scenario import FUTURES, Replay, kept_baseline, past_mechanism, replay, run


@dataclass(frozen=True, eq=False)
class ReplayResult:
    """The scenarios of a past day beside the deaths that came."""

    case: str
    replay: Replay
    age: DataAge

    def table(self) -> pl.DataFrame:
        """Returns a row for each group, scenario and month, with what came."""
        return self.replay.months()

    def document(self) -> dict[str, Any]:
        """Returns the scenarios of that day, sums and months with what came, and the scores."""
        ensemble = self.replay.ensemble
        scenarios = [{"id": each.id, "name": each.name, "author": each.author} for each in ensemble.scenarios]
        return {
            "case": self.case,
            "as_of": self.replay.as_of.isoformat(),
            "scenarios": scenarios,
            "draws": ensemble.draws,
            "seed": ensemble.seed,
            "baseline": ensemble.baseline.source,
            "data": self.age.document(),
            "sums": self.replay.sums().to_dicts(),
            "months": self.replay.months().to_dicts(),
            "scores": self.replay.scores().to_dicts(),
        }


def replayed(
    case: str,
    as_of: date,
    *,
    scenarios: Sequence[str] = (),
    draws: int = ENSEMBLE_DRAWS,
    seed: int = SEED,
    report: Report = quiet,
) -> ReplayResult:
    """Runs the scenarios of a past day from what was known then, and sets them beside what came.

    Raises:
        CaseError: the case, or its mechanism of that day, holds mistakes.
        UsageError: a scenario that is not known on that day.
        DataError: too little was known on that day to forecast, or nothing has come since.
    """
    read = read_case(case)
    mechanism = past_mechanism(read, as_of)
    chosen = list(scenarios) or list(mechanism.scenarios)
    for name in chosen:
        mechanism.scenario(name)
    report("Forecasting", 0.0)
    _, known, _ = panel_of(read, as_of, seed=seed, step=Step.MONTH)
    baseline = kept_baseline(mechanism, known, min(FUTURES, max(2, draws)), seed)
    report("Forecasting", 1.0)
    holdings, later, last = panel_of(read, None, seed=seed, step=Step.MONTH)
    if later.grid.span.last < mechanism.span.first:
        raise DataError(
            f"--as-of {as_of}: expected a day with months after it that the case counts; found {last} as the "
            "last day known. Ask as of an earlier day."
        )
    past = replay(run(mechanism, chosen, baseline, draws, seed), as_of, later)
    return ReplayResult(case, past, age_of_counts(read, holdings, panel=later))
