"""Run the mechanism of a case from past days, and hold it against what came."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from vedette.case import find_case, workspace_of
from vedette.commands.age import DataAge, age_of_counts
from vedette.commands.defaults import SEED
from vedette.commands.known import panel_of
from vedette.commands.shown_mechanism import shown_case, shown_mechanism
from vedette.errors import DataError, UsageError
from vedette.evidence import read_ledger
from vedette.files import HINDCASTS
from vedette.panel import Panel
from vedette.periods import Step
from vedette.progress import Report, quiet
from vedette.scenario import Mechanism, kept_baseline
from vedette.scenario.hindcast.kept import keep_hindcast
from vedette.scenario.hindcast.starts import past_start
from vedette.scenario.hindcast.trials import PastRun, asked_chances, months_needed, trial
from vedette.scenario.hindcast.weights import branch_weights

FUTURES = 1000
"""Futures of the forecast of a past day."""


@dataclass(frozen=True, eq=False)
class HindcastResult:
    """The starts of a hindcast, fitted ones and those held back, with what was asked of them."""

    case: str
    mechanism: Mechanism
    trials: tuple[PastRun, ...]
    held: frozenset[str]
    seed: int
    age: DataAge

    def rows(self, held: bool) -> pl.DataFrame:
        """Returns a row for each start and outcome, of fitted starts or of those held back."""
        rows = [
            {"start": each.past.start, **row}
            for each in self.trials
            if (each.past.start in self.held) == held
            for row in each.rows
        ]
        return pl.DataFrame(rows, infer_schema_length=None)

    def table(self) -> pl.DataFrame:
        """Returns a row for each start and outcome; ``held_back`` says which starts nobody fitted."""
        tables = [
            rows.with_columns(held_back=pl.lit(held))
            for held in (False, True)
            if not (rows := self.rows(held)).is_empty()
        ]
        return pl.concat(tables, how="vertical_relaxed") if tables else pl.DataFrame()

    @property
    def main(self) -> list[str]:
        """The nodes to show first: deaths of all groups together, and stocks on record."""
        deaths = [row for each in self.trials for row in each.rows if row["crps_forecast"] is not None]
        widest = max(deaths, key=_reach, default=None)
        stocks = [stock.id for stock in self.mechanism.file.stocks if stock.record is not None]
        return [str(widest["node"]), *stocks] if widest else stocks

    def asked(self) -> list[dict[str, object]]:
        """Returns the chances that the case asks for, of the starts that were run."""
        return [row for each in self.trials for row in asked_chances(self.mechanism, each)]

    def weights(self) -> list[dict[str, object]]:
        """Returns the weight that each branch earned by the deaths of two years, on fitted starts alone."""
        return list(branch_weights(self.mechanism.file.alternatives, self._told()))

    def _told(self) -> dict[str, list[dict[str, object]]]:
        """For each fitted start the rows by branch of its widest outcome of deaths, over the most months."""
        told = {}
        for each in self.trials:
            if each.past.start not in self.held and each.branches:
                last = max(each.branches, key=_reach)
                of_last = (last["node"], last["months"])
                told[each.past.start] = [
                    dict(row) for row in each.branches if (row["node"], row["months"]) == of_last
                ]
        return told

    def untested(self) -> list[str]:
        """Returns the names of the stocks that no data can contradict: indices without a record."""
        stocks = self.mechanism.file.stocks
        return [stock.name for stock in stocks if stock.record is None and stock.unit == "index"]

    def document(self) -> dict[str, Any]:
        """Returns the starts with what came, the chances asked for, the weights, and what no data test."""
        return {
            "case": self.case,
            "starts": [
                {
                    "start": each.past.start,
                    "held_back": each.past.start in self.held,
                    "as_of": each.past.day.isoformat(),
                    "baseline": each.ensemble.baseline.source,
                    "drawn": dict(each.drawn),
                    "upper_bounds": list(each.past.upper_bounds),
                    "rows": list(each.rows),
                }
                for each in self.trials
            ],
            "asked": self.asked(),
            "weights": self.weights(),
            "no_data_test": self.untested(),
            "draws": self.trials[0].ensemble.draws,
            "seed": self.seed,
            "data": self.age.document(),
        }


def _reach(row: Mapping[str, object]) -> tuple[float, float]:
    return float(str(row["months"])), float(str(row["came"]))


def hindcast(
    case: str,
    *,
    starts: Sequence[str] = (),
    held: bool = False,
    edition: str | None = None,
    seed: int = SEED,
    report: Report = quiet,
) -> HindcastResult:
    """Runs the mechanism of a case from past days: those that it was fitted on, with ``held`` the others too.

    With an edition it is run on what that holds; else on the whole case, of which an edition that withholds
    something does not tell. What came of all starts is kept in ``hindcasts/``.

    Raises:
        CaseError: the case or its mechanism holds mistakes.
        DataError: the case names no past days, or too little was known on one of them.
        UsageError: a start or an edition that the case does not have, or an edition that may not show the
            mechanism.
    """
    read = shown_case(case, edition)
    mechanism = shown_mechanism(read, None)
    chosen = _chosen(mechanism, starts, held=held)
    holdings, later, _ = panel_of(read, None, seed=seed, step=Step.MONTH)
    ledger = read_ledger(read, read.as_of)
    trials = []
    for place, start in enumerate(chosen):
        report(f"Running from {start}", place / len(chosen))
        past = past_start(mechanism, start, months_needed(mechanism))
        _, known, _ = panel_of(read, past.day, seed=seed, step=Step.MONTH)
        _check_reach(known, start)
        baseline = kept_baseline(past.mechanism, known, FUTURES, seed)
        trials.append(trial(mechanism, past, baseline, known, later, ledger, seed))
    report("Running from past days", 1.0)
    back = frozenset(mechanism.file.hindcast.held if mechanism.file.hindcast else ())
    age = age_of_counts(read, holdings, panel=later)
    result = HindcastResult(case, mechanism, tuple(trials), back, seed, age)
    if not starts:
        keep_hindcast(mechanism, result.document())
    return result


def _chosen(mechanism: Mechanism, starts: Sequence[str], *, held: bool) -> tuple[str, ...]:
    hindcast = mechanism.file.hindcast
    if hindcast is None:
        raise DataError(
            "mechanisms.yaml: expected hindcast: with past months to start from; found none. "
            "Add one, like: hindcast: {fit: [2011-12], held: [2013-01]}."
        )
    for start in starts:
        if start not in hindcast.starts:
            known = ", ".join(hindcast.starts)
            raise UsageError(f"--start {start}: expected a start of hindcast: in mechanisms.yaml: {known}.")
    return tuple(starts) or (*hindcast.fit, *(hindcast.held if held else ()))


def _check_reach(known: Panel, start: str) -> None:
    if len(known.grid.span) < 2:
        raise DataError(f"--start {start}: too few months were counted before it. Choose a later one.")


def hindcasts_kept(case: str) -> str:
    """Returns a short name of what is kept of hindcasts of a case; empty for none.

    It is another one after one was run. Answers about scenarios say what the last hindcast came to.
    """
    folder = workspace_of(find_case(case)) / HINDCASTS
    found = sorted((path.name, path.stat().st_mtime_ns) for path in folder.glob("*.json"))
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16] if found else ""
