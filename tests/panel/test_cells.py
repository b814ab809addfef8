from datetime import date

import polars as pl
from support.fourland import CaseFolder

from vedette.case import read_case
from vedette.panel.event_cells import COLUMNS, cells, from_labels, to_labels, unresolved
from vedette.periods import Step, parse


def event(**changes: object) -> dict[str, object]:
    """One event of the case Fourland: exact in day and place unless changed."""
    return {
        "dataset": "ucdp",
        "source_id": "1",
        "date_start": date(2013, 3, 5),
        "date_end": date(2013, 3, 5),
        "date_precision": 1,
        "place_name": "Alfa",
        "district_name": None,
        "place_precision": 1,
        "latitude": 0.5,
        "longitude": 0.25,
        "type": "state-based",
        "dyad_id": "200",
        "dyad": "Government of Fourland - Rebel Front",
        "side_a_id": "10",
        "side_a": "Government of Fourland",
        "side_b_id": "20",
        "side_b": "Rebel Front",
        "low": 1,
        "best": 2,
        "high": 3,
        **changes,
    }


def test_like_events_add_up_and_unlike_ones_stay_apart(case_folder: CaseFolder) -> None:
    case = read_case(case_folder())
    table = pl.DataFrame(
        [event(), event(source_id="2"), event(place_name="Bravo", longitude=1.5), event(dyad_id="7")]
    )
    made = cells(table, case, Step.MONTH)
    assert made.columns == list(COLUMNS)
    row = made.filter(place="FO-A", dyad_id="200").select("events", "low", "best", "high").row(0)
    assert row == (2, 2, 4, 6)
    assert made.height == 3


def test_events_of_other_sizes_stay_apart_where_the_draws_depend_on_them(case_folder: CaseFolder) -> None:
    case = read_case(case_folder())
    sure = {"dataset": "acled", "low": 2, "high": 2}
    doubted = pl.DataFrame([event(), event(best=3)])
    exact = pl.DataFrame([event(**sure), event(**{**sure, "low": 9, "best": 9, "high": 9})])
    spread = exact.with_columns(pl.lit(date(2013, 4, 1)).alias("date_end"))
    heights = [cells(table, case, Step.MONTH).height for table in (doubted, exact, spread)]
    assert heights == [2, 1, 2]


def test_drawn_regions_are_read_off_points_only_where_the_point_is_a_guide(case_folder: CaseFolder) -> None:
    case = read_case(case_folder())
    table = pl.DataFrame(
        [
            event(longitude=0.75),
            event(longitude=0.25),
            event(longitude=0.75, place_precision=4),
            event(longitude=0.75, place_name=None),
            event(place_name=None, place_precision=5),
        ]
    )
    made = cells(table, case, Step.MONTH)
    found = made.select("place", "place_precision", "regions").rows()
    assert sorted(found) == [("", 5, "?"), ("FO-A", 1, ""), ("FO-A", 1, "strip"), ("FO-A", 4, "?")]
    assert made.filter(place="FO-A", regions="strip")["events"].sum() == 2


def test_a_province_that_the_case_does_not_know_is_kept_and_listed(case_folder: CaseFolder) -> None:
    case = read_case(case_folder())
    astray = event(place_name="Atlantis", place_precision=4)
    made = cells(pl.DataFrame([astray, event()]), case, Step.MONTH)
    assert unresolved(made).rows() == [("Atlantis", 1, 2)]
    assert made["events"].sum() == 2


def test_a_blank_province_is_filled_from_a_precise_point_alone(case_folder: CaseFolder) -> None:
    case = read_case(case_folder())
    table = pl.DataFrame(
        [
            event(place_name="", place_precision=4),
            event(place_name=None, place_precision=6),
            event(place_name=None, place_precision=3, longitude=1.5),
        ]
    )
    made = cells(table, case, Step.MONTH)
    assert made.select("place", "place_precision").rows() == [("", 4), ("", 6), ("FO-B", 3)]


def test_windows_keep_both_ends_and_labels_go_there_and_back(case_folder: CaseFolder) -> None:
    case = read_case(case_folder())
    made = cells(pl.DataFrame([event(date_end=date(2013, 5, 1))]), case, Step.MONTH)
    assert made.select("first", "last").row(0) == (parse("2013-03", Step.MONTH), parse("2013-05", Step.MONTH))
    written = to_labels(made, Step.MONTH)
    assert written.select("first", "last").row(0) == ("2013-03", "2013-05")
    assert from_labels(written, Step.MONTH).equals(made)
