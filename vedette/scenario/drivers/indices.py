"""Sensitivity indices: Sobol (by SciPy) and PAWN."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import qmc, sobol_indices

from vedette.model import BoolArray, FloatArray, IntArray
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
    first, total = _shares(blocks[:, None])
    picked = rng_stream(seed, "resamples").integers(rows, size=(resamples, rows))
    errors = np.std(_shares(blocks[:, picked]), axis=1, ddof=1)
    return Indices(tuple(names), first[0], total[0], *(_NINETY * errors))


def _shares(blocks: FloatArray) -> FloatArray:
    """First-order and total indices (2, R, K) of R samples of the values at A, A with each input from B, B.

    ``blocks`` (K + 2, R, N). A sample in which A and B hold one value only, as a resample may, has indices 0.
    """
    ends = blocks[[0, -1]]
    varied = np.ptp(ends, axis=(0, 2)) > 0
    shares = np.zeros((2, blocks.shape[1], len(blocks) - 2))
    if varied.any():
        blocks = blocks[:, varied]
        mixed = np.concatenate([blocks[1:-1], blocks[:1]])  # with an idle input: SciPy refuses a single one
        result = sobol_indices(func={"f_A": blocks[0], "f_B": blocks[-1], "f_AB": mixed}, n=blocks.shape[2])
        found = np.stack([result.first_order, result.total_order]).reshape(2, blocks.shape[1], len(mixed))
        shares[:, varied] = found[..., :-1]
    return shares


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
    return pawn_of_slices(slices_of(inputs, slices), values, slices)


def slices_of(inputs: FloatArray, slices: int = SLICES) -> IntArray:
    """The part of its range in which each draw of each column (D, K) lies, (K, D); its highest value in none.

    Parts are counted from 0 and hold as many draws each, ties aside; ``slices`` stands for none.
    """
    edges = np.quantile(inputs, np.arange(slices + 1) / slices, axis=0)
    columns = zip(edges.T, inputs.T, strict=True)
    found = [np.searchsorted(edge, column, "right") - 1 for edge, column in columns]
    return np.array(found, dtype=np.int64).reshape(inputs.shape[::-1])


def pawn_of_slices(parts: IntArray, values: FloatArray, slices: int = SLICES) -> FloatArray:
    """`pawn` of columns whose parts are known, see `slices_of`: (K, D) and (D,) to (K,)."""
    order = np.argsort(values)
    line = values[order]
    ends = np.flatnonzero(np.append(line[1:] != line[:-1], True))
    all_of = (ends + 1) / len(line)
    numbers = np.arange(slices)[:, None]
    return np.array([_pawn(part[order] == numbers, ends, all_of) for part in parts])


def idle_slices(draws: int, seed: int) -> IntArray:
    """`slices_of` 20 random inputs without effect."""
    return slices_of(rng_stream(seed, "idle").random((draws, 20)))


def _pawn(within: BoolArray, ends: IntArray, all_of: FloatArray) -> float:
    """The median distance of the parts ``within`` (slices, D), over draws in order of their values."""
    below = within.cumsum(axis=1)[:, ends]
    counts = below[:, -1:]
    held = counts[:, 0] > 0
    gaps = np.abs(below[held] / counts[held] - all_of).max(axis=1)
    return float(np.median(gaps)) if len(gaps) else 0.0
