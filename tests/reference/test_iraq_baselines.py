"""Baselines on Iraq 2010-18 against the reference table, all four targets, within one per cent.

Conventions: the month of an event is that of its last day, events longer than 31 days are left out, events
without governorate count in the country alone, fair CRPS, 1,000 draws, 102 origins of twelve horizons as far
as the data go.
"""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from vedette.model import Bootstrap, Conflictology, EwmaNegBin, History, Last, Model, Zero
from vedette.periods import Step, parse, period_column
from vedette.score import Scorecard, backtest

FIRST, LAST = parse("1989-01", Step.MONTH), parse("2018-12", Step.MONTH)
ORIGINS = range(parse("2009-12", Step.MONTH), parse("2018-05", Step.MONTH) + 1)
COUNTRY = ("T1 all", "T1 state-based")
TARGETS = (*COUNTRY, "T2 deaths", "T2 events")

REFERENCE = {
    "zero": (574.9, 463.2, 31.15, 2.222),
    "last": (351.8, 285.2, 32.78, 1.958),
    "bootstrap-240": (388.4, 329.3, 26.17, 1.574),
    "conflictology-12": (289.8, 241.6, 24.27, 1.436),
    "conflictology-6": (279.8, 231.8, 24.11, 1.450),
    "ewma-negbin": (242.7, 205.4, 24.42, 1.242),
}


def models(target: str) -> list[Model]:
    offset = 0.5 if target in COUNTRY else 0.05
    return [
        Zero(),
        Last(),
        Bootstrap(240),
        Conflictology(12),
        Conflictology(6),
        EwmaNegBin(offset=offset),
    ]


def read_events(shared: Path) -> pl.DataFrame:
    """Month, governorate, type and deaths of each event, from the publisher's file."""
    columns = ["adm_1", "type_of_violence", "date_start", "date_end", "best"]
    raw = pl.read_csv(
        shared / "data/iraq/ucdp_ged_irq_1989_2018_hdx.csv",
        columns=columns,
        infer_schema=False,
        skip_rows_after_header=1,
    )
    codes = pl.read_csv(shared / "data/iraq/ucdp_adm1_to_cod_pcode.csv")
    place = dict(zip(codes["ucdp_adm_1"].str.strip_chars(), codes["ADM1_PCODE"], strict=True))
    days = raw.with_columns(pl.col("date_start", "date_end").str.to_date("%Y-%m-%d"))
    short = (pl.col("date_end") - pl.col("date_start")).dt.total_days() <= 31
    return days.filter(short).select(
        period_column("date_end", Step.MONTH).alias("period"),
        place=pl.col("adm_1").str.strip_chars().replace_strict(place, default=None, return_dtype=pl.String),
        kind=pl.col("type_of_violence"),
        deaths=pl.col("best").cast(pl.Int64),
        events=pl.lit(1, pl.Int64),
    )


def panel(events: pl.DataFrame, unit: str, measure: str) -> History:
    """Sums of a measure by month and unit."""
    units = sorted(events[unit].unique())
    counts = np.zeros((LAST - FIRST + 1, len(units)), dtype=np.int64)
    sums = events.group_by("period", unit).agg(pl.col(measure).sum())
    for period, name, total in sums.iter_rows():
        counts[period - FIRST, units.index(name)] = total
    return History.of(counts, units, FIRST, Step.MONTH, measure=measure)


def history(events: pl.DataFrame, target: str) -> History:
    if target in COUNTRY:
        kept = events if target == "T1 all" else events.filter(kind="1")
        return panel(kept.with_columns(country=pl.lit("Iraq")), "country", "deaths")
    return panel(events.filter(pl.col("place").is_not_null()), "place", target.removeprefix("T2 "))


@pytest.fixture(scope="module")
def events(shared: Path) -> pl.DataFrame:
    return read_events(shared)


@pytest.fixture(scope="module", params=TARGETS)
def measured(request: pytest.FixtureRequest, events: pl.DataFrame) -> tuple[str, Scorecard]:
    """A target and its scorecard."""
    target = str(request.param)
    return target, backtest(history(events, target), models(target), ORIGINS, horizons=12, draws=1000, seed=1)


def test_the_file_is_read_whole(events: pl.DataFrame) -> None:
    assert len(events) == 7473 - 33
    assert events["place"].null_count() == 401
    assert events["place"].n_unique() == 18 + 1


def test_baselines_land_within_one_per_cent(measured: tuple[str, Scorecard]) -> None:
    target, card = measured
    found = dict(card.means().select("model", "crps_fair").iter_rows())
    expected = {name: row[TARGETS.index(target)] for name, row in REFERENCE.items()}
    print(f"\n{target}: " + ", ".join(f"{name} {found[name]:.4f} ({expected[name]})" for name in expected))
    assert found == pytest.approx(expected, rel=0.01)


def test_late_origins_have_fewer_horizons(measured: tuple[str, Scorecard]) -> None:
    target, card = measured
    units = 1 if target in COUNTRY else 18
    by_origin = card.means("model", "origin").filter(model="zero")["cells"].to_list()
    assert by_origin == [units * min(12, LAST - origin) for origin in ORIGINS]
