"""Sums over the months ahead: the same draws added up, by country, place and stratum, and of a table."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from support.fourland import CaseFolder

from vedette import commands
from vedette.commands import CountFile, ForecastOutputs, ForecastResult
from vedette.commands.sums import past_sums_note
from vedette.errors import UsageError
from vedette.model import By, FloatArray, Learned, Measure
from vedette.model.pool.tie_learning import SumsInside
from vedette.model.pool.tying import Ties
from vedette.periods import Ahead

YEAR = [Ahead(1, 3), Ahead(2, 2), Ahead(4, 6)]


def sums(folder: Path, by: By, **options: object) -> ForecastResult:
    return commands.forecast(str(folder), by=by, draws=40, seed=1, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("by", [By.COUNTRY, By.STRATUM, By.PLACE, By.CELL])
def test_sums_are_the_draws_of_the_months_added_up(by: By, case_folder: CaseFolder) -> None:
    folder = case_folder()
    months, added = sums(folder, by, months=Ahead(1, 6)), sums(folder, by, sums=YEAR)
    plain = months.forecast.draws
    for layer, one in enumerate(YEAR):
        assert (added.forecast.draws[:, layer] == plain[:, one.first - 1 : one.last].sum(axis=1)).all()
    row = added.table().row(0, named=True)
    assert row["period"] == "2015-01..2015-03"
    assert row["mean"] == pytest.approx(plain[:, :3, 0].sum(axis=1).mean(), abs=1e-3)
    assert row["high_90"] == pytest.approx(np.quantile(plain[:, :3, 0].sum(axis=1), 0.95))
    assert added.table()["period"][1] == "2015-02"


def test_sums_of_places_add_up_to_those_of_the_country(case_folder: CaseFolder) -> None:
    folder = case_folder()
    country, places = (sums(folder, by, sums=YEAR) for by in (By.COUNTRY, By.PLACE))
    assert (places.forecast.draws.sum(axis=2) == country.forecast.draws[:, :, 0]).all()
    document = places.document()
    assert document["places_scaled"] >= 0.0
    assert set(document["ties"]) == {"along", "across"}
    assert "places_scaled" not in country.document()
    assert "ties" not in sums(folder, By.PLACE, months=Ahead(1, 2)).document()


def test_sums_are_written_with_their_first_and_last_month(case_folder: CaseFolder, tmp_path: Path) -> None:
    result = sums(case_folder(), By.PLACE, sums=[Ahead(1, 3), Ahead(1, 2)])
    for name in ("sums.csv", "sums.parquet"):
        path = result.write_draws(tmp_path / name)
        table = pl.read_csv(path) if path.suffix == ".csv" else pl.read_parquet(path)
        assert table["period"].unique(maintain_order=True).to_list() == [
            "2015-01..2015-03",
            "2015-01..2015-02",
        ]
        longer, shorter = table.partition_by("period", maintain_order=True)
        assert longer["outcome"].to_list() == result.forecast.draws[:, 0].T.ravel().tolist()
        assert (longer["outcome"] >= shorter["outcome"]).all()


def test_sums_and_what_holds_single_months_do_not_go_together(
    case_folder: CaseFolder, tmp_path: Path
) -> None:
    folder = case_folder()
    with pytest.raises(
        UsageError, match=r"--sum says itself which periods are added up\. Leave out --months"
    ):
        sums(folder, By.COUNTRY, sums=YEAR, months=Ahead(1, 3))
    result = sums(folder, By.COUNTRY, sums=YEAR)
    with pytest.raises(UsageError, match=r"--netcdf holds single periods\. Leave out --sum, or write"):
        result.write_netcdf(tmp_path / "sums.nc")
    with pytest.raises(UsageError, match="--views holds single periods"):
        result.write_views(tmp_path)
    assert not list(tmp_path.glob("sums*"))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    counts: FloatArray = np.random.default_rng(3).negative_binomial(1.0, 0.1, (50, 3)).astype(np.float64)
    rows = [
        f"{2010 + month // 12}-{month % 12 + 1:02},{unit},{int(counts[month, index])}"
        for month in range(50)
        for index, unit in enumerate("abc")
    ]
    path = tmp_path / "counts.csv"
    path.write_text("\n".join(["period,unit,count", *rows]), encoding="utf-8")
    return path


def test_sums_of_a_table_are_the_draws_of_its_months_added_up(table: Path, tmp_path: Path) -> None:
    months, added = tmp_path / "months.parquet", tmp_path / "sums.parquet"
    commands.forecast_counts(
        CountFile(table), months=Ahead(1, 4), draws=30, files=ForecastOutputs(out=months)
    )
    made = commands.forecast_counts(
        CountFile(table), sums=[Ahead(1, 4)], draws=30, files=ForecastOutputs(out=added)
    )
    plain = pl.read_parquet(months).group_by("unit", "draw", maintain_order=True).agg(pl.col("outcome").sum())
    both = pl.read_parquet(added).join(plain, on=["unit", "draw"], suffix="_of_months")
    assert both.height == 90
    assert (both["outcome"] == both["outcome_of_months"]).all()
    assert made.table()["period"].to_list() == ["2014-03..2014-06"] * 3
    with pytest.raises(UsageError, match="--netcdf holds single periods"):
        commands.forecast_counts(
            CountFile(table),
            sums=[Ahead(1, 4)],
            draws=30,
            files=ForecastOutputs(netcdf=tmp_path / "no.nc"),
        )


def test_a_sum_asked_for_twice_is_told_once(case_folder: CaseFolder, table: Path) -> None:
    twice = [Ahead(2, 3), Ahead(1, 3), Ahead(2, 3)]
    made = commands.forecast_counts(CountFile(table), sums=twice, draws=4)
    assert made.table()["period"].to_list() == ["2014-04..2014-05", "2014-03..2014-05"] * 3
    of_a_case = sums(case_folder(), By.COUNTRY, sums=twice).table()
    assert of_a_case["period"].to_list() == ["2015-02..2015-03", "2015-01..2015-03"]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ("events,deaths", "The column events is taken to count events, by its name; --measure deaths fore"),
        ("count,deaths", "--measure deaths forecasts the deaths that stand beside it"),
        ("deaths", "The column deaths is taken to count deaths, by its name; --measure says otherwise"),
        ("count", "--measure deaths or --measure events says which, and sharpens the forecast"),
    ],
)
def test_what_is_counted_is_said_and_what_stands_beside_it(columns: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    cells = ",".join("35"[: columns.count(",") + 1])
    path.write_text(f"period,unit,{columns}\n2014-05,Gao,{cells}\n", encoding="utf-8")
    file = CountFile(path)
    [note] = file.notes(file.read()[0])
    assert words in note
    if "--measure deaths forecasts" in note:
        assert CountFile(path, measure=Measure.DEATHS).read()[1].values.ravel().tolist() == [5]


HARD = {
    "one month": [7],
    "all zeros": [0] * 60,
    "nothing but spikes": [0, 90_000] * 30,
    "eleven months": [3] * 11,
}


@pytest.mark.parametrize("counts", HARD.values(), ids=HARD)
def test_hard_histories_have_numbers_for_all_that_is_said(counts: list[int], tmp_path: Path) -> None:
    path = tmp_path / "hard.csv"
    lines = [f"{2014 + at // 12}-{at % 12 + 1:02},Iraq,{count}" for at, count in enumerate(counts)]
    path.write_text("\n".join(["period,country,deaths", *lines]), encoding="utf-8")
    for asked in ({"sums": [Ahead(1, 12)]}, {"months": Ahead(1, 2)}):
        made = commands.forecast_counts(CountFile(path), draws=40, seed=1, **asked)
        document = json.loads(json.dumps(made.document(), allow_nan=False))
        assert all(row["mean"] >= 0 and row["low_90"] <= row["high_90"] for row in document["rows"])
        short = [note for note in document["notes"] if "known: too few for the pool to learn" in note]
        assert len(short) == (len(counts) < 24)
        assert not short or short[0].startswith(f"{len(counts)} month")


def test_what_no_order_of_the_draws_reaches_is_said() -> None:
    def learned(perfect: float) -> Learned:
        nothing = np.zeros(1)
        return Learned(nothing, (), nothing, Ties(), SumsInside(0.5, 0.6, perfect, 32))

    assert past_sums_note(learned(0.9)) == past_sums_note(None) == ()
    [note] = past_sums_note(learned(0.7))
    assert note.startswith("70% of 32 past sums would have lain inside the 90 % interval even if")
