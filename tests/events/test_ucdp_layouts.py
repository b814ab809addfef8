"""UCDP files in every layout they come in, recognised by their columns."""

from datetime import date
from pathlib import Path

import pytest
from support.event_files import GED_COLUMNS, GED_ROW, acled, ged, precise, table, write

from vedette.case import Case
from vedette.errors import EventsError
from vedette.events import load, open_events

EVENT = {
    **{"dataset": "ucdp", "release": "14.1", "source_id": "1"},
    **{"date_start": date(2013, 5, 3), "date_end": date(2013, 5, 3), "date_precision": 1},
    **{"place_name": "Alfa province", "district_name": None, "place_precision": 1},
    **{"latitude": 0.5, "longitude": 0.25},
    **{"country": "Fourland", "type": "state-based", "subtype": ""},
    **{"dyad_id": "200", "dyad": "Government of Fourland - Rebel Front"},
    **{"side_a_id": "10", "side_a": "Government of Fourland", "side_b_id": "20", "side_b": "Rebel Front"},
    **{"deaths_a": 1, "deaths_b": 2, "deaths_civilians": 0, "deaths_unknown": 0},
    **{"low": 2, "best": 3, "high": 5},
    **{"headline": "Clash in Alfa", "source_name": "The Paper", "source_date": "2013-05-04"},
    **{"file": "events.csv", "row": 2},
}
HEADER, LINE = ged({}).splitlines()


def events(case: Case, folder: Path, content: str | bytes, dataset: str = "ucdp") -> list[dict[str, object]]:
    """The events of a file, loaded into an empty case."""
    load(case, [write(folder, "events.csv", content)])
    return open_events(case).table(dataset, None).to_dicts()


def floats(text: str) -> str:
    """Numbers as pandas writes them where a column has gaps."""
    return ",".join(f"{cell}.0" if cell.isdigit() else cell for cell in text.split(","))


SAME = {
    "49 columns": f"{HEADER}\n{LINE}\n",
    "upper case": f"{HEADER.upper()}\n{LINE}\n",
    "no last line end": f"{HEADER}\n{LINE}",
    "Windows line ends": f"{HEADER}\r\n{LINE}\r\n",
    "byte order mark": f"\ufeff{HEADER}\n{LINE}\n",
    "tabs": ged({}, delimiter="\t"),
    "semicolons": ged({}, delimiter=";"),
    "floats": f"{HEADER}\n{floats(LINE)}\n",
    "times": ged({"date_start": "2013-05-03 00:00:00.000", "date_end": "2013-05-03 00:00:00.000"}),
    "trailing commas": f"{HEADER},\n{LINE},\n",
    "trailing commas in rows": f"{HEADER}\n{LINE},\n",
    "trailing comma in the header": f"{HEADER},\n{LINE}\n",
    "blank line at the end": f"{HEADER}\n{LINE}\n\n",
    "blank rows of a spreadsheet": f"{HEADER}\n{LINE}\n{',' * 48}\n{',' * 48}\n",
    "spaces around": f"{HEADER.replace(',', ' , ')}\n{LINE.replace(',', ' , ')}\n",
}


@pytest.mark.parametrize("content", SAME.values(), ids=SAME)
def test_the_same_event_however_it_is_written(case: Case, tmp_path: Path, content: str) -> None:
    assert events(case, tmp_path, content) == [EVENT]


def test_a_file_without_header_is_known_by_its_shape(case: Case, tmp_path: Path) -> None:
    assert events(case, tmp_path, f"{LINE}\n") == [{**EVENT, "row": 1}]


def test_tags_and_an_index_column_are_no_events(case: Case, tmp_path: Path) -> None:
    tags = ",".join("#adm1+name" if column == "adm_1" else "" for column in GED_COLUMNS)
    content = f",{HEADER}\n0,{tags}\n1,{LINE}\n"
    assert events(case, tmp_path, content) == [{**EVENT, "row": 3}]
    assert open_events(case).original("ucdp", "1")["column_1"] == "1"


def test_an_open_code_status_makes_it_candidate(case: Case, tmp_path: Path) -> None:
    content = ged({}, {"id": 2, "code_status": "Check dyad"})
    first, second = events(case, tmp_path, content, "ucdp")
    assert first == {**EVENT, "dataset": "ucdp", "release": "13.0.5"}
    assert second["source_id"] == "2"


