"""Alignment of actors, computed only from ties and stances, never from religion, language or name."""

from collections.abc import Mapping
from datetime import date
from itertools import combinations

import polars as pl

from vedette.case.schema import RelationKind
from vedette.evidence import Ledger
from vedette.network.graph import believed, least_of

KINDS = (RelationKind.SUPPORT, RelationKind.STRUCTURE, RelationKind.STANCE, RelationKind.IDENTITY)
FRIENDLY, HOSTILE, BOTH = "friendly", "hostile", "both"


def positions(ledger: Ledger, at: date, least: float | None = None) -> pl.DataFrame:
    """How each actor stands to each other actor on a day, by the ties between the two in both directions.

    Only ties that a claim speaks for and that are believed at least ``least`` (that of the case if left
    out); a denied opposition is none. Columns: ``actor, towards, position`` (friendly, hostile, or both),
    ``friendly, hostile`` (relations, joined by ;), ``belief`` (in the most believed of them),
    ``contested, said``.
    """
    ties = believed(ledger, at, KINDS, least_of(ledger, least)).filter(
        pl.col("sign") != 0, pl.col("subject") != pl.col("object")
    )
    columns = ["actor", "towards", "relation", "sign", "belief", "contested", "said"]
    one = ties.rename({"subject": "actor", "object": "towards"}).select(columns)
    other = ties.rename({"object": "actor", "subject": "towards"}).select(columns)
    words = {
        name: pl.col("relation").filter(pl.col("sign") == sign).unique().sort().str.join(";")
        for name, sign in ((FRIENDLY, 1), (HOSTILE, -1))
    }
    both = pl.concat([one, other]).group_by("actor", "towards")
    told = both.agg(
        **words, belief=pl.col("belief").max(), contested=pl.col("contested").any(), said=pl.col("said").max()
    )
    position = (
        pl.when((pl.col(FRIENDLY) != "") & (pl.col(HOSTILE) != ""))
        .then(pl.lit(BOTH))
        .when(pl.col(HOSTILE) != "")
        .then(pl.lit(HOSTILE))
        .otherwise(pl.lit(FRIENDLY))
    )
    return (
        told.with_columns(position=position)
        .select("actor", "towards", "position", FRIENDLY, HOSTILE, "belief", "contested", "said")
        .sort("actor", "belief", "towards", descending=[False, True, False])
    )


def alignment(ledger: Ledger, at: date, least: float | None = None) -> pl.DataFrame:
    """How far two actors have the same friends and foes, of those to whom both stand one way.

        alignment = (number of others to whom they stand alike - number to whom they stand opposed) /
        shared

    1 for the same friends and foes, -1 for opposite ones. Columns: ``actor, other, alignment, shared``
    (the number of others), ``alike, opposed`` (their ids, joined by ;).
    """
    stands: dict[str, dict[str, str]] = {}
    for actor, towards, position in (
        positions(ledger, at, least).select("actor", "towards", "position").iter_rows()
    ):
        if position != BOTH:
            stands.setdefault(actor, {})[towards] = position
    rows = []
    for one, other in combinations(sorted(stands), 2):
        alike, opposed = _compared(stands[one], stands[other])
        shared = len(alike) + len(opposed)
        if shared:
            score = (len(alike) - len(opposed)) / shared
            rows.append((one, other, score, shared, ";".join(alike), ";".join(opposed)))
    schema = {"actor": pl.String, "other": pl.String, "alignment": pl.Float64, "shared": pl.Int64}
    schema |= {"alike": pl.String, "opposed": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row").sort(
        "alignment", "shared", "actor", "other", descending=[True, True, False, False]
    )


def _compared(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Those to whom two actors stand alike, and opposed."""
    shared = sorted(one.keys() & other.keys())
    return [who for who in shared if one[who] == other[who]], [
        who for who in shared if one[who] != other[who]
    ]
