"""Wrong cells: each is named by file, row and column, all of a file at once, and nothing is loaded."""

from pathlib import Path

import pytest
from support.event_files import Row, acled, ged, precise, write

from vedette import commands
from vedette.case import Case
from vedette.errors import EventsError
from vedette.events import load, open_events

BAD: dict[str, tuple[Row, str, str, str]] = {
    "best NaN": ({"best": "NaN"}, "best", "a whole number of deaths, 0 or more", "'NaN'"),
    "best infinite": ({"best": "inf"}, "best", "a whole number of deaths, 0 or more", "'inf'"),
    "deaths negative": ({"deaths_a": "-1"}, "deaths_a", "a whole number of deaths, 0 or more", "'-1'"),
    "deaths broken": ({"deaths_b": "1.5"}, "deaths_b", "a whole number of deaths, 0 or more", "'1.5'"),
    "deaths words": ({"low": "many"}, "low", "a whole number of deaths, 0 or more", "'many'"),
    "deaths grouped": ({"high": "1,000"}, "high", "a whole number of deaths, 0 or more", "'1,000'"),
    "deaths endless": ({"high": "9" * 30}, "high", "a whole number of deaths, 0 or more", "'999"),
    "best empty": ({"best": ""}, "best", "a whole number of deaths, 0 or more", "an empty cell"),
    "id empty": ({"id": " "}, "id", "an identifier", "an empty cell"),
    "no date": ({"date_end": "soon"}, "date_end", "a date", "'soon'"),
    "no such day": ({"date_end": "2013-02-30"}, "date_end", "a date", "'2013-02-30'"),
    "date empty": ({"date_start": ""}, "date_start", "a date", "an empty cell"),
    "date in 1900": ({"date_start": "1900-01-01"}, "date_start", "a date from 1946-01-01 to", "'1900-01-01'"),
    "date in 2100": ({"date_end": "2100-01-01"}, "date_end", "a date from 1946-01-01 to", "'2100-01-01'"),
    "end before start": (
        {"date_end": "2013-05-01"},
        "date_end",
        "an end not before the start",
        "'2013-05-01 (start 2013-05-03)'",
    ),
    "type 4": ({"type_of_violence": 4}, "type_of_violence", "1 (state-based), 2 (non-state) or 3", "'4'"),
    "date precision 9": ({"date_prec": 9}, "date_prec", "precision of the date: one of 1, 2, 3, 4, 5", "'9'"),
    "place precision 0": ({"where_prec": 0}, "where_prec", "precision of the place: one of 1, 2", "'0'"),
    "latitude words": ({"latitude": "33° N"}, "latitude", "decimal degrees such as 33.3158", "'33° N'"),
    "longitude comma": ({"longitude": "44,4,1"}, "longitude", "decimal degrees such as 33.3158", "'44,4,1'"),
    "country empty": ({"country": ""}, "country", "text", "an empty cell"),
    "side empty": ({"side_b": ""}, "side_b", "text", "an empty cell"),
}


def refused(case: Case, folder: Path, content: str) -> EventsError:
    """The error that a file gives, once it is sure that nothing was loaded."""
    with pytest.raises(EventsError) as caught:
        load(case, [write(folder, "a.csv", content)])
    assert not (case.folder / "events").exists()
    assert open_events(case).datasets() == ()
    return caught.value


@pytest.mark.parametrize(("change", "column", "expected", "found"), BAD.values(), ids=BAD)
def test_a_wrong_cell_is_named(
    case: Case, tmp_path: Path, change: Row, column: str, expected: str, found: str
) -> None:
    error = refused(case, tmp_path, ged({"id": 5}, {"id": 6, **change}))
    (problem,) = error.problems
    assert (problem.file, problem.row, problem.column) == ("a.csv", 3, column)
    assert problem.expected.startswith(expected)
    assert problem.found.startswith(found)
    assert problem.cure


def test_all_of_them_at_once(case: Case, tmp_path: Path) -> None:
    changes = (
        {**change, "id": change.get("id", number)} for number, (change, *_) in enumerate(BAD.values(), 1)
    )
    error = refused(case, tmp_path, ged(*changes))
    assert {(p.row, p.column) for p in error.problems} == {
        (number, column) for number, (_, column, *_) in enumerate(BAD.values(), 2)
    }


def test_several_files_at_once(case: Case, tmp_path: Path) -> None:
    first = write(tmp_path, "a.csv", ged({"best": "x"}))
    second = write(tmp_path, "b.csv", acled({"fatalities": -3}))
    with pytest.raises(EventsError, match=r"a.csv cannot be read; b.csv cannot be read") as caught:
        load(case, [first, write(tmp_path, "good.csv", precise({})), second])
    assert [(p.file, p.column) for p in caught.value.problems] == [("a.csv", "best"), ("b.csv", "fatalities")]
    assert open_events(case).datasets() == ()


