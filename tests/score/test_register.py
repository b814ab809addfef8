"""The register: forecasts frozen once, noticed when touched, scored when their months have come."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from support.counting import counting
from support.fourland import CASE_FILES, CaseFolder
from support.running import Run
from typer.testing import CliRunner

from vedette import commands
from vedette.case.checking import folder
from vedette.cli.verbs import app
from vedette.commands import known
from vedette.errors import DataError, StorageError
from vedette.files import changing
from vedette.model import By, Conflictology, EwmaNegBin, Forecast, History, Measure, forecast
from vedette.periods import Ahead, Step
from vedette.score import crps_fair
from vedette.score.register.outcome import score_issued
from vedette.score.register.register import REGISTER, Issued, issue, read_forecast, read_register

FIRST = 24144


def history(periods: int = 60, change: int = 0) -> History:
    values = np.random.default_rng(1).negative_binomial(0.5, 0.05, (60, 3))[:periods]
    values[40, 1] += change
    return History.of(values, ["b", "a", "c"], FIRST, Step.MONTH, measure="deaths")


def made(past: History, seed: int = 1) -> Forecast:
    return forecast(EwmaNegBin(), past, past.span.last, 6, 50, seed)


def put(home: Path, periods: int = 50, seed: int = 1) -> tuple[Issued, bool]:
    past = history(periods)
    with changing(home, "forecast --register") as change:
        return issue(change, made(past, seed), past, case="fourland", by="place", as_of=date(2016, 2, 29))


def silent(what: str, share: float) -> None:
    """Reports to nobody."""


def test_what_was_issued_comes_back_to_the_draw(tmp_path: Path) -> None:
    issued, new = put(tmp_path)
    assert new
    assert (issued.origin, issued.first, issued.last) == ("2016-02", "2016-03", "2016-08")
    assert (issued.draws, issued.units, issued.as_of) == (50, 3, "2016-02-29")
    ahead, known = read_forecast(tmp_path / REGISTER, issued)
    original = made(history(50))
    places = [ahead.units.index(unit) for unit in original.units]
    assert (ahead.draws[:, :, places] == original.draws).all()
    assert (ahead.origin, ahead.model, ahead.seed) == (original.origin, original.model, original.seed)
    assert known["count"].to_list() == history(50).truth.ravel().tolist()


def test_the_same_forecast_is_kept_once_and_another_beside_it(tmp_path: Path) -> None:
    first, _ = put(tmp_path)
    before = (tmp_path / REGISTER / first.id / "issued.json").read_bytes()
    again, new = put(tmp_path)
    assert (again, new) == (first, False)
    assert (tmp_path / REGISTER / first.id / "issued.json").read_bytes() == before
    other, new = put(tmp_path, seed=2)
    assert new
    assert {each.id for each in read_register(tmp_path / REGISTER)} == {first.id, other.id}
    assert {path.name for path in tmp_path.iterdir()} == {REGISTER, "changes.log", ".vedette-lock"}


@pytest.mark.parametrize("file", ["draws.parquet", "known.parquet", "issued.json"])
@pytest.mark.parametrize("how", ["touched", "gone"])
def test_what_was_touched_is_noticed_and_named(tmp_path: Path, file: str, how: str) -> None:
    issued, _ = put(tmp_path)
    victim = tmp_path / REGISTER / issued.id / file
    if how == "gone":
        victim.unlink()
    elif file == "issued.json":
        victim.write_text(victim.read_text().replace('"origin": "2016-02"', '"origin": "2016-01"'))
    else:
        table = pl.read_parquet(victim)
        table.with_columns(pl.last() + 1).write_parquet(victim)
    with pytest.raises(DataError, match="holds what was not written there") as caught:
        read_register(tmp_path / REGISTER)
    (problem,) = caught.value.problems
    assert problem.file == f"{issued.id}/{file}"
    assert "Put it back from a copy" in problem.cure
    with pytest.raises(DataError):
        put(tmp_path)


def test_a_folder_that_was_renamed_or_holds_no_json_is_noticed(tmp_path: Path) -> None:
    issued, _ = put(tmp_path)
    (tmp_path / REGISTER / issued.id).rename(tmp_path / REGISTER / "2016-02-deaths-place-pool-00000000")
    with pytest.raises(DataError, match="as it was sealed"):
        read_register(tmp_path / REGISTER)
    (tmp_path / REGISTER / "2016-02-deaths-place-pool-00000000" / "issued.json").write_text("[1]")
    with pytest.raises(DataError, match="none that can be read"):
        read_register(tmp_path / REGISTER)


def test_a_crash_in_the_middle_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StorageError, match="No space left on device"):
        put(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".vedette-lock"]
    assert read_register(tmp_path / REGISTER) == ()


def test_two_that_issue_the_same_at_once_keep_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as both:
        (first, new), (second, other) = both.map(put, [tmp_path] * 2)
    assert first == second
    assert {new, other} == {True, False}
    assert [path.name for path in (tmp_path / REGISTER).iterdir()] == [first.id]


def test_scores_are_those_of_the_months_that_came_and_the_rest_is_open(tmp_path: Path) -> None:
    issued, _ = put(tmp_path)
    ahead, known = read_forecast(tmp_path / REGISTER, issued)
    now = history(54)
    found = score_issued(issued, ahead, known, now)
    assert found.open == 2 * 3
    assert found.card is not None
    assert found.card.models == ("ewma-negbin", "conflictology-12")
    original = made(history(50))
    expected = crps_fair(original.draws[:, :4], now.truth[50:54]).mean()
    assert found.row()["crps_fair"] == pytest.approx(expected)
    plain = forecast(Conflictology(12), history(50), FIRST + 49, 4, 50, 1)
    base = found.card.means("model").filter(model="conflictology-12")["crps_fair"][0]
    assert base == pytest.approx(crps_fair(plain.draws, now.truth[50:54]).mean(), rel=0.3)
    assert found.row()["revised"] == 0


def test_nothing_has_come_yet(tmp_path: Path) -> None:
    issued, _ = put(tmp_path)
    found = score_issued(issued, *read_forecast(tmp_path / REGISTER, issued), history(50))
    assert found.card is None
    assert found.row() == {
        "id": issued.id,
        "scored": 0,
        "open": 18,
        "crps_fair": None,
        "skill": None,
        "inside_90": None,
        "revised": 0,
        "revised_by": 0,
    }


def test_estimated_months_are_open_and_revised_ones_are_told(tmp_path: Path) -> None:
    issued, _ = put(tmp_path)
    later = history(56, change=7)
    observed = np.ones(56, bool)
    observed[55] = False
    now = History.of(later.values, later.units, FIRST, Step.MONTH, observed, measure="deaths")
    found = score_issued(issued, *read_forecast(tmp_path / REGISTER, issued), now)
    assert (found.row()["scored"], found.open) == (15, 3)
    assert found.revised.select("period", "unit").rows() == [("2015-05", "a")]
    assert found.row()["revised_by"] == 7


def test_a_unit_that_is_gone_stays_open(tmp_path: Path) -> None:
    issued, _ = put(tmp_path)
    whole = history(56)
    now = History.of(whole.values[:, :, :2], ["b", "a"], FIRST, Step.MONTH, measure="deaths")
    found = score_issued(issued, *read_forecast(tmp_path / REGISTER, issued), now)
    assert (found.row()["scored"], found.open, found.row()["revised"]) == (12, 6, 50)


def test_a_case_registers_lists_and_scores(run: Run, case_folder: CaseFolder, tmp_path: Path) -> None:
    folder = case_folder()
    words = ("forecast", folder, "--by", "place", "--draws", 50, "--as-of", "2014-06-30", "--register")
    first, again = run(*words, home=tmp_path), run(*words, home=tmp_path)
    assert "Registered as 2014-06-deaths-place" in first.stderr, first.stderr
    assert "Registered before, unchanged: 2014-06-deaths-place" in again.stderr
    (listed,) = json.loads(run("register", folder, "--json", home=tmp_path).stdout)
    assert (listed["case"], listed["as_of"], listed["units"]) == ("fourland", "2014-06-30", 4)
    assert len(listed["panel"]) == 64
    assert (folder / "register" / listed["id"] / "draws.parquet").exists()
    (found,) = json.loads(run("register", folder, "--score", "--json", home=tmp_path).stdout)
    assert (found["scored"], found["open"]) == (24, 0)
    assert found["by_horizon"][0]["model"] == "pool"
    early = run("register", folder, "--score", "--as-of", "2014-08-31", "--json", home=tmp_path)
    assert (json.loads(early.stdout)[0]["scored"], json.loads(early.stdout)[0]["open"]) == (8, 16)
    shown = run("register", folder, "--score", home=tmp_path).stdout
    assert listed["id"] in shown
    (folder / "register" / listed["id"] / "known.parquet").write_bytes(b"other")
    done = run("register", folder, home=tmp_path)
    assert done.returncode == 7
    assert f"{listed['id']}/known.parquet: expected the file that was written" in done.stderr


def test_a_case_is_read_once_to_forecast_and_register_it(
    case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, made = counting(monkeypatch, folder, "_read"), counting(monkeypatch, known, "panel_on")
    words = ("forecast", str(case_folder()), "--model", "last", "--draws", "20", "--register", "--quiet")
    assert CliRunner().invoke(app, words).exit_code == 0
    assert (len(read), len(made)) == (1, 1)


def test_data_changed_since_are_told(case_folder: CaseFolder) -> None:
    folder = case_folder()
    as_of, name = date(2014, 6, 30), str(folder)
    result = commands.forecast(name, "last", as_of=as_of, months=Ahead(1, 3), draws=20, seed=1)
    assert result.known is not None
    _, added = commands.issue_forecast(result.known, result.forecast, measure=Measure.DEATHS, by=By.COUNTRY)
    assert added
    [found] = commands.score_registered(name).scored
    assert found.revised.height == 0
    observed = str(CASE_FILES["observed.csv"])
    row = next(line for line in observed.split("\n") if line.startswith("ucdp,2013-05,2013-05,FO-A"))
    cells = row.split(",")
    cells[-2] = str(int(cells[-2]) + 1)
    (folder / "observed.csv").write_text(observed.replace(row, ",".join(cells)), encoding="utf-8")
    [found] = commands.score_registered(name).scored
    assert found.revised["period"].to_list() == ["2013-05"]
    assert found.row()["revised_by"] == 1


def test_an_empty_register_says_how_to_fill_it(run: Run, case_folder: CaseFolder, tmp_path: Path) -> None:
    done = run("register", case_folder(), home=tmp_path)
    assert done.returncode == 0
    assert "vedette forecast CASE --register" in done.stdout
