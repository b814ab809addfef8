"""Paths played on from chosen rows."""

import numpy as np

from vedette.model.analogues.forest import Choice
from vedette.model.analogues.states import WINDOW, bases_of, states_of
from vedette.model.history import FloatArray, IntArray

YEAR = 12
HIGHEST = 1e12


def play(
    choice: Choice,
    windows: IntArray,
    panel: IntArray,
    trees: IntArray,
    horizons: int,
    rng: np.random.Generator,
) -> IntArray:
    """Paths (S, H, U) that follow windows (D, T, U); draw s follows window ``panel[s]`` by tree ``trees[s]``.

    Each unit takes its own row. After every twelve months another row is chosen from where the draw then
    stands.
    """
    path = _first_year(choice, windows, panel, trees, rng)
    while path.shape[1] < horizons:
        past = windows[panel, -(WINDOW - YEAR) :] if path.shape[1] < WINDOW else windows[panel, :0]
        path = np.concatenate([path, _next_year(choice, np.concatenate([past, path], axis=1), trees, rng)], 1)
    return path[:, :horizons]


def _first_year(
    choice: Choice, windows: IntArray, panel: IntArray, trees: IntArray, rng: np.random.Generator
) -> IntArray:
    """Twelve months (S, 12, U): states are computed once for each window, nodes for each window and tree."""
    size, _, units = windows.shape
    series = windows.transpose(0, 2, 1).reshape(size * units, -1)
    states, bases = states_of(series).reshape(size, units, -1), bases_of(series).reshape(size, units)
    pairs, which = np.unique(np.stack([panel, trees]), axis=1, return_inverse=True)
    each = np.repeat(pairs[1], units)
    nodes = choice.nodes(states[pairs[0]].reshape(len(each), -1), each).reshape(-1, units)[which.ravel()]
    return _played(choice, nodes, trees, bases[panel], rng)


def _next_year(choice: Choice, windows: IntArray, trees: IntArray, rng: np.random.Generator) -> IntArray:
    """Twelve months (S, 12, U) after windows (S, T, U) that each draw has of its own."""
    draws, _, units = windows.shape
    series = windows.transpose(0, 2, 1).reshape(draws * units, -1)
    nodes = choice.nodes(states_of(series), np.repeat(trees, units)).reshape(draws, units)
    return _played(choice, nodes, trees, bases_of(series).reshape(draws, units), rng)


def _played(
    choice: Choice, nodes: IntArray, trees: IntArray, bases: FloatArray, rng: np.random.Generator
) -> IntArray:
    """The paths (S, 12, U) of a row below each node (S, U), times the bases (S, U), rounded at random."""
    each = np.broadcast_to(trees[:, None], nodes.shape)
    rows = choice.rows(each, nodes, rng.random(nodes.shape))
    paths = choice.forest.rows.paths[rows] * bases[:, :, None]
    whole = np.floor(paths + rng.random(paths.shape))
    return np.minimum(whole, HIGHEST).astype(np.int64).transpose(0, 2, 1)