def test_many_of_a_kind_are_counted(case: Case, tmp_path: Path) -> None:
    error = refused(case, tmp_path, ged(*({"id": n, "best": "?"} for n in range(1, 51))))
    assert len(error.problems) == 21
    assert [p.row for p in error.problems] == [*range(2, 22), 0]
    assert error.problems[-1].found == "30 more such rows"


def test_the_row_is_that_of_a_spreadsheet(case: Case, tmp_path: Path) -> None:
    folded = {"id": 1, "source_headline": "one\ntwo\nthree"}
    error = refused(case, tmp_path, ged(folded, {"id": 2}, {"id": 3, "best": "x"}))
    assert error.problems[0].row == 4


def test_an_id_twice_with_other_content_is_refused(case: Case, tmp_path: Path) -> None:
    error = refused(case, tmp_path, ged({}, {"id": 2}, {"id": "1.0", "best": 4}))
    (problem,) = error.problems
    assert (problem.row, problem.column) == (4, "id")
    assert problem.expected == "one event for each id"
    assert problem.found == "'1.0' again, unlike row 2"
    assert problem.cure == "Keep the row that is right and remove the other."


def test_a_row_twice_counts_once(case: Case, tmp_path: Path) -> None:
    (loaded,) = load(case, [write(tmp_path, "ged141.csv", ged({}, {"id": 2}, {}, {}))]).files
    assert (loaded.events, loaded.best) == (2, 6)
    assert [(note.expected, note.found) for note in loaded.notes] == [
        ("each event once", "2 rows that repeat another")
    ]


def test_a_disordered_row_is_kept_and_told(case: Case, tmp_path: Path) -> None:
    content = ged({}, {"id": 2, "low": 4}, {"id": 3, "high": 1})
    (loaded,) = load(case, [write(tmp_path, "ged141.csv", content)]).files
    (note,) = loaded.notes
    assert (note.row, note.column, note.expected) == (3, "low, best, high", "low <= best <= high")
    assert note.found == "2 rows where it fails, the first 4, 3, 5"
    assert (loaded.events, loaded.low, loaded.best, loaded.high) == (3, 8, 9, 11)
    said = [warning for warning in commands.check(str(case.folder)).warnings if "low, best, high" in warning]
    assert said == [
        "events, column low, best, high: expected low <= best <= high; found 2 events where it fails. Kept "
        "as published; look at the source if it matters."
    ]


def test_points_outside_and_swapped_are_kept_and_told(case: Case, tmp_path: Path) -> None:
    west, _south, _east, north = case.bounds
    assert (west, north) == (-1, 3)
    rows: tuple[Row, ...] = (
        {},
        {"id": 2, "latitude": 50},
        {"id": 3, "latitude": 91},
        {"id": 4, "latitude": "", "longitude": ""},
    )
    (loaded,) = load(case, [write(tmp_path, "ged141.csv", ged(*rows))]).files
    assert loaded.events == 4
    assert [(n.row, n.expected, n.found) for n in loaded.notes] == [
        (3, "longitude -1 to 3, latitude -1 to 3", "2 points that lie outside, the first 50.0, 0.25")
    ]


def test_swapped_coordinates_of_iraq_are_told(iraq: Case, tmp_path: Path) -> None:
    place = {"country": "Iraq", "country_id": 645, "adm_1": "Ninewa", "latitude": 43.1, "longitude": 36.3}
    (loaded,) = load(iraq, [write(tmp_path, "ged141.csv", ged(place))]).files
    assert [note.found for note in loaded.notes] == ["1 point that looks swapped, the first 43.1, 36.3"]


def test_all_names_that_no_area_has_make_one_note(case: Case, tmp_path: Path) -> None:
    rows: tuple[Row, ...] = tuple({"id": n, "adm_1": f"Zulu {n:02d}"} for n in range(1, 13))
    (loaded,) = load(case, [write(tmp_path, "ged141.csv", ged(*rows))]).files
    (note,) = loaded.notes
    assert (note.row, note.column) == (2, "province")
    assert note.found.startswith("'Zulu 01' (1 event), 'Zulu 02' (1 event), ")
    assert note.found.endswith("'Zulu 10' (1 event) and 2 more names")


def test_unknown_provinces_are_listed_not_dropped(case: Case, tmp_path: Path) -> None:
    rows: tuple[Row, ...] = (
        {"adm_1": "old alfa"},
        {"id": 2, "adm_1": "Zulu"},
        {"id": 3, "adm_1": "Zulu", "best": 4},
        {"id": 4, "adm_1": ""},
    )
    (loaded,) = load(case, [write(tmp_path, "ged141.csv", ged(*rows))]).files
    assert [(n.row, n.column, n.found) for n in loaded.notes] == [(3, "province", "'Zulu' (2 events)")]
    assert "aliases" in loaded.notes[0].cure
    assert open_events(case).unresolved(case).rows() == [("ucdp", "Zulu", 2, 7)]
    assert open_events(case).table("ucdp", None)["place_name"].to_list() == [
        "old alfa",
        "Zulu",
        "Zulu",
        None,
    ]
