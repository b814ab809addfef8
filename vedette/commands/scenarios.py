"""Compare the scenarios of a case: what if."""

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import polars as pl

from vedette.brief.scenario_tables import change_table, intervals, level_table, overview, spread_table
from vedette.brief.scenario_words import (
    Sentence,
    cautions,
    grounds,
    how_sure,
    sentences,
)
from vedette.brief.words import holds
from vedette.case import Case
from vedette.commands.age import DataAge
from vedette.commands.choosing_document import choosing_document
from vedette.commands.comparison_tables import percent_range
from vedette.commands.defaults import SEED
from vedette.commands.known import age_of, panel_of, without_place_document
from vedette.commands.shown_mechanism import shown_case, shown_mechanism
from vedette.errors import UsageError
from vedette.files import replace_file
from vedette.panel import WithoutPlace, told, without_place
from vedette.periods import Ahead, Span, Step
from vedette.problems import did_you_mean
from vedette.progress import Report, quiet
from vedette.scenario import (
    FUTURES,
    Coverage,
    Ensemble,
    Mechanism,
    grown,
    history_covers,
    kept_baseline,
    kept_hindcast,
    run,
    started_after,
)
from vedette.scenario.answers import tables as answers
from vedette.scenario.answers.rules_acted import rules_acted
from vedette.scenario.drivers import Choosing, Drivers, authors_of, deciding_quantities
from vedette.scenario.language.entries import Outcome


@dataclass(frozen=True)
class ScenarioComparison:
    """An ensemble and its answers over some months.

    Attributes:
        ensemble: the scenarios, the first of which the others are set against.
        months: the months asked for.
        outcomes: the ids of the outcomes asked for.
        levels: see `vedette.scenario.answers.tables.levels`; none of outcomes whose level is withheld.
        differences: see `vedette.scenario.answers.tables.differences`; of every pair.
        years: the levels by calendar year.
        places: the levels by place; empty unless asked for.
        deciding: see `vedette.scenario.drivers.deciding_quantities`.
    """

    ensemble: Ensemble
    months: Span
    outcomes: tuple[str, ...]
    levels: pl.DataFrame
    differences: pl.DataFrame
    years: pl.DataFrame
    places: pl.DataFrame
    deciding: pl.DataFrame

    @property
    def headline(self) -> Outcome:
        """The outcome that the sentences are about: of those asked for, the first with ``matters``."""
        asked = [self.ensemble.outcomes[name] for name in self.outcomes]
        return next((each for each in asked if each.matters), asked[0])

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """A sentence for each scenario."""
        return sentences(self.ensemble, self.headline, self.months, self.levels, self.differences)

    @cached_property
    def history(self) -> Coverage:
        """Whether past starts of the mechanism reached what came, for the outcome of the sentences."""
        mechanism = self.ensemble.mechanism
        return history_covers(mechanism, self.headline.id, kept_hindcast(mechanism))

    @cached_property
    def grounds(self) -> list[str]:
        """What the sentences rest on, a line for each thing to know."""
        return grounds(self.ensemble, self.history.sentence)

    @property
    def cautions(self) -> list[str]:
        """What the numbers of the sentences and the table alone do not tell, and how they were drawn."""
        told = cautions(self.ensemble, self.headline, self.outcomes, self.deciding)
        return [*told, how_sure(self.ensemble)]

    @property
    def rules(self) -> pl.DataFrame:
        """How often and when each rule acted; see `vedette.scenario.answers.rules_acted.rules_acted`."""
        return rules_acted(self.ensemble)

    def against_first(self, outcome: str) -> pl.DataFrame:
        """Returns the differences of an outcome from the first scenario; none where there is one scenario."""
        if self.differences.is_empty():
            return self.differences
        return self.differences.filter(outcome=outcome, against=self.ensemble.names[0])

    def intervals(self) -> list[dict[str, Any]]:
        """Returns the 90 % interval and middles of each outcome under each scenario, as they are drawn."""
        return intervals(self.ensemble, self.levels)

    def rule_lines(self) -> list[str]:
        """Returns in a sentence for each rule how often it acts, and when."""
        lines = []
        for row in self.rules.iter_rows(named=True):
            acted = f"acts in {percent_range([row['low'], row['high']])} of draws"
            when = f", in the median in {row['month']}" if row["month"] else ""
            name = self.ensemble.scenarios[self.ensemble.index(row["scenario"])].name
            lines.append(f"Rule of “{name}” ({row['rule']}): {acted}{when}.")
        return lines

    def overview(self) -> pl.DataFrame:
        """Returns a row for each outcome with a difference that matters, a column for each other scenario."""
        first = self.ensemble.names[0]
        changes = self.differences if self.differences.is_empty() else self.differences.filter(against=first)
        return overview(self.ensemble, self.outcomes, differences=changes)

    def level_table(self, outcome: str, by: Literal["", "year", "place"] = "") -> pl.DataFrame:
        """Returns an outcome by scenario, and by year or place, as it is read; empty without places."""
        table = {"": self.levels, "year": self.years, "place": self.places}[by]
        if table.is_empty():
            return table
        keys = [*filter(None, [by]), "scenario"]
        return level_table(self.ensemble, table.filter(outcome=outcome), keys=keys)

    def change_table(self, outcome: str) -> pl.DataFrame:
        """Returns how an outcome differs from the first scenario, by scenario and branch, as it is read."""
        return change_table(self.ensemble, self.against_first(outcome))

    def spread_table(self, outcome: str) -> pl.DataFrame:
        """Returns the parts of the spread of these differences, by scenario."""
        return spread_table(self.ensemble, self.against_first(outcome))


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

    @property
    def question(self) -> str:
        """The question of the case."""
        return self.comparison.ensemble.mechanism.case.question

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
            "question": self.question,
            "headline": comparison.headline.id,
            "sentences": [
                {"scenario": each.scenario, "text": each.text, "numbers": dict(each.numbers)}
                for each in comparison.sentences
            ],
            "grounds": comparison.grounds,
            "cautions": comparison.cautions,
            "history": comparison.history.verdict,
            "scenarios": scenarios,
            "rules": comparison.rules.to_dicts(),
            "months": [labels[0], labels[-1]],
            "moved": ensemble.mechanism.moved,
            "draws": ensemble.draws,
            "seed": ensemble.seed,
            "branches": ensemble.enumeration,
            "baseline": ensemble.baseline.source,
            **({"data": self.age.document()} if self.age else {}),
            **without_place_document(self.without_place),
            "mark": "assumed",
            "withheld": {name: ensemble.mechanism.withheld[name] for name in self._withheld()},
            "deciding": comparison.deciding.to_dicts(),
            "levels": comparison.levels.to_dicts(),
            "differences": comparison.differences.to_dicts(),
            "years": comparison.years.to_dicts(),
            "places": comparison.places.to_dicts(),
            **(_drivers_document(self.drivers) if self.drivers else {}),
            **({"choosing": choosing_document(self.choosing)} if self.choosing else {}),
        }

    def _withheld(self) -> list[str]:
        withheld = self.comparison.ensemble.mechanism.withheld
        return [name for name in self.comparison.outcomes if name in withheld]

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
    }


