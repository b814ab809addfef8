"""The reach of each quantity, lever and branch: the outcomes it can move."""

from collections.abc import Mapping
from dataclasses import dataclass

from vedette.scenario.language.entries import MechanismFile


@dataclass(frozen=True)
class Edge:
    """One arrow of the diagram. ``size`` is its quantity; empty for relations that hold by construction."""

    source: str
    target: str
    id: str
    kind: str
    """The form of an effect, or ``sum``, ``product``, ``ratio``, ``inflow``, ``outflow``, ``base``."""
    size: str = ""


def edges_of(file: MechanismFile) -> tuple[Edge, ...]:
    """Every arrow from node to node."""
    levers = {lever.id for lever in file.levers}
    edges = []
    for rate in file.rates:
        if rate.base in levers:
            edges.append(Edge(str(rate.base), rate.id, "", "base"))
        below = (*rate.ratio.of, *rate.ratio.over) if rate.ratio else ()
        for kind, parts in (("sum", rate.sum), ("product", rate.product), ("ratio", below)):
            edges += [Edge(part, rate.id, "", kind) for part in dict.fromkeys(parts)]
    for stock in file.stocks:
        edges += [Edge(part, stock.id, "", "inflow") for part in stock.inflow]
        edges += [Edge(part, stock.id, "", "outflow") for part in stock.outflow]
    edges += [
        Edge(source, effect.target, effect.id, effect.form, effect.size)
        for effect in file.effects
        for source in dict.fromkeys((effect.source, *((effect.only.lever,) if effect.only else ())))
    ]
    return tuple(edges)


def downstream(file: MechanismFile) -> Mapping[str, frozenset[str]]:
    """For every node all nodes that it moves, itself included."""
    moves: dict[str, list[str]] = {}
    for edge in edges_of(file):
        moves.setdefault(edge.source, []).append(edge.target)
    nodes = [entry.id for where in (file.levers, file.calendar, file.events) for entry in where]
    nodes += [entry.id for where in (file.rates, file.stocks) for entry in where]
    return {node: _from(node, moves) for node in nodes}


def outcomes_of(file: MechanismFile) -> dict[str, tuple[str, ...]]:
    """For every quantity, lever and alternative the outcomes that it can move, in the order of the file.

    What it can move by the arrows; how much is another question.
    """
    reached = downstream(file)
    read = {outcome.id: outcome.of for outcome in file.outcomes}
    outcomes = {}
    for name, targets in users(file).items():
        moved = frozenset().union(*(reached[target] for target in targets))
        outcomes[name] = tuple(outcome for outcome, node in read.items() if node in moved)
    return outcomes


def users(file: MechanismFile) -> dict[str, set[str]]:
    """For every quantity, lever and alternative the nodes that it moves at once."""
    used: dict[str, set[str]] = {}

    def note(name: str | None, node: str) -> None:
        if name is not None:
            used.setdefault(name, set()).add(node)

    for lever in file.levers:
        note(lever.id, lever.id)
    for rate in file.rates:
        note(rate.base, rate.id)
        note(rate.scatter, rate.id)
    for stock in file.stocks:
        note(stock.initial, stock.id)
        note(stock.half_life, stock.id)
    targets = {}
    for effect in file.effects:
        targets[effect.id] = effect.target
        level = effect.only.at if effect.only else None
        for name in (effect.size, effect.half, effect.at, effect.until, effect.half_life, level):
            note(name, effect.target)
    for alternative in file.alternatives:
        for branch in alternative.branches:
            for name in branch.sets:
                used.setdefault(alternative.id, set()).update(used.get(name, set()))
            for name in branch.without:
                note(alternative.id, targets[name])
    return used


def _from(node: str, moves: Mapping[str, list[str]]) -> frozenset[str]:
    reached, waiting = {node}, [node]
    while waiting:
        for target in moves.get(waiting.pop(), []):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    return frozenset(reached)
