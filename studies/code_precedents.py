"""Codes the spells of foreign troops beside governments anew: ``make precedents``.

Writes the tables of ``vedette/precedents``: derived years and spells, no row of a publisher's file.
"""

import argparse
from pathlib import Path

import polars as pl

from vedette.case.geography.countries import countries
from vedette.files import replace_file
from vedette.precedents.coding import read_dyads, spells_of_backing, years_of_conflict

HOME = Path(__file__).parents[1] / "vedette" / "precedents"


def main() -> None:
    """Reads the UCDP files of a shared folder and writes years.csv, spells.csv and deaths.csv."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folder", type=Path, help="holds ucdp-dyadic-251.csv and iso3_month_fatalities_2010_2020.csv"
    )
    folder = parser.parse_args().folder
    dyads = read_dyads(folder / "ucdp-dyadic-251.csv")
    years = years_of_conflict(dyads)
    _write(years, "years.csv")
    _write(spells_of_backing(dyads), "spells.csv")
    _write(_deaths(folder / "iso3_month_fatalities_2010_2020.csv", years), "deaths.csv")


def _deaths(file: Path, years: pl.DataFrame) -> pl.DataFrame:
    """Deaths in the country of each government of the years table: ``gw, year, deaths``."""
    table = pl.read_csv(file)
    names = {country.iso3: str(country.gw) for country in countries()}
    counted = table.group_by("isocode", year=pl.col("period") // 100).agg(
        deaths=pl.col("fatalities_UCDP").sum().cast(pl.Int64)
    )
    return (
        counted.with_columns(gw=pl.col("isocode").replace_strict(names, default=None, return_dtype=pl.String))
        .filter(pl.col("gw").is_in(years["gw"].unique().to_list()))
        .select("gw", "year", "deaths")
        .sort("gw", "year")
    )


def _write(table: pl.DataFrame, name: str) -> None:
    print(f"{name}: {table.height} rows")
    replace_file(HOME / name, table.write_csv().encode())


if __name__ == "__main__":
    main()
