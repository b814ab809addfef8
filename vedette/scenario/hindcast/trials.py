"""One start of a hindcast: the mechanism's draws beside the forecast alone, conflictology and what came."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from vedette.evidence import Ledger
from vedette.model import By, FloatArray, Measure, counted_history, forecast
from vedette.model.baseline_models import Conflictology
from vedette.panel import Panel
from vedette.periods import Step, label, last_day, parse
from vedette.scenario.engine.baseline import Baseline
from vedette.scenario.engine.ensemble import Ensemble
from vedette.scenario.engine.running import run_with
from vedette.scenario.hindcast.levers import lever_draws
from vedette.scenario.hindcast.starts import AS_IT_WENT, UNCHANGED, PastStart, recorded_strengths
from vedette.scenario.hindcast.truths import (
    CountedStrength,
    belongs,
    deaths_that_came,
    groups_of,
    strength_that_came,
)
from vedette.scenario.language.entries import EventGroup
from vedette.scenario.language.mechanism import Mechanism
from vedette.score.rules import fair_crps

HORIZONS = (12, 24)
"""Months after a start at which it is held against what came."""
DRAWS = 1998
Row = dict[str, object]


@dataclass(frozen=True, eq=False)
class PastRun:
    """A start with its draws and rows; ``drawn`` says what no record bears, and from which range it comes.

    ``rows`` has one for each node and number of months that something came to be held against: ``node, name,
    unit, months, came`` (None where only an upper bound is known), ``came_low, came_high, low, median, high,
    crps, crps_unchanged, crps_forecast, crps_conflictology, width_ratio, inside, below`` (the share of draws
    below what came) and ``verdict``. ``branches`` has the CRPS and the log density of the truth by branch.
    """

    past: PastStart
    ensemble: Ensemble
    rows: tuple[Row, ...]
    branches: tuple[Row, ...]
    drawn: Mapping[str, str]


def months_needed(today: Mechanism) -> int:
    """The months that every start is run for: two years, or as many as some chance is asked for."""
    asked = today.file.hindcast.asked if today.file.hindcast else ()
    ends = [parse(entry.by, Step.MONTH) - parse(entry.start, Step.MONTH) + 1 for entry in asked]
    return max([max(HORIZONS), *ends])


def simulate_start(
    today: Mechanism, past: PastStart, baseline: Baseline, seed: int, draws: int = DRAWS
) -> tuple[Ensemble, dict[str, str]]:
    """The draws of a start under both scenarios of levers, and what no record bears."""
    later = last_day(parse(today.file.start, Step.MONTH) - 1, Step.MONTH)
    paths, stood, ranges = lever_draws(today, past, later, draws, seed)
    ensemble = run_with(past.mechanism, (AS_IT_WENT, UNCHANGED), baseline, paths, stood, seed)
    return ensemble, {**past.drawn, **ranges}


def trial(
    today: Mechanism,
    past: PastStart,
    baseline: Baseline,
    known: Panel,
    later: Panel,
    ledger: Ledger,
    seed: int,
) -> PastRun:
    """Runs the mechanism from a start and holds it against what came.

    Args:
        today: the mechanism of the case.
        past: the same as of the day before the start.
        baseline: the forecast of that day.
        known: the panel as known on that day.
        later: the panel as known today.
        ledger: the claims as known today.
        seed: of the random numbers.
    """
    ensemble, drawn = simulate_start(today, past, baseline, seed)
    made = _Rows(today, past, ensemble, known, later, ledger, seed)
    rows, branches = made.all()
    return PastRun(past, ensemble, rows, branches, drawn)


@dataclass(frozen=True, eq=False)
class _Rows:
    today: Mechanism
    past: PastStart
    ensemble: Ensemble
    known: Panel
    later: Panel
    ledger: Ledger
    seed: int

    def all(self) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        made = [*self._deaths(), *self._strengths()]
        return tuple(row for row, _ in made), tuple(row for _, rows in made for row in rows)

    def _deaths(self) -> Iterator[tuple[Row, list[Row]]]:
        file = self.past.mechanism.file
        nodes = {outcome.of: outcome.name for outcome in file.outcomes}
        for node, name in nodes.items():
            groups = groups_of(file, node)
            if not groups or len({group.measure for group in groups}) > 1:
                continue
            came = deaths_that_came(self.past.mechanism, groups, self.later)
            unit = "deaths" if groups[0].measure == "deaths" else "events"
            for months in HORIZONS:
                if not np.isnan(came[:months]).any():
                    head = {"node": node, "name": name, "unit": unit, "months": months}
                    yield self._held(head, groups, months, float(came[:months].sum()))

    def _held(
        self, head: Row, groups: tuple[EventGroup, ...], months: int, came: float
    ) -> tuple[Row, list[Row]]:
        """A row of deaths over some months."""
        parts = [self._group(group, months) for group in groups]
        went, unchanged = np.sum(parts, axis=0)
        alone = sum(self.ensemble.baseline.group(group)[:, :months].sum(axis=1) for group in groups)
        row = {**head, **_against(went, came), "came_low": came, "came_high": came}
        row |= {
            "crps_unchanged": crps(unchanged, came),
            "crps_forecast": crps(np.asarray(alone, dtype=np.float64), came),
            "crps_conflictology": crps(self._conflictology(groups, months), came),
            "width_ratio": _width(went) / max(_width(np.asarray(alone, dtype=np.float64)), 1e-9),
        }
        return row, list(self._by_branch(head, went, came))

    def _group(self, group: EventGroup, months: int) -> FloatArray:
        """Deaths of a group over some months in each scenario, (2, S)."""
        ensemble = self.ensemble
        alone = ensemble.baseline.group(group)[ensemble.future, :months].astype(np.float64)
        factor = ensemble.path(f"*{group.id}")[:, :, :months].astype(np.float64)
        return np.asarray((alone * factor).sum(axis=2))

    def _conflictology(self, groups: tuple[EventGroup, ...], months: int) -> FloatArray:
        measure = Measure(groups[0].measure)
        history = counted_history(self.known, self.past.mechanism.case, measure, By.CELL)
        origin = self.past.mechanism.span.first - 1
        ahead = forecast(Conflictology(), history, origin, months, self.ensemble.draws, self.seed).draws
        inside = [any(belongs(unit, group) for group in groups) for unit in history.units]
        return np.asarray(ahead[:, :, inside].sum(axis=(1, 2)), dtype=np.float64)

    def _strengths(self) -> Iterator[tuple[Row, list[Row]]]:
        mechanism = self.past.mechanism
        names = {entry.id: entry.name for entry in (*mechanism.file.stocks, *mechanism.file.rates)}
        for node, forces in recorded_strengths(self.today.file):
            for months in HORIZONS:
                at = last_day(mechanism.span.first + months - 1, Step.MONTH)
                came = strength_that_came(mechanism, self.ledger, node, forces, at)
                if came is not None:
                    head = {"node": node, "name": names[node], "unit": "people", "months": months}
                    yield self._strength(head, months, came)

    def _strength(self, head: Row, months: int, came: CountedStrength) -> tuple[Row, list[Row]]:
        went, unchanged = self.ensemble.path(str(head["node"]))[:, :, months - 1].astype(np.float64)
        row = {**head, **_against(went, came.middle), "came_low": came.low, "came_high": came.high}
        row |= {"crps_forecast": None, "crps_conflictology": None, "width_ratio": None}
        row["crps_unchanged"] = crps(unchanged, came.middle)
        low, high = _ninety(went)
        row["inside"] = low <= came.high and high >= came.low
        row["verdict"] = _verdict(went, came.low, came.high)
        if came.bound:
            row |= {"came": None, "crps": None, "crps_unchanged": None, "came_low": None}
            row["inside"] = low <= came.high
            row["verdict"] = _verdict(went, -np.inf, came.high)
            return row, []
        return row, []

    def _by_branch(self, head: Row, went: FloatArray, came: float) -> Iterator[Row]:
        """How each branch of each alternative told what came."""
        for place, alternative in enumerate(self.past.mechanism.file.alternatives):
            for number, branch in enumerate(alternative.branches):
                inside = went[self.ensemble.drawn.branch[:, place] == number]
                if len(inside) > 1:
                    names = {"alternative": alternative.id, "branch": branch.id, "came": came}
                    density = log_density(inside, came)
                    yield {**head, **names, "crps": crps(inside, came), "log_density": density}


def crps(draws: FloatArray, came: float) -> float:
    """The fair CRPS of draws (S,), in the unit of what came."""
    return float(fair_crps(np.sort(draws), np.asarray(came)))


def log_density(draws: FloatArray, came: float) -> float:
    """The log density of what came, on the log scale, by a Gaussian kernel over draws (Silverman's width)."""
    logs = np.log(draws + 1.0)
    spread = max(float(logs.std()), 1e-3)
    width = 1.06 * spread * len(logs) ** -0.2
    away = (np.log(came + 1.0) - logs) / width
    return float(np.log(np.mean(np.exp(-0.5 * away**2)) / (width * np.sqrt(2 * np.pi)) + 1e-6))


def _against(draws: FloatArray, came: float) -> Row:
    low, high = _ninety(draws)
    return {
        "came": came,
        "low": low,
        "median": float(np.quantile(draws, 0.5)),
        "high": high,
        "crps": crps(draws, came),
        "inside": low <= came <= high,
        "below": float(np.mean((draws < came) + 0.5 * (draws == came))),
        "verdict": _verdict(draws, came, came),
    }


def _verdict(draws: FloatArray, low: float, high: float) -> str:
    """``cannot produce`` where what came lies beyond all draws, else ``produced``."""
    return "produced" if draws.min() <= high and draws.max() >= low else "cannot produce"


def _ninety(draws: FloatArray) -> tuple[float, float]:
    """The ends of the 90 % interval of draws."""
    low, high = np.quantile(draws, (0.05, 0.95))
    return float(low), float(high)


def _width(draws: FloatArray) -> float:
    low, high = _ninety(draws)
    return high - low


def asked_chances(today: Mechanism, made: PastRun) -> Iterator[Row]:
    """The chances that are asked of a start, by group of unweighted branches and in all."""
    hindcast, names = today.file.hindcast, {stock.id: stock.name for stock in today.file.stocks}
    for asked in hindcast.asked if hindcast else ():
        if asked.start != made.past.start:
            continue
        months = parse(asked.by, Step.MONTH) - parse(asked.start, Step.MONTH) + 1
        path = made.ensemble.path(asked.of)[0, :, :months]
        passed = path.max(axis=1) > asked.above
        groups = made.ensemble.by_group(passed)
        yield {
            "start": asked.start,
            "of": asked.of,
            "name": names[asked.of],
            "above": asked.above,
            "by": label(parse(asked.by, Step.MONTH), Step.MONTH),
            "chance": float(passed.mean()),
            "least": float(groups.min()),
            "most": float(groups.max()),
            "error": float(passed.std() / np.sqrt(len(passed))),
        }
