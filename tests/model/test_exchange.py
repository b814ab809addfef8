"""Forecasts as files: what is written comes back, and what cannot be a forecast is told."""

import base64
import json
from dataclasses import replace
from pathlib import Path

import nanoarrow
import nanoarrow.ipc
import numpy as np
import polars as pl
import pytest
import xarray as xr

from vedette.counts import Form, Notation
from vedette.errors import DataError, StorageError, UsageError
from vedette.model import (
    Details,
    Forecast,
    ViewsLevel,
    read_details,
    read_draws,
    read_forecasts,
    read_ids,
    write_draws,
    write_netcdf,
    write_views,
)
from vedette.periods import Step, from_views_month, parse

WHO = Details("Lookout", "A pool of families", "pool", ("Ada Lovelace",), "ada@analytical.org")
ORIGIN = parse("2017-10", Step.MONTH)


def made(units: tuple[str, ...] = ("1", "70"), draws: int = 20, horizons: range = range(3, 15)) -> Forecast:
    rng = np.random.default_rng(5)
    outcome = rng.negative_binomial(0.4, 0.02, (draws, len(horizons), len(units)))
    return Forecast(outcome, ORIGIN, Step.MONTH, tuple(horizons), units, "deaths", "pool", 7)


def same(one: Forecast, other: Forecast) -> bool:
    return (
        np.array_equal(one.draws, other.draws)
        and (one.origin, one.step, one.horizons) == (other.origin, other.step, other.horizons)
        and one.units == other.units
    )


@pytest.mark.parametrize("form", [Form.LABEL, Form.DATE, Form.COMPACT, Form.NUMBER])
def test_draws_come_back_from_parquet_with_all_that_is_known(tmp_path: Path, form: Form) -> None:
    path = write_draws(made(("Anbar", "Kirkuk")), tmp_path / "draws.parquet", Notation(form, Step.MONTH))
    back = read_draws(path)
    assert same(back, made(("Anbar", "Kirkuk")))
    assert (back.model, back.measure, back.seed) == ("pool", "deaths", 7)
    assert pl.read_parquet(path).columns == ["period", "unit", "draw", "outcome"]


def test_a_csv_file_knows_no_origin_unless_told(tmp_path: Path) -> None:
    path = write_draws(made(), tmp_path / "draws.csv")
    assert path.read_text().splitlines()[1].startswith("2018-01,1,0,")
    assert read_draws(path).origin == parse("2017-12", Step.MONTH)
    assert read_draws(path).horizons == tuple(range(1, 13))
    assert same(read_draws(path, "2017-10"), made())
    assert same(read_draws(path, views=True), made())
    with pytest.raises(UsageError, match="expected an origin before 2018-01"):
        read_draws(path, "2018-03")


def test_rows_in_any_order_are_the_same_forecast(tmp_path: Path) -> None:
    path = write_draws(made(), tmp_path / "draws.parquet")
    pl.read_parquet(path).sample(fraction=1.0, shuffle=True, seed=1).write_csv(tmp_path / "mixed.csv")
    back = read_draws(tmp_path / "mixed.csv", "2017-10")
    assert same(replace(back, units=("1", "70"), draws=back.draws[:, :, np.argsort(back.units)]), made())


