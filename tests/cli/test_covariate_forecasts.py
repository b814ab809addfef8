"""Forecasts that follow a series known ahead, or a scenario of it, as a user asks for them."""

import json
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from support.fourland import CaseFolder
from typer.testing import CliRunner

from vedette.cli import run as main
from vedette.cli.verbs import app

MONTHS = [f"{2012 + at // 12}-{at % 12 + 1:02d}" for at in range(42)]
PAST = MONTHS[:36]
TROOPS = [1.0 if at % 8 < 4 else 0.0 for at in range(36)]
COUNTS = [3 + 9 * int(now) + at % 3 for at, now in enumerate(TROOPS)]
WORDS = ("--model", "endemic-epidemic", "--end", "1 + troops", "--draws", 200, "--months", 3)


def write(path: Path, troops: list[float], months: list[str] | None = None) -> Path:
    rows = {"month": (months or MONTHS)[: len(troops)], "troops": troops}
    pl.DataFrame({**rows, "remark": ["as told"] * len(troops)}).write_csv(path)
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a panel and a series that goes on after it."""
    pl.DataFrame({"month": PAST, "A": COUNTS, "B": COUNTS}).write_csv(tmp_path / "counts.csv")
    write(tmp_path / "troops.csv", [*TROOPS, *[0.0] * 6])
    return tmp_path


def told(*words: object) -> dict[str, Any]:
    done = CliRunner().invoke(app, [*map(str, words), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_a_scenario_moves_the_forecast_of_a_panel(desk: Path) -> None:
    high = write(desk / "high.csv", [*TROOPS, *[1.0] * 6])
    panel = ("counts", "forecast", desk / "counts.csv", *WORDS, "--covariates")
    away, there = (told(*panel, file) for file in (desk / "troops.csv", high))
    for low, up in zip(away["rows"], there["rows"], strict=True):
        assert low["period"] == up["period"]
        assert 2 * low["mean"] < up["mean"]
    assert (there["end"], there["covariates"], there["model"]) == ("1 + troops", "high.csv", WORDS[1])


def test_rows_beyond_the_last_month_asked_for_change_nothing(desk: Path) -> None:
    panel = ("counts", "forecast", desk / "counts.csv", *WORDS, "--origin", "2014-06", "--covariates")
    other = write(desk / "other.csv", [*TROOPS[:33], *[7.0] * 9])
    assert told(*panel, desk / "troops.csv")["rows"] == told(*panel, other)["rows"]


@pytest.mark.parametrize("by", ["country", "place"])
def test_a_case_follows_its_series(case_folder: CaseFolder, desk: Path, by: str) -> None:
    months = [f"{year}-{month:02d}" for year in range(1985, 2030) for month in range(1, 13)]
    away = write(desk / "long.csv", [float(at % 2) for at in range(len(months))], months)
    words = ("--model", "endemic-epidemic", "--end", "ri + troops", "--months", 2, "--draws", 50)
    rows = told("forecast", case_folder(), *words, "--by", by, "--covariates", away)["rows"]
    assert len({row["period"] for row in rows}) == 2
    assert all(row["mean"] >= 0 for row in rows)


MISTAKES = [
    (
        ("--months", "9", "--end", "1 + troops"),
        7,
        "troops.csv, column month: expected rows to 2015-09, the last period forecast; found rows to "
        "2015-06. Add rows to 2015-09, or ask for fewer --months.",
    ),
    (("--end", "1 + ships"), 7, "column ships: expected a column of that name; found only troops, remark"),
    (("--end", "1 + remark"), 7, "column remark: expected a finite number; found 'as told'"),
    (("--end", "1"), 2, "expected terms that name a series of it; found none"),
    ((), 2, "expected terms that name a series of it; found none"),
    (("--end", "1 + troops", "--model", "pool"), 2, "expected --model endemic-epidemic"),
    (("--end", "1 + troops", "--covariates", "gone.csv"), 5, "gone.csv"),
    (
        ("--end", "1 + troops", "--covariates", "hole.csv"),
        7,
        "row 40, column troops: expected a finite number",
    ),
    (
        ("--end", "1 + troops", "--covariates", "nan.csv"),
        7,
        "row 40, column troops: expected a finite number",
    ),
    (("--end", "1 + troops", "--covariates", "late.csv"), 7, "expected rows from 2012-02"),
    (("--end", "1 + troops", "--covariates", "gap.csv"), 7, "expected a row for 2014-12; found none"),
    (("--end", "1 ++"), 2, "--end"),
    (("--ne", "1 + troops"), 7, "no neighbours are known"),
]


@pytest.mark.parametrize(("words", "code", "said"), MISTAKES, ids=lambda value: str(value)[:50])
def test_a_mistake_gives_its_code_and_a_cure(
    capsys: pytest.CaptureFixture[str],
    desk: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    rows = (desk / "troops.csv").read_text().splitlines()
    for name, cell in (("hole", ""), ("nan", "nan")):
        changed = [*rows[:39], f"{MONTHS[38]},{cell},as told", *rows[40:]]
        (desk / f"{name}.csv").write_text("\n".join(changed))
    (desk / "late.csv").write_text("\n".join([rows[0], *rows[5:]]))
    (desk / "gap.csv").write_text("\n".join(row for row in rows if not row.startswith("2014-12")))
    monkeypatch.chdir(desk)
    begin = ("counts", "forecast", "counts.csv", "--months", "6", "--model", "endemic-epidemic")
    monkeypatch.setattr(sys, "argv", ["vedette", *begin, "--covariates", "troops.csv", *words])
    with pytest.raises(SystemExit) as done:
        main()
    assert done.value.code == code
    assert said in capsys.readouterr().err.replace("\n", " ")


def test_terms_need_their_file_and_the_register_keeps_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = ["vedette", "forecast", "iraq", "--model", "endemic-epidemic", "--end", "1 + troops"]
    for more, said in (([], "Name it with --covariates"), (["--register"], "--register keeps no terms")):
        monkeypatch.setattr(sys, "argv", [*begin, *more])
        with pytest.raises(SystemExit) as done:
            main()
        assert done.value.code == 2
        assert said in capsys.readouterr().err
