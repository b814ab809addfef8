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


@dataclass(frozen=True, eq=False)
class Network:
    """Actors and ties on a day.

    Attributes:
        at: the day.
        actors: ``id, name, kind, status`` of every actor with a tie.
        ties: ``subject, relation, kind, object, sign, belief, origins, claims_for, claims_against,
            contested, said`` (the last day on which a claim says that it held), the most probable first.
            ``sign`` is 1 friendly, -1 hostile, 0 neither.
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
            rest["said"] = str(rest["said"])
            drawing.add_edge(row["subject"], row["object"], **rest)
        return drawing


def believed(
    ledger: Ledger, at: date, kinds: Collection[RelationKind] = TIES, least: float = 0.0
) -> pl.DataFrame:
    """The ties of a day for which a graded claim counts, believed at least so far.

    A tie that claims only deny is none, nor is one whose claims are all recalled without a page.
    """
    signs = {word: relation.sign for word, relation in RELATIONS.items()}
    return (
        ledger.holding(at, kinds, least)
        .filter(~pl.col("recalled"), pl.col("supported"))
        .with_columns(sign=pl.col("relation").replace_strict(signs, return_dtype=pl.Int64))
        .drop("recalled", "log_odds", "supported")
    )


def least_of(ledger: Ledger, least: float | None = None) -> float:
    """The belief below which a tie enters nothing; that of the case unless another is given."""
    return ledger.case.weights.least if least is None else least


def faded(
    ledger: Ledger, at: date, kinds: Collection[RelationKind] = TIES, least: float | None = None
) -> pl.DataFrame:
    """The ties for which a claim counts on a day, but which are believed less than ``least``.

    Columns: ``subject, relation, kind, object, belief, contested, said``, the last said first.
    """
    ties = believed(ledger, at, kinds).filter(pl.col("belief") < least_of(ledger, least))
    shown = ties.select("subject", "relation", "kind", "object", "belief", "contested", "said")
    return shown.sort("said", "subject", "relation", "object", descending=[True, False, False, False])


def network_at(
    ledger: Ledger, at: date, kinds: Collection[RelationKind] = TIES, least: float | None = None
) -> Network:
    """The network of a ledger on a day.

    Args:
        ledger: the claims as known on its as-of day.
        at: the day.
        kinds: the kinds of ties to include.
        least: the lowest belief of a tie to include; that of the case if left out.
    """
    ties = believed(ledger, at, kinds, least_of(ledger, least)).select(
        *("subject", "relation", "kind", "object", "sign", "belief"),
        *("origins", "claims_for", "claims_against", "contested", "said"),
    )
    standing = Standing(ledger.case, at)
    tied = pl.concat([ties["subject"], ties["object"]]).unique()
    actors = ledger.case.actors.select("id", "name", "kind").filter(pl.col("id").is_in(tied.implode()))
    statuses = [standing.status(actor) for actor in actors["id"].to_list()]
    return Network(at, actors.with_columns(status=pl.Series(statuses, dtype=pl.String)), ties)
