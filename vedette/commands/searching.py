"""Search for robust choices of one decision-maker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from vedette.case import read_case
from vedette.commands.defaults import SEED
from vedette.commands.known import panel_of
from vedette.errors import UsageError
from vedette.periods import Step
from vedette.plurals import counted
from vedette.problems import did_you_mean
from vedette.progress import Report, quiet
from vedette.scenario import FUTURES, Mechanism, kept_baseline, read_mechanism, started_after
from vedette.scenario.language.settings import in_words
from vedette.scenario.searching.robust import CRITERION
from vedette.scenario.searching.search import FRESH, Front
from vedette.scenario.searching.search import search as search_front

BUDGET = 480
"""Options that are evaluated in a search."""
SEARCH_DRAWS = 300
"""Draws on which each of them is judged."""


@dataclass(frozen=True, eq=False)
class FrontRow:
    """An option of a front: its letter or the scenario that holds it, in words, with its robust values."""

    name: str
    words: str
    scenario: str
    values: dict[str, float]


@dataclass(frozen=True, eq=False)
class SearchResult:
    """The front of a search, and the options of the scenarios that others beat."""

    case: str
    front: Front
    rows: tuple[FrontRow, ...]
    beaten: tuple[FrontRow, ...]

    @property
    def criterion(self) -> str:
        """The robust criterion in words."""
        return CRITERION

    @property
    def method(self) -> str:
        """The budget, what was tried and the draws, in words."""
        front = self.front
        worlds = counted(len(front.choices.worlds), "world")
        return (
            f"Budget {front.budget} evaluations (NSGA-II of Optuna), {front.tried} different options on "
            f"{front.draws // FRESH} draws in {worlds}; judged again on {front.draws} other "
            f"draws, where {front.fell} of those found fell behind. Seed {front.seed}."
        )

    def table(self) -> pl.DataFrame:
        """Returns a row for each option of the front."""
        return pl.DataFrame([{"option": row.name, **row.values, "words": row.words} for row in self.rows])

    def document(self) -> dict[str, Any]:
        """Returns the front, what was searched and how."""
        front = self.front
        outcomes = front.choices.mechanism.file.outcomes
        units = {each.id: {"unit": each.unit, "good": each.good} for each in outcomes}
        return {
            "case": self.case,
            "who": front.choices.who,
            "criterion": self.criterion,
            "method": self.method,
            "budget": front.budget,
            "tried": front.tried,
            "fell": front.fell,
            "draws": front.draws,
            "seed": front.seed,
            "mark": "assumed",
            "outcomes": {name: units[name] for name in front.outcomes},
            "levers": {lever: list(ends) for lever, ends in front.space.ranges.items()},
            "rules": len(front.space.rules),
            "front": [_row(row) for row in self.rows],
            "beaten": [_row(row) for row in self.beaten],
        }


def _row(row: FrontRow) -> dict[str, Any]:
    return {"option": row.name, "scenario": row.scenario, "words": row.words, "values": row.values}


def search(
    case: str,
    who: str,
    *,
    scenarios: Sequence[str] = (),
    outcomes: Sequence[str] = (),
    as_of: date | None = None,
    budget: int = BUDGET,
    draws: int = SEARCH_DRAWS,
    seed: int = SEED,
    report: Report = quiet,
) -> SearchResult:
    """Searches the levers and rules of one decision-maker for options that are robust.

    Scenarios say how far its levers may go, which rules it may follow and what everybody else may do; those
    that ``compared`` names, or all, if none are given. Outcomes are those with a threshold if none are given.

    Raises:
        CaseError: the case or its mechanism holds mistakes.
        UsageError: an actor, scenario or outcome that is not known, or too small a budget.
        DataError: the case has no mechanism, or one that ends in a month already known.
    """
    read = read_case(case)
    mechanism = read_mechanism(read, as_of)
    named = tuple(scenarios) or mechanism.file.compared or tuple(mechanism.scenarios)
    chosen = _outcomes(mechanism, outcomes)
    for name in named:
        mechanism.scenario(name)
    report("Forecasting", 0.0)
    _, panel, day = panel_of(read, as_of, seed=seed, step=Step.MONTH)
    mechanism = started_after(mechanism, panel.grid.span.last, day)
    baseline = kept_baseline(mechanism, panel, min(FUTURES, max(2, draws)), seed)

    def progress(share: float) -> None:
        report("Searching", share)

    front = search_front(mechanism, named, who, chosen, baseline, budget, draws, seed, progress)
    return _result(case, front)


def _outcomes(mechanism: Mechanism, outcomes: Sequence[str]) -> tuple[str, ...]:
    known = {outcome.id: outcome for outcome in mechanism.file.outcomes}
    for name in outcomes:
        if name not in known:
            raise UsageError(f"there is no outcome {name!r}. {did_you_mean(name, list(known))}")
        if name in mechanism.withheld:
            reason = f"its level is withheld, since {mechanism.withheld[name]}"
            raise UsageError(f"{name}: {reason}. Search for other outcomes.")
    judged = tuple(n for n, outcome in known.items() if outcome.threshold and n not in mechanism.withheld)
    return tuple(dict.fromkeys(outcomes)) or judged or tuple(known)


def _result(case: str, front: Front) -> SearchResult:
    mechanism = front.choices.mechanism
    said = in_words(mechanism, [*front.options, *(setting for setting, _ in front.beaten)])
    rows = []
    for place, (option, given) in enumerate(zip(front.options, front.given, strict=True)):
        values = dict(zip(front.outcomes, map(float, front.values[place]), strict=True))
        scenario = option.scenario if given else ""
        rows.append(FrontRow(_letter(place), said[option.scenario], scenario, values))
    below = tuple(
        FrontRow(
            setting.scenario,
            said[setting.scenario],
            setting.scenario,
            dict(zip(front.outcomes, map(float, values), strict=True)),
        )
        for setting, values in front.beaten
    )
    return SearchResult(case, front, tuple(rows), below)


def _letter(place: int) -> str:
    """``A`` to ``Z``, then ``A2`` and so on."""
    number, letter = divmod(place, 26)
    return chr(ord("A") + letter) + (str(number + 1) if number else "")
