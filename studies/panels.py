"""The panels that the evaluation is made on, counted from the publishers' files by the stated conventions.

The month of an event is that of its last day; events longer than 31 days are left out; events without a
province count in the country alone.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from vedette.case import find_country
from vedette.model import History, IntArray, Kind
from vedette.periods import Step, from_views_month, parse, period_column

IRAQ = "data/iraq/ucdp_ged_irq_1989_2018_hdx.csv"
NIGERIA = "data/nigeria/ucdp_ged_nga_1990_2019_hdx.csv"
COUNTRIES = "data/ucdp/iso3_month_fatalities_2010_2020.csv"
SPANS = {IRAQ: ("1989-01", "2018-12"), NIGERIA: ("1990-01", "2019-12")}
CODES = {IRAQ: "IRQ", NIGERIA: "NGA"}
COUNTRY = ("T1 all", "T1 state-based")
TARGETS = (*COUNTRY, "T2 deaths", "T2 events")
KINDS = {"T1 all": Kind.COUNTRY, "T2 deaths": Kind.PLACE, "T2 events": Kind.PLACE}
JANUARY = {2018: 457, 2019: 469, 2020: 481}
FIRST_MONTH, LAST_MONTH = 108, 492


@dataclass(frozen=True, eq=False)
class Events:
    """Events of one country: month, place (null where none is given), type of violence, deaths."""

    code: str
    table: pl.DataFrame
    first: int
    last: int


def read_events(shared: Path, file: str) -> Events:
    """Events of the Iraq or the Nigeria file in ``shared``."""
    columns = ["adm_1", "type_of_violence", "date_start", "date_end", "best"]
    raw = pl.read_csv(shared / file, columns=columns, infer_schema=False, skip_rows_after_header=1)
    days = raw.with_columns(pl.col("date_start", "date_end").str.slice(0, 10).str.to_date("%Y-%m-%d"))
    short = (pl.col("date_end") - pl.col("date_start")).dt.total_days() <= 31
    place = pl.col("adm_1").str.strip_chars()
    if file == IRAQ:
        codes = pl.read_csv(shared / "data/iraq/ucdp_adm1_to_cod_pcode.csv")
        known = dict(zip(codes["ucdp_adm_1"].str.strip_chars(), codes["ADM1_PCODE"], strict=True))
        place = place.replace_strict(known, default=None, return_dtype=pl.String)
    table = days.filter(short).select(
        period_column("date_end", Step.MONTH).alias("period"),
        place=place,
        kind=pl.col("type_of_violence"),
        deaths=pl.col("best").cast(pl.Int64),
        events=pl.lit(1, pl.Int64),
        country=pl.lit("country"),
    )
    first, last = (parse(month, Step.MONTH) for month in SPANS[file])
    return Events(CODES[file], table, first, last)


def target(events: Events, name: str) -> History:
    """The history of one of ``TARGETS``; deaths know the events behind them."""
    unit = "country" if name in COUNTRY else "place"
    table = events.table.filter(kind="1") if name == "T1 state-based" else events.table
    table = table.filter(pl.col(unit).is_not_null())
    units = sorted(table[unit].unique())
    counts = {measure: _sums(table, unit, units, measure, events) for measure in ("deaths", "events")}
    measure = "events" if name == "T2 events" else "deaths"
    behind = None if measure == "events" else counts["events"]
    return History.of(
        counts[measure],
        units,
        events.first,
        Step.MONTH,
        measure=measure,
        events=behind,
        kind=KINDS.get(name),
        countries=[events.code] * len(units) if name in KINDS else (),
    )


def views(shared: Path) -> History:
    """State-based deaths of 191 countries by month; from 2018 on the prediction challenge's own actuals."""
    past = pl.read_csv(shared / "data/views/country_month_history.csv")
    past = past.filter(pl.col("month_id") < JANUARY[2018])
    actual = pl.read_csv(shared / "data/views/actuals_2018_2020.csv")
    both = pl.concat([past.select("month_id", "country_id", outcome="ged_sb"), actual])
    wide = both.pivot(on="country_id", index="month_id", values="outcome").sort("month_id")
    if wide["month_id"].to_list() != list(range(FIRST_MONTH, LAST_MONTH + 1)):
        raise ValueError("the VIEWS files have gaps")
    countries = [name for name in wide.columns if name != "month_id"]
    counts = wide.select(countries).fill_null(0).to_numpy()
    return _views_history(shared, counts, countries, from_views_month(FIRST_MONTH))


def places_and_rest(events: Events) -> History:
    """Deaths by month and place and, as a unit of its own, in no place: they add up to the country."""
    places, country = target(events, "T2 deaths"), target(events, "T1 all")
    if places.events is None or country.events is None:
        raise ValueError("deaths come with the events behind them")
    counts, behind = (
        np.concatenate([by_place, whole - by_place.sum(axis=2, keepdims=True)], axis=2)
        for by_place, whole in ((places.values, country.values), (places.events, country.events))
    )
    units = [*places.units, "in no place"]
    return History.of(
        counts,
        units,
        events.first,
        Step.MONTH,
        measure="deaths",
        events=behind,
        kind=Kind.PLACE,
        countries=[events.code] * len(units),
    )


def countries(shared: Path, last: int) -> History:
    """Deaths of all types by month and country of the UCDP file, none of them after ``last``."""
    table = pl.read_csv(shared / COUNTRIES, columns=["isocode", "period", "fatalities_UCDP"])
    month = pl.col("period") // 100 * 12 + pl.col("period") % 100 - 1
    known = table.with_columns(month=month).filter(pl.col("month") <= last)
    wide = known.pivot(on="isocode", index="month", values="fatalities_UCDP").sort("month")
    units = [name for name in wide.columns if name != "month"]
    counts = wide.select(units).fill_null(0).to_numpy()
    first = int(wide["month"][0])
    return History.of(counts, units, first, Step.MONTH, measure="deaths", kind=Kind.COUNTRY, countries=units)


def views_countries(shared: Path, last: int) -> History:
    """Deaths of all types by month and country in the VIEWS history, none of them after ``last``."""
    past = pl.read_csv(shared / "data/views/country_month_history.csv")
    past = past.filter(pl.col("month_id") + from_views_month(0) <= last)
    deaths = past.with_columns(deaths=pl.sum_horizontal("ged_sb", "ged_ns", "ged_os"))
    wide = deaths.pivot(on="country_id", index="month_id", values="deaths").sort("month_id")
    units = [name for name in wide.columns if name != "month_id"]
    counts = wide.select(units).fill_null(0).to_numpy()
    return _views_history(shared, counts, units, from_views_month(int(wide["month_id"][0])))


def _views_history(shared: Path, counts: IntArray, units: list[str], first: int) -> History:
    """Deaths by month and VIEWS country; which country that is by its name in the challenge's list."""
    listed = pl.read_csv(shared / "data/views/country_list.csv").select("country_id", "name").iter_rows()
    codes = {str(number): find_country(name).iso3 for number, name in listed}
    of_units = [codes[unit] for unit in units]
    return History.of(
        counts, units, first, Step.MONTH, measure="deaths", kind=Kind.COUNTRY, countries=of_units
    )


def _sums(table: pl.DataFrame, unit: str, units: list[str], measure: str, events: Events) -> IntArray:
    counts = np.zeros((events.last - events.first + 1, len(units)), dtype=np.int64)
    for period, name, total in table.group_by("period", unit).agg(pl.col(measure).sum()).iter_rows():
        counts[period - events.first, units.index(name)] = total
    return counts
