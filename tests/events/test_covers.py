"""Which days a file covers, which release it is of, and what stood on which day."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from support.event_files import Row, acled, gdelt, ged, write

from vedette.case import Case, read_case
from vedette.errors import EventsError, UsageError
from vedette.events import LowersDeaths, load, open_events
from vedette.events.acled_starts import first_coded


def on(day: str, end: str = "", **more: Any) -> Row:
    """An event on a day, with an id of its own."""
    return {"id": crc32(f"{day}{end}".encode()), "date_start": day, "date_end": end or day, **more}


def covered(case: Case, dataset: str) -> list[str]:
    return [str(run) for run in open_events(case).covers(dataset, case.country)]


def put(case: Case, folder: Path, name: str, text: str, **said: Any) -> None:
    load(case, [write(folder, name, text)], **said)


def standing(case: Case, dataset: str, known_on: date | None = None) -> list[str]:
    return sorted(open_events(case).table(dataset, None, known_on)["source_id"])


def test_a_yearly_file_covers_whole_years_and_leaves_gaps_between(case: Case, tmp_path: Path) -> None:
    put(case, tmp_path, "ged151.csv", ged(on("2013-03-05"), on("2014-02-01", "2014-02-03")))
    put(case, tmp_path, "ged171.csv", ged(on("2016-07-05")))
    assert covered(case, "ucdp") == ["2013-01..2014-12", "2016-01..2016-12"]


def test_a_yearly_file_whose_last_event_runs_into_the_next_year_ends_with_its_own(
    case: Case, tmp_path: Path
) -> None:
    put(case, tmp_path, "a.csv", ged(on("2013-03-05"), on("2014-12-30", "2015-01-02")))
    assert covered(case, "ucdp") == ["2013-01..2014-12"]
    assert open_events(case).datasets()[0].release == "15.1"


def test_a_file_covers_nothing_after_the_day_on_which_it_came_out(case: Case, tmp_path: Path) -> None:
    put(case, tmp_path, "ged151.csv", ged(on("2013-03-05"), on("2014-02-01")), published=date(2014, 6, 10))
    assert covered(case, "ucdp") == ["2013-01-01..2014-06-10"]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        (["2016-01..2016-12"], ["2013-01..2013-12", "2016-01..2016-12"]),  # silent: added to the rule
        (["2013-03..2013-09"], ["2013-03..2013-09"]),  # holds all events: says just what is covered
        (["2014..2015-06"], ["2013-01..2015-06"]),
        (["2013-04..2013-12"], ["2013-01..2013-12"]),  # leaves an event out: added
        (["2013-03..2013-03", "2013-05..2013-06"], ["2013-03..2013-03", "2013-05..2013-06"]),
    ],
)
def test_what_is_said_wins_over_the_rule(
    case: Case, tmp_path: Path, spans: list[str], expected: list[str]
) -> None:
    text = ged(on("2013-03-05"), on("2013-06-05"))
    put(case, tmp_path, "ged141.csv", text, covers=spans)
    assert covered(case, "ucdp") == expected


def test_it_can_be_said_later_by_the_name_of_the_loaded_file_and_outlives_the_store(
    case: Case, tmp_path: Path
) -> None:
    put(case, tmp_path, "ged141.csv", ged(on("2013-03-05")))
    load(case, [Path("ged141.csv")], covers=["2014..2014"])
    for store in (case.folder / ".vedette").glob("events.duckdb"):
        store.unlink()
    assert covered(case, "ucdp") == ["2013-01..2014-12"]


@pytest.mark.parametrize("wrong", ["2014", "2015-01..2014-01", "2014-13..2015-01", "from 2014"])
def test_what_is_no_span_of_time_is_refused(case: Case, tmp_path: Path, wrong: str) -> None:
    with pytest.raises(UsageError, match=r"write it like 2016-01\.\.2018-12|is not a day"):
        put(case, tmp_path, "a.csv", ged(on("2013-03-05")), covers=[wrong])


def test_a_file_of_other_countries_covers_nothing_here_unless_it_is_of_the_world(
    case: Case, tmp_path: Path
) -> None:
    put(case, tmp_path, "ged141 here.csv", ged(on("2013-03-05")))
    far: dict[str, Any] = {"country": "Elsewhere", "country_id": 700}
    put(case, tmp_path, "far.csv", ged(on("2014-03-05", **far)))
    assert covered(case, "ucdp") == ["2013-01..2013-12"]
    regions = [
        on(f"2015-03-0{n}", **far, region=name) for n, name in enumerate(("Asia", "Africa", "Europe"), 1)
    ]
    others = [on("2015-04-01", country="Third", country_id=701, region="Asia")]
    put(case, tmp_path, "world.csv", ged(*regions, *others))
    assert covered(case, "ucdp") == ["2013-01..2013-12", "2015-01..2015-12"]


OPEN = {"code_status": "Check deaths"}


@pytest.mark.parametrize(
    ("name", "rows", "release", "days"),
    [
        ("a.csv", [on("2023-10-10", **OPEN), on("2023-10-31", "2023-11-02")], "23.0.10", "2023-10..2023-10"),
        ("a.csv", [on("2023-09-28", "2023-10-02", **OPEN), on("2023-10-20")], "23.0.10", "2023-10..2023-10"),
        ("a.csv", [on("2023-12-31", "2024-01-01", **OPEN)], "23.0.12", "2023-12..2023-12"),
        (
            "a.csv",
            [on("2023-01-10", **OPEN), on("2023-03-31", "2023-04-02")],
            "23.01.23.03",
            "2023-01..2023-03",
        ),
        ("GEDEvent_v23_0_10.csv", [on("2023-10-12")], "23.0.10", "2023-10..2023-10"),
        ("GEDEvent_v23_01_23_06.csv", [on("2023-02-12")], "23.01.23.06", "2023-01..2023-06"),
        ("GEDEvent_v23_0_10.csv", [on("2023-11-12", **OPEN)], "23.0.11", "2023-11..2023-11"),  # misnamed
        ("candidate events.csv", [on("2023-11-12")], "23.0.11", "2023-11..2023-11"),
    ],
)
def test_candidate_files_are_told_by_name_by_status_and_by_their_months(
    case: Case, tmp_path: Path, name: str, rows: list[Row], release: str, days: str
) -> None:
    put(case, tmp_path, name, ged(*rows))
    (held,) = open_events(case).datasets()
    assert (held.dataset, held.release) == ("ucdp", release)
    assert covered(case, "ucdp") == [days]


def test_a_file_that_may_be_yearly_or_candidate_is_asked_about(case: Case, tmp_path: Path) -> None:
    text = ged(on("2023-10-10"), on("2023-10-14"))
    with pytest.raises(EventsError, match="cannot be read") as caught:
        put(case, tmp_path, "extract.csv", text)
    (problem,) = caught.value.problems
    assert "Candidate file, add: --release 23.0.10." in problem.cure
    assert "yearly release, add: --release 24.1," in problem.cure
    put(case, tmp_path, "extract.csv", text, release="23.0.10")
    assert covered(case, "ucdp") == ["2023-10..2023-10"]


@pytest.mark.parametrize(("name", "release"), [("GEDEvent_v24_1.csv", "24.1"), ("ged251.csv", "25.1")])
def test_the_name_of_a_yearly_file_tells_its_release(
    case: Case, tmp_path: Path, name: str, release: str
) -> None:
    put(case, tmp_path, name, ged(on("2023-10-10")))
    (held,) = open_events(case).datasets()
    assert (held.dataset, held.release) == ("ucdp", release)


def test_a_quarter_replaces_its_months_and_nothing_outside(case: Case, tmp_path: Path) -> None:
    put(case, tmp_path, "GEDEvent_v23_0_3.csv", ged(on("2023-03-10"), on("2023-03-12")))
    put(case, tmp_path, "GEDEvent_v23_0_4.csv", ged(on("2023-04-10")))
    put(case, tmp_path, "GEDEvent_v23_01_23_03.csv", ged(on("2023-01-10"), on("2023-03-12")))
    kept = [on(day)["id"] for day in ("2023-04-10", "2023-01-10", "2023-03-12")]
    assert standing(case, "ucdp") == sorted(map(str, kept))


def day_of(text: str) -> Row:
    return {"event_id_cnty": f"FOU{text}", "event_date": text}


def test_acled_covers_the_days_from_its_first_event_to_its_last(case: Case, tmp_path: Path) -> None:
    put(case, tmp_path, "a.csv", acled(day_of("2021-02-11"), day_of("2021-05-02")))
    assert covered(case, "acled") == ["2021-02-11..2021-05-02"]


def test_acled_covers_a_country_from_the_year_in_which_it_was_first_coded(iraq: Case, tmp_path: Path) -> None:
    here = {"country": "Iraq", "iso": 368}
    other = {**day_of("2010-01-04"), "country": "Algeria"}
    put(iraq, tmp_path, "a.csv", acled(other, {**day_of("2018-03-02"), **here}))
    assert covered(iraq, "acled") == ["2016-01-01..2018-03-02"]
    early = acled(other, {**day_of("2014-03-02"), **here}, {**day_of("2018-03-02"), **here})
    put(iraq, tmp_path, "b.csv", early, release="2026-01-01")
    assert covered(iraq, "acled") == ["2014-03-02..2018-03-02"]  # an event in it shows more


def test_a_country_that_the_list_lacks_is_covered_from_the_first_event() -> None:
    assert first_coded("FOU") == date.min


def test_gdelt_covers_its_days_but_not_those_of_events_added_long_after(case: Case, tmp_path: Path) -> None:
    lines = [(1, "20130503", "20130503"), (2, "20130505", "20130506"), (3, "20120505", "20130505")]
    text = "".join(
        gdelt(61, at_0=n, at_1=day, at_2=day[:6], at_59=added + "000000") for n, day, added in lines
    )
    put(case, tmp_path, "a.csv", text)
    later = gdelt(61, at_0=9, at_1="20130510", at_59="20130510000000")
    put(case, tmp_path, "b.csv", later)
    assert covered(case, "gdelt") == ["2013-05-03..2013-05-05", "2013-05-10..2013-05-10"]


@pytest.fixture
def revised(case: Case, tmp_path: Path) -> Case:
    """A case with two releases: the later one revises one event and withdraws another."""
    one, two = ({**on("2013-03-05"), "best": 3}, on("2013-04-05"))
    put(case, tmp_path, "old.csv", ged(one, two), release="14.1", published=date(2014, 6, 1))
    put(case, tmp_path, "new.csv", ged({**one, "best": 5}), release="15.1", published=date(2015, 6, 1))
    return case


def test_what_was_known_on_a_past_day_can_be_asked(revised: Case) -> None:
    one, two = (str(on(day)["id"]) for day in ("2013-03-05", "2013-04-05"))
    assert standing(revised, "ucdp", date(2014, 5, 31)) == sorted([one, two])  # the first stands in
    assert standing(revised, "ucdp", date(2014, 6, 1)) == sorted([one, two])
    assert standing(revised, "ucdp", date(2015, 5, 31)) == sorted([one, two])
    assert standing(revised, "ucdp", date(2015, 6, 1)) == [one] == standing(revised, "ucdp")
    then = open_events(revised).table("ucdp", None, date(2014, 12, 31)).filter(source_id=one)
    assert then["best"].to_list() == [3]
    rows = [open_events(revised).original("ucdp", one, day)["best"] for day in (date(2014, 12, 31), None)]
    assert rows == ["3", "5"]


def test_a_rebuilt_store_knows_the_same_days(revised: Case) -> None:
    days = (date(2014, 5, 31), date(2014, 6, 1), date(2015, 6, 1))
    before = [standing(revised, "ucdp", day) for day in days]
    (revised.folder / ".vedette" / "events.duckdb").unlink()
    assert [standing(revised, "ucdp", day) for day in days] == before


def test_an_older_release_that_is_loaded_later_never_stood(case: Case, tmp_path: Path) -> None:
    one = {**on("2013-03-05"), "best": 3}
    put(case, tmp_path, "new.csv", ged(one), release="15.1", published=date(2015, 6, 1))
    put(case, tmp_path, "old.csv", ged({**one, "best": 9}), release="14.1", published=date(2016, 1, 1))
    for day in (date(2015, 12, 31), date(2016, 1, 2)):
        assert open_events(case).table("ucdp", None, day)["best"].to_list() == [3]


def test_the_day_of_loading_is_kept(case: Case, tmp_path: Path) -> None:
    put(case, tmp_path, "a.csv", ged(on("2013-03-05")))
    (options,) = json.loads((case.folder / "events" / "options.json").read_text()).values()
    today = date.today()
    assert options["loaded"] == today.isoformat()


def test_a_load_that_lowers_a_month_needs_consent_and_else_changes_nothing(
    case: Case, tmp_path: Path
) -> None:
    put(case, tmp_path, "old.csv", ged(on("2013-03-05", best=9, high=9), on("2013-04-05")), release="14.1")
    fewer = ged(on("2013-03-05", best=4, high=9), on("2013-04-05"))
    before = {path: path.read_bytes() for path in (case.folder / "events").iterdir()}
    with pytest.raises(LowersDeaths, match=r"in 1 month \(ucdp 2013-03: 9 to 4\)\. Take it with --yes"):
        put(case, tmp_path, "new.csv", fewer, release="15.1", agree=lambda months: False)
    assert {path: path.read_bytes() for path in (case.folder / "events").iterdir()} == before
    loaded = load(case, [write(tmp_path, "new.csv", fewer)], release="15.1")
    assert [str(month) for month in loaded.lowered] == ["ucdp 2013-03: 9 to 4"]


def test_a_load_that_raises_deaths_or_lowers_them_abroad_asks_nothing(case: Case, tmp_path: Path) -> None:
    far: dict[str, Any] = {"country": "Elsewhere", "country_id": 700}
    put(case, tmp_path, "old.csv", ged(on("2013-03-05"), on("2013-04-05", best=3, **far)), release="14.1")
    more = ged(on("2013-03-05", best=4), on("2013-04-05", best=2, **far))
    put(case, tmp_path, "new.csv", more, release="15.1", agree=lambda months: False)
    assert open_events(case).table("ucdp", None)["best"].to_list() == [4, 2]


def test_of_a_named_release_the_silent_years_are_offered_as_zeros(case: Case, tmp_path: Path) -> None:
    text = ged(on("2013-03-05"))
    (file,) = load(case, [write(tmp_path, "ged191.csv", text)]).files
    (note,) = [note for note in file.notes if "--covers" in note.cure]
    assert note.cure.endswith("ged191.csv --covers 2014-01..2018-12")
    load(read_case(case.folder), [Path("ged191.csv")], covers=["2014-01..2018-12"])
    assert covered(case, "ucdp") == ["2013-01..2018-12"]


def test_gaps_between_files_are_named(case: Case, tmp_path: Path) -> None:
    put(case, tmp_path, "a.csv", ged(on("2013-03-05")))
    loaded = load(case, [write(tmp_path, "b.csv", ged(on("2015-03-05")))])
    assert [(gap.dataset, gap.days) for gap in loaded.gaps] == [("ucdp", "2013-04..2014-12")]
