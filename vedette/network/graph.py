"""The network on a day: ties between actors with their beliefs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from vedette.case.schema import RELATIONS, TIES, RelationKind
from vedette.evidence import Ledger
from vedette.network.standing import Standing

if TYPE_CHECKING:
    import networkx as nx

LEAST = 0.5
"""The lowest belief of a tie in the network, by default."""


@dataclass(frozen=True, eq=False)
class Network:
    """Actors and ties on a day.

    Attributes:
        at: the day.
        actors: ``id, name, kind, status`` of every actor with a tie.
        ties: ``subject, relation, kind, object, sign, belief, origins, claims_for, claims_against,
            contested``, the most probable first. ``sign`` is 1 friendly, -1 hostile, 0 neither.
    """

    at: date
    actors: pl.DataFrame
    ties: pl.DataFrame

    def graph(self) -> "nx.MultiDiGraph[str]":
        """The network as a networkx graph, for its algorithms and formats."""
        import networkx as nx

        drawing: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for row in self.actors.iter_rows(named=True):
            drawing.add_node(row["id"], **{name: value for name, value in row.items() if name != "id"})
        for row in self.ties.iter_rows(named=True):
            rest = {name: value for name, value in row.items() if name not in ("subject", "object")}
            drawing.add_edge(row["subject"], row["object"], **rest)
        return drawing


def believed(
    ledger: Ledger, at: date, kinds: Collection[RelationKind] = TIES, least: float = 0.0
) -> pl.DataFrame:
    """The ties of a day with at least one graded claim; ties with only recalled claims are left out."""
    signs = {word: relation.sign for word, relation in RELATIONS.items()}
    return (
        ledger.holding(at, kinds, least)
        .filter(~pl.col("recalled"), pl.col("origins") > 0)
        .with_columns(sign=pl.col("relation").replace_strict(signs, return_dtype=pl.Int64))
        .drop("recalled", "log_odds")
    )


def network_at(
    ledger: Ledger, at: date, kinds: Collection[RelationKind] = TIES, least: float = LEAST
) -> Network:
    """The network of a ledger on a day.

    Args:
        ledger: the claims as known on its as-of day.
        at: the day.
        kinds: the kinds of ties to include.
        least: the lowest belief of a tie to include.
    """
    ties = believed(ledger, at, kinds, least).select(
        *("subject", "relation", "kind", "object", "sign", "belief"),
        *("origins", "claims_for", "claims_against", "contested"),
    )
    standing = Standing(ledger.case, at)
    tied = pl.concat([ties["subject"], ties["object"]]).unique()
    actors = ledger.case.actors.filter(pl.col("id").is_in(tied.to_list())).select("id", "name", "kind")
    statuses = [standing.status(actor) for actor in actors["id"]]
    return Network(at, actors.with_columns(status=pl.Series(statuses, dtype=pl.String)), ties)
