"""How often counts spike and how far, learned by the evidence of the filter."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import astuple

import numpy as np

from vedette.model.history import FloatArray, IntArray
from vedette.model.level.filtering import filter_levels
from vedette.model.level.motion import Motion
from vedette.model.level.noise import Noise
from vedette.model.level.spikes import Spike

TEMPER, FLAT, WARM_UP = 0.3, 5.0, 12
ASSUMED = {"deaths": Spike(0.01, 8.0, 1.5), "events": Spike(0.001, 8.0, 1.5)}
CHANCES = {"deaths": (0.003, 0.01, 0.03), "events": (0.0003, 0.001, 0.003)}
RATIOS, TAILS = (5.0, 8.0, 14.0), (1.25, 1.5, 2.0)


def candidates(measure: str) -> Iterator[Spike]:
    """The spikes tried."""
    yield from (Spike(*row) for row in itertools.product(CHANCES[measure], RATIOS, TAILS))


def kinds_evidence(counts: IntArray, motion: Motion, noises: tuple[Noise, ...], spike: Spike) -> FloatArray:
    """Log chance of the counts (T, U) of each unit after its first year, under each kind of scatter, (U, K).

    It counts a third, since the months of a country are no independent witnesses.
    """
    filtered = filter_levels(counts, motion, noises, spike, ())
    return np.asarray(TEMPER * filtered.evidence[WARM_UP:].sum(axis=0))


def common_kinds(evidence: FloatArray) -> tuple[FloatArray, float]:
    """How common each kind of scatter is among units, (K,), and the log chance of all counts with that.

    By expectation maximisation, with five units added that have every kind equally.
    """
    kinds = evidence.shape[1]
    weight, top = np.full(kinds, 1 / kinds), evidence.max(axis=1, keepdims=True)
    for _ in range(300):
        chance = weight * np.exp(evidence - top)
        chance /= chance.sum(axis=1, keepdims=True)
        weight = (chance.sum(axis=0) + FLAT / kinds) / (len(chance) + FLAT)
    return weight, float((np.log(np.exp(evidence - top) @ weight) + top[:, 0]).sum())


def learn_spike(
    tables: Sequence[IntArray], measure: str, motion: Motion, noises: tuple[Noise, ...], own: float
) -> Spike:
    """The mean of the candidates, those that make the counts of all tables likelier weighing more.

    Shrunk to the assumed spike; ``own`` is the share that the data have.
    """
    tried = list(candidates(measure))
    told = np.array(
        [
            sum(common_kinds(kinds_evidence(counts, motion, noises, spike))[1] for counts in tables)
            for spike in tried
        ]
    )
    rows = np.log([astuple(spike) for spike in tried])
    found = np.average(rows, axis=0, weights=np.exp(told - told.max()))
    return Spike(*np.exp(own * found + (1 - own) * np.log(astuple(ASSUMED[measure]))).tolist())
