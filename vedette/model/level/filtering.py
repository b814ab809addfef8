"""Exact grid filter of each unit's log-level given the counts so far."""

from collections.abc import Container
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from vedette.model.history import FloatArray, IntArray
from vedette.model.level.motion import Motion, homes, log_levels, nearest_home, transitions
from vedette.model.level.noise import Noise, chances
from vedette.model.level.spikes import Spike

MANY = 32
"""Units of which those with one home are moved together; each by itself is faster for fewer."""


@dataclass(frozen=True, eq=False)
class Filtered:
    """The log-levels of U units after some of T periods, under each of K kinds of noise.

    ``belief`` float32 (U, K, G) by period kept: chance of each of the G log-levels in ``levels`` given the
    counts up to and including that period. ``evidence`` float (T, U, K): log chance of each count given
    those before. ``home`` float (T + 1, U): where the level is pulled to; row t knows only counts before t.
    """

    levels: FloatArray
    belief: dict[int, npt.NDArray[np.float32]]
    evidence: FloatArray
    home: FloatArray


def filter_levels(
    counts: IntArray,
    motion: Motion,
    noises: tuple[Noise, ...],
    spike: Spike,
    keep: Container[int],
    since: int = 0,
) -> Filtered:
    """Filters counts (T, U) from the period ``since`` on, before which every log-level is as likely.

        predicted[t] = belief[t-1] @ transition(home[t])
        belief[t]    = predicted[t] * chance(count[t]) / evidence[t]
        chance       = (1 - p) scatter + p spike,  p the chance of a spike

    A count far above the level leaves two readings in the belief: it was a spike around the old level, or
    the level has jumped; the counts that follow decide. Homes know the counts before ``since`` too; the
    evidence of those periods is 0. ``keep`` names the periods (from 0) whose beliefs are wanted; all
    T x U x K x G would not fit for a map of many places.
    """
    levels = log_levels(float(counts.max()), motion)
    move = _moves(levels.tobytes(), motion)
    home = homes(counts.astype(np.float64), motion)
    seen, which = np.unique(counts[since:], return_inverse=True)
    mean = np.exp(levels)
    chance = (1.0 - spike.chance) * chances(seen, mean, noises)
    chance += spike.chance * spike.chances(seen, mean)[:, None]
    which, nearest = which.reshape(counts[since:].shape), nearest_home(home, levels, motion)
    belief, total = {}, np.ones((*counts.shape, len(noises)))
    now = np.full((counts.shape[1], len(noises), len(levels)), 1.0 / len(levels))
    for period in range(since, len(counts)):
        if period > since:
            now = _move(now, move, nearest[period])
        now *= chance[which[period - since]]
        np.add.reduce(now, axis=2, out=total[period])
        now /= total[period, :, :, None]
        if period in keep:
            belief[period] = now.astype(np.float32)
    return Filtered(levels, belief, np.log(total), home)


def _move(now: FloatArray, move: FloatArray, nearest: IntArray) -> FloatArray:
    """One step, (U, K, G): each unit goes through the table of chances of its home."""
    moved = np.empty_like(now)
    if len(now) > MANY:
        for home in np.unique(nearest):
            own = np.flatnonzero(nearest == home)
            moved[own] = (now[own].reshape(-1, now.shape[2]) @ move[home]).reshape(now[own].shape)
        return moved
    for unit, home in enumerate(nearest.tolist()):
        np.matmul(now[unit], move[home], out=moved[unit])
    return moved


@lru_cache(maxsize=8)
def _moves(levels: bytes, motion: Motion) -> FloatArray:
    """The `transitions` between log-levels, cached: histories of one unit mostly share a grid."""
    return transitions(np.frombuffer(levels), motion)


def pick(filtered: Filtered, units: IntArray) -> Filtered:
    """The same for some of the units, in the order asked for."""
    belief = {period: kept[units] for period, kept in filtered.belief.items()}
    return replace(
        filtered, belief=belief, evidence=filtered.evidence[:, units], home=filtered.home[:, units]
    )
