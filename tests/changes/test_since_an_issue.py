"""What changed since an issued brief: its own forecast is held against what came, revised months are told."""

from datetime import date
from pathlib import Path

import pytest
from support.fourland import CaseFolder

from vedette import commands
from vedette.case import read_case
from vedette.case.issues import counts_file, draws_file
from vedette.case.writing import changing_case, freeze_issue, stamp_issue
from vedette.changes import as_known, known_on
from vedette.evidence import edition_of
from vedette.model import By, Measure, panel_history
from vedette.model.exchange import write_draws
from vedette.score.register.register import known_table

DAY, SEED = date(2014, 6, 30), 7


@pytest.fixture
def issued(case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Fourland with a brief issued as of June 2014."""
    monkeypatch.setenv("VEDETTE_HOME", str(tmp_path))
    monkeypatch.setattr(known_on, "DRAWS", 40)
    folder = case_folder()
    case = edition_of(read_case(folder), "public")
    known = as_known(case, DAY, SEED)
    assert known.forecast is not None
    files = {"brief.json": b"{}"}
    for by, forecast in ((By.COUNTRY, known.forecast.country), (By.PLACE, known.forecast.places)):
        files[draws_file(by.value)] = write_draws(forecast, tmp_path / "draws.parquet").read_bytes()
        past = known_table(panel_history(known.panel, case, Measure.DEATHS, by))
        past.write_parquet(tmp_path / "known.parquet")
        files[counts_file(by.value)] = (tmp_path / "known.parquet").read_bytes()
    with changing_case(folder, "brief --issue") as change:
        freeze_issue(change, stamp_issue(case, DAY, DAY, seed=SEED), files)
    return folder


def test_the_last_issue_is_the_first_day_and_its_forecast_is_held(issued: Path) -> None:
    case = edition_of(read_case(issued), "public")
    own = as_known(case, DAY, SEED).forecast
    found = commands.changes(str(issued), last=date(2014, 9, 30), seed=1).changes
    assert (found.issue, found.first, found.last) == (1, DAY, date(2014, 9, 30))
    assert own is not None and found.came.country is not None
    sums = own.country.draws[:, :3, 0].sum(axis=1)
    assert found.came.country.below == pytest.approx(
        ((sums < found.came.country.came).mean() + (sums <= found.came.country.came).mean()) / 2
    )
    assert found.revised.kept == "the brief issued as number 1" and found.revised.months == ()


def test_months_revised_since_are_told(issued: Path) -> None:
    table = issued / "observed.csv"
    rows = table.read_text(encoding="utf-8").splitlines()
    place = next(number for number, row in enumerate(rows) if row.startswith("ucdp,2013-12,2013-12,FO-A"))
    *start, best, high = rows[place].split(",")
    rows[place] = ",".join([*start, str(int(best) + 5), str(int(high) + 5)])
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    result = commands.changes(str(issued), last=date(2014, 9, 30), seed=1)
    (month,) = result.changes.revised.months
    assert (month.month, month.now - month.then) == ("2013-12", 5)
    assert result.changes.ahead.with_revisions is not None
    [line] = [line for line in result.parts[1].lines if "2013-12" in line]
    assert f"differ in 2013-12 ({month.then} then, {month.now} now)" in line
