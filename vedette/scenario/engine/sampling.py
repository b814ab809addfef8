"""Draws of the uncertain inputs: quantities, branches, and the noise of rates."""

from dataclasses import dataclass
from math import prod

import numpy as np

from vedette.model import FloatArray, IntArray
from vedette.randomness import rng_stream
from vedette.scenario.language.entries import Alternatives
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.plan import Plan


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
    """Quantities and branches in ``draws`` draws; each quantity has a random stream of its own, stratified.

    Stratified (Latin hypercube): of n draws one falls into each n-th of a distribution (McKay, Beckman and
    Conover 1979, Technometrics 21, 239-245).
    """
    file = mechanism.file
    free = [alternative for alternative in file.alternatives if alternative.unweighted]
    groups = prod(len(alternative.branches) for alternative in free)
    own = -(-draws // groups)
    which = np.arange(draws) // groups
    branch = _branches(file.alternatives, draws, groups, own, seed)
    chances = [stratified(own, seed, "quantity", quantity.id)[which] for quantity, _ in mechanism.quantities]
    table = np.stack(chances, axis=1) if chances else np.zeros((draws, 0))
    return drawn_at(mechanism, table, branch, groups)


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


def scatter(plan: Plan, draws: int, months: int, seed: int) -> FloatArray:
    """Standard normal noise of the rates that have any, (S, T, K)."""
    layers = [rng_stream(seed, "scatter", name).standard_normal((draws, months)) for name in plan.noises]
    return np.stack(layers, axis=2) if layers else np.zeros((draws, months, 1))


def stratified(draws: int, seed: int, *names: str) -> FloatArray:
    """Chances between 0 and 1, one in each of ``draws`` equal parts, in random order; (S,)."""
    rng = rng_stream(seed, *names)
    return np.asarray(rng.permutation((np.arange(draws) + rng.random(draws)) / draws))


def _branches(
    alternatives: tuple[Alternatives, ...], draws: int, groups: int, own: int, seed: int
) -> IntArray:
    """The branch of each draw in each alternative, (S, A): unweighted ones in turn, the others by weight."""
    drawn = np.zeros((draws, len(alternatives)), dtype=np.int64)
    number = np.arange(draws) % groups
    weighted = [place for place, alternative in enumerate(alternatives) if not alternative.unweighted]
    for place, alternative in enumerate(alternatives):
        if alternative.unweighted:
            number, drawn[:, place] = np.divmod(number, len(alternative.branches))
    sizes = [len(alternatives[place].branches) for place in weighted]
    weights = [np.array([branch.weight or 0.0 for branch in alternatives[p].branches]) for p in weighted]
    which = np.arange(draws) // groups
    if prod(sizes) <= own:
        joint = np.ones(1)
        for column in weights:
            joint = np.outer(joint, column).ravel()
        chance = stratified(own, seed, "branch")
        cell = np.minimum(np.searchsorted(np.cumsum(joint), chance, side="right"), len(joint) - 1)
        for place, chosen in zip(weighted, np.unravel_index(cell, sizes) if sizes else (), strict=True):
            drawn[:, place] = chosen[which]
        return drawn
    for place, column in zip(weighted, weights, strict=True):
        chance = stratified(own, seed, "branch", alternatives[place].id)
        cell = np.minimum(np.searchsorted(np.cumsum(column), chance, side="right"), len(column) - 1)
        drawn[:, place] = cell[which]
    return drawn


def _gates(mechanism: Mechanism, branch: IntArray) -> FloatArray:
    names = mechanism.plan.gates
    gates = np.ones((len(branch), max(1, len(names))))
    for place, alternatives in enumerate(mechanism.file.alternatives):
        for number, option in enumerate(alternatives.branches):
            for effect in option.without:
                gates[branch[:, place] == number, names.index(effect)] = 0.0
    return gates
