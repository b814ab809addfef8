"""Countries of VIEWS and of other tables are known by every route; none borrows from itself."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from panels import FIRST_MONTH, LAST_MONTH, views

from vedette import commands
from vedette.commands import CountFile, ForecastOutputs
from vedette.counts import read_counts
from vedette.model import (
    Analogues,
    Forecast,
    History,
    IntArray,
    Kind,
    counts_history,
    forecast,
    read_draws,
)
from vedette.periods import Ahead, Step, from_views_month

NAMES = {60: "Iraq", 124: "Yemen", 167: "Congo, DRC"}
CODES = ("IRQ", "YEM", "COD")
MONTHS = range(FIRST_MONTH, LAST_MONTH + 1)


def counts() -> IntArray:
    rng = np.random.default_rng(5)
    return rng.negative_binomial(0.6, [0.01, 0.05, 0.02], (len(MONTHS), 3)).astype(np.int64)


def table() -> pl.DataFrame:
    month, unit = (axis.ravel() for axis in np.indices((len(MONTHS), 3)))
    ids = np.array(list(NAMES))[unit]
    return pl.DataFrame({"month_id": month + FIRST_MONTH, "country_id": ids, "outcome": counts().ravel()})


def named() -> pl.DataFrame:
    return table().with_columns(name=pl.col("country_id").replace_strict(NAMES, return_dtype=pl.String))


def by_python() -> Forecast:
    past = History.of(
        counts(),
        [str(number) for number in NAMES],
        from_views_month(FIRST_MONTH),
        Step.MONTH,
        measure="deaths",
        kind=Kind.COUNTRY,
        countries=CODES,
    )
    return forecast(Analogues(), past, past.span.last, 3, 40, seed=1)


def history_of(path: Path, frame: pl.DataFrame) -> History:
    frame.write_csv(path)
    return counts_history(read_counts(path))


def test_a_table_and_the_study_give_the_draws_of_python(tmp_path: Path) -> None:
    path, out = tmp_path / "views.csv", tmp_path / "draws.parquet"
    named().write_csv(path)
    files = ForecastOutputs(out)
    commands.forecast_counts(CountFile(path), "analogues", months=Ahead(1, 3), draws=40, seed=1, files=files)
    expected = by_python().draws.tobytes()
    assert read_draws(out).draws.tobytes() == expected
    folder = tmp_path / "data" / "views"
    folder.mkdir(parents=True)
    listed = pl.DataFrame({"country_id": list(NAMES), "name": list(NAMES.values())})
    listed.write_csv(folder / "country_list.csv")
    past = table().rename({"outcome": "ged_sb"})
    past.write_csv(folder / "country_month_history.csv")
    table().filter(pl.col("month_id") >= 457).write_csv(folder / "actuals_2018_2020.csv")
    shown = views(tmp_path)
    assert forecast(Analogues(), shown, shown.span.last, 3, 40, seed=1).draws.tobytes() == expected


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("isoab", CODES),
        ("gwcode", ("645", "678", "490")),
        ("country", ("Iraq", "Yemen (North Yemen)", "DR Congo (Zaire)")),
    ],
)
def test_a_column_of_codes_numbers_or_names_says_which_countries(
    tmp_path: Path, column: str, cells: tuple[str, ...]
) -> None:
    said = dict(zip(NAMES, cells, strict=True))
    frame = table().with_columns(pl.col("country_id").replace_strict(said).alias(column))
    past = history_of(tmp_path / "views.csv", frame)
    assert (past.kind, past.countries) == (Kind.COUNTRY, CODES)


def test_where_nothing_says_which_there_are_no_analogues_and_the_model_says_so(tmp_path: Path) -> None:
    past = history_of(tmp_path / "views.csv", table())
    assert (past.kind, past.countries) == (Kind.COUNTRY, ("", "", ""))
    reason = Analogues().absent(past)
    assert reason == (
        "expected the code of three letters or the name of every country, so that its own past is left out; "
        "found 3 units without, such as 60"
    )
    odd = named().with_columns(pl.col("name").replace({"Yemen": "Atlantis"}))
    half = history_of(tmp_path / "odd.csv", odd)
    assert half.countries == ("IRQ", "", "COD")
    assert "found 1 unit without, such as 124" in Analogues().absent(half)
    changed = named().with_columns(
        name=pl.when(pl.col("month_id") < 300).then(pl.lit("Sudan")).otherwise("name")
    )
    assert history_of(tmp_path / "changed.csv", changed).countries == ("", "", "")


def units(tmp_path: Path, column: str, cells: list[str]) -> History:
    frame = pl.DataFrame({"period": ["2014-05"] * len(cells), column: cells, "deaths": range(len(cells))})
    return history_of(tmp_path / f"{column}.csv", frame)


def test_units_are_countries_by_their_column_or_by_their_codes(tmp_path: Path) -> None:
    by_name = units(tmp_path, "country", ["Iraq", "Syria"])
    assert (by_name.kind, by_name.countries) == (Kind.COUNTRY, ("IRQ", "SYR"))
    assert units(tmp_path, "isocode", ["IRQ", "HKG"]).countries == ("IRQ", "HKG")
    most = ["IRQ", "SYR", "YEM", "NGA", "MLI", "NER", "TCD", "SDN", "SSD"]
    assert units(tmp_path, "unit", [*most, "HKG"]).countries[-1] == "HKG"
    assert units(tmp_path, "unit", [*most, "HKG", "XYZ"]).kind is None
    assert units(tmp_path, "country", ["Anbar", "Iraq"]).kind is None
    assert units(tmp_path, "unit", ["Iraq", "Syria"]).kind is None


def test_a_place_beside_its_country_and_a_cell_beside_its_country_are_none(tmp_path: Path) -> None:
    frame = pl.DataFrame({"period": ["2014-05"] * 2, "unit": ["Anbar", "Basra"], "country": ["Iraq"] * 2})
    assert history_of(tmp_path / "places.csv", frame.with_columns(deaths=3)).kind is None
    cells = pl.DataFrame({"month_id": [413] * 2, "priogrid_gid": [1, 2], "country_id": [60] * 2})
    past = history_of(tmp_path / "cells.csv", cells.with_columns(outcome=3))
    assert (past.units, past.kind) == (("1", "2"), None)