def ensemble(
    case: str,
    scenarios: Sequence[str] = (),
    *,
    as_of: date | None = None,
    edition: str | None = None,
    draws: int | None = None,
    seed: int = SEED,
    report: Report = quiet,
) -> Ensemble:
    """Simulates scenarios of a case, on top of what the pool forecasts from what was known on a day.

    Without scenarios, those that ``compared`` names in ``mechanisms.yaml``. Without a number of draws as many
    as it takes for the digits of the headline to hold, see `vedette.scenario.grown`. With an edition on what
    that holds; else on the whole case.

    Raises:
        CaseError: the case or its mechanism holds mistakes.
        UsageError: a scenario or an edition that is not known, a combination whose levers clash, or an
            edition that may not show the mechanism.
        DataError: the case has no mechanism, or one that ends in a month already known.
    """
    read = shown_case(case, edition)
    mechanism = shown_mechanism(read, as_of)
    chosen = tuple(scenarios) or mechanism.compared
    return simulate(read, mechanism, chosen=chosen, as_of=as_of, draws=draws, seed=seed, report=report)


def simulate(
    read: Case,
    mechanism: Mechanism,
    *,
    chosen: Sequence[str],
    as_of: date | None,
    draws: int | None,
    seed: int,
    report: Report,
) -> Ensemble:
    """Simulates scenarios of a mechanism above the forecast of its case; see `ensemble`."""
    for name in chosen:
        mechanism.scenario(name)
    report("Forecasting", 0.0)
    _, panel, day = panel_of(read, as_of, seed=seed, step=Step.MONTH)
    mechanism = started_after(mechanism, panel.grid.span.last, day)
    futures = FUTURES if draws is None else min(FUTURES, max(2, draws))
    baseline = kept_baseline(mechanism, panel, futures, seed)
    report("Forecasting", 1.0)
    if draws is not None:
        report("Simulating", 0.0)
        simulated = run(mechanism, chosen, baseline, draws, seed)
        report("Simulating", 1.0)
        return simulated
    return grown(mechanism, chosen, baseline, seed, holds, lambda share: report("Simulating", share))


def data_age(case: str, as_of: date | None = None, *, edition: str | None = None) -> DataAge:
    """Returns how far the counts and the claims of a case reach, as known on a day."""
    return age_of(shown_case(case, edition), as_of)


def unplaced_lines(found: Iterable[WithoutPlace]) -> list[str]:
    """Returns the line on deaths without a place that an answer must carry; none where they are few."""
    return told(found)


def unplaced_deaths(
    case: str, as_of: date | None = None, *, edition: str | None = None
) -> tuple[WithoutPlace, ...]:
    """Returns the deaths of a case without a place in the last two years, as known on a day."""
    read = shown_case(case, edition)
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
    decided = deciding_quantities(simulated, chosen, span)
    report("Comparing", 0.3)
    levels, years = answers.levels(simulated, chosen, span), answers.by_year(simulated, chosen, span)
    changes = answers.differences(simulated, chosen, span, every_pair=True, assumed=authors_of(decided))
    report("Comparing", 0.9)
    by_place = answers.by_place(simulated, chosen, span) if places else pl.DataFrame()
    report("Comparing", 1.0)
    return ScenarioComparison(simulated, span, chosen, levels, changes, years, by_place, decided)
