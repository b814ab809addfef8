"""An edition whose claims, sources and origins have public ids: see `vedette.case.writing.edition_key`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from vedette.case import Case
from vedette.case.writing import public_ids

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "sources": ("id",),
    "claims": ("id", "source", "origin"),
    "retractions": ("claim", "source"),
    "forces": ("claim",),
    "sites": ("source",),
    "posture": ("source",),
    "timeline": ("source",),
    "interventions": ("source",),
    "totals": ("source",),
}
"""The columns that hold ids of claims and sources, by table."""


def with_public_ids(cut: Case) -> Case:
    """An edition with a public id in place of each id of a claim, source or origin.

    ``public_ids`` of the result are those of the claims and sources that it shows.

    Raises:
        StorageError: the key of the case cannot be read or made.
    """
    known = {*cut.sources["id"], *cut.claims["id"]}
    ids = public_ids(cut.folder, cut.edition, known.union(cut.claims["origin"]) - {""})
    tables: dict[str, Any] = {
        name: _named(getattr(cut, name), columns, ids) for name, columns in _COLUMNS.items()
    }
    tables["claims"] = _protected_last(tables["claims"])
    regions = tuple(replace(one, source=ids.get(one.source, one.source)) for one in cut.regions)
    shown = {one: ids[one] for one in sorted(known) if one in ids}
    return replace(cut, **tables, regions=regions, public_ids=shown)


def _protected_last(claims: pl.DataFrame) -> pl.DataFrame:
    """The claims with those of protected speakers at the end, in an order that the edition itself shows."""
    hidden = pl.col("speaker_kind") == "protected"
    order = ["subject", "relation", "object", "polarity", "source", "known", "id"]
    return pl.concat([claims.filter(~hidden), claims.filter(hidden).sort(order)])


def _named(
    table: pl.DataFrame | None, columns: tuple[str, ...], ids: Mapping[str, str]
) -> pl.DataFrame | None:
    if table is None:
        return None
    return table.with_columns(pl.col(column).replace(ids) for column in columns)
