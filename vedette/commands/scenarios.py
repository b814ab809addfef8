"""Compare the scenarios of a case: what if."""

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from vedette.brief.odds import better_in_words, odds_in_words
from vedette.case import read_case
from vedette.commands.age import DataAge
from vedette.commands.choosing_document import choosing_document
from vedette.commands.defaults import ENSEMBLE_DRAWS, SEED
from vedette.commands.known import age_of, panel_of, without_place_document
from vedette.errors import UsageError
from vedette.files import replace_file
from vedette.panel import WithoutPlace, told, without_place
from vedette.periods import Ahead, Span, Step
from vedette.problems import did_you_mean
from vedette.progress import Report, quiet
from vedette.scenario import FUTURES, Ensemble, kept_baseline, read_mechanism, run, started_after
from vedette.scenario.answers import tables as answers
from vedette.scenario.drivers import Choosing, Drivers


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

    def odds(self, chances: Sequence[float]) -> str:
        """Returns a chance in the words of the case's scale, over branches the lowest and the highest."""
        return odds_in_words(self.ensemble, chances)

    def better(self, differences: pl.DataFrame) -> str:
        """Returns the odds of being better than the first, from the rows of one outcome and scenario."""
        return better_in_words(self.ensemble, differences)


@dataclass(frozen=True)
class CompareResult:
    """Scenarios compared, and what drives the answers where it was asked for."""

    case: str
    comparison: ScenarioComparison
    drivers: Drivers | None = None
    choosing: Choosing | None = None
    """What a decision-maker can regret, where it was asked for."""
    age: DataAge | None = None
    without_place: tuple[WithoutPlace, ...] = ()
    """The deaths without a place in the last two years, where places are shown."""

    def table(self) -> pl.DataFrame:
        """Returns a row for each outcome, scenario and branch."""
        return self.comparison.levels

    def document(self) -> dict[str, Any]:
        """Returns the terms of the comparison, its tables, and those of what drives it."""
        comparison = self.comparison
        ensemble, labels = comparison.ensemble, comparison.months.labels()
        scenarios = [{"id": each.id, "name": each.name, "author": each.author} for each in ensemble.scenarios]
        return {
            "case": self.case,
            "scenarios": scenarios,
            "months": [labels[0], labels[-1]],
            "moved": ensemble.mechanism.moved,
            "draws": ensemble.draws,
            "seed": ensemble.seed,
            "branches": ensemble.enumeration,
            "baseline": ensemble.baseline.source,
            **({"data": self.age.document()} if self.age else {}),
            **without_place_document(self.without_place),
            "mark": "assumed",
            "levels": comparison.levels.to_dicts(),
            "differences": comparison.differences.to_dicts(),
            "years": comparison.years.to_dicts(),
            "places": comparison.places.to_dicts(),
            **(_drivers_document(self.drivers) if self.drivers else {}),
            **({"choosing": choosing_document(self.choosing)} if self.choosing else {}),
        }

    def write(self, out: Path) -> Path:
        """Writes everything as .json, or the levels of the outcomes as .csv or .parquet.

        Raises:
            UsageError: another ending.
            StorageError: the file cannot be written; what stood there before is untouched.
        """
        check_ending(out)
        levels = self.comparison.levels
        if out.suffix == ".json":
            content = (json.dumps(self.document(), ensure_ascii=False, indent=2) + "\n").encode()
        elif out.suffix == ".csv":
            content = levels.write_csv().encode()
        else:
            table = io.BytesIO()
            levels.write_parquet(table)
            content = table.getvalue()
        return replace_file(out, content, "Choose another with --out.")


def check_ending(out: Path) -> None:
    """Refuses a file that a comparison cannot be written to, before the work is done.

    Raises:
        UsageError: the name does not end in .json, .csv or .parquet.
    """
    if out.suffix not in (".json", ".csv", ".parquet"):
        raise UsageError(f"--out {out.name}: expected a name that ends in .json, .csv or .parquet.")


def _drivers_document(drivers: Drivers) -> dict[str, Any]:
    return {
        "drivers": drivers.inputs.to_dicts(),
        "tipping": drivers.tipping.to_dicts(),
        "boxes": drivers.boxes.to_dicts(),
        "robustness": drivers.robustness.to_dicts(),
        "trade_offs": drivers.trade_offs.to_dicts(),
        "dominated": drivers.dominated,
        "signs": drivers.signs.to_dicts(),
        "false_alarms": drivers.false_alarms,
    }


def ensemble(
    case: str,
    scenarios: Sequence[str],
    *,
    as_of: date | None = None,
    draws: int = ENSEMBLE_DRAWS,
    seed: int = SEED,
    report: Report = quiet,
) -> Ensemble:
    """Simulates scenarios of a case, on top of what the pool forecasts from what was known on a day.

    Raises:
        CaseError: the case or its mechanism holds mistakes.
        UsageError: a scenario that is not known, or a combination whose levers clash.
        DataError: the case has no mechanism, or one that ends in a month already known.
    """
    read = read_case(case)
    mechanism = read_mechanism(read, as_of)
    for name in scenarios:
        mechanism.scenario(name)
    report("Forecasting", 0.0)
    _, panel, day = panel_of(read, as_of, seed=seed, step=Step.MONTH)
    mechanism = started_after(mechanism, panel.grid.span.last, day)
    baseline = kept_baseline(mechanism, panel, min(FUTURES, max(2, draws)), seed)
    report("Forecasting", 1.0)
    report("Simulating", 0.0)
    simulated = run(mechanism, scenarios, baseline, draws, seed)
    report("Simulating", 1.0)
    return simulated


def data_age(case: str, as_of: date | None = None) -> DataAge:
    """Returns how far the counts and the claims of a case reach, as known on a day."""
    return age_of(read_case(case), as_of)


def unplaced_lines(found: Iterable[WithoutPlace]) -> list[str]:
    """Returns the line on deaths without a place that an answer must carry; none where they are few."""
    return told(found)


def unplaced_deaths(case: str, as_of: date | None = None) -> tuple[WithoutPlace, ...]:
    """Returns the deaths of a case without a place in the last two years, as known on a day."""
    read = read_case(case)
    return without_place(panel_of(read, as_of, seed=SEED)[1], read)


def compare(
    simulated: Ensemble,
    outcomes: Sequence[str] = (),
    *,
    months: Ahead | None = None,
    places: bool = False,
    report: Report = quiet,
) -> ScenarioComparison:
    """Returns outcomes by scenario, what changes against the first of them, by year, and by place if asked.

    Raises:
        UsageError: an outcome that is not known, or months that were not simulated.
    """
    chosen = tuple(outcomes) or tuple(simulated.outcomes)
    for name in chosen:
        if name not in simulated.outcomes:
            raise UsageError(f"there is no outcome {name!r}. {did_you_mean(name, list(simulated.outcomes))}")
    own = simulated.span
    asked = months or Ahead(1, len(own))
    span = Span(own.first + asked.first - 1, own.first + asked.last - 1, own.step)
    report("Comparing", 0.0)
    comparison = ScenarioComparison(
        simulated,
        span,
        chosen,
        answers.levels(simulated, chosen, span),
        answers.differences(simulated, chosen, span),
        answers.by_year(simulated, chosen, span),
        answers.by_place(simulated, chosen, span) if places else pl.DataFrame(),
    )
    report("Comparing", 1.0)
    return comparison
