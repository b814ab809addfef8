"""The search: NSGA-II over the levers and rules of one decision-maker, and its front on fresh draws."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vedette.errors import UsageError
from vedette.model import FloatArray
from vedette.randomness import rng_stream
from vedette.scenario.drivers.choices import Choices, choices_of
from vedette.scenario.engine.baseline import Baseline
from vedette.scenario.engine.ensemble import Ensemble
from vedette.scenario.engine.running import run
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.settings import Setting
from vedette.scenario.searching.robust import robust_values, undominated
from vedette.scenario.searching.space import SearchSpace, space_of

POPULATION = 24
FRESH = 3
"""How many times as many draws the front is judged on, none of them used in the search."""


@dataclass(frozen=True, eq=False)
class Front:
    """The options that no other beats throughout, on draws that the search did not see.

    ``values`` float (N, K): the robust value of each outcome, in its unit. ``given``: whether an option is
    one of a scenario, by place. ``beaten``: options of scenarios that are not on the front, with their
    values. ``tried``: different options that were evaluated in the search; ``fell``: how many of its own
    front others beat on the fresh draws.
    """

    choices: Choices
    space: SearchSpace
    outcomes: tuple[str, ...]
    options: tuple[Setting, ...]
    values: FloatArray
    given: tuple[bool, ...]
    beaten: tuple[tuple[Setting, FloatArray], ...]
    budget: int
    tried: int
    fell: int
    draws: int
    seed: int


def search(
    mechanism: Mechanism,
    scenarios: Sequence[str],
    who: str,
    outcomes: Sequence[str],
    baseline: Baseline,
    budget: int,
    draws: int,
    seed: int,
    report: Callable[[float], None],
) -> Front:
    """Options of one decision-maker that are robust in one outcome or another; same seed, same bytes.

    NSGA-II (Deb and others 2002, IEEE Transactions on Evolutionary Computation 6, 182-197) as kept in Optuna
    proposes generations of options, each judged by `robust_values` in every world that the scenarios span.
    The front that it finds and the options of the scenarios are then judged on other draws, `FRESH` times as
    many, since the best of many on the same draws is flattered by them.

    Raises:
        UsageError: a budget below two generations, no outcome, or nothing to search.
    """
    if budget < 2 * POPULATION or not outcomes:
        raise UsageError(
            f"expected an outcome and a budget of at least {2 * POPULATION} evaluations; found {budget}. "
            "Ask for more."
        )
    chosen = [mechanism.scenario(name) for name in dict.fromkeys(scenarios)]
    choices = choices_of(mechanism, chosen, who)
    space = space_of(mechanism, choices.who, chosen)
    base = mechanism.file.base
    ensemble = run(mechanism, [base], baseline, draws, seed)
    points = _generations(ensemble, choices, space, outcomes, budget, seed, report)
    fresh = run(mechanism, [base], baseline, FRESH * draws, seed + 1)
    front = _front(fresh, choices, space, outcomes, points)
    report(1.0)
    return replace(front, budget=budget, seed=seed)


def _generations(
    ensemble: Ensemble,
    choices: Choices,
    space: SearchSpace,
    outcomes: Sequence[str],
    budget: int,
    seed: int,
    report: Callable[[float], None],
) -> dict[tuple[int, ...], FloatArray]:
    """The costs (more is worse) of every point that was tried, in the order in which they were."""
    import optuna
    from optuna.distributions import BaseDistribution

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    start = int(rng_stream(seed, "search").integers(2**31))
    sampler = optuna.samplers.NSGAIISampler(population_size=POPULATION, seed=start)
    study = optuna.create_study(directions=["minimize"] * len(outcomes), sampler=sampler)
    names = list(space.sizes)
    ranges: dict[str, BaseDistribution] = {
        # numbered, since the sampler takes names in their order
        f"{place:04d}": optuna.distributions.IntDistribution(0, size)
        for place, size in enumerate(space.sizes.values())
    }
    costs: dict[tuple[int, ...], FloatArray] = {}
    for done in range(0, budget, POPULATION):
        trials = [study.ask(ranges) for _ in range(min(POPULATION, budget - done))]
        points = [tuple(int(trial.params[name]) for name in ranges) for trial in trials]
        untried = [point for point in dict.fromkeys(points) if point not in costs]
        if untried:
            settings = [space.setting(dict(zip(names, point, strict=True)), "") for point in untried]
            costs |= dict(zip(untried, _costs(ensemble, choices, settings, outcomes), strict=True))
        for trial, point in zip(trials, points, strict=True):
            study.tell(trial, costs[point].tolist())
        report(0.9 * (done + len(trials)) / budget)
    return costs


def _costs(
    ensemble: Ensemble, choices: Choices, settings: Sequence[Setting], outcomes: Sequence[str]
) -> FloatArray:
    return robust_values(ensemble, choices, settings, outcomes) * _signs(ensemble, outcomes)


def _signs(ensemble: Ensemble, outcomes: Sequence[str]) -> FloatArray:
    return np.array([1.0 if ensemble.outcomes[name].good == "down" else -1.0 for name in outcomes])


def _front(
    fresh: Ensemble,
    choices: Choices,
    space: SearchSpace,
    outcomes: Sequence[str],
    points: dict[tuple[int, ...], FloatArray],
) -> Front:
    """The front of the search and the options of scenarios, judged on fresh draws."""
    tried = np.stack(list(points.values()))
    best = [point for point, on in zip(points, undominated(tried), strict=True) if on]
    names = list(space.sizes)
    found = [
        space.setting(dict(zip(names, point, strict=True)), f"option {number}")
        for number, point in enumerate(best, start=1)
    ]
    settings = list(choices.options)
    settings += [each for each in found if not any(each.same(option) for option in choices.options)]
    values = robust_values(fresh, choices, settings, outcomes)
    on = undominated(values * _signs(fresh, outcomes))
    given = len(choices.options)
    kept = [place for place in range(len(settings)) if on[place]]
    kept.sort(key=lambda place: float(values[place, 0] * _signs(fresh, outcomes)[0]))
    return Front(
        choices,
        space,
        tuple(outcomes),
        tuple(settings[place] for place in kept),
        values[kept],
        tuple(place < given for place in kept),
        tuple((settings[place], values[place]) for place in range(given) if not on[place]),
        budget=0,
        tried=len(points),
        fell=int((~on[given:]).sum()),
        draws=fresh.draws,
        seed=fresh.seed,
    )
