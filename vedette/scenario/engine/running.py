"""Runs a mechanism: scenarios, draws and a baseline in, an ensemble out."""

from collections.abc import Iterator, Sequence

import numpy as np

from vedette.errors import UsageError
from vedette.model import FloatArray, IntArray
from vedette.periods import Step, parse
from vedette.plurals import counted
from vedette.scenario.engine.baseline import Baseline, events_of
from vedette.scenario.engine.ensemble import Ensemble, Paths
from vedette.scenario.engine.rules import RuleTable, rule_table
from vedette.scenario.engine.sampling import Drawn, draw_quantities, groups_of, scatter, with_years
from vedette.scenario.language.mechanism import Mechanism, months_of
from vedette.scenario.language.paths import Scenario
from vedette.scenario.language.plan import Plan


def run(
    mechanism: Mechanism, scenarios: Sequence[str], baseline: Baseline, draws: int, seed: int
) -> Ensemble:
    """All draws of all scenarios on common random numbers; same seed, same bytes.

    Args:
        mechanism: what was read from the case.
        scenarios: ids, or combinations like ``leave-2023+iran-steps-in``.
        baseline: what the forecasting engine says of the events.
        draws: how many; with unweighted branches as many more as make all of them share every draw.
        seed: of the random numbers.

    Raises:
        UsageError: no scenario, one that is not known, a clash of levers, or too few draws.
    """
    from vedette.scenario.engine.compiled import simulate

    chosen = tuple(mechanism.scenario(name) for name in dict.fromkeys(scenarios))
    groups = groups_of(mechanism)
    if not chosen or draws < 2 * groups:
        raise UsageError(
            f"expected a scenario and at least {2 * groups} draws; found "
            f"{counted(len(chosen), 'scenario')} and {counted(draws, 'draw')}. Ask for more."
        )
    draws += -draws % groups
    drawn = draw_quantities(mechanism, draws, seed)
    plan = mechanism.plan
    noise = scatter(mechanism, draws, seed)
    future = futures_of(draws, drawn.groups, baseline)
    levers = np.stack([mechanism.lever_paths(scenario) for scenario in chosen])
    paths, fired = simulate(
        plan,
        with_years(mechanism, drawn.values),
        drawn.gates,
        events_of(mechanism, baseline)[future],
        noise,
        levers,
        *outside(mechanism, plan, baseline),
        rules_in(mechanism, chosen),
    )
    return Ensemble(mechanism, chosen, plan.kept, paths, drawn, future, noise, baseline, seed, fired)


def run_with(
    mechanism: Mechanism,
    scenarios: Sequence[str],
    baseline: Baseline,
    levers: FloatArray,
    first: FloatArray,
    seed: int,
) -> Ensemble:
    """All draws of scenarios whose levers differ from draw to draw.

    ``levers`` (S, D, T, L) are their paths; ``first`` (D, L) is what elasticities take for the usual values.
    """
    from vedette.scenario.engine.compiled import simulate

    plan, draws = mechanism.plan, levers.shape[1]
    drawn = draw_quantities(mechanism, draws, seed)
    noise = scatter(mechanism, draws, seed)
    future = futures_of(draws, drawn.groups, baseline)
    usual = events_of(mechanism, baseline)[:, :12].mean(axis=(0, 1))
    paths, fired = simulate(
        plan,
        with_years(mechanism, drawn.values),
        drawn.gates,
        events_of(mechanism, baseline)[future],
        noise,
        levers,
        first,
        months_of(mechanism),
        _ages(mechanism, plan),
        usual,
    )
    chosen = tuple(mechanism.scenario(name) for name in scenarios)
    return Ensemble(mechanism, chosen, plan.kept, paths, drawn, future, noise, baseline, seed, fired)


def rerun(
    ensemble: Ensemble, scenarios: Sequence[int], drawn: Drawn, future: IntArray, noise: FloatArray
) -> Paths:
    """The paths of some scenarios of an ensemble with other draws, (S, D, T, N)."""
    from vedette.scenario.engine.compiled import simulate

    mechanism = ensemble.mechanism
    plan = mechanism.plan
    chosen = [ensemble.scenarios[index] for index in scenarios]
    levers = np.stack([mechanism.lever_paths(scenario) for scenario in chosen])
    events = events_of(mechanism, ensemble.baseline)[future]
    fixed = outside(mechanism, plan, ensemble.baseline)
    rules = rules_in(mechanism, chosen)
    values = with_years(mechanism, drawn.values)
    return simulate(plan, values, drawn.gates, events, noise, levers, *fixed, rules)[0]


def run_others(
    ensemble: Ensemble, scenarios: Sequence[Scenario], draws: int, at_once: int | None = None
) -> Iterator[Paths]:
    """The paths of other scenarios in the first draws of an ensemble, piece by piece.

    ``at_once`` is how many make a piece; as many as the ensemble has scenarios if left out.

    The last scenario fills the last piece up, so that the function is compiled for one shape.
    """
    from vedette.scenario.engine.compiled import simulate

    mechanism = ensemble.mechanism
    levers = np.stack([mechanism.lever_paths(scenario) for scenario in scenarios])
    table = rules_in(mechanism, scenarios)
    values = with_years(mechanism, ensemble.drawn.values[:draws])
    events = events_of(mechanism, ensemble.baseline)[ensemble.future[:draws]]
    fixed = outside(mechanism, mechanism.plan, ensemble.baseline)
    gates, noise = ensemble.drawn.gates[:draws], ensemble.noise[:draws]
    size = at_once or len(ensemble.scenarios)
    for start in range(0, len(scenarios), size):
        rows = np.minimum(np.arange(start, start + size), len(scenarios) - 1)
        rules = table.of(rows) if table else None
        paths, _ = simulate(mechanism.plan, values, gates, events, noise, levers[rows], *fixed, rules)
        yield paths[: len(scenarios) - start]


def rules_in(mechanism: Mechanism, scenarios: Sequence[Scenario]) -> RuleTable | None:
    """The rules of scenarios as arrays; None where none has any."""
    return rule_table([scenario.rules for scenario in scenarios], mechanism.plan.levers, mechanism.span)


def futures_of(draws: int, groups: int, baseline: Baseline) -> IntArray:
    """The future of the forecast that each draw takes, (D,): in turn, alike in all groups of branches."""
    futures = next((len(cells) for cells in baseline.cells.values()), 1)
    return (np.arange(draws, dtype=np.int64) // groups) % futures


def outside(
    mechanism: Mechanism, plan: Plan, baseline: Baseline
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """The inputs that all draws share: first levers of the base, calendar, ages of its past, usual events."""
    first = mechanism.lever_paths(mechanism.base)[0]
    usual = events_of(mechanism, baseline)[:, :12].mean(axis=(0, 1))
    return first, months_of(mechanism), _ages(mechanism, plan), usual


def _ages(mechanism: Mechanism, plan: Plan) -> FloatArray:
    """Months from each past month of a calendar entry to the one before the start, by effect (M, past)."""
    start = mechanism.span.first
    entries = {entry.id: entry for entry in mechanism.file.calendar}
    rows = []
    for move in plan.memories:
        entry = entries.get(str(move.past))
        months = (
            range(parse(entry.first, Step.MONTH), parse(entry.last or entry.first, Step.MONTH) + 1)
            if entry
            else range(0)
        )
        rows.append([float(start - 1 - month) for month in months if month < start])
    most = max((len(row) for row in rows), default=0)
    padded = [row + [np.inf] * (most - len(row)) for row in rows]
    return np.asarray(padded, dtype=np.float64).reshape(len(rows), most)
