"""A month that no file covers is nowhere zero, and a quiet month that one covers is."""

import shutil
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.event_files import Row, acled, ged, write
from support.fourland import CASE_FILES, CaseFolder

from vedette.brief.inputs.findings import Findings
from vedette.case import Case, new_case, read_case
from vedette.commands import aggregate
from vedette.errors import DataError
from vedette.events import load, summary
from vedette.model import By, Measure, Zero, counted_history, panel_history
from vedette.panel import Panel, gap_warnings, gather, panel_on, present
from vedette.periods import Step, label, parse
from vedette.score import backtest

LATER = date(2026, 1, 1)


def counting(dataset: str, step: str = "month") -> dict[str, str]:
    """The made-up case without observed.csv, which counts a data set from 2000 on."""
    yaml = str(CASE_FILES["case.yaml"]).replace("dataset: ucdp\n", f"dataset: {dataset}\n", 1)
    yaml = yaml.replace("  partial: {dataset: ucdp-ged-precise, first: 2015-01, last: 2015-06}\n", "")
    yaml = yaml.replace("start: 2012-01-01", "start: 2000-01-01").replace("as_of: 2014-12-31\n", "")
    return {"case.yaml": yaml.replace("step: month", f"step: {step}")}


def event(day: str, best: int = 3, **more: Any) -> Row:
    """A GED event on a day, with an id of its own."""
    return {"id": day.replace("-", ""), "date_start": day, "date_end": day, "best": best, "high": 9, **more}


def known(case: Case) -> Panel:
    holdings = gather(case)
    return panel_on(holdings, case, present(holdings.cells, case, case.step, holdings.covers), 1)


def files_of(years: dict[int, set[int]]) -> dict[str, str]:
    """Yearly files, each of one year, with an event in some months."""
    return {
        f"{year}.csv": ged(*(event(f"{year}-{month:02d}-07", month) for month in sorted(months)))
        for year, months in years.items()
    }


def months_of(months: dict[str, bool]) -> dict[str, str]:
    """Candidate files, each of one month, which may have events only on its last days."""
    still = {"code_status": "Check deaths"}
    return {
        f"{month}.csv": ged(event(f"{month}-{20 if late else 3}", int(month[-2:]), **still))
        for month, late in months.items()
    }


YEARS = st.dictionaries(
    st.integers(2006, 2012), st.sets(st.integers(1, 12), min_size=1, max_size=4), min_size=1, max_size=4
)
MONTHS = st.dictionaries(
    st.integers(1, 30).map(lambda n: label(parse("2019-12", Step.MONTH) + n, Step.MONTH)),
    st.booleans(),
    min_size=1,
    max_size=6,
)
numbers = count()


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(YEARS)
def test_any_yearly_files(case_folder: CaseFolder, years: dict[int, set[int]]) -> None:
    case = read_case(case_folder(counting("ucdp") | {"observed.csv": None}, name=f"case-{next(numbers)}"))
    counts = {
        f"{year}-{month:02d}": month if month in months else 0
        for year, months in years.items()
        for month in range(1, 13)
    }
    check(case, files_of(years), counts, release=f"{(max(years) + 1) % 100}.1")


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MONTHS)
def test_any_candidate_files(case_folder: CaseFolder, months: dict[str, bool]) -> None:
    yaml = counting("ucdp") | {"observed.csv": None}
    case = read_case(case_folder(yaml, name=f"case-{next(numbers)}"))
    check(case, months_of(months), {month: int(month[-2:]) for month in months})


def check(case: Case, files: dict[str, str], counts: dict[str, int], release: str | None = None) -> None:
    """Loads files and looks for the covered months, with their deaths, everywhere; for others nowhere."""
    inputs = case.folder / "inputs"
    inputs.mkdir()
    load(case, [write(inputs, name, text) for name, text in files.items()], release=release)
    panel = known(case)
    labels, months = panel.grid.span.labels(), sorted(counts)
    assert (labels[0], labels[-1]) == (months[0], months[-1])
    assert [month for month, covered in zip(labels, panel.covered, strict=True) if covered] == months
    deaths = panel.series("best", panel.grid.everywhere).sum(axis=(2, 3))
    expected = [counts.get(month, 0) for month in labels]
    assert (deaths == expected).all()
    assert_history(case, panel, counts)
    assert_scores(case, panel)
    assert_series(case, panel, counts)
    (row,) = summary(case).rows(named=True)
    assert row["covers"].count("..") == row["gaps"].count("..") + 1 == len(panel.gaps) + 1