def test_a_point_forecast_becomes_poisson_draws(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("month_id,country_id,outcome\n457,1,0\n457,70,12.5\n458,1,3\n458,70,0.25\n")
    back = read_draws(path)
    assert back.draws.shape == (1000, 2, 2)
    assert back.draws[:, 0, 0].max() == 0
    assert back.mean() == pytest.approx(np.array([[0, 12.5], [3, 0.25]]), abs=0.5)
    assert back.draws[:, 0, 1].var() == pytest.approx(12.5, rel=0.2)
    assert np.array_equal(back.draws, read_draws(path).draws)


BAD_DRAWS = {
    "no outcome": ("period,unit,draw\n2014-05,A,0\n", "column outcome: expected this column"),
    "unequal draws": (
        "2014-05,A,0,1\n2014-05,A,1,1\n2014-06,A,0,1\n2014-06,A,1,1\n2014-05,B,0,1\n2014-06,B,0,1\n2014-06,B,1,2",
        "column B in 2014-05: expected 2 draws, as in most cells, each once; found 1 draw, 1 different",
    ),
    "a draw twice": (
        "2014-05,A,0,1\n2014-05,A,0,1\n2014-06,A,0,1\n2014-06,A,1,1",
        "column A in 2014-05: expected 2 draws, as in most cells, each once; found 2 draws, 1 different",
    ),
    "missing cell": (
        "2014-05,A,0,1\n2014-05,A,1,1\n2014-06,A,0,1\n2014-06,A,1,1\n2014-05,B,0,1\n2014-05,B,1,1",
        "column B in 2014-06: expected draws for every unit in every period; found no row",
    ),
    "NaN": ("2014-05,A,0,NaN\n2014-05,A,1,2", "row 2, column outcome: expected a whole number of at least 0"),
    "empty": ("2014-05,A,0,\n2014-05,A,1,2", "found an empty cell"),
    "negative": ("2014-05,A,0,-3\n2014-05,A,1,2", "found -3"),
    "not whole": ("2014-05,A,0,0.5\n2014-05,A,1,2", "found 0.5. Correct the cell; round draws"),
    "text": ("2014-05,A,0,some\n2014-05,A,1,2", "found some"),
    "no draw number": ("2014-05,A,,1\n2014-05,A,1,2", "row 2, column draw: expected a draw"),
    "sums": (
        "2014-05..2014-07,A,0,1\n2014-05..2014-07,A,1,2",
        "row 2, column period: expected a single period; found a sum, 2014-05..2014-07. Write the draws",
    ),
    "wrong month": ("2014-05,A,0,1\n2014-00,A,1,2", "expected a month like 2014-05"),
}


@pytest.mark.parametrize(("rows", "words"), BAD_DRAWS.values(), ids=BAD_DRAWS)
def test_what_is_no_forecast_is_told(tmp_path: Path, rows: str, words: str) -> None:
    path = tmp_path / "draws.csv"
    path.write_text(rows if rows.startswith("period") else f"period,unit,draw,outcome\n{rows}\n")
    with pytest.raises(DataError) as caught:
        read_draws(path)
    assert words in str(caught.value)
    assert all(problem.cure for problem in caught.value.problems)


def test_only_the_challenge_cuts_enormous_outcomes(tmp_path: Path) -> None:
    path = tmp_path / "draws.csv"
    path.write_text("month_id,country_id,draw,outcome\n457,1,0,20000000000\n457,1,1,2\n")
    assert read_draws(path, views=True).draws.max() == 10_000_000_000
    with pytest.raises(DataError, match="20000000000"):
        read_draws(path)


def test_a_views_submission_comes_back_the_same(tmp_path: Path) -> None:
    path = write_views(made(), tmp_path / "sent", WHO)
    assert path == tmp_path / "sent" / "cm" / "window=Y2018" / "pool_cm_2018.parquet"
    table = pl.read_parquet(path)
    assert dict(table.schema) == dict.fromkeys(["outcome"], pl.Int32) | dict.fromkeys(
        ["month_id", "country_id", "draw"], pl.Int32
    )
    assert table["month_id"].unique().sort().to_list() == list(range(457, 469))
    assert from_views_month(457) == made().periods[0]
    for place in ("sent", "sent/cm", "sent/cm/window=Y2018", "sent/cm/window=Y2018/pool_cm_2018.parquet"):
        [back] = read_forecasts(tmp_path / place, views=True)
        assert same(back, made())
    assert read_forecasts(tmp_path / "sent")[0].model == "sent"
    assert read_details(tmp_path / "sent" / "submission_details.yml") == WHO


def test_the_index_is_the_one_that_the_challenge_reads(tmp_path: Path) -> None:
    """pandas takes the index from the schema that the file carries."""
    written = pl.read_parquet_metadata(write_views(made(), tmp_path, WHO))["ARROW:schema"]
    with nanoarrow.ipc.InputStream.from_readable(base64.b64decode(written)) as stream:
        schema = nanoarrow.c_array_stream(stream).get_schema()
    note = json.loads(dict(schema.metadata.items())[b"pandas"])
    assert note["index_columns"] == ["month_id", "country_id", "draw"]
    assert [column["name"] for column in note["columns"]] == ["outcome", "month_id", "country_id", "draw"]
    assert {column["numpy_type"] for column in note["columns"]} == {"int32"}


def test_pandas_finds_the_index(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pandas reads Parquet with pyarrow, which vedette does not install")
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_parquet(write_views(made(), tmp_path, WHO))
    assert list(frame.index.names) == ["month_id", "country_id", "draw"]
    assert list(frame.columns) == ["outcome"]
    assert np.array_equal(frame.loc[(457, 70)]["outcome"], made().draws[:, 0, 1])


def test_names_become_numbers_by_a_table_and_names_again(tmp_path: Path) -> None:
    named = made(("Iraq", "Syria"))
    with pytest.raises(DataError, match="2 of 2 units without country_id") as caught:
        write_views(named, tmp_path / "sent", WHO)
    assert "--views-ids FILE" in str(caught.value)
    ids = tmp_path / "ids.csv"
    ids.write_text("unit,country_id\nSyria,652\nIraq,645\n")
    numbers = read_ids(ids, ViewsLevel.CM)
    write_views(named, tmp_path / "sent", WHO, numbers)
    assert same(read_forecasts(tmp_path / "sent", ids=numbers)[0], named)
    assert read_forecasts(tmp_path / "sent")[0].units == ("645", "652")
    ids.write_text("unit,country_id\nSyria,652\nIraq,652\n")
    with pytest.raises(DataError, match="row 3, column country_id: expected a number of its own"):
        read_ids(ids, ViewsLevel.CM)


def test_grid_cells_go_into_a_folder_of_their_own(tmp_path: Path) -> None:
    write_views(made(), tmp_path, WHO)
    path = write_views(made(("100001", "100002")), tmp_path, WHO, level=ViewsLevel.PGM)
    assert "priogrid_gid" in pl.read_parquet(path).columns
    assert path.parent == tmp_path / "pgm" / "window=Y2018"
    with pytest.raises(UsageError, match="expected one level; found cm and pgm"):
        read_forecasts(tmp_path)


def test_each_window_is_a_forecast(tmp_path: Path) -> None:
    later = replace(made(), origin=ORIGIN + 12)
    write_views(made(), tmp_path, WHO)
    write_views(later, tmp_path, WHO)
    both = read_forecasts(tmp_path)
    assert [one.origin for one in both] == [ORIGIN, ORIGIN + 12]


def test_what_cannot_be_submitted(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"found 2017-11 to 2018-10\. Take October"):
        write_views(made(horizons=range(1, 13)), tmp_path, WHO)
    with pytest.raises(UsageError, match="expected 15 to 1000 draws; found 3"):
        write_views(made(draws=3), tmp_path, WHO)
    assert not any(tmp_path.iterdir())


def test_folders_that_are_no_submission(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="expected folders like cm/window=Y2018"):
        read_forecasts(tmp_path)
    (tmp_path / "cm" / "window=Y2018").mkdir(parents=True)
    with pytest.raises(StorageError, match="expected Parquet files; found none"):
        read_forecasts(tmp_path)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("team", "TODO"),
        ("team", ""),
        ("short_title", "<title>"),
        ("even_shorter_identifier", "two words"),
        ("authors", "[Jane Doe]"),
        ("authors", "[]"),
        ("contact", "somebody@example.com"),
        ("contact", "nobody"),
    ],
)
def test_placeholders_are_refused(tmp_path: Path, key: str, value: str) -> None:
    path = tmp_path / "details.yml"
    lines = WHO.to_yaml().decode()
    assert read_details_of(path, lines) == WHO
    kept = "\n".join(line for line in lines.splitlines() if not line.startswith((f"{key}:", "- ")))
    authors = "" if key == "authors" else "authors: [Ada Lovelace]\n"
    with pytest.raises(DataError, match=key):
        read_details_of(path, f"{kept.replace('authors:', '')}\n{authors}{key}: {value}\n")


