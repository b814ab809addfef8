"""``vedette counts fit``: a table in, the numbers of the fit out; a bad table is refused in plain words."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from vedette.cli.verbs import app
from vedette.errors import DataError, UsageError, VedetteError

WEEKLY = Path(__file__).parents[1] / "reference" / "hhh4"
PANEL, TOUCH = str(WEEKLY / "iraq_all.csv"), str(WEEKLY / "iraq_adjacency.csv")


def typed(*words: str) -> dict[str, Any]:
    run = CliRunner().invoke(app, ["counts", "fit", *words, "--json"], catch_exceptions=False)
    assert run.exit_code == 0, run.output
    told: dict[str, Any] = json.loads(run.stdout)
    return told


def refused(*words: str) -> VedetteError:
    with pytest.raises(VedetteError) as caught:
        CliRunner().invoke(app, ["counts", "fit", *words], catch_exceptions=False)
    return caught.value


def test_the_table_of_the_reference_through_the_command() -> None:
    told = typed(PANEL, "--neighbours", TOUCH, "--end", "1 + trend + season(52)", "--weights", "raw")
    assert told["log_likelihood"] == pytest.approx(-9391.684973309, abs=1e-6)
    assert told["aic"] == pytest.approx(18797.369947, abs=1e-5)
    assert told["bic"] == pytest.approx(18850.226575, abs=1e-5)
    assert (told["n"], told["k"], told["converged"], told["boundary"]) == (14058, 7, True, [])
    names = [each["name"] for each in told["coefficients"]]
    assert names[:4] == ["ar.1", "ne.1", "end.1", "end.I(t/100)"]
    assert names[4:] == ["end.sin(2 * pi * t/52)", "end.cos(2 * pi * t/52)", "-log(overdisp)"]
    assert told["coefficients"][0]["se"] == pytest.approx(0.033965, rel=1e-4)


@pytest.mark.parametrize("first", ["2014-W01", "2014-01-06", "1"])
def test_periods_may_be_weeks_dates_or_numbers(first: str, tmp_path: Path) -> None:
    names = {
        "2014-W01": [f"2014-W{week:02}" for week in range(1, 41)],
        "2014-01-06": (np.datetime64("2014-01-06") + 7 * np.arange(40)).astype(str).tolist(),
        "1": [str(week) for week in range(1, 41)],
    }[first]
    counts = np.random.default_rng(1).poisson(2.0, (40, 2))
    frame = pl.DataFrame({"when": names, "A": counts[:, 0], "B": counts[:, 1]})
    frame.write_csv(tmp_path / "counts.csv")
    told = typed(str(tmp_path / "counts.csv"), "--family", "poisson", "--end", "fe")
    assert told["ne"] == "0"
    assert [each["name"] for each in told["coefficients"]] == ["ar.1", "end.1.A", "end.1.B"]


def test_boundaries_are_null_in_json_and_told_to_people() -> None:
    words = [PANEL, "--neighbours", TOUCH, "--end", "1", "--weights", "powerlaw"]
    told = typed(*words)
    assert told["boundary"] == ["neweights.d"]
    [decay] = [each for each in told["coefficients"] if each["name"] == "neweights.d"]
    assert (decay["se"], decay["boundary"]) == (None, "nearest")
    run = CliRunner().invoke(app, ["counts", "fit", *words], catch_exceptions=False)
    assert "on a boundary, without standard error: neweights.d (nearest)" in run.stderr


def test_covariates_from_a_file(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    months = [f"{2010 + k // 12}-{k % 12 + 1:02}" for k in range(60)]
    troops = rng.normal(size=60)
    counts = rng.poisson(np.exp(0.5 + 0.4 * troops[:, None]), (60, 2))
    pl.DataFrame({"month": months, "A": counts[:, 0], "B": counts[:, 1]}).write_csv(tmp_path / "c.csv")
    pl.DataFrame({"month": months, "troops": troops}).write_csv(tmp_path / "x.csv")
    words = [str(tmp_path / "c.csv"), "--ar", "0", "--end", "1 + troops", "--family", "poisson"]
    told = typed(*words, "--covariates", str(tmp_path / "x.csv"))
    assert told["coefficients"][1]["estimate"] == pytest.approx(0.4, abs=0.2)
    pl.DataFrame({"month": months[:50], "troops": troops[:50]}).write_csv(tmp_path / "x.csv")
    error = refused(*words, "--covariates", str(tmp_path / "x.csv"))
    assert "expected a row for 2014-03; found none" in str(error)
    assert "stands twice" in str(refused(*words[:-3], "1 + 1", *words[-2:]))


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("period,A\n", "rows below the header"),
        ("period\n2014-01\n", "at least one unit"),
        ("period,A\n2014-01,0\n2014-02,0\n2014-03,0\n", "no events"),
        ("period,A\n2014-01,3\n", "expected more than 1 period"),
        ("period,A\n2014-01,3\n2014-03,2\n", "no row for 2014-02"),
        ("period,A\n2014-01,3\n2014-02,NaN\n", "found NaN"),
        ("period,A\n2014-01,3\n2014-02,-1\n", "found '-1'"),
        ("period,A\n2014-01,3\n2014-02,1.5\n", "found '1.5'"),
    ],
)
def test_bad_panels(table: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "counts.csv").write_text(table)
    error = refused(str(tmp_path / "counts.csv"))
    assert isinstance(error, DataError)
    assert words in str(error)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--family", "normal"), "--family: expected one of"),
        (("--weights", "far"), "--weights: expected one of"),
        (("--end", "fe + 1"), "--end 'fe + 1'"),
        (("--lags", "7"), "--lags: expected"),
    ],
)
def test_bad_words(words: tuple[str, str], said: str) -> None:
    error = refused(PANEL, *words)
    assert isinstance(error, UsageError)
    assert said in str(error)


def test_neighbours_are_asked_for() -> None:
    assert "--neighbours" in str(refused(PANEL, "--ne", "1"))


@pytest.mark.parametrize(("end", "boundary"), [("1", []), ("fe + season(12)", ["ar.1"])])
def test_a_fit_with_and_without_a_boundary_is_shown(end: str, boundary: list[str], tmp_path: Path) -> None:
    """Where only the first coefficient lies on a boundary, the others have none to show."""
    rows = [f"{2013 + at // 12}-{at % 12 + 1:02d},{7 * at % 31},{at % 3}" for at in range(24)]
    (tmp_path / "counts.csv").write_text("\n".join(["month,A,B", *rows]) + "\n")
    words = [str(tmp_path / "counts.csv"), "--ar", "1", "--ne", "0", "--end", end]
    assert typed(*words)["boundary"] == boundary
    run = CliRunner().invoke(app, ["counts", "fit", *words], catch_exceptions=False)
    assert run.exit_code == 0, run.output
    rows = [line for line in run.stdout.splitlines() if line.startswith(("ar.", "end.", "overdisp"))]
    flagged = [row.split()[0] for row in rows if row.rstrip().endswith("vanished")]
    assert flagged == boundary
