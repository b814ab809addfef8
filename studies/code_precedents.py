"""Codes the spells of foreign troops beside governments anew: ``make precedents``.

Writes the tables of ``vedette/precedents``: derived years and spells, no row of a publisher's file.
"""

import argparse
from pathlib import Path

import polars as pl

from vedette.case.geography.countries import countries
from vedette.files import replace_file
from vedette.precedents.coded import read_coded
from vedette.precedents.coding import read_dyads, spells_of_backing, years_of_conflict

BEFORE_MONTHS, LEAST_MONTHS = 36, 24
HOME = Path(__file__).parents[1] / "vedette" / "precedents"


def main() -> None:
    """Reads the UCDP files of a shared folder and writes years, spells, deaths and windows (.csv)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folder", type=Path, help="holds ucdp-dyadic-251.csv and iso3_month_fatalities_2010_2020.csv"
    )
    folder = parser.parse_args().folder
    dyads = read_dyads(folder / "ucdp-dyadic-251.csv")
    years = years_of_conflict(dyads)
    _write(years, "years.csv")
    _write(spells_of_backing(dyads), "spells.csv")
    months = folder / "iso3_month_fatalities_2010_2020.csv"
    _write(_deaths(months, years), "deaths.csv")
    _write(_windows(months, years), "windows.csv")


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


def _windows(file: Path, years: pl.DataFrame) -> pl.DataFrame:
    """Deaths a year around departures in 2010 to 2019 of which the month is known.

    ``government, year, window, ends, deaths``: window 0 is the up to 36 months (at least 24) until the troops
    had left, window k the k-th twelve months after; windows that the months do not cover are left out.
    """
    table = pl.read_csv(file)
    names = {str(country.gw): country.iso3 for country in countries()}
    codes = dict(years.select("government", "gw").iter_rows())
    rows = []
    for (government, year), coded in read_coded(
        (HOME / "coded_departures.csv").read_bytes(), "coded_departures.csv"
    ).items():
        if coded.left is None or coded.left[0].month != coded.left[1].month:
            continue
        own = table.filter(pl.col("isocode") == names.get(str(codes[government])))
        deaths = dict(own.select("period", "fatalities_UCDP").iter_rows())
        month = coded.left[1].year * 12 + coded.left[1].month - 1
        before = [_month(month - back) for back in range(BEFORE_MONTHS) if _month(month - back) in deaths]
        if year not in range(2010, 2020) or len(before) < LEAST_MONTHS:
            continue
        rows.append((government, year, 0, before[0], 12 * sum(deaths[each] for each in before) / len(before)))
        for window in range(1, 6):
            after = [_month(month + 12 * (window - 1) + ahead) for ahead in range(1, 13)]
            if all(each in deaths for each in after):
                rows.append((government, year, window, after[-1], sum(deaths[each] for each in after)))
    columns = ["government", "year", "window", "ends", "deaths"]
    return pl.DataFrame(rows, schema=columns, orient="row").with_columns(
        pl.col("deaths").cast(pl.Float64).round(1)
    )


def _month(number: int) -> int:
    """A month like 201112 from months since the year 0."""
    return number // 12 * 100 + number % 12 + 1


def _write(table: pl.DataFrame, name: str) -> None:
    print(f"{name}: {table.height} rows")
    replace_file(HOME / name, table.write_csv().encode())


if __name__ == "__main__":
    main()
