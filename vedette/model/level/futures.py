"""Draws of what comes after a filtered level."""

import numpy as np

from vedette.model.history import FloatArray, IntArray
from vedette.model.level.filtering import Filtered
from vedette.model.level.motion import Motion, spacing
from vedette.model.level.noise import scatter
from vedette.model.level.prior import LevelPrior


def futures(
    filtered: Filtered,
    period: int,
    prior: LevelPrior,
    horizons: int,
    draws: int,
    shared: float,
    rng: np.random.Generator,
    common: np.random.Generator | None = None,
) -> IntArray:
    """Draws (S, H, U) of the counts of the periods after ``period``, one whose beliefs were kept.

    Spikes are among them as often as in the past; they leave the level of their path where it was.
    """
    kind = kinds(filtered, period, prior)
    noise, level = start(filtered, period, kind, spacing(prior.motion), draws, rng)
    top = float(filtered.levels[-1])
    mean = np.exp(paths(level, filtered.home[period + 1], prior.motion, horizons, top, shared, rng, common))
    spread = np.array([kind.spread for kind in prior.noises])[noise][:, None]
    clump = np.array([kind.clump for kind in prior.noises])[noise][:, None]
    counts = scatter(mean, 1.0 / (spread + clump / mean), rng)
    return prior.spike.strike(counts, mean, np.exp(top), rng)


def kinds(filtered: Filtered, period: int, prior: LevelPrior) -> FloatArray:
    """Chance of each kind of noise for each unit after a period, (U, K), rows sum to 1.

        log chance[u,k] = log weight[k] + sum_t memory^(period - t) evidence[t,u,k]

    Old evidence fades, since a unit that goes from quiet to war changes its noise too.
    """
    age = np.arange(period, -1, -1)
    fading = np.einsum("t,tuk->uk", prior.memory**age, filtered.evidence[: period + 1])
    score = np.log(prior.weights) + fading
    chance = np.exp(score - score.max(axis=1, keepdims=True))
    return np.asarray(chance / chance.sum(axis=1, keepdims=True))


def start(
    filtered: Filtered,
    period: int,
    kind: FloatArray,
    apart: float,
    draws: int,
    rng: np.random.Generator,
) -> tuple[IntArray, FloatArray]:
    """A kind of noise and a log-level for each draw and unit, (S, U) each, in proportion to belief.

    Levels lie ``apart`` on the grid; around each every place is as likely. One stratified urn a unit holds
    all pairs of kind and level, so that few draws represent it well.
    """
    belief = filtered.belief[period]
    joint = (kind[:, :, None] * belief).reshape(len(belief), -1).cumsum(axis=1)
    joint /= joint[:, -1:]
    ticket = (np.arange(draws)[:, None] + rng.random((draws, len(belief)))) / draws
    ticket = rng.permuted(ticket, axis=0)
    cells = np.stack([np.searchsorted(urn, ticket[:, unit]) for unit, urn in enumerate(joint)], axis=1)
    noise, level = np.divmod(np.minimum(cells, joint.shape[1] - 1), belief.shape[2])
    within = apart * (rng.random(level.shape) - 0.5)
    return noise, filtered.levels[level] + within


def paths(
    level: FloatArray,
    home: FloatArray,
    motion: Motion,
    horizons: int,
    top: float,
    shared: float,
    rng: np.random.Generator,
    common: np.random.Generator | None = None,
) -> FloatArray:
    """Log-levels (S, H, U) that move on from ``level`` (S, U), never above ``top``.

        step = sqrt(shared) common + sqrt(1 - shared) own

    A jump is the whole country's with the same share, else the unit's own. What units have in common comes
    from the stream ``common``, if one is given.
    """
    moved, common = np.empty((len(level), horizons, level.shape[1])), common or rng
    for horizon in range(horizons):
        push = np.sqrt(1.0 - shared) * rng.standard_normal(level.shape)
        push += np.sqrt(shared) * common.standard_normal((len(level), 1))
        together = rng.random(level.shape) < shared
        jump = np.where(together, common.random((len(level), 1)), rng.random(level.shape)) < motion.jumps
        push *= motion.size * np.where(jump, motion.reach, 1.0)
        level = np.minimum(level + motion.pull * (home - level) + push, top)
        moved[:, horizon] = level
    return moved
