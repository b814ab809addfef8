"""Sensitivity indices: Sobol (by SciPy) and PAWN."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.stats import qmc, sobol_indices

from vedette.model import FloatArray
from vedette.randomness import rng_stream

SLICES = 10
"""Parts of the range of an input that PAWN compares with all draws."""

_NINETY = 1.6448536269514722
"""Standard errors on either side of a normal 90 % interval."""


@dataclass(frozen=True, eq=False)
class Indices:
    """Sobol indices of K inputs, float (K,) each: shares of a variance.

    ``first``: what the input makes alone. ``total``: with all that it does together with others.
    ``first_gap`` and ``total_gap``: half the width of the 90 % bootstrap interval.
    """

    names: tuple[str, ...]
    first: FloatArray
    total: FloatArray
    first_gap: FloatArray
    total_gap: FloatArray


def cube(rows: int, keys: Sequence[Sequence[str]], seed: int) -> FloatArray:
    """Where to look: A, then A with each input from B in turn, then B; ((K + 2) N, K), N by N.

    Each of the K columns of A and B is a scrambled Sobol sequence of two dimensions (N a power of 2), its
    rows in random order. It has a random stream of its own, named by its key, so that neither the order of
    inputs nor other inputs move it.
    """
    pairs = []
    for key in keys:
        rng = rng_stream(seed, "sobol", *key)
        pairs.append(rng.permutation(qmc.Sobol(2, scramble=True, rng=rng).random(rows)))
    one, other = np.stack(pairs, axis=2).transpose(1, 0, 2)
    blocks = [one]
    for place in range(len(keys)):
        mixed = one.copy()
        mixed[:, place] = other[:, place]
        blocks.append(mixed)
    return np.concatenate([*blocks, other])


def sobol(values: FloatArray, names: Sequence[str], seed: int, resamples: int = 50) -> Indices:
    """Sobol indices from values at the points of `cube`, float ((K + 2) N,), by SciPy.

    ``rows`` N is a power of 2. The interval is normal, with the standard error over ``resamples`` of the N
    points. Saltelli and others 2010, Computer Physics Communications 181, 259-270. Values that never differ
    have indices 0.

    >>> from math import pi
    >>> at = cube(256, [["x"], ["y"]], seed=1)
    >>> found = sobol(at[:, 0] + 3 * at[:, 1], ["x", "y"], seed=1)
    >>> found.first.round(1).tolist()
    [0.1, 0.9]
    """
    inputs = len(names)
    rows = len(values) // (inputs + 2)
    if np.ptp(values) == 0:
        none = np.zeros(inputs)
        return Indices(tuple(names), none, none, none, none)
    blocks = values.reshape(inputs + 2, rows)
    first, total = _shares(blocks)
    picked = rng_stream(seed, "resamples").integers(rows, size=(resamples, rows))
    errors = np.std([_shares(blocks[:, points]) for points in picked], axis=0, ddof=1)
    return Indices(tuple(names), first, total, *(_NINETY * errors))


def _shares(blocks: FloatArray) -> FloatArray:
    """First-order and total indices (2, K) of the values at A, at A with each input from B, and at B."""
    if np.ptp(blocks[[0, -1]]) == 0:  # a resample may hold one value only
        return np.zeros((2, len(blocks) - 2))
    mixed = np.concatenate([blocks[1:-1], blocks[:1]])  # with an idle input: SciPy refuses a single one
    result = sobol_indices(
        func={"f_A": blocks[None, 0], "f_B": blocks[None, -1], "f_AB": mixed[:, None]}, n=blocks.shape[1]
    )
    return np.array([result.first_order[:-1], result.total_order[:-1]])


def ranked(values: FloatArray, among: FloatArray) -> FloatArray:
    """The share of ``among`` that lies below each value, ties counted half; of the shape of ``values``."""
    line = np.sort(among, axis=None)
    below = np.searchsorted(line, values, "left") + np.searchsorted(line, values, "right")
    return np.asarray(below / (2 * len(line)))


def pawn(inputs: FloatArray, values: FloatArray, slices: int = SLICES) -> FloatArray:
    """PAWN of each column of inputs, (D, K) and (D,) to (K,): how far knowing the input moves the answer.

    The median, over equal parts of the range of an input, of the greatest distance between the cumulative
    distribution of the values there and of all (Kolmogorov-Smirnov). Pianosi and Wagener 2018,
    Environmental Modelling & Software 108, 197-207. The numbers of the Python package SALib.

    >>> x = np.linspace(0, 1, 1000)
    >>> pawn(np.stack([x, np.tile([0.0, 1.0], 500)], axis=1), x).round(2).tolist()
    [0.7, 0.0]
    """
    whole = np.sort(values)
    all_of = np.searchsorted(whole, whole, "right") / len(whole)
    return np.array([_pawn(column, values, whole, all_of, slices) for column in inputs.T])


def noise_of(measure: Callable[[FloatArray, FloatArray], FloatArray], values: FloatArray, seed: int) -> float:
    """The value of a measure for an input without effect: the mean over 20 random inputs."""
    idle = rng_stream(seed, "idle").random((len(values), 20))
    return float(measure(idle, values).mean())


def _pawn(
    column: FloatArray, values: FloatArray, whole: FloatArray, all_of: FloatArray, slices: int
) -> float:
    edges = np.quantile(column, np.arange(slices + 1) / slices)
    gaps = []
    for low, high in pairwise(edges):
        part = np.sort(values[(column >= low) & (column < high)])
        if len(part):
            own = np.searchsorted(part, whole, "right") / len(part)
            gaps.append(float(np.abs(own - all_of).max()))
    return float(np.median(gaps)) if gaps else 0.0