def assert_history(case: Case, panel: Panel, counts: dict[str, int]) -> None:
    past = panel_history(panel, case, Measure.DEATHS, By.COUNTRY)
    last = parse(max(counts), Step.MONTH)
    run = [last]
    while label(run[0] - 1, Step.MONTH) in counts:
        run.insert(0, run[0] - 1)
    assert past.span.labels() == [label(month, Step.MONTH) for month in run]
    assert past.truth[:, 0].tolist() == [counts[month] for month in past.span.labels()]
    whole = counted_history(panel, case, Measure.DEATHS, By.COUNTRY)
    assert (whole.observed == panel.covered).all()


def assert_scores(case: Case, panel: Panel) -> None:
    past = panel_history(panel, case, Measure.DEATHS, By.COUNTRY)
    if len(past.span) < 3:
        return
    card = backtest(past, [Zero()], range(past.span.first, past.span.last), 2, draws=4)
    scored = card.table["origin"] + card.table["horizon"]
    assert set(scored) <= set(panel.stretch)


def assert_series(case: Case, panel: Panel, counts: dict[str, int]) -> None:
    nothing: Any = None
    found = Findings(case, gather(case), panel, LATER, 1, {}, nothing)
    for table in (found.national, found.whole(panel.grid.everywhere)):
        rows = dict(table.select("period", "best").iter_rows())
        assert rows == {month: counts.get(month) for month in panel.grid.span.labels()}
    unknown = found.national.filter(pl.col("best").is_null())
    assert set(unknown["mark"]) <= {"no file"}


def test_acled_counts_only_the_months_that_its_file_holds_whole(
    case_folder: CaseFolder, tmp_path: Path
) -> None:
    case = read_case(case_folder(counting("acled") | {"observed.csv": None}))
    days = ("2021-01-12", "2021-03-02", "2021-06-17")
    text = acled(*({"event_id_cnty": day, "event_date": day} for day in days))
    load(case, [write(tmp_path, "a.csv", text)])
    assert known(case).grid.span.labels() == ["2021-02", "2021-03", "2021-04", "2021-05"]
    load(case, [Path("a.csv")], covers=["2021-01..2021-06"])
    labels = known(case).grid.span.labels()
    assert (labels[0], labels[-1]) == ("2021-01", "2021-06")


def test_weeks_count_only_if_the_file_holds_them_whole(case_folder: CaseFolder, tmp_path: Path) -> None:
    case = read_case(case_folder(counting("acled", "week") | {"observed.csv": None}))
    spans = {"one.csv": ("2021-02-10", "2021-03-02"), "two.csv": ("2021-03-22", "2021-04-04")}
    for name, days in spans.items():
        text = acled(*({"event_id_cnty": day, "event_date": day} for day in days))
        load(case, [write(tmp_path, name, text)])
    panel = known(case)
    weeks = [week for week, covered in zip(panel.grid.span.labels(), panel.covered, strict=True) if covered]
    assert weeks == ["2021-W07", "2021-W08", "2021-W12", "2021-W13"]


def test_a_file_without_a_whole_month_is_told(case_folder: CaseFolder, tmp_path: Path) -> None:
    case = read_case(case_folder(counting("acled") | {"observed.csv": None}))
    text = acled(*({"event_id_cnty": day, "event_date": day} for day in ("2021-02-10", "2021-03-02")))
    load(case, [write(tmp_path, "a.csv", text)])
    with pytest.raises(DataError, match=r"whole month .*they cover 2021-02-10\.\.2021-03-02.*--covers"):
        known(case)


def test_an_event_over_a_gap_is_placed_where_files_are(case_folder: CaseFolder, tmp_path: Path) -> None:
    case = read_case(case_folder(counting("ucdp") | {"observed.csv": None}))
    still = {"code_status": "Check deaths"}
    long = {**event("2020-01-20", 7, **still), "date_end": "2020-03-05", "date_prec": 5}
    load(case, [write(tmp_path, "GEDEvent_v20_0_1.csv", ged(long))])
    load(case, [write(tmp_path, "GEDEvent_v20_0_3.csv", ged(event("2020-03-11", 2, **still)))])
    panel = known(case)
    deaths = panel.series("best", panel.grid.everywhere).sum(axis=(2, 3))
    assert panel.covered.tolist() == [True, False, True]
    assert (deaths.sum(axis=1) == 9).all()
    assert (deaths[:, 1] == 0).all()
    assert set(np.unique(deaths[:, 0])) == {0, 7}


def test_an_event_in_a_month_that_no_file_covers_is_in_the_remainder(
    case_folder: CaseFolder, tmp_path: Path
) -> None:
    case = read_case(case_folder(counting("ucdp") | {"observed.csv": None}))
    still = {"code_status": "Check deaths"}
    rows = [event(f"2020-03-{day:02d}", 2, **still) for day in range(1, 25)]
    late = event("2020-02-11", 5, **still)
    first = ged(event("2020-01-11", 2, **still))
    load(case, [write(tmp_path, "GEDEvent_v20_0_1.csv", first)])
    load(case, [write(tmp_path, "GEDEvent_v20_0_3.csv", ged(*rows, late))])
    left = known(case).accounts.filter(fate="in a period that no file covers")
    assert left.select("events", "best").row(0) == (1, 5)


