"""Ask what if: the mechanism of a case, and its scenarios compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from vedette.case import read_case
from vedette.commands.known import panel_of
from vedette.errors import DataError, UsageError
from vedette.periods import Ahead, Span, Step
from vedette.problems import did_you_mean
from vedette.progress import Report
from vedette.scenario import (
    FUTURES,
    Ensemble,
    Mechanism,
    Replay,
    kept_baseline,
    past_mechanism,
    read_mechanism,
    replay,
    run,
)
from vedette.scenario.answers import rests_on, write_diagram
from vedette.scenario.answers import tables as answers

ENSEMBLE_DRAWS = 3000


@dataclass(frozen=True)
class ScenarioComparison:
    """An ensemble and its answers over some months; ``places`` is empty unless asked for."""

    ensemble: Ensemble
    months: Span
    outcomes: tuple[str, ...]
    levels: pl.DataFrame
    differences: pl.DataFrame
    years: pl.DataFrame
    places: pl.DataFrame


def mechanisms(case: str) -> tuple[Mechanism, list[dict[str, object]]]:
    """The mechanism of a case, and a row for everything that it rests on with the outcomes that it moves."""
    made = read_mechanism(read_case(case))
    return made, rests_on(made)


def write_mechanisms(made: Mechanism, rows: Sequence[Mapping[str, object]], out: Path) -> Path:
    """Writes the diagram of a mechanism as .svg or .html."""
    return write_diagram(made, rows, out)


def ensemble(
    case: str, scenarios: Sequence[str], as_of: date | None, draws: int, seed: int, report: Report
) -> Ensemble:
    """All draws of some scenarios of a case, above what the pool forecasts from what was known on a day.

    Raises:
        CaseError: the case or its mechanism holds mistakes.
        UsageError: a scenario that is not known, or a combination whose levers clash.
        DataError: the case has no mechanism, or one that starts in a month already known.
    """
    read = read_case(case)
    mechanism = read_mechanism(read, as_of)
    for name in scenarios:
        mechanism.scenario(name)
    report("Forecasting", 0.0)
    _, panel, _ = panel_of(read, as_of, seed=seed, step=Step.MONTH)
    baseline = kept_baseline(mechanism, panel, min(FUTURES, max(2, draws)), seed)
    report("Forecasting", 1.0)
    report("Simulating", 0.0)
    made = run(mechanism, scenarios, baseline, draws, seed)
    report("Simulating", 1.0)
    return made


def compare(
    made: Ensemble, outcomes: Sequence[str], months: Ahead | None, report: Report, places: bool = False
) -> ScenarioComparison:
    """Outcomes by scenario, what changes against the first of them, and by year and place.

    Raises:
        UsageError: an outcome that is not known, or months that were not simulated.
    """
    chosen = tuple(outcomes) or tuple(made.outcomes)
    for name in chosen:
        if name not in made.outcomes:
            raise UsageError(f"there is no outcome {name!r}. {did_you_mean(name, list(made.outcomes))}")
    own = made.span
    asked = months or Ahead(1, len(own))
    span = Span(own.first + asked.first - 1, own.first + asked.last - 1, own.step)
    report("Comparing", 0.0)
    found = ScenarioComparison(
        made,
        span,
        chosen,
        answers.levels(made, chosen, span),
        answers.differences(made, chosen, span),
        answers.by_year(made, chosen, span),
        answers.by_place(made, chosen, span) if places else pl.DataFrame(),
    )
    report("Comparing", 1.0)
    return found


def replayed(
    case: str, as_of: date, scenarios: Sequence[str], draws: int, seed: int, report: Report
) -> Replay:
    """What would have been said on a past day from what was known then, beside what came.

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
    _, later, last = panel_of(read, None, seed=seed, step=Step.MONTH)
    if later.grid.span.last < mechanism.span.first:
        raise DataError(
            f"--as-of {as_of}: expected a day with months after it that the case counts; found {last} as the "
            "last day known. Ask as of an earlier day."
        )
    return replay(run(mechanism, chosen, baseline, draws, seed), as_of, later)
