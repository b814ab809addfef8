"""Alignment of actors, computed only from ties and stances, never from religion, language or name."""

from datetime import date

import numpy as np
import polars as pl

from vedette.case.schema import RelationKind
from vedette.evidence import Ledger
from vedette.network.graph import believed

KINDS = (RelationKind.SUPPORT, RelationKind.STRUCTURE, RelationKind.STANCE, RelationKind.IDENTITY)


def positions(ledger: Ledger, at: date) -> pl.DataFrame:
    """The position of each actor towards each other actor on a day, -1 to 1.

        position = sum of sign * belief / sum of belief      over the ties between the two in both directions

    from -1 (all hostile) to 1 (all friendly). Columns: ``actor, towards, position, weight`` (the sum of
    beliefs), ``ties, contested``.
    """
    ties = believed(ledger, at, KINDS).filter(pl.col("sign") != 0, pl.col("subject") != pl.col("object"))
    columns = ["actor", "towards", "sign", "belief", "contested"]
    one = ties.rename({"subject": "actor", "object": "towards"}).select(columns)
    other = ties.rename({"object": "actor", "subject": "towards"}).select(columns)
    signed = (pl.col("sign") * pl.col("belief")).sort().sum()
    return (
        pl.concat([one, other])
        .group_by("actor", "towards")
        .agg(
            position=signed / pl.col("belief").sort().sum(),
            weight=pl.col("belief").sort().sum(),
            ties=pl.len().cast(pl.Int64),
            contested=pl.col("contested").any(),
        )
        .sort("actor", "weight", "towards", descending=[False, True, False])
    )


def alignment(ledger: Ledger, at: date) -> pl.DataFrame:
    """The alignment of two actors: the cosine of their positions towards all others, weighted by belief.

    1 for the same friends and foes, -1 for opposite ones; only pairs with a position towards at least one
    common actor.
    Columns: ``actor, other, alignment, shared``.
    """
    stands = positions(ledger, at).filter(pl.col("weight") > 0)
    names = sorted({*stands["actor"], *stands["towards"]})
    place = {name: index for index, name in enumerate(names)}
    matrix = np.zeros((len(names), len(names)))
    for actor, towards, position, weight in stands.select(
        "actor", "towards", "position", "weight"
    ).iter_rows():
        matrix[place[actor], place[towards]] = position * weight
    rows = []
    for one in range(len(names)):
        for other in range(one + 1, len(names)):
            apart = [k for k in range(len(names)) if k not in (one, other)]
            a, b = matrix[one, apart], matrix[other, apart]
            shared = int(((a != 0) & (b != 0)).sum())
            if shared:
                cosine = float(a @ b / np.sqrt((a @ a) * (b @ b)))
                rows.append((names[one], names[other], cosine, shared))
    schema = {"actor": pl.String, "other": pl.String, "alignment": pl.Float64, "shared": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row").sort(
        "alignment", "actor", "other", descending=[True, False, False]
    )
