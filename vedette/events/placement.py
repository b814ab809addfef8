"""How the loaded events of a case were placed, and the names of places that no area has."""

from collections.abc import Iterator
from difflib import get_close_matches

import polars as pl

from vedette.case import Case
from vedette.case.geography import fold
from vedette.errors import Problem
from vedette.events.counted_events import counted_sql
from vedette.events.disk import database, frame, storing
from vedette.events.placing import PRECISE, WHERE, Way, own_name, place_events
from vedette.events.store import Store
from vedette.plurals import counted

SPOTS = pl.Schema(
    {
        "dataset": pl.String(),
        "place_name": pl.String(),
        "district_name": pl.String(),
        "place_precision": pl.Int8(),
        "longitude": pl.Float64(),
        "latitude": pl.Float64(),
        "events": pl.Int64(),
        "deaths": pl.Int64(),
        "place": pl.String(),
        "way": pl.String(),
    }
)
"""The columns of `placed_spots`."""

NAMES = pl.Schema(
    {
        "name": pl.String(),
        "events": pl.Int64(),
        "deaths": pl.Int64(),
        "nowhere": pl.Int64(),
        "nearest": pl.String(),
        "area": pl.String(),
        "confirmed": pl.Boolean(),
    }
)
"""The columns of `unmatched_names`."""

_SHOWN = 10
_LIKE = 0.6
_MANY_ASTRAY = 0.2


def placed_spots(store: Store, case: Case) -> pl.DataFrame:
    """The counted events in the country by name and point, with their number, deaths, area and way.

    Raises:
        StorageError: the store cannot be read.
    """
    if store.path is None:
        return SPOTS.to_frame()
    where = ", ".join(WHERE)
    with storing(), database(store.path, read_only=True) as connection:
        found = connection.sql(
            f"SELECT dataset, {where}, count(*) AS events, CAST(sum(best) AS BIGINT) AS deaths FROM events "
            f"WHERE standing AND country = ? AND ({counted_sql(case)}) GROUP BY ALL "
            f"ORDER BY dataset, {where}",
            params=[case.country.name],
        )
        spots = frame(found)
    return spots.hstack(place_events(spots, case)).select(SPOTS.names()).cast(SPOTS)


def ways(spots: pl.DataFrame) -> pl.DataFrame:
    """Events and deaths by data set and way: ``dataset, way, events, deaths``, ways in their order."""
    order = pl.Enum([way.value for way in Way])
    return (
        spots.group_by("dataset", "way")
        .agg(pl.col("events", "deaths").sum())
        .sort("dataset", pl.col("way").cast(order))
    )


def ways_text(rows: pl.DataFrame) -> str:
    """The ways of one data set in words: "by name 4,590 events (33,012 deaths), by point 13 (40)"."""
    words = [
        f"{way} {counted(events, 'event')} ({counted(deaths, 'death')})"
        for way, events, deaths in rows.select("way", "events", "deaths").iter_rows()
    ]
    return ", ".join(words)


def unmatched_names(spots: pl.DataFrame, case: Case) -> pl.DataFrame:
    """Names at the level of the areas that no area has, those with most events in no place first.

    Returns:
        ``name``, ``events``, ``deaths``; ``nowhere``, the events in no place; ``nearest``, the ids of areas
        with a like name, joined by ``;``; ``area``, where most of the precise points of the name lie, which
        is ``confirmed`` if these are more than half of its precise points. Empty for a case without areas.
    """
    own = own_name(case.places.level)
    if own is None or not case.places.geometry or spots.is_empty():
        return NAMES.to_frame()
    names = spots.with_columns(pl.col(own).str.strip_chars().alias("name")).filter(
        pl.col("name").is_not_null(), pl.col("name") != "", pl.col("way") != Way.NAME.value
    )
    precise = (pl.col("place_precision") <= PRECISE) & pl.col("longitude").is_not_null()
    at_points = names.filter(precise)
    areas = (
        at_points.filter(way=Way.POINT.value)
        .group_by("name", "place")
        .agg(pl.col("events").sum().alias("inside"))
        .sort("name", "inside", "place", descending=[False, True, False])
        .unique("name", keep="first", maintain_order=True)
        .select("name", pl.col("place").alias("area"), "inside")
    )
    points = at_points.group_by("name").agg(pl.col("events").sum().alias("points"))
    astray = pl.col("events").filter(pl.col("way") == Way.NOWHERE.value).sum()
    return (
        names.group_by("name")
        .agg(pl.col("events", "deaths").sum(), astray.alias("nowhere"))
        .join(areas, on="name", how="left")
        .join(points, on="name", how="left")
        .with_columns(
            (2 * pl.col("inside") > pl.col("points")).fill_null(value=False).alias("confirmed"),
            pl.col("area").fill_null(""),
            pl.col("name").map_elements(lambda name: _nearest(name, case), pl.String).alias("nearest"),
        )
        .sort("nowhere", "events", "name", descending=[True, True, False])
        .select(NAMES.names())
        .cast(NAMES)
    )


