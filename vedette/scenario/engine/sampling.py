"""Draws of the uncertain inputs: quantities, branches, and the noise of rates."""

from dataclasses import dataclass
from math import prod

import numpy as np

from vedette.model import FloatArray, IntArray
from vedette.randomness import rng_stream
from vedette.scenario.language.entries import Alternatives
from vedette.scenario.language.mechanism import Mechanism


@dataclass(frozen=True, eq=False)
class Drawn:
    """S draws of the uncertain inputs of a mechanism.

    ``values`` float (S, Q): the quantities, in their units and in the order of the file. ``branch`` int
    (S, A): the branch of each of A alternatives. ``gates`` float (S, G): 0 where a branch switches an effect
    off, else 1. ``group`` int (S,): the combination of unweighted branches, 0 to ``groups`` - 1; draws s and
    s' of two groups with the same s // groups share every other number, so that branches differ by what
    they say alone.
    """

    values: FloatArray
    branch: IntArray
    gates: FloatArray
    groups: int

    @property
    def group(self) -> IntArray:
        """The combination of unweighted branches of each draw, (S,)."""
        return np.arange(len(self.values), dtype=np.int64) % self.groups


def draw_quantities(mechanism: Mechanism, draws: int, seed: int) -> Drawn:
    """Quantities and branches in ``draws`` draws; each has a random stream of its own, stratified.

    Stratified (Latin hypercube): of n draws one falls into each n-th of a distribution (McKay, Beckman and
    Conover 1979, Technometrics 21, 239-245). A stream is keyed by what the quantity says, see
    `vedette.scenario.language.keys`, so that names, other entries and their order do not move its draws.
    """
    groups = groups_of(mechanism)
    branch = _branches(mechanism, draws, groups, seed)
    return drawn_at(mechanism, chances_of(mechanism, draws, groups, seed), branch, groups)


def groups_of(mechanism: Mechanism) -> int:
    """How many combinations of unweighted branches a mechanism has; 1 where there are none."""
    return prod(len(each.branches) for each in mechanism.file.alternatives if each.unweighted)


def chances_of(mechanism: Mechanism, draws: int, groups: int, seed: int) -> FloatArray:
    """The probabilities at which the quantities of each draw are read, (S, Q), alike in all groups."""
    own, which, keys = -(-draws // groups), np.arange(draws) // groups, mechanism.keys.quantities
    columns = [stratified(own, seed, *keys[quantity.id])[which] for quantity, _ in mechanism.quantities]
    return np.stack(columns, axis=1) if columns else np.zeros((draws, 0))


def drawn_at(mechanism: Mechanism, chances: FloatArray, branch: IntArray, groups: int) -> Drawn:
    """Values of the quantities at given probabilities, float (S, Q), under the branches, int (S, A)."""
    values = np.empty_like(chances)
    for place, (quantity, _) in enumerate(mechanism.quantities):
        values[:, place] = quantity.distribution.quantile(chances[:, place])
        for column, alternatives in enumerate(mechanism.file.alternatives):
            for number, option in enumerate(alternatives.branches):
                if quantity.id in option.sets:
                    rows = branch[:, column] == number
                    values[rows, place] = option.sets[quantity.id].quantile(chances[rows, place])
    return Drawn(values, branch, _gates(mechanism, branch), groups)


def with_years(mechanism: Mechanism, values: FloatArray) -> FloatArray:
    """Values of the quantities, (S, Q), and after them the factors by year of those that have any."""
    columns = [
        quantity.distribution.by_year(values[:, place])
        for place, (quantity, _) in enumerate(mechanism.quantities)
        if quantity.distribution.years > 1
    ]
    return np.concatenate([values, *columns], axis=1)


def scatter(mechanism: Mechanism, draws: int, seed: int) -> FloatArray:
    """Standard normal noise of the rates that have any, (S, T, K), alike in all groups."""
    keys, groups, months = mechanism.keys.noises, groups_of(mechanism), len(mechanism.span)
    shape = (-(-draws // groups), months)
    layers = [rng_stream(seed, *keys[name]).standard_normal(shape) for name in mechanism.plan.noises]
    if not layers:
        return np.zeros((draws, months, 1))
    return np.stack(layers, axis=2)[np.arange(draws) // groups]


def stratified(draws: int, seed: int, *names: str) -> FloatArray:
    """Chances between 0 and 1, one in each of ``draws`` equal parts, in random order; (S,)."""
    rng = rng_stream(seed, *names)
    return np.asarray(rng.permutation((np.arange(draws) + rng.random(draws)) / draws))


def branch_at(mechanism: Mechanism, alternatives: Alternatives, chances: FloatArray) -> IntArray:
    """The weighted branch at given probabilities, (S,), whatever the names and the order of branches."""
    order = mechanism.keys.branches[alternatives.id]
    edges = np.cumsum([alternatives.branches[place].weight or 0.0 for place in order])
    at = np.minimum(np.searchsorted(edges, chances, side="right"), len(edges) - 1)
    return np.asarray(order, dtype=np.int64)[at]


def _branches(mechanism: Mechanism, draws: int, groups: int, seed: int) -> IntArray:
    """The branch of each draw in each alternative, (S, A): unweighted ones in turn, the others by weight."""
    alternatives, keys = mechanism.file.alternatives, mechanism.keys.alternatives
    drawn = np.zeros((draws, len(alternatives)), dtype=np.int64)
    number, which = np.arange(draws) % groups, np.arange(draws) // groups
    for place, alternative in enumerate(alternatives):
        if alternative.unweighted:
            number, drawn[:, place] = np.divmod(number, len(alternative.branches))
        else:
            chances = stratified(-(-draws // groups), seed, *keys[alternative.id])
            drawn[:, place] = branch_at(mechanism, alternative, chances)[which]
    return drawn


def _gates(mechanism: Mechanism, branch: IntArray) -> FloatArray:
    names = mechanism.plan.gates
    gates = np.ones((len(branch), max(1, len(names))))
    for place, alternatives in enumerate(mechanism.file.alternatives):
        for number, option in enumerate(alternatives.branches):
            for effect in option.without:
                gates[branch[:, place] == number, names.index(effect)] = 0.0
    return gates
