"""The robust value of an option: the mean of its worst twentieth in the worst world and branch."""

from collections.abc import Sequence

import numpy as np

from vedette.model import BoolArray, FloatArray
from vedette.scenario.drivers.choices import Choices
from vedette.scenario.drivers.futures import losses
from vedette.scenario.engine.ensemble import Ensemble, read_off
from vedette.scenario.engine.running import run_others
from vedette.scenario.language.settings import Setting, together

WORST = 0.05
AT_ONCE = 48
"""Scenarios that are simulated at once."""
CRITERION = (
    "the mean of the worst twentieth of draws, in the world and the unweighted branch in which that is worst"
)


def robust_values(
    ensemble: Ensemble, choices: Choices, options: Sequence[Setting], outcomes: Sequence[str]
) -> FloatArray:
    """The robust value of each outcome under each option, in its unit, (O, K)."""
    worlds = choices.worlds
    scenarios = [together(ensemble.mechanism, [option, *world]) for option in options for world in worlds]
    group = ensemble.drawn.group
    tails = []
    for paths in run_others(ensemble, scenarios, ensemble.draws, AT_ONCE):
        columns = []
        for name in outcomes:
            outcome = ensemble.outcomes[name]
            path = paths[..., ensemble.kept.index(outcome.of)].astype(np.float64)
            cost = losses(ensemble, name, read_off(outcome, path))
            columns.append([worst_mean(cost[:, group == each]) for each in range(ensemble.groups)])
        tails.append(np.max(columns, axis=1))
    costs = np.concatenate(tails, axis=1).reshape(len(outcomes), len(options), len(worlds)).max(axis=2)
    signs = [1.0 if ensemble.outcomes[name].good == "down" else -1.0 for name in outcomes]
    return np.asarray(costs.T * signs)


def worst_mean(cost: FloatArray) -> FloatArray:
    """The mean of the worst twentieth of the draws, at least of one, (S, D) to (S,).

    >>> worst_mean(np.array([[1.0, 4.0, 2.0]])).tolist()
    [4.0]
    """
    number = max(1, round(WORST * cost.shape[-1]))
    return np.asarray(np.sort(cost, axis=-1)[..., -number:].mean(axis=-1))


def undominated(costs: FloatArray) -> BoolArray:
    """Whether no other row is as low in every column and lower in one, (N, K) to (N,).

    >>> undominated(np.array([[1.0, 2.0], [2.0, 1.0], [2.0, 2.0]])).tolist()
    [True, True, False]
    """
    lower = (costs[:, None, :] <= costs[None, :, :]).all(axis=2)
    strictly = (costs[:, None, :] < costs[None, :, :]).any(axis=2)
    return np.asarray(~(lower & strictly).any(axis=0))
