"""Computes spells of foreign troops beside a government, and its years of conflict, from UCDP's yearly lists.

A *spell* is a run of years in which a state sent troops to the side of a government in an armed conflict
within the country. A *year of conflict* has the intensity 1 (25 to 999 battle deaths) or 2 (1,000 or more),
the highest of the government's dyads. UCDP lists supporters only in years in which the dyad was active, so
after the end of a conflict it is not known whether a supporter left or stayed.

Source: UCDP Dyadic Dataset (Harbom, Melander and Wallensteen 2008; Davies et al. 2025), CC BY 4.0.
"""

from pathlib import Path

import polars as pl

from vedette.errors import DataError, Problem

INTERNAL = (3, 4)
"""UCDP's types of conflict within a country: without and with foreign troops."""
_NEEDED = (
    "side_a",
    "side_a_id",
    "side_a_2nd",
    "year",
    "intensity_level",
    "type_of_conflict",
    "gwno_a",
    "region",
)


def read_dyads(file: Path) -> pl.DataFrame:
    """The dyad-years within countries: ``government, gw, region, year, intensity, backers`` (their names).

    Raises:
        DataError: the file lacks a column of the UCDP Dyadic Dataset.
    """
    table = pl.read_csv(file, infer_schema=False, encoding="utf8-lossy").rename(
        lambda name: name.lstrip("\ufeff")
    )
    lacking = [name for name in _NEEDED if name not in table.columns]
    if lacking:
        cure = "Take the Dyadic Dataset in CSV from UCDP."
        problem = Problem(
            file.name, 1, lacking[0], "a column of the UCDP Dyadic Dataset", "no such column", cure
        )
        raise DataError(f"{file.name} cannot be read.", [problem])
    whole = pl.Int64
    return table.filter(pl.col("type_of_conflict").cast(whole).is_in(INTERNAL)).select(
        government="side_a",
        gw="gwno_a",
        region="region",
        year=pl.col("year").cast(whole),
        intensity=pl.col("intensity_level").cast(whole),
        backers=pl.col("side_a_2nd")
        .fill_null("")
        .str.split(",")
        .list.eval(pl.element().str.strip_chars())
        .list.eval(pl.element().filter(pl.element() != "")),
    )


def years_of_conflict(dyads: pl.DataFrame) -> pl.DataFrame:
    """Each government's years of conflict: ``government, gw, region, year, intensity``."""
    return (
        dyads.group_by("government", "year")
        .agg(pl.col("gw").first(), pl.col("region").first(), pl.col("intensity").max())
        .select("government", "gw", "region", "year", "intensity")
        .sort("government", "year")
    )


def spells_of_backing(dyads: pl.DataFrame) -> pl.DataFrame:
    """Runs of consecutive years with a backer's troops: ``government, backer, first, last`` (years)."""
    years = (
        dyads.explode("backers")
        .drop_nulls("backers")
        .select("government", "year", backer="backers")
        .unique()
        .sort("government", "backer", "year")
    )
    run = pl.col("year") - pl.int_range(pl.len()).over("government", "backer")
    return (
        years.with_columns(run=run)
        .group_by("government", "backer", "run", maintain_order=True)
        .agg(first=pl.col("year").min(), last=pl.col("year").max())
        .drop("run")
        .sort("government", "backer", "first")
    )