def test_columns_that_are_not_needed_may_be_missing(case: Case, tmp_path: Path) -> None:
    columns = [
        name for name in GED_COLUMNS if not name.startswith(("deaths_", "source_", "code", "country_id"))
    ]
    (event,) = events(case, tmp_path, ged({}, columns=columns))
    empty = dict.fromkeys(
        ["headline", "source_name", "source_date", *(n for n in EVENT if n.startswith("deaths"))]
    )
    assert event == {**EVENT, **empty}


def test_extra_columns_are_kept_and_told(case: Case, tmp_path: Path) -> None:
    content = table([*GED_COLUMNS, "analyst"], [{**GED_ROW, "analyst": "me"}])
    (loaded,) = load(case, [write(tmp_path, "events.csv", content)], release="14.1").files
    assert [note.found for note in loaded.notes] == ["1 more: analyst"]
    assert open_events(case).original("ucdp", "1")["analyst"] == "me"


def test_the_precise_subset(case: Case, tmp_path: Path) -> None:
    (event,) = events(case, tmp_path, precise({}), "ucdp-ged-precise")
    assert event["dyad"] == "Government of Fourland - Rebel Front"
    assert (event["dyad_id"], event["side_a_id"], event["side_b_id"]) == ("", "", "")
    assert (event["date_precision"], event["place_precision"], event["place_name"]) == (1, 2, "Alfa")
    assert (event["type"], event["low"], event["best"], event["high"]) == ("state-based", 3, 3, 4)
    assert event["date_start"] == event["date_end"] == date(2015, 1, 5)


def test_the_name_of_a_file_says_nothing(case: Case, tmp_path: Path) -> None:
    (loaded,) = load(case, [write(tmp_path, "conflict_data_irq.csv", acled({}))]).files
    assert (loaded.dataset, loaded.layout) == ("acled", "ACLED export")


@pytest.mark.parametrize(
    "name", ["a b'c\".csv", "events [2013] *?.csv", "событие.csv", ".hidden", "options.json"]
)
def test_names_of_files_are_only_names(case: Case, tmp_path: Path, name: str) -> None:
    (loaded,) = load(case, [write(tmp_path, name, ged({}))]).files
    assert loaded.events == 1
    assert load(case, [tmp_path / name]).changes == ()


def test_text_is_only_text(case: Case, tmp_path: Path) -> None:
    text = '=HYPERLINK("http://x","y")\n<script>alert(1)</script>, "quoted", \'; DROP TABLE events; --'
    (event,) = events(case, tmp_path, ged({"source_headline": text}))
    assert event["headline"] == text
    assert open_events(case).original("ucdp", "1")["source_headline"] == text


def test_another_country_is_kept_apart(case: Case, tmp_path: Path) -> None:
    elsewhere = {"id": 2, "country": "Bigland", "country_id": 2, "adm_1": "Capital", "latitude": 40}
    named = {"id": 3, "country": "Fourland (Old Fourland)"}
    (loaded,) = load(case, [write(tmp_path, "events.csv", ged({}, elsewhere, named))], release="14.1").files
    assert [(note.column, note.row, note.found) for note in loaded.notes] == [
        ("country", 3, "1 event in other countries, the first in Bigland")
    ]
    table = open_events(case).table("ucdp", None)
    assert sorted(table["country"]) == ["Bigland", "Fourland", "Fourland"]


def test_a_layout_that_is_not_known_says_what_is_missing(case: Case, tmp_path: Path) -> None:
    columns = [name for name in GED_COLUMNS if name not in ("best", "where_prec")]
    with pytest.raises(EventsError, match=r"events.csv is of no layout that vedette knows") as caught:
        load(case, [write(tmp_path, "events.csv", ged({}, columns=columns))])
    (problem,) = caught.value.problems
    assert "UCDP GED or Candidate" in problem.expected
    assert "ACLED export" in problem.expected
    assert problem.found.startswith("47 columns: id, relid, year")
    assert "Nearest is UCDP GED or Candidate, which also has: best, where_prec." in problem.cure


def test_a_needed_column_twice_is_refused(case: Case, tmp_path: Path) -> None:
    with pytest.raises(EventsError, match=r"expected one column best; found two of that name"):
        load(case, [write(tmp_path, "events.csv", f"{HEADER},best\n{LINE},9\n")])
