"""Structural balance of a signed network: triangles with an even number of hostile ties, and frustration.

Heider (1946), Cartwright and Harary (1956); the line index of frustration after Harary (1959) and Aref and
Wilson (2019).
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
        share: belief-weighted share of triangles with an even number of hostile sides; None without
            triangles.
        triangles: the number of triangles.
        unbalanced: the triangles with an odd number of hostile sides, as three ids, the most believed first.
        frustration: the fewest ties that would have to change sign for balance (an upper bound unless
            ``exact``).
        exact: whether every division was tried.
    """

    share: float | None
    triangles: int
    unbalanced: tuple[tuple[str, str, str], ...]
    frustration: int
    exact: bool


def balance(network: Network) -> Balance:
    """The structural balance of the friendly and hostile ties of a network, ignoring their direction.

    The weight of the edge between two actors is the sum of sign times belief; there is no edge if it is 0.
    """
    graph = _signed(network.ties)
    weights: dict[tuple[str, str, str], float] = {}
    for one, other, third in _triangles(graph):
        sides = [graph[a][b]["weight"] for a, b in ((one, other), (other, third), (one, third))]
        weights[one, other, third] = sides[0] * sides[1] * sides[2]
    whole = sum(sorted(map(abs, weights.values())))
    even = sum(sorted(weight for weight in weights.values() if weight > 0))
    odd = sorted((weight, names) for names, weight in weights.items() if weight < 0)
    components = [_frustration(graph.subgraph(part).copy()) for part in nx.biconnected_components(graph)]
    return Balance(
        share=even / whole if whole else None,
        triangles=len(weights),
        unbalanced=tuple(names for _, names in odd),
        frustration=sum(changed for changed, _ in components),
        exact=all(exact for _, exact in components),
    )


def _signed(ties: pl.DataFrame) -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    signed = ties.filter(pl.col("sign") != 0, pl.col("subject") != pl.col("object")).sort("subject", "object")
    for one, other, sign, belief in signed.select("subject", "object", "sign", "belief").iter_rows():
        before = graph[one][other]["weight"] if graph.has_edge(one, other) else 0.0
        graph.add_edge(one, other, weight=before + sign * belief)
    graph.remove_edges_from([(a, b) for a, b, weight in graph.edges(data="weight") if abs(weight) < 1e-12])
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
    edges = [(names.index(a), names.index(b), weight > 0) for a, b, weight in graph.edges(data="weight")]
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