def _nearest(name: str, case: Case) -> str:
    """Ids of areas whose names are like a name, joined by ``;``."""
    known = {fold(spelling): place for place, spelling in case.places.spellings.said}
    near = get_close_matches(fold(name), list(known), 3, cutoff=_LIKE)
    return ";".join(dict.fromkeys(known[spelling] for spelling in near))


def alias_line(area: str, name: str) -> str:
    """The line of ``aliases`` in case.yaml that gives an area another name."""
    return f'  {area}: ["{name}"]'


def place_problems(store: Store, case: Case) -> Iterator[Problem]:
    """What is worth a look in how events were placed: names that no area has, names of another level."""
    spots = placed_spots(store, case)
    names = unmatched_names(spots, case)
    for row in names.head(_SHOWN).iter_rows(named=True):
        yield _unmatched(row, case)
    if names.height > _SHOWN:
        rest = names[_SHOWN:]
        found = f"{names.height - _SHOWN} more names with {counted(int(rest['events'].sum()), 'event')}"
        cure = f"vedette events aliases {case.typed} lists them."
        yield Problem("case.yaml", 0, "aliases", "names of areas", found, cure)
    yield from other_level(spots, case)


def _unmatched(row: dict[str, object], case: Case) -> Problem:
    name, events, nowhere = str(row["name"]), int(str(row["events"])), int(str(row["nowhere"]))
    found = f"{name!r} ({counted(events, 'event')}, {counted(int(str(row['deaths'])), 'death')}"
    found += f"; {nowhere:,} in no place)" if nowhere else "; placed by their points)"
    confirmed = [str(row["area"])] if row["confirmed"] else []
    near = [area for area in (*confirmed, *str(row["nearest"]).split(";")) if area]
    cure = "Where it is another name of an area, add it under `aliases` in case.yaml"
    if near:
        listed = ", ".join(f"{area} {case.places.names[area]}" for area in dict.fromkeys(near))
        cure = f"Like: {listed}. {cure}, such as `{alias_line(near[0], name).strip()}`"
    return Problem("case.yaml", 0, "aliases", "the name of an area", found, f"{cure}.")


def other_level(spots: pl.DataFrame, case: Case) -> Iterator[Problem]:
    """Warns where many events lie, by their precise points, in other areas than the ones of their name."""
    precise = (pl.col("place_precision") <= PRECISE) & pl.col("longitude").is_not_null()
    named = spots.filter(precise, way=Way.NAME.value)
    if not case.places.geometry or named.is_empty():
        return
    located = pl.Series(case.places.locate(named.select("longitude", "latitude").to_numpy()), dtype=pl.String)
    astray = int(named.filter(located.is_not_null() & (located != named["place"]))["events"].sum())
    events = int(named["events"].sum())
    if astray > _MANY_ASTRAY * events:
        found = f"{astray:,} of {counted(events, 'precisely placed event')} in other areas than the one named"
        level = case.places.level + 1 if case.places.level == 1 else 1
        cure = (
            f"Look whether the areas are of another level than {case.places.level}; if so write "
            f"`places: {{level: {level}}}` in case.yaml."
        )
        yield Problem("case.yaml", 0, "places.level", "events that lie where their name says", found, cure)
