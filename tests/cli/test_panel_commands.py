"""Forecasts and scores of tables, as a user runs them."""

import json
import sys
from pathlib import Path

import polars as pl
import pytest
import xarray as xr
from support.fourland import CaseFolder
from support.running import Run

from vedette.cli import run as main

TABLE = "month,Anbar,Basra\n" + "".join(
    f"{2013 + at // 12}-{at % 12 + 1:02d},{7 * at % 31},{at % 3}\n" for at in range(24)
)
CAME = "period,unit,count\n" + "".join(
    f"2015-{month:02d},{unit},{count}\n"
    for month in range(1, 4)
    for unit, count in (("Anbar", 9), ("Basra", 1))
)
DETAILS = (
    "team: Lookout\nshort_title: A pool\neven_shorter_identifier: pool\n"
    "authors: [Ada Lovelace]\ncontact: ada@analytical.org\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a panel, its map, and what came."""
    (tmp_path / "history.csv").write_text(TABLE)
    (tmp_path / "touch.csv").write_text("unit,neighbour\nAnbar,Basra\n")
    (tmp_path / "came.csv").write_text(CAME)
    (tmp_path / "details.yml").write_text(DETAILS)
    return tmp_path


def test_a_panel_is_forecast_written_and_scored(run: Run, desk: Path) -> None:
    out, sheet = desk / "draws.parquet", desk / "draws.nc"
    words = ("--neighbours", desk / "touch.csv", "--model", "conflictology-12", "--draws", 50, "--seed", 4)
    done = run(
        "counts", "forecast", desk / "history.csv", *words, "--months", "1..3", "--out", out,
        "--netcdf", sheet, "--json", home=desk,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["panel"], told["origin"], told["mark"]) == ("history.csv", "2014-12", "estimated")
    assert [row["period"] for row in told["rows"]] == ["2015-01", "2015-02", "2015-03"] * 2
    table = pl.read_parquet(out)
    assert table.columns == ["period", "unit", "draw", "outcome"]
    assert table.height == 50 * 3 * 2
    with xr.open_dataset(sheet) as data:
        assert data.attrs["seed"] == 4
        assert data["outcome"].sum().item() == table["outcome"].sum()
    done = run("counts", "score", out, desk / "came.csv", "--json", home=desk)
    assert done.returncode == 0, done.stderr
    scored = json.loads(done.stdout)
    assert scored["scores"][0]["model"] == "conflictology-12"
    assert scored["scores"][0]["cells"] == 6
    assert [row["horizon"] for row in scored["by_horizon"]] == [1, 2, 3]
    assert [row["unit"] for row in scored["by_unit"]] == ["Anbar", "Basra"]
    assert [row["level"] for row in scored["coverage"]] == [0.5, 0.8, 0.9]


def test_what_lies_after_the_origin_changes_nothing(run: Run, desk: Path) -> None:
    words = ("--origin", "2013-12", "--months", "2-3", "--draws", 40)
    whole = run("counts", "forecast", desk / "history.csv", *words, "--json", home=desk)
    changed = desk / "changed.csv"
    changed.write_text("\n".join(TABLE.splitlines()[:13]) + "\n2014-01,999,999\n")
    cut = run("counts", "forecast", changed, *words, "--json", home=desk)
    assert json.loads(whole.stdout)["rows"] == json.loads(cut.stdout)["rows"]
    assert json.loads(whole.stdout)["rows"][0]["period"] == "2014-02"


def test_a_table_and_its_draws_write_periods_alike(run: Run, desk: Path) -> None:
    (desk / "weeks.csv").write_text("week,A\n2014-05-05,1\n2014-05-12,4\n2014-05-19,0\n")
    out = desk / "draws.csv"
    done = run("counts", "forecast", desk / "weeks.csv", "--months", 2, "--out", out, "--quiet", home=desk)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert pl.read_csv(out)["period"].unique().sort().to_list() == ["2014-05-26", "2014-06-02"]


def test_draws_of_a_case_can_be_scored_like_any(run: Run, case_folder: CaseFolder, desk: Path) -> None:
    out, came = desk / "draws.csv", desk / "came.csv"
    done = run("forecast", case_folder(), "--months", 2, "--draws", 30, "--out", out, "--quiet", home=desk)
    assert done.returncode == 0, done.stderr
    came.write_text("period,all\n2015-01,3\n2015-02,0\n")
    done = run("counts", "score", out, came, "--json", home=desk)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["scores"][0]["cells"] == 2


def test_a_submission_goes_out_and_comes_back(run: Run, desk: Path) -> None:
    (desk / "ids.csv").write_text("unit,country_id\nAnbar,645\nBasra,652\n")
    sent = desk / "sent"
    words = (
        "--origin",
        "2013-10",
        "--months",
        "3-14",
        "--views",
        sent,
        "--views-details",
        desk / "details.yml",
    )
    done = run("counts", "forecast", desk / "history.csv", *words, "--views-ids", desk / "ids.csv", home=desk)
    assert done.returncode == 0, done.stderr
    assert "Wrote" in done.stdout
    assert (sent / "cm" / "window=Y2014" / "pool_cm_2014.parquet").is_file()
    table = pl.read_csv(desk / "history.csv").unpivot(
        index="month", variable_name="unit", value_name="outcome"
    )
    numbers = {"Anbar": 645, "Basra": 652}
    table.select(
        period="month", country_id=pl.col("unit").replace_strict(numbers), outcome="outcome"
    ).write_csv(desk / "came.csv")
    done = run("counts", "score", sent, desk / "came.csv", "--rules", "views", "--json", home=desk)
    assert done.returncode == 0, done.stderr
    assert [row["horizon"] for row in json.loads(done.stdout)["by_horizon"]] == list(range(3, 15))


MISTAKES = [
    (("forecast",), 2, "Missing argument 'CASE'"),
    (("forecast", "history.csv"), 2, "type: vedette counts forecast history.csv"),
    (("fit", "history.csv"), 2, "type: vedette counts fit history.csv"),
    (("score", "came.csv"), 2, "type: vedette counts score came.csv ACTUALS"),
    (("counts", "forecast", "iraq"), 2, "expected a table of counts; found a case"),
    (("counts", "fit", "."), 2, "expected a table of counts; found a case"),
    (("forecast", "iraq", "--origin", "2014-01"), 2, "No such option: --origin"),
    (("counts", "forecast", "history.csv", "--by", "place"), 2, "No such option: --by"),
    (("counts", "forecast", "history.csv", "--register"), 2, "No such option: --register"),
    (("counts", "forecast", "history.csv", "--months", "9-3"), 2, "write 3-14, 1..36 or 6"),
    (("counts", "forecast", "history.csv", "--months", "0"), 2, "write 3-14, 1..36 or 6"),
    (("counts", "forecast", "history.csv", "--origin", "2030-01"), 7, "expected an origin from 2013-01"),
    (("counts", "forecast", "history.csv", "--origin", "May"), 2, "'May' is not a month"),
    (("counts", "forecast", "history.csv", "--column", "ged_sb"), 7, "Leave --column out"),
    (("counts", "forecast", "history.csv", "--model", "oracle"), 2, "there is no model 'oracle'"),
    (("counts", "forecast", "gone.csv"), 5, "gone.csv"),
    (("counts", "forecast", "history.csv", "--netcdf", "x.txt"), 2, "ends in .nc"),
    (("counts", "forecast", "history.csv", "--views", "sent"), 5, "submission_details.yml"),
    (("score",), 2, "Missing argument 'CASE'"),
    (("counts", "score", "came.csv"), 2, "Missing argument 'ACTUALS'"),
    (("counts", "score", "came.csv", "iraq"), 2, "expected a table of counts; found a case"),
    (("counts", "score", "came.csv", "history.csv"), 7, "column 2015-01: expected"),
    (("counts", "score", "history.csv", "came.csv"), 7, "column outcome: expected"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "code", "said"), MISTAKES, ids=lambda value: str(value)[:60])
def test_a_mistake_gives_its_code_and_a_cure(
    capsys: pytest.CaptureFixture[str],
    desk: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(desk)
    monkeypatch.setattr(sys, "argv", ["vedette", *words])
    with pytest.raises(SystemExit) as done:
        main()
    assert done.value.code == code
    assert said in capsys.readouterr().err.replace("\n", " ")


def test_the_benchmark_of_the_views_challenge_through_the_commands(
    run: Run, shared: Path, tmp_path: Path
) -> None:
    """Conflictology for 2020, twelve draws, scores what the challenge published."""
    actual = pl.read_csv(shared / "data/views/actuals_2018_2020.csv")
    past = actual.filter(pl.col("month_id").is_between(467, 478))
    months = pl.DataFrame({"month": range(481, 493)})
    draws = past.rename({"month_id": "draw"}).join(months, how="cross")
    draws.select("country_id", "draw", "outcome", month_id="month").write_parquet(tmp_path / "cm.parquet")
    files = (tmp_path / "cm.parquet", shared / "data/views/actuals_2018_2020.csv")
    done = run("counts", "score", *files, "--rules", "views", "--json", home=tmp_path)
    assert done.returncode == 0, done.stderr
    [found] = json.loads(done.stdout)["scores"]
    published = pl.read_csv(shared / "data/views/published_benchmark_scores.csv")
    [expected] = published.filter(benchmark="conflictology", window=2020).to_dicts()
    for score in ("crps", "ign", "mis"):
        assert found[score] == pytest.approx(expected[score], rel=1e-12), score
    assert found["cells"] == 191 * 12
