from datetime import date

import polars as pl
from support.fourland import CaseFolder

from vedette.case import read_case
from vedette.panel.event_cells import COLUMNS, cells, from_labels, to_labels, unresolved
from vedette.periods import Step, parse


def event(**changes: object) -> dict[str, object]:
    """One event of the case Fourland: exact in day and place unless changed."""
    return {
        "dataset": "ucdp-ged",
        "source_id": "1",
        "date_start": date(2013, 3, 5),
        "date_end": date(2013, 3, 5),
        "date_precision": 1,
        "place_name": "Alfa",
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
        [event(), event(best=5, high=9), event(place_name="Bravo", longitude=1.5), event(dyad_id="7")]
    )
    made = cells(table, case, Step.MONTH)
    assert made.columns == list(COLUMNS)
    assert made.filter(place="FO-A", dyad_id="200").select("events", "low", "best", "high").row(0) == (
        2,
        2,
        7,
        12,
    )
    assert made.height == 3


def test_drawn_regions_are_read_off_points_only_where_the_point_is_a_guide(case_folder: CaseFolder) -> None:
    case = read_case(case_folder())
    table = pl.DataFrame(
        [
            event(longitude=0.75),
            event(longitude=0.25),
            event(longitude=0.75, place_precision=4),
            event(longitude=0.75, place_name=None),
        ]
    )
    made = cells(table, case, Step.MONTH)
    found = made.select("place", "place_precision", "regions").rows()
    assert sorted(found) == [("", 1, "?"), ("FO-A", 1, ""), ("FO-A", 1, "strip"), ("FO-A", 4, "?")]


def test_a_province_that_the_case_does_not_know_is_kept_and_listed(case_folder: CaseFolder) -> None:
    case = read_case(case_folder())
    made = cells(pl.DataFrame([event(place_name="Atlantis"), event()]), case, Step.MONTH)
    assert unresolved(made).rows() == [("Atlantis", 1, 2)]
    assert made["events"].sum() == 2


def test_a_blank_province_is_never_filled_from_the_point(case_folder: CaseFolder) -> None:
    case = read_case(case_folder())
    made = cells(pl.DataFrame([event(place_name=""), event(place_name=None)]), case, Step.MONTH)
    assert made["place"].to_list() == [""]


def test_windows_keep_both_ends_and_labels_go_there_and_back(case_folder: CaseFolder) -> None:
    case = read_case(case_folder())
    made = cells(pl.DataFrame([event(date_end=date(2013, 5, 1))]), case, Step.MONTH)
    assert made.select("first", "last").row(0) == (parse("2013-03", Step.MONTH), parse("2013-05", Step.MONTH))
    written = to_labels(made, Step.MONTH)
    assert written.select("first", "last").row(0) == ("2013-03", "2013-05")
    assert from_labels(written, Step.MONTH).equals(made)