def loaded(shared: Path, folder: Path, name: str, dataset: str) -> Case:
    """A case that `vedette new` writes for Iraq, with the files of a folder of inputs that went wrong."""
    made = new_case(folder / "made", "Iraq")
    yaml = made / "case.yaml"
    yaml.write_text(yaml.read_text().replace("dataset: ucdp", f"dataset: {dataset}"))
    files = shared / "field" / name
    if not files.is_dir():
        pytest.skip(f"no {files}")
    load(read_case(made), sorted(files.glob("*.csv")))
    return read_case(made)


def test_a_candidate_extract_beside_a_yearly_file_changes_no_forecast(shared: Path, tmp_path: Path) -> None:
    case = loaded(shared, tmp_path, "F02", "ucdp")
    panel = known(case)
    past = panel_history(panel, case, Measure.DEATHS, By.COUNTRY)
    assert (past.span.labels()[0], past.span.labels()[-1]) == ("2016-01", "2018-12")
    assert set(past.truth.ravel().tolist()) == {20}
    (held,) = summary(case).rows(named=True)
    assert held["counts"] == (
        "UCDP GED 19.1 (release guessed) from 2016-01 to 2018-12; UCDP Candidate 23.0.10 for 2023-10 is not "
        "counted, since no file covers 2019-01 to 2023-09"
    )
    assert any(
        "UCDP Candidate 23.0.10 after none of" in str(each) for each in gap_warnings(case, gather(case))
    )


def test_a_year_without_a_file_is_not_in_the_history(shared: Path, tmp_path: Path) -> None:
    case = loaded(shared, tmp_path, "F04", "ucdp")
    past = panel_history(known(case), case, Measure.DEATHS, By.COUNTRY)
    assert past.span.labels() == [f"2018-{month:02d}" for month in range(1, 13)]
    assert set(past.truth.ravel().tolist()) == {20}


def test_an_event_that_runs_into_the_next_month_stays(shared: Path, tmp_path: Path) -> None:
    case = loaded(shared, tmp_path, "F51", "ucdp")
    (held,) = summary(case).rows(named=True)
    assert (held["release"], held["events"], held["replaced"]) == ("23.0.10, 23.0.11", 22, 0)
    assert known(case).grid.span.labels() == ["2023-10", "2023-11"]


def test_months_before_the_first_acled_file_are_unknown(shared: Path, tmp_path: Path) -> None:
    case = loaded(shared, tmp_path, "F52", "acled")
    assert case.start == date(1989, 1, 1)
    panel = known(case)
    assert panel.grid.span.labels() == ["2021-02", "2021-03", "2021-04", "2021-05"]
    assert panel.covered.all()


@pytest.mark.parametrize(
    "events",
    [
        "events: {dataset: acled}\n",
        "events:\n  # counted\n  dataset: acled\n",
        "events:\n    dataset: acled\n",
    ],
)
def test_a_shared_case_covers_what_the_one_with_files_does(
    case_folder: CaseFolder, tmp_path: Path, events: str
) -> None:
    yaml = counting("acled")["case.yaml"].replace("events:\n  dataset: acled\n", events)
    folder = case_folder({"case.yaml": yaml, "observed.csv": None})
    for name, days in {"a.csv": ("2021-02-11", "2021-05-02"), "b.csv": ("2021-07-01", "2021-09-30")}.items():
        text = acled(*({"event_id_cnty": day, "event_date": day} for day in days))
        load(read_case(folder), [write(tmp_path, name, text)])
    aggregate(str(folder))
    full = known(read_case(folder))
    assert read_case(folder).covers == gather(read_case(folder)).covers
    shutil.rmtree(folder / "events")
    shared = known(read_case(folder))
    assert shared.grid.span == full.grid.span
    assert (shared.covered == full.covered).all()
    assert full.gaps != ()


def test_covers_are_left_out_again_where_rows_say_them(case_folder: CaseFolder, tmp_path: Path) -> None:
    folder = case_folder(counting("ucdp") | {"observed.csv": None})
    before = (folder / "case.yaml").read_text()
    load(read_case(folder), [write(tmp_path, "ged141.csv", ged(event("2013-01-05")))], covers=["2014..2014"])
    aggregate(str(folder))
    assert 'covers: ["2013-01..2014-12"]' in (folder / "case.yaml").read_text()
    load(read_case(folder), [write(tmp_path, "b.csv", ged(event("2014-12-05")))])
    aggregate(str(folder))
    assert (folder / "case.yaml").read_text() == before
