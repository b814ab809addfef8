"""What an answer is made from: quantities, weighted branches and chance, each moved by one number."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from vedette.model import FloatArray, IntArray
from vedette.periods import Span
from vedette.scenario.engine.ensemble import Ensemble, read_off
from vedette.scenario.engine.running import rerun
from vedette.scenario.engine.sampling import Drawn, drawn_at
from vedette.scenario.language.distributions import Distribution
from vedette.scenario.language.reach import outcomes_of

CHANCE = "chance"
"""The future of the forecast and the scatter of rates, taken together."""
PIECE = 20_000
"""Draws whose paths are held at once."""


@dataclass(frozen=True)
class Input:
    """Something that differs from draw to draw. ``moves``: the outcomes that it can move."""

    id: str
    name: str
    mark: str
    """``observed``, ``estimated`` or ``assumed``; ``chance``."""
    unit: str
    moves: frozenset[str]


def inputs_of(made: Ensemble) -> tuple[Input, ...]:
    """Quantities that are not points, then weighted alternatives, then chance."""
    mechanism, moved = made.mechanism, outcomes_of(made.mechanism.file)
    found = [
        Input(quantity.id, quantity.name, mark, quantity.unit, frozenset(moved.get(quantity.id, ())))
        for place, (quantity, mark) in enumerate(mechanism.quantities)
        if any(low < high for low, high in supports(made, place))
    ]
    found += [
        Input(each.id, each.name, "assumed", "", frozenset(moved.get(each.id, ())))
        for each in mechanism.file.alternatives
        if not each.unweighted
    ]
    return (*found, Input(CHANCE, "Chance", CHANCE, "", frozenset(made.outcomes)))


def supports(made: Ensemble, place: int) -> list[tuple[float, float]]:
    """The least and the most that a quantity can be in each group of unweighted branches.

    Forms other than point, uniform and triangular count from their 0.1 % to their 99.9 % quantile.
    """
    found = []
    for group in range(made.groups):
        ends = [_ends(each) for each in _possible(made, place, group)]
        found.append((min(low for low, _ in ends), max(high for _, high in ends)))
    return found


def _ends(one: Distribution) -> tuple[float, float]:
    edge = 0.0 if one.form in ("point", "uniform", "triangular") else 0.001
    low, high = one.quantile(np.array([edge, 1 - edge]))
    return float(low), float(high)


def _possible(made: Ensemble, place: int, group: int) -> Iterator[Distribution]:
    """The distributions that a quantity can have in a group: its own, or those that branches set."""
    quantity = made.mechanism.quantities[place][0]
    branch = made.drawn.branch[made.drawn.group == group]
    for column, alternatives in enumerate(made.mechanism.file.alternatives):
        if any(quantity.id in each.sets for each in alternatives.branches):
            for number in np.unique(branch[:, column]):
                yield alternatives.branches[number].sets.get(quantity.id, quantity.distribution)
            return
    yield quantity.distribution


def drawn_from_cube(
    made: Ensemble, inputs: tuple[Input, ...], cube: FloatArray, group: int
) -> tuple[Drawn, IntArray, FloatArray]:
    """Inputs at points of the unit cube, float (R, K), in one group: what is drawn, its future, its noise."""
    held = {each.id: cube[:, place] for place, each in enumerate(inputs)}
    names = [quantity.id for quantity, _ in made.mechanism.quantities]
    still = np.full(len(cube), 0.5)
    chances = np.stack([held.get(name, still) for name in names], axis=1)
    first = np.flatnonzero(made.drawn.group == group)[0]
    branch = np.repeat(made.drawn.branch[first : first + 1], len(cube), axis=0)
    for place, each in enumerate(made.mechanism.file.alternatives):
        if not each.unweighted:
            edges = np.cumsum([option.weight or 0.0 for option in each.branches])
            at = np.searchsorted(edges, held[each.id], side="right")
            branch[:, place] = np.minimum(at, len(edges) - 1)
    row = np.minimum((held[CHANCE] * made.draws).astype(np.int64), made.draws - 1)
    return drawn_at(made.mechanism, chances, branch, 1), made.future[row], made.noise[row]


def read_again(
    made: Ensemble, drawn: Drawn, future: IntArray, noise: FloatArray, months: Span | None
) -> dict[str, FloatArray]:
    """Every outcome under all scenarios in other draws, (S, R) each, run piece by piece."""
    from vedette.scenario.engine.compiled import BLOCK

    size = len(drawn.values)
    most = max(BLOCK, size) if size <= PIECE else PIECE
    found: dict[str, list[FloatArray]] = {name: [] for name in made.outcomes}
    for start in range(0, size, most):
        # the last row fills a short piece up, so that the function is compiled for one shape
        rows = np.minimum(np.arange(start, start + most), size - 1)
        piece = replace(drawn, values=drawn.values[rows], branch=drawn.branch[rows], gates=drawn.gates[rows])
        paths = rerun(made, range(len(made.names)), piece, future[rows], noise[rows])
        used = min(most, size - start)
        for name, asked in made.outcomes.items():
            path = paths[:, :used, made.within(months), made.kept.index(asked.of)].astype(np.float64)
            found[name].append(read_off(asked, path))
    return {name: np.concatenate(parts, axis=1) for name, parts in found.items()}
