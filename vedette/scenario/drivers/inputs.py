"""Inputs of an answer: quantities, weighted branches and chance, each as one number between 0 and 1."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vedette.model import FloatArray, IntArray
from vedette.periods import Span
from vedette.scenario.engine.ensemble import Ensemble, read_off
from vedette.scenario.engine.running import rerun
from vedette.scenario.engine.sampling import Drawn, branch_at, drawn_at
from vedette.scenario.language.distinct import Key
from vedette.scenario.language.distributions import Distribution
from vedette.scenario.language.reach import outcomes_of

CHANCE = "chance"
"""The future of the forecast and the scatter of rates, taken together."""
PIECE = 4000
"""Draws whose paths are in memory at once."""


@dataclass(frozen=True)
class Input:
    """Something that differs from draw to draw.

    ``moves``: the outcomes that it can move. ``key``: the name of its random stream.
    """

    id: str
    name: str
    mark: str
    """``observed``, ``estimated`` or ``assumed``; ``chance``."""
    unit: str
    moves: frozenset[str]
    key: Key


def inputs_that_move(ensemble: Ensemble, outcomes: Sequence[str]) -> tuple[Input, ...]:
    """The `inputs_of` an ensemble that can move any of some outcomes.

    Each has a random stream of its own, so that leaving the others out changes nothing for these outcomes.
    """
    return tuple(each for each in inputs_of(ensemble) if not each.moves.isdisjoint(outcomes))


def inputs_of(ensemble: Ensemble) -> tuple[Input, ...]:
    """Quantities that are not points, then weighted alternatives, then chance; what moves nothing left out.

    Quantities and alternatives are ordered by the keys of their random numbers, so that no answer depends on
    names or on the order of the file.
    """
    mechanism, moved = ensemble.mechanism, outcomes_of(ensemble.mechanism.file)
    keys = mechanism.keys
    inputs = [
        Input(
            quantity.id,
            quantity.name,
            mark,
            quantity.unit,
            frozenset(moved[quantity.id]),
            keys.quantities[quantity.id],
        )
        for place, (quantity, mark) in enumerate(mechanism.quantities)
        if moved.get(quantity.id) and any(low < high for low, high in supports(ensemble, place))
    ]
    inputs.sort(key=lambda input_: input_.key)
    weighted = sorted(
        (each for each in mechanism.file.alternatives if not each.unweighted and moved.get(each.id)),
        key=lambda each: keys.alternatives[each.id],
    )
    inputs += [
        Input(each.id, each.name, "assumed", "", frozenset(moved[each.id]), keys.alternatives[each.id])
        for each in weighted
    ]
    return (*inputs, Input(CHANCE, "Chance", CHANCE, "", frozenset(ensemble.outcomes), (CHANCE,)))


def supports(ensemble: Ensemble, place: int) -> list[tuple[float, float]]:
    """The least and the most that a quantity can be in each group of unweighted branches.

    Forms that reach to infinity or thin out (normal, lognormal, beta) count from their 0.1 % to their 99.9 %
    quantile.
    """
    supported = []
    for group in range(ensemble.groups):
        ends = [_ends(support) for support in _possible(ensemble, place, group)]
        supported.append((min(low for low, _ in ends), max(high for _, high in ends)))
    return supported


def _ends(one: Distribution) -> tuple[float, float]:
    edge = 0.0 if one.form in ("point", "uniform", "triangular", "quantiles", "paths") else 0.001
    low, high = one.quantile(np.array([edge, 1 - edge]))
    return float(low), float(high)


def _possible(ensemble: Ensemble, place: int, group: int) -> Iterator[Distribution]:
    """The distributions that a quantity can have in a group: its own, or those that branches set."""
    quantity = ensemble.mechanism.quantities[place][0]
    branch = ensemble.drawn.branch[ensemble.drawn.group == group]
    for column, alternatives in enumerate(ensemble.mechanism.file.alternatives):
        if any(quantity.id in branch.sets for branch in alternatives.branches):
            for number in np.unique(branch[:, column]):
                yield alternatives.branches[number].sets.get(quantity.id, quantity.distribution)
            return
    yield quantity.distribution


def drawn_from_cube(
    ensemble: Ensemble, inputs: tuple[Input, ...], cube: FloatArray, group: int
) -> tuple[Drawn, IntArray, FloatArray]:
    """Inputs at points of the unit cube, float (R, K), in one group: what is drawn, its future, its noise."""
    columns = {item.id: cube[:, place] for place, item in enumerate(inputs)}
    names = [quantity.id for quantity, _ in ensemble.mechanism.quantities]
    still = np.full(len(cube), 0.5)
    chances = np.stack([columns.get(name, still) for name in names], axis=1)
    first = np.flatnonzero(ensemble.drawn.group == group)[0]
    branch = np.repeat(ensemble.drawn.branch[first : first + 1], len(cube), axis=0)
    for place, item in enumerate(ensemble.mechanism.file.alternatives):
        if item.id in columns:
            branch[:, place] = branch_at(ensemble.mechanism, item, columns[item.id])
    row = np.minimum((columns[CHANCE] * ensemble.draws).astype(np.int64), ensemble.draws - 1)
    return drawn_at(ensemble.mechanism, chances, branch, 1), ensemble.future[row], ensemble.noise[row]


def read_again(
    ensemble: Ensemble, drawn: Drawn, future: IntArray, noise: FloatArray, months: Span | None
) -> dict[str, FloatArray]:
    """Every outcome under all scenarios in other draws, (S, R) each, run piece by piece."""
    from vedette.scenario.engine.compiled import BLOCK

    size = len(drawn.values)
    values: dict[str, list[FloatArray]] = {name: [] for name in ensemble.outcomes}
    for start in range(0, size, PIECE):
        used = min(PIECE, size - start)
        # the last row fills a short piece up, so that the function is compiled for one shape
        rows = np.minimum(np.arange(start, start + max(BLOCK, used)), size - 1)
        piece = replace(drawn, values=drawn.values[rows], branch=drawn.branch[rows], gates=drawn.gates[rows])
        paths = rerun(ensemble, range(len(ensemble.names)), piece, future[rows], noise[rows])
        for name, outcome in ensemble.outcomes.items():
            path = paths[:, :used, ensemble.within(months), ensemble.kept.index(outcome.of)].astype(
                np.float64
            )
            values[name].append(read_off(outcome, path))
    return {name: np.concatenate(parts, axis=1) for name, parts in values.items()}
