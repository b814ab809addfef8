"""Trees that group past months whose next year was alike, and the months in each group."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from vedette.model.history import BoolArray, FloatArray, IntArray

LEAST_ROWS = 20


@dataclass(frozen=True, eq=False)
class Rows:
    """Past months: R states, the year of deaths that followed each, and whose they are.

    ``states`` (R, F) as in `vedette.model.analogues.states.STATE`. ``paths`` (R, 12) deaths of the
    months that followed, as multiples of the base then. ``weights`` int (R,): how many past months a row
    stands for, since of the silent ones few are kept. ``countries`` (R,) ISO 3166-1 codes of three letters.
    ``years`` (R,): by whose end the path was over.
    """

    states: FloatArray
    paths: FloatArray
    weights: IntArray
    countries: npt.NDArray[np.str_]
    years: IntArray

    def until(self, year: int) -> "Rows":
        """The rows whose paths were over by the end of a year."""
        kept = self.years <= year
        return Rows(
            self.states[kept], self.paths[kept], self.weights[kept], self.countries[kept], self.years[kept]
        )

    def of(self, countries: frozenset[str]) -> BoolArray:
        """Which rows are those of some countries, (R,)."""
        return np.isin(self.countries, sorted(countries))


@dataclass(frozen=True, eq=False)
class Trees:
    """K binary trees of at most N nodes, numbered so that all below a node follow it directly.

    ``feature`` (K, N) is the column of a state that a node asks for, -1 in a leaf; states up to
    ``threshold`` (K, N) go on to the next node, the others to node ``right`` (K, N).
    """

    feature: IntArray
    threshold: FloatArray
    right: IntArray

    @cached_property
    def ends(self) -> IntArray:
        """The node after the last one below each node, (K, N)."""
        nodes = np.arange(self.feature.shape[1])
        ends = np.tile(nodes + 1, (len(self.feature), 1))
        trees = np.arange(len(self.feature))
        for node in nodes[::-1]:
            inner = self.feature[:, node] >= 0
            ends[inner, node] = ends[trees[inner], self.right[inner, node]]
        return ends

    def descend(self, states: FloatArray, trees: IntArray, may_enter: BoolArray) -> IntArray:
        """The node (N,) that each of N states reaches in its tree, going only where ``may_enter`` (K, N)."""
        node, rows = np.zeros(len(states), dtype=np.int64), np.arange(len(states))
        while True:
            feature = self.feature[trees, node]
            up = states[rows, feature] > self.threshold[trees, node]
            child = np.where(up, self.right[trees, node], node + 1)
            moves = (feature >= 0) & may_enter[trees, np.where(feature >= 0, child, 0)]
            if not moves.any():
                return node
            node = np.where(moves, child, node)


@dataclass(frozen=True, eq=False)
class Forest:
    """Trees with the rows that reach each node. A row reaches one leaf of every tree."""

    trees: Trees
    rows: Rows

    @cached_property
    def leaves(self) -> IntArray:
        """The leaf of each row in each tree, (K, R)."""
        trees, rows = len(self.trees.feature), len(self.rows.states)
        each = np.repeat(np.arange(trees), rows)
        anywhere = np.ones(self.trees.feature.shape, bool)
        states = np.tile(self.rows.states, (trees, 1))
        return self.trees.descend(states, each, anywhere).reshape(trees, rows)

    @cached_property
    def order(self) -> IntArray:
        """The rows by leaf, tree after tree, (K R,), so that those below a node stand together."""
        return np.argsort(self.leaves, axis=1, kind="stable").ravel()

    @cached_property
    def bounds(self) -> tuple[IntArray, IntArray]:
        """Where in ``order`` the rows below each node begin and end, two of (K, N)."""
        trees, rows = self.leaves.shape
        held = np.zeros((trees, self.trees.feature.shape[1] + 1), dtype=np.int64)
        for tree, leaf in enumerate(self.leaves):
            held[tree, 1:] = np.bincount(leaf, minlength=held.shape[1] - 1).cumsum()
        each = np.arange(trees)[:, None]
        held += each * rows
        return held[:, :-1], held[each, self.trees.ends]

    def without(self, countries: frozenset[str]) -> "Choice":
        """The forest to choose from, without the rows of some countries."""
        kept = ~self.rows.of(countries)
        first, last = self.bounds
        counts = _running_sum(kept[self.order])
        may_enter = counts[last] - counts[first] >= LEAST_ROWS
        return Choice(self, _running_sum((kept * self.rows.weights)[self.order]), may_enter)


@dataclass(frozen=True, eq=False)
class Choice:
    """A forest from which rows are chosen.

    ``sums`` (K R + 1,) are the running sums of the weights in the order of the forest, 0 for rows left out;
    ``may_enter`` (K, N) the nodes with at least twenty rows to choose from.
    """

    forest: Forest
    sums: npt.NDArray[np.int32]
    may_enter: BoolArray

    @property
    def trees(self) -> int:
        """How many trees there are, K."""
        return len(self.may_enter)

    def nodes(self, states: FloatArray, trees: IntArray) -> IntArray:
        """The node (N,) where each of N states falls in its tree: the last with twenty rows or more."""
        return self.forest.trees.descend(states, trees, self.may_enter)

    def rows(self, trees: IntArray, nodes: IntArray, tickets: FloatArray) -> IntArray:
        """A row below each node, chosen with its weight by a ticket even between 0 and 1; all one shape."""
        below, upto = (self.sums[bound[trees, nodes]] for bound in self.forest.bounds)
        wanted = below + (tickets * (upto - below)).astype(np.int32)
        at = np.searchsorted(self.sums, wanted.ravel(), side="right") - 1
        return np.asarray(self.forest.order[at].reshape(nodes.shape))


def _running_sum(numbers: npt.NDArray[np.generic]) -> npt.NDArray[np.int32]:
    return np.concatenate([[0], np.cumsum(numbers)]).astype(np.int32)
