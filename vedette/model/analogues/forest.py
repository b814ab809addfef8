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
        names, which = self._coded
        return np.isin(names, sorted(countries))[which]

    def but_for(self, countries: frozenset[str]) -> tuple[int, int]:
        """How many rows there are without those of some countries, and of how many countries."""
        names, which = self._coded
        sizes = np.bincount(which)[~np.isin(names, sorted(countries))]
        return int(sizes.sum()), len(sizes)

    @cached_property
    def _coded(self) -> tuple[npt.NDArray[np.str_], IntArray]:
        """The countries once each, and which of them each row is of."""
        return np.unique(self.countries, return_inverse=True)


@dataclass(frozen=True, eq=False)
class Trees:
    """K binary trees of at most N nodes, numbered so that all below a node follow it directly.

    ``feature`` (K, N) is the column of a state that a node asks for, -1 in a leaf; states up to
    ``threshold`` (K, N) go on to the next node, the others to node ``right`` (K, N).
    """

    feature: IntArray
    threshold: FloatArray
    right: IntArray

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
    def order(self) -> IntArray:
        """The rows by leaf, tree after tree, (K R,), so that those below a node stand together."""
        return np.concatenate([order for order, _ in self._sorted])

    @cached_property
    def bounds(self) -> tuple[IntArray, IntArray]:
        """Where in ``order`` the rows below each node begin and end, two of (K, N)."""
        starts = np.arange(len(self._sorted))[:, None] * len(self.rows.years)
        first, last = np.stack([bounds for _, bounds in self._sorted], axis=1)
        return first + starts, last + starts

    @cached_property
    def _sorted(self) -> list[tuple[IntArray, IntArray]]:
        """For each tree the rows by leaf, (R,), and where those below each node begin and end, (2, N)."""
        columns = np.ascontiguousarray(self.rows.states.T)
        return [self._sorted_by(tree, columns) for tree in range(len(self.trees.feature))]

    def _sorted_by(self, tree: int, columns: FloatArray) -> tuple[IntArray, IntArray]:
        """A node comes before all below it, so that the rows of each are parted in turn."""
        order = np.arange(columns.shape[1])
        bounds = np.zeros((2, self.trees.feature.shape[1]), dtype=np.int64)
        bounds[1, 0] = len(order)
        for node in np.flatnonzero(self.trees.feature[tree] >= 0).tolist():
            first, last = bounds[:, node]
            rows = order[first:last]
            up = columns[self.trees.feature[tree, node]][rows] > self.trees.threshold[tree, node]
            order[first:last] = np.concatenate([rows[~up], rows[up]])
            middle = last - np.count_nonzero(up)
            bounds[:, node + 1] = first, middle
            bounds[:, self.trees.right[tree, node]] = middle, last
        return order, bounds

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
