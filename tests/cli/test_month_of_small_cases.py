"""Monthly rounds of small cases: no new data, a file twice, a month left out, two months at once, weeks."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.event_files import ged, write
from support.fourland import CASE_FILES

from vedette.case import read_case
from vedette.case.issues import counts_file, draws_file
from vedette.case.writing import changing_case, freeze_issue, stamp_issue
from vedette.changes import as_known, known_on
from vedette.commands import registering
from vedette.commands.month_due import score_due
from vedette.commands.month_round import DONE, NOTHING, MonthRound, Told
from vedette.commands.month_steps import load_files, register_forecasts, say_changes
from vedette.events import load
from vedette.evidence import edition_of
from vedette.files import read_log
from vedette.model import By, Measure, panel_history
from vedette.model.exchange import write_draws
from vedette.progress import quiet
from vedette.score.register.register import known_table

POINTS = {"Alpha": (0.5, 0.5), "Beta": (0.5, 1.5)}


def events(first: date, last: date) -> str:
    """An event file with a few events every five days."""
    rng, rows, day = random.Random(str(first)), [], first
    while day <= last:
        province, deaths = rng.choice(sorted(POINTS)), rng.randint(0, 6)
        latitude, longitude = POINTS[province]
        where = {"adm_1": f"{province} province", "latitude": latitude, "longitude": longitude}
        when = {"date_start": day.isoformat(), "date_end": day.isoformat(), "year": day.year}
        counts = {"best": deaths, "low": deaths, "high": deaths}
        rows.append({"id": day.toordinal(), **when, **where, **counts})
        day += timedelta(days=5)
    return ged(*rows)


def published(desk: Path, month: int) -> Path:
    """The candidate release of 2025 up to a month."""
    last = date(2025, month + 1, 1) - timedelta(days=1)
    return write(desk, f"GEDEvent_v25_01_25_{month:02d}.csv", events(date(2025, 1, 2), last))


def made(desk: Path, step: str) -> Path:
    """A case with two years of events and the first two months of the third."""
    yaml = (
        str(CASE_FILES["case.yaml"])
        .replace("as_of: 2014-12-31\n", "")
        .replace("step: month", f"step: {step}")
    )
    yaml = yaml.replace("  partial: {dataset: ucdp-ged-precise, first: 2015-01, last: 2015-06}\n", "")
    folder = desk / "fourland"
    folder.mkdir()
    for name, content in {**CASE_FILES, "case.yaml": yaml}.items():
        if name not in ("observed.csv", "totals.csv") and content is not None:
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    years = write(desk, "GEDEvent_v25_1.csv", events(date(2023, 1, 3), date(2024, 12, 30)))
    case = read_case(folder)
    load(case, [years], agree=lambda months: True, published=date(2025, 1, 10))
    load(case, [published(desk, 2)], agree=lambda months: True, published=date(2025, 3, 20))
    return folder


def issued(folder: Path, day: date) -> None:
    """Issues a brief of a day: its forecast, and the deaths known then."""
    case = edition_of(read_case(folder), "public")
    known = as_known(case, day, 1)
    assert known.forecast is not None
    files = {"brief.json": b"{}"}
    for by, forecast in ((By.COUNTRY, known.forecast.country), (By.PLACE, known.forecast.places)):
        files[draws_file(by.value)] = write_draws(forecast, folder.parent / "draws.parquet").read_bytes()
        known_table(panel_history(known.panel, case, Measure.DEATHS, by)).write_parquet(
            folder.parent / "known.parquet"
        )
        files[counts_file(by.value)] = (folder.parent / "known.parquet").read_bytes()
    with changing_case(folder, "brief --issue") as change:
        freeze_issue(change, stamp_issue(case, day, known.day, seed=1), files)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VEDETTE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(known_on, "DRAWS", 40)
    monkeypatch.setattr(registering, "_DRAWS", 40)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def step(
    folder: Path, do: Callable[[MonthRound], Told], as_of: date | None = None, files: tuple[Path, ...] = ()
) -> Told:
    """Does one step of a round."""
    case = edition_of(read_case(folder))
    return do(MonthRound(case, as_of, as_of or date(2025, 6, 1), 1, files, folder.parent / "build", quiet))


def test_a_round_without_new_data_says_that_no_month_was_completed(desk: Path) -> None:
    folder = made(desk, "month")
    issued(folder, date(2025, 3, 25))
    assert step(folder, load_files).state == NOTHING
    told = step(folder, say_changes, date(2025, 4, 25))
    assert told.state == DONE
    assert told.lines[0].startswith(
        "No arrow, since too little is known: no month of data was completed between the two days: the data "
    )


def test_two_months_at_once_after_a_month_left_out_are_held_against_the_last_issue(desk: Path) -> None:
    folder = made(desk, "month")
    issued(folder, date(2025, 3, 25))
    step(folder, register_forecasts, date(2025, 3, 25))
    file = published(desk, 4)
    loaded = step(folder, load_files, files=(file,))
    assert loaded.state == DONE and loaded.lines[0].startswith("GEDEvent_v25_01_25_04.csv: ")
    lead = step(folder, say_changes).lines[0]
    assert "from March 2025 to April 2025, " in lead and "on 25 March 2025" in lead
    scored = step(folder, score_due)
    assert scored.lines[0].startswith("Deaths by country: 2 counts came due of 1 forecast, ")


def test_a_file_that_is_given_twice_changes_nothing_the_second_time(desk: Path) -> None:
    folder, file = made(desk, "month"), published(desk, 4)
    step(folder, load_files, files=(file,))
    before = read_log(folder).lines
    again = step(folder, load_files, files=(file,))
    assert "(loaded before)" in again.lines[0]
    assert read_log(folder).lines == before


def test_a_case_that_counts_weeks_has_its_forecast_in_weeks_and_its_changes_in_months(desk: Path) -> None:
    folder = made(desk, "week")
    issued(folder, date(2025, 1, 31))
    day = date(2025, 3, 25)
    first = step(folder, register_forecasts, day).lines[0]
    assert first.startswith("2025-W09: ") and "2025-W09 to 2025-W14: " in first
    lead = step(folder, say_changes, day).lines[0]
    assert "from January 2025 to February 2025, " in lead and "(events of UCDP" in lead
