"""Loading is told, adds nothing twice, and lets a newer release replace an older one."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from support.event_files import Row, acled, ged, precise, write

from vedette.case import Case
from vedette.errors import DataError, EventsError
from vedette.events import Change, DateOrder, load, open_events, summary

OLD = ({"id": 1}, {"id": 2, "best": 4}, {"id": 3}, {"id": 4, "country": "Bigland", "country_id": 2})
NEW = (
    {"id": 1},
    {"id": 2, "best": 5},
    {"id": 5, "date_start": "2014-02-01", "date_end": "2014-02-02"},
)


def standing(case: Case, dataset: str = "ucdp") -> dict[str, int]:
    """Best estimates of the events that stand, by id."""
    table = open_events(case).table(dataset, None)
    assert table["source_id"].is_unique().all()
    return dict(zip(table["source_id"], table["best"], strict=True))


def put(case: Case, folder: Path, name: str, *rows: Row, release: str | None = None) -> tuple[Change, ...]:
    """Loads a GED file of these rows."""
    return load(case, [write(folder, name, ged(*rows))], release=release).changes


def test_what_was_loaded_is_told(case: Case, tmp_path: Path) -> None:
    heard: list[tuple[str, float]] = []
    path = write(tmp_path, "a.csv", ged(*OLD))
    loaded = load(case, [path], report=lambda what, done: heard.append((what, done)))
    (file,) = loaded.files
    assert (file.name, file.known, file.dataset, file.release) == ("a.csv", False, "ucdp", "14.1")
    assert (file.events, file.standing, file.low, file.best, file.high) == (4, 4, 8, 13, 20)
    assert (file.first, file.last) == (date(2013, 5, 3), date(2013, 5, 3))
    assert loaded.changes == (Change("ucdp", new=4, revised=0, withdrawn=0, unchanged=0),)
    assert {"Copying a.csv", "Reading a.csv", "Storing"} == {what for what, _ in heard}
    assert all(0 <= done <= 1 for _, done in heard)
    assert (case.folder / "events" / "a.csv").read_bytes() == path.read_bytes()


def test_loading_twice_changes_nothing(case: Case, tmp_path: Path) -> None:
    put(case, tmp_path, "a.csv", *OLD)
    before = {path: path.stat().st_mtime_ns for path in case.folder.rglob("*") if path.is_file()}
    again = load(case, [tmp_path / "a.csv", write(tmp_path, "copy.csv", ged(*OLD))])
    assert again.changes == ()
    assert [(file.name, file.known, file.events) for file in again.files] == [("a.csv", True, 4)]
    assert {path: path.stat().st_mtime_ns for path in case.folder.rglob("*") if path.is_file()} == before


def test_a_newer_release_replaces_the_years_and_countries_it_covers(case: Case, tmp_path: Path) -> None:
    put(case, tmp_path, "old.csv", *OLD, {"id": 9, "date_start": "2012-12-31", "date_end": "2012-12-31"})
    (change,) = put(case, tmp_path, "new.csv", *NEW)
    assert change == Change("ucdp", new=1, revised=1, withdrawn=1, unchanged=3)
    assert standing(case) == {"1": 3, "2": 5, "4": 3, "5": 3, "9": 3}
    held = {row["dataset"]: row for row in summary(case).to_dicts()}["ucdp"]
    assert (held["release"], held["files"], held["replaced"], held["elsewhere"]) == ("14.1, 15.1", 2, 3, 1)


def test_the_order_of_loading_does_not_matter(case: Case, tmp_path: Path) -> None:
    put(case, tmp_path, "new.csv", *NEW)
    (change,) = put(case, tmp_path, "old.csv", *OLD)
    assert change == Change("ucdp", new=1, revised=0, withdrawn=0, unchanged=3)
    assert standing(case) == {"1": 3, "2": 5, "4": 3, "5": 3}


def test_an_event_that_moved_out_of_the_years_covered_counts_once(case: Case, tmp_path: Path) -> None:
    put(case, tmp_path, "old.csv", {"id": 1}, {"id": 2, "date_start": "2012-01-01", "date_end": "2012-01-01"})
    put(case, tmp_path, "new.csv", {"id": 2, "date_start": "2014-01-01", "date_end": "2014-01-01"})
    assert open_events(case).table("ucdp", None)["date_end"].to_list() == [
        date(2013, 5, 3),
        date(2014, 1, 1),
    ]


def test_releases_go_by_number_and_by_what_is_said(case: Case, tmp_path: Path) -> None:
    put(case, tmp_path, "a.csv", {"best": 5}, release="19.1")
    put(case, tmp_path, "b.csv", {"best": 4}, release="9.1")
    assert standing(case) == {"1": 5}
    (change,) = put(case, tmp_path, "b.csv", {"best": 4}, release="20.1")
    assert change == Change("ucdp", new=0, revised=1, withdrawn=0, unchanged=0)
    assert standing(case) == {"1": 4}
    (case.folder / ".vedette/events.duckdb").unlink()
    assert standing(case) == {"1": 4}


def test_one_release_in_two_files_adds_up(case: Case, tmp_path: Path) -> None:
    put(case, tmp_path, "a.csv", {"id": 1}, {"id": 2})
    (change,) = put(case, tmp_path, "b.csv", {"id": 2}, {"id": 3, "country": "Bigland", "country_id": 2})
    assert change == Change("ucdp", new=1, revised=0, withdrawn=0, unchanged=2)
    assert list(standing(case)) == ["1", "2", "3"]


def test_two_files_of_one_release_that_contradict_are_refused(case: Case, tmp_path: Path) -> None:
    put(case, tmp_path, "a.csv", {"id": 1}, {"id": 2})
    path = write(tmp_path, "b.csv", ged({"id": 3}, {"id": 2, "best": 5}))
    with pytest.raises(EventsError, match=r"Two files of ucdp 14.1 contradict each other") as caught:
        load(case, [path])
    (problem,) = caught.value.problems
    assert (problem.file, problem.row, problem.found) == ("b.csv", 3, "2 unlike row 3 of a.csv")
    assert "--release" in problem.cure
    assert list(standing(case)) == ["1", "2"]
    load(case, [path], release="15.1")
    assert standing(case) == {"2": 5, "3": 3}


def test_candidate_months_follow_each_other(case: Case, tmp_path: Path) -> None:
    march = {"code_status": "Check dyad", "date_start": "2013-03-05", "date_end": "2013-03-05"}
    april = {**march, "date_start": "2013-04-05", "date_end": "2013-04-05"}
    put(case, tmp_path, "march.csv", {**march, "id": 1}, {**march, "id": 2})
    put(case, tmp_path, "april.csv", {**april, "id": 3})
    assert list(standing(case, "ucdp")) == ["1", "2", "3"]
    (change,) = put(case, tmp_path, "march2.csv", {**march, "id": 1, "best": 9}, release="13.0.5")
    assert change == Change("ucdp", new=0, revised=1, withdrawn=1, unchanged=1)


def test_a_newer_acled_export_replaces_its_days(case: Case, tmp_path: Path) -> None:
    days = [{"event_id_cnty": f"F{day}", "event_date": f"2013-05-{day:02d}"} for day in range(1, 6)]
    load(case, [write(tmp_path, "a.csv", acled(*days))])
    newer = [{**day, "fatalities": 9, "timestamp": 1400000000} for day in (days[1], days[3])]
    (change,) = load(case, [write(tmp_path, "b.csv", acled(*newer))]).changes
    assert change == Change("acled", new=0, revised=2, withdrawn=1, unchanged=2)
    assert standing(case, "acled") == {"F1": 4, "F2": 9, "F4": 9, "F5": 4}


def test_data_sets_never_add_up(case: Case, tmp_path: Path) -> None:
    files = {"g.csv": ged({}), "a.csv": acled({}), "p.csv": precise({})}
    load(case, [write(tmp_path, name, content) for name, content in files.items()])
    store = open_events(case)
    assert [(held.dataset, held.rows) for held in store.datasets()] == [
        ("acled", 1),
        ("ucdp", 1),
        ("ucdp-ged-precise", 1),
    ]
    assert [store.table(held.dataset, None).height for held in store.datasets()] == [1, 1, 1]
    with pytest.raises(DataError, match=r"no gdelt; it holds: acled, ucdp, ucdp-ged-precise"):
        store.table("gdelt", None)


@pytest.mark.parametrize(
    ("said", "cure"), [("may", "like 14.1 (yearly), 13.0.5 (Cand"), ("25.0", "25.01.25.09")]
)
def test_what_is_no_release_of_ucdp_is_refused(case: Case, tmp_path: Path, said: str, cure: str) -> None:
    with pytest.raises(EventsError) as caught:
        put(case, tmp_path, "a.csv", {}, release=said)
    (problem,) = caught.value.problems
    assert (problem.expected, problem.found) == ("a release of UCDP", said)
    assert cure in problem.cure


def test_a_file_with_events_still_to_be_checked_is_of_no_yearly_release(case: Case, tmp_path: Path) -> None:
    with pytest.raises(EventsError, match=r"add: --release 13\.0\.5"):
        put(case, tmp_path, "a.csv", {"code_status": "Check dyad"}, release="14.1")


def test_years_before_the_first_release_tell_no_release(case: Case, tmp_path: Path) -> None:
    nineties = {"date_start": "1998-03-01", "date_end": "1998-03-01"}
    put(case, tmp_path, "new.csv", {"id": 1, **nineties, "best": 4}, {"id": 2, "date_end": "2019-01-01"})
    put(case, tmp_path, "nineties.csv", {"id": 1, **nineties}, {"id": 3, **nineties})
    assert standing(case) == {"1": 4, "2": 3}


def test_what_was_said_holds_until_it_is_said_anew(case: Case, tmp_path: Path) -> None:
    content = ged({"date_start": "03/05/2013", "date_end": "03/05/2013"})
    path = write(tmp_path, "a.csv", content)
    load(case, [path], dates=DateOrder.DAY_FIRST)
    assert load(case, [path], release="30.1").files[0].release == "30.1"
    assert load(case, [path]).changes == ()
    table = open_events(case).table("ucdp", None)
    assert table.select("release", "date_start").rows() == [("30.1", date(2013, 5, 3))]


def test_nothing_from_after_the_day_asked_for(case: Case, tmp_path: Path) -> None:
    rows = [{"id": day, "date_start": "2013-05-01", "date_end": f"2013-05-{day:02d}"} for day in range(1, 10)]
    put(case, tmp_path, "a.csv", *rows)
    table = open_events(case).table("ucdp", date(2013, 5, 4))
    assert table["source_id"].to_list() == ["1", "2", "3", "4"]
    assert table["date_end"].max() == date(2013, 5, 4)


def test_the_table_is_in_a_stable_order(case: Case, tmp_path: Path) -> None:
    rows = [{"id": n, "date_start": f"2013-05-0{1 + n % 3}", "date_end": "2013-05-09"} for n in range(30)]
    put(case, tmp_path, "a.csv", *rows)
    table = open_events(case).table("ucdp", None)
    assert table.equals(table.sort("date_start", "source_id"))


def test_a_case_without_files_holds_nothing(case: Case) -> None:
    store = open_events(case)
    assert store.datasets() == ()
    assert store.unresolved(case).is_empty()
    assert summary(case).is_empty()
    with pytest.raises(DataError, match=r"it holds: none. Load it with: vedette events load"):
        store.table("ucdp", None)
    with pytest.raises(DataError):
        store.original("ucdp", "1")


def test_an_event_that_is_not_there_is_said(case: Case, tmp_path: Path) -> None:
    put(case, tmp_path, "a.csv", {})
    with pytest.raises(DataError, match=r"ucdp holds no event 77"):
        open_events(case).original("ucdp", "77")


def test_the_summary_lists_what_does_not_resolve(case: Case, tmp_path: Path) -> None:
    put(
        case,
        tmp_path,
        "a.csv",
        {},
        {"id": 2, "adm_1": "Zulu"},
        {"id": 3, "adm_1": "Yankee"},
        {"id": 4, "adm_1": ""},
    )
    (held,) = summary(case).to_dicts()
    assert (held["events"], held["best"], held["no_province"], held["unresolved"]) == (4, 12, 1, 2)
    assert held["unresolved_names"] == "Yankee (1); Zulu (1)"


def test_the_store_holds_no_paths_of_the_machine(case: Case, tmp_path: Path) -> None:
    put(case, tmp_path, "a.csv", *OLD)
    put(case, tmp_path, "b.csv", *NEW)
    for path in case.folder.rglob("*.duckdb"):
        assert str(tmp_path).encode() not in path.read_bytes()
    table = open_events(case).table("ucdp", None).select(pl.col(pl.String))
    assert not any("/" in str(value) for row in table.rows() for value in row)
