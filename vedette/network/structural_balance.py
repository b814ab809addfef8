"""Structural balance of a signed network: triangles with an even number of hostile ties, and frustration.

Heider (1946), Cartwright and Harary (1956); the line index of frustration after Harary (1959) and Aref
and Wilson (2019).
"""

from dataclasses import dataclass
from itertools import combinations, product

import networkx as nx
import polars as pl

from vedette.network.graph import Network

EXACT = 16
"""In biconnected components of up to so many actors the frustration is exact: all divisions are tried."""


@dataclass(frozen=True)
class Balance:
    """How balanced a signed network is.

    Attributes:
        balanced: the number of triangles with an even number of hostile sides.
        triangles: the number of triangles.
        unbalanced: the triangles with an odd number of hostile sides, as three ids.
        frustration: the fewest ties that would have to change sign for balance (an upper bound unless
            ``exact``).
        exact: whether every division was tried.
    """

    balanced: int
    triangles: int
    unbalanced: tuple[tuple[str, str, str], ...]
    frustration: int
    exact: bool


def balance(network: Network) -> Balance:
    """The structural balance of the friendly and hostile ties of a network, ignoring their direction.

    Two actors whose ties are friendly and hostile have no edge.
    """
    graph = _signed(network.ties)
    triangles = _triangles(graph)
    odd = [
        (one, other, third)
        for one, other, third in triangles
        if graph[one][other]["sign"] * graph[other][third]["sign"] * graph[one][third]["sign"] < 0
    ]
    components = [_frustration(graph.subgraph(part).copy()) for part in nx.biconnected_components(graph)]
    return Balance(
        balanced=len(triangles) - len(odd),
        triangles=len(triangles),
        unbalanced=tuple(odd),
        frustration=sum(changed for changed, _ in components),
        exact=all(exact for _, exact in components),
    )


def _signed(ties: pl.DataFrame) -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    signs: dict[tuple[str, str], set[int]] = {}
    signed = ties.filter(pl.col("sign") != 0, pl.col("subject") != pl.col("object"))
    for subject, object_, sign in signed.select("subject", "object", "sign").iter_rows():
        signs.setdefault((min(subject, object_), max(subject, object_)), set()).add(sign)
    for (one, other), between in sorted(signs.items()):
        if len(between) == 1:
            graph.add_edge(one, other, sign=between.pop())
    return graph


def _triangles(graph: "nx.Graph[str]") -> list[tuple[str, str, str]]:
    triangles = []
    for one in sorted(graph):
        later = sorted(other for other in graph[one] if other > one)
        triangles += [(one, a, b) for a, b in combinations(later, 2) if graph.has_edge(a, b)]
    return triangles


def _frustration(graph: "nx.Graph[str]") -> tuple[int, bool]:
    """The frustration of one biconnected component, and whether it is exact."""
    names = sorted(graph)
    edges = [(names.index(a), names.index(b), sign > 0) for a, b, sign in graph.edges(data="sign")]
    if len(names) <= EXACT:
        camps = product((False, True), repeat=len(names) - 1)
        return min(_against(edges, (False, *camp)) for camp in camps), True
    return _descent(edges, len(names)), False


def _against(edges: list[tuple[int, int, bool]], camp: tuple[bool, ...]) -> int:
    return sum((camp[a] == camp[b]) != friendly for a, b, friendly in edges)


def _descent(edges: list[tuple[int, int, bool]], size: int) -> int:
    """An upper bound of the frustration by local search: moves single actors while that lowers it."""
    camp, best = [False] * size, _against(edges, (False,) * size)
    better = True
    while better:
        better = False
        for actor in range(size):
            camp[actor] = not camp[actor]
            tried = _against(edges, tuple(camp))
            if tried < best:
                best, better = tried, True
            else:
                camp[actor] = not camp[actor]
    return best
