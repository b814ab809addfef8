"""A summary of the events of a case, in one table."""

import polars as pl

from vedette.case import Case
from vedette.events.counted_events import counted_sql
from vedette.events.counting import counting_releases, counting_text
from vedette.events.covers import between, file_covers
from vedette.events.disk import database, frame, storing
from vedette.events.placement import placed_spots, ways, ways_text
from vedette.events.placing import Way
from vedette.events.releases import release_order
from vedette.events.store import open_events
from vedette.periods import joined

SCHEMA = pl.Schema(
    {
        "dataset": pl.String(),
        "release": pl.String(),
        "counts": pl.String(),
        "files": pl.Int64(),
        "events": pl.Int64(),
        "first": pl.Date(),
        "last": pl.Date(),
        "low": pl.Int64(),
        "best": pl.Int64(),
        "high": pl.Int64(),
        "replaced": pl.Int64(),
        "elsewhere": pl.Int64(),
        "uncounted": pl.Int64(),
        "no_province": pl.Int64(),
        "unresolved": pl.Int64(),
        "unresolved_names": pl.String(),
        "placed": pl.String(),
        "in_no_place": pl.Int64(),
        "deaths_in_no_place": pl.Int64(),
        "covers": pl.String(),
        "gaps": pl.String(),
    }
)

_DATASETS = """
    SELECT dataset, release, files, events, first, last, low, best, high, replaced, elsewhere, uncounted,
        no_province
    FROM (
        SELECT dataset, count(*) FILTER (standing) AS events, count(*) FILTER (NOT standing) AS replaced,
            min(date_start) FILTER (standing) AS first, max(date_end) FILTER (standing) AS last,
            sum(low) FILTER (standing) AS low, sum(best) FILTER (standing) AS best,
            sum(high) FILTER (standing) AS high,
            count(*) FILTER (standing AND country <> ?) AS elsewhere,
            count(*) FILTER (standing AND country = ? AND NOT ({counted})) AS uncounted,
            count(*) FILTER (standing AND place_name IS NULL) AS no_province
        FROM events GROUP BY dataset
    ) JOIN (
        SELECT dataset, list(DISTINCT release) AS release, count(*) AS files
        FROM files GROUP BY dataset
    ) USING (dataset)
    ORDER BY dataset
"""


def summary(case: Case) -> pl.DataFrame:
    """A summary of the loaded events, with one row for each data set.

    Returns:
        ``dataset``, ``release`` (all loaded releases, the one that stands before all others last), ``counts``
        (which release counts for which days of the country, in words), ``files``, ``events`` (without
        replaced ones), ``first`` and ``last`` day, deaths ``low``, ``best``, ``high``; and numbers of events:
        ``replaced``
        (by a newer release, or copies of another event), ``elsewhere`` (in other countries),
        ``uncounted`` (in the country, but no violence that the case counts), ``no_province``
        (the publisher named none), ``unresolved`` (the province name is not in the case) with these names;
        ``placed``, which way the counted events in the country were placed, in words; ``in_no_place`` and
        ``deaths_in_no_place``, the events that lie in no area of the case and their deaths;
        ``covers``, the runs of days on which the files know of everything in the country, and ``gaps``, those
        between them.
        Empty without files.

    Raises:
        EventsError: a file in the events folder cannot be read.
        StorageError: the store cannot be written.
    """
    store = open_events(case)
    if store.path is None:
        return pl.DataFrame(schema=SCHEMA)
    with storing(), database(store.path, read_only=True) as connection:
        query = _DATASETS.format(counted=counted_sql(case))
        datasets = frame(connection.sql(query, params=[case.country.name] * 2))
        covers = {name: file_covers(connection, name, case.country) for name in datasets["dataset"]}
    runs = [joined(cover.days for cover in held) for held in covers.values()]
    counts = [counting_text(counting_releases(held, dataset)) for dataset, held in covers.items()]
    releases = [", ".join(sorted(names, key=release_order)) for names in datasets["release"]]
    names = (
        store.unresolved(case)
        .group_by("dataset", maintain_order=True)
        .agg(
            pl.col("events").sum().alias("unresolved"),
            pl.format("{} ({})", "name", "events").str.join("; ").alias("unresolved_names"),
        )
    )
    spots = placed_spots(store, case)
    datasets = datasets.join(
        _placed(spots, case), on="dataset", how="left", maintain_order="left"
    ).with_columns(pl.col("placed").fill_null(""), pl.col("in_no_place", "deaths_in_no_place").fill_null(0))
    datasets = datasets.with_columns(
        pl.Series("release", releases, dtype=pl.String),
        pl.Series("counts", counts, dtype=pl.String),
        pl.Series("covers", [", ".join(map(str, run)) for run in runs], dtype=pl.String),
        pl.Series("gaps", [", ".join(map(str, between(run))) for run in runs], dtype=pl.String),
    )
    known = datasets.join(names, on="dataset", how="left", maintain_order="left")
    return (
        known.with_columns(pl.col("unresolved").fill_null(0), pl.col("unresolved_names").fill_null(""))
        .select(SCHEMA.names())
        .cast(SCHEMA)
    )


def _placed(spots: pl.DataFrame, case: Case) -> pl.DataFrame:
    """Which way the events of each data set were placed, and those in no place; no words without areas."""
    nowhere = pl.col("way") == Way.NOWHERE.value
    counted = ways(spots)
    words = {
        str(dataset): ways_text(rows) if case.places.geometry else ""
        for (dataset,), rows in counted.group_by("dataset", maintain_order=True)
    }
    return counted.group_by("dataset", maintain_order=True).agg(
        pl.col("events").filter(nowhere).sum().alias("in_no_place"),
        pl.col("deaths").filter(nowhere).sum().alias("deaths_in_no_place"),
        pl.col("dataset").first().replace_strict(words, return_dtype=pl.String).alias("placed"),
    )