def read_details_of(path: Path, text: str) -> Details:
    path.write_text(text, encoding="utf-8")
    return read_details(path)


def test_all_that_is_missing_from_the_details_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_details_of(tmp_path / "details.yml", "team: Lookout\n")
    assert [problem.column for problem in caught.value.problems] == [
        "short_title",
        "even_shorter_identifier",
        "authors",
        "contact",
    ]


def test_netcdf_reads_back_equal_and_says_where_it_is_from(tmp_path: Path) -> None:
    one = made(("Anbar / is", "Anbar / other"))
    parts = {"place": ("Anbar", "Anbar"), "stratum": ("is", "other")}
    path = write_netcdf(one, tmp_path / "draws.nc", parts=parts, licence="UCDP GED, CC BY 4.0")
    with xr.open_dataset(path) as data:
        assert data["outcome"].dims == ("draw", "period", "unit")
        assert np.array_equal(data["outcome"].values, one.draws)
        assert data["period"].values.tolist()[0] == "2018-01"
        assert data["horizon"].values.tolist() == list(range(3, 15))
        assert str(data["first_day"].values[0]).startswith("2018-01-01")
        assert data["stratum"].values.tolist() == ["is", "other"]
        assert data.attrs["origin"] == "2017-10"
        assert data.attrs["mark"] == "estimated"
        assert (data.attrs["model"], data.attrs["seed"]) == ("pool", 7)
        assert data.attrs["licence"] == "UCDP GED, CC BY 4.0"


def test_same_forecast_same_bytes(tmp_path: Path) -> None:
    for number in (1, 2):
        write_netcdf(made(), tmp_path / f"{number}.nc")
        write_draws(made(), tmp_path / f"{number}.parquet")
        write_views(made(), tmp_path / str(number), WHO)
    assert (tmp_path / "1.nc").read_bytes() == (tmp_path / "2.nc").read_bytes()
    assert (tmp_path / "1.parquet").read_bytes() == (tmp_path / "2.parquet").read_bytes()
    sent = [next((tmp_path / str(number)).rglob("*.parquet")).read_bytes() for number in (1, 2)]
    assert sent[0] == sent[1]


def test_endings_that_are_not_known(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"ends in \.nc"):
        write_netcdf(made(), tmp_path / "draws.txt")
    with pytest.raises(UsageError, match=r"ends in \.csv or \.parquet"):
        write_draws(made(), tmp_path / "draws.txt")
