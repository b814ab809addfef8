"""Placing: the area of the case in which each event lies, and the way in which it was found."""

from collections.abc import Callable
from enum import StrEnum

import polars as pl

from vedette.case import Case

UNRESOLVED = "?"
PRECISE = 3
"""The coarsest precision (a district, on UCDP's scale) at which the point of an event says where it was."""

NAMES = ("place_name", "district_name")
"""The columns with the name of an event's place, by administrative level."""
WHERE = (*NAMES, "place_precision", "longitude", "latitude")
"""The columns of the events table by which an event is placed."""


class Way(StrEnum):
    """The ways in which an event is placed, in the order in which they are tried."""

    NAME = "by name"
    POINT = "by point"
    COARSER = "by a coarser name"
    SPREAD = "spread over the areas"
    NOWHERE = "in no place"


FOUND = (Way.NAME, Way.POINT, Way.COARSER)
"""The ways that lead to an area."""


def place_events(table: pl.DataFrame, case: Case) -> pl.DataFrame:
    """The area of each event and the way in which it was found.

    An event is placed by its name at the level of the areas (province or district); else by its point, where
    the publisher calls it precise (`PRECISE`) and it lies in an area; else by a coarser name under which one
    area alone lies; else nowhere. An event with neither a name nor a precise point is spread over the areas.
    In a case without polygons every event lies in the whole country.

    Args:
        table: events with at least the columns `WHERE`.
        case: the case, for its areas.

    Returns:
        ``place``: the id of the area, empty where the event is spread, ``?NAME`` where it lies in no area;
        ``way``: one of `Way`. Rows in the order of the table.
    """
    places = case.places
    if not places.geometry:
        whole = {"place": places.ids[0], "way": Way.NAME.value}
        return table.select(
            pl.lit(value).repeat_by(pl.len()).alias(key) for key, value in whole.items()
        ).explode("place", "way")
    names = table.select(pl.col(NAMES).cast(pl.String).str.strip_chars().replace("", None))
    own, coarser = own_name(places.level), NAMES[: places.level - 1][::-1]
    by_name = (
        _looked_up(names[own], places.resolve) if own else pl.Series([None] * table.height, dtype=pl.String)
    )
    ways = [
        by_name.alias(Way.NAME),
        _by_point(table, case, by_name.is_null()).alias(Way.POINT),
        *(_looked_up(names[level], places.only_area_in).alias(f"{Way.COARSER} {level}") for level in coarser),
    ]
    named = names.select(pl.coalesce(*([own] if own else []), *coarser).alias("name"))
    return pl.concat([pl.DataFrame(ways), named], how="horizontal").select(
        pl.coalesce(*(way.name for way in ways), UNRESOLVED + pl.col("name"), pl.lit("")).alias("place"),
        pl.coalesce(*(_when(way.name) for way in ways), _when("name"), pl.lit(Way.SPREAD.value)).alias("way"),
    )


def own_name(level: int) -> str | None:
    """The column with the names of places of an administrative level; None below districts."""
    return NAMES[level - 1] if level <= len(NAMES) else None


def precise() -> pl.Expr:
    """Whether the point of an event says where it was."""
    return (
        (pl.col("place_precision") <= PRECISE)
        & pl.col("longitude").is_not_null()
        & pl.col("latitude").is_not_null()
    )


def _looked_up(names: pl.Series, area: Callable[[str], str | None]) -> pl.Series:
    """The area of each name, null where there is none."""
    known = {name: area(name) for name in names.drop_nulls().unique().sort()}
    return names.replace_strict(list(known), list(known.values()), default=None, return_dtype=pl.String)


def _by_point(table: pl.DataFrame, case: Case, wanted: pl.Series) -> pl.Series:
    """The area around the point of each wanted event; null where the point is imprecise or in no area."""
    used = table.select(wanted & precise()).to_series().fill_null(value=False)
    points = table.filter(used).select("longitude", "latitude").unique(maintain_order=True)
    areas = points.with_columns(pl.Series("area", case.places.locate(points.to_numpy()), dtype=pl.String))
    dots = table.select(pl.when(used).then(pl.col(axis)).alias(axis) for axis in ("longitude", "latitude"))
    return dots.join(areas, on=["longitude", "latitude"], how="left", maintain_order="left")["area"]


def _when(way: str) -> pl.Expr:
    """The word for a way where it led somewhere."""
    word = Way.COARSER if way.startswith(Way.COARSER) else Way.NOWHERE if way == "name" else way
    return pl.when(pl.col(way).is_not_null()).then(pl.lit(str(word)))
