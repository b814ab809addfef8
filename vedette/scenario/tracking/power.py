"""Power: how often the true rival would get more than half of the weight, by planted runs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vedette.model import FloatArray, IntArray
from vedette.randomness import rng_stream
from vedette.scenario.tracking.rivals import Rival
from vedette.scenario.tracking.weighing import kernels_of, posterior, scale_of

PLANTED = 200
"""Runs planted of each rival."""
MOST = 0.5


@dataclass(frozen=True)
class Power:
    """How well rivals can be told apart after some months, all of them equally likely before.

    ``found`` by rival: the share of runs planted of it in which it gets more than half of the weight.
    ``overall``: the mean of these.
    """

    months: int
    found: dict[str, float]
    overall: float


def power(rivals: Sequence[Rival], months: int, seed: int, planted: int = PLANTED) -> Power:
    """The power of rivals whose statistics are those of so many months, by planted runs.

    A draw of a rival is taken as what came and all rivals are weighed, without any draw of the same future: a
    true path is none of those simulated. All rivals have one prior here, whatever they have elsewhere: one
    that begins with more than half would always be found.
    """
    even = [replace(rival, prior=1.0 / len(rivals)) for rival in rivals]
    found = {
        rival.id: float((planted_weights(even, place, seed, planted)[:, place] > MOST).mean())
        for place, rival in enumerate(even)
    }
    return Power(months, found, sum(found.values()) / len(found))


def by_chance(rivals: int) -> float:
    """How often the truth gets more than half of the weight where nothing tells: of two, as a coin falls."""
    return 0.5 if rivals == 2 else 0.0


def planted_weights(rivals: Sequence[Rival], true: int, seed: int, planted: int = PLANTED) -> FloatArray:
    """The weights (planted, R) of all rivals in runs planted of one."""
    rng = rng_stream(seed, "planted", *rivals[true].key)
    count = len(rivals[true].points)
    chosen = rng.choice(count, min(planted, count), replace=False)
    return weights_after(rivals, rivals[true].points[chosen], rivals[true].future[chosen])


def weights_after(rivals: Sequence[Rival], seen: FloatArray, futures: IntArray | None = None) -> FloatArray:
    """The weights (N, R) after each of N statistics (N, d), without the draws of their futures if given."""
    scale = scale_of(rivals)
    at = scale.telling(seen)
    likelihood = np.stack(
        [_likelihood(kernels_of(scale, rival).at(at), rival.future, futures) for rival in rivals], axis=1
    )
    return posterior(np.array([rival.prior for rival in rivals]), likelihood)


def _likelihood(density: FloatArray, future: IntArray, futures: IntArray | None) -> FloatArray:
    """The mean of the kernels (N, M) of a rival at each point, (N,)."""
    if futures is None:
        return np.asarray(density.mean(axis=1))
    others = future[None, :] != futures[:, None]
    return np.asarray((density * others).sum(axis=1) / np.maximum(others.sum(axis=1), 1))
