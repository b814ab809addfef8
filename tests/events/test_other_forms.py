"""Files in other forms than a CSV of the publisher: read, or refused with what they are and a cure."""

import gzip
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from support.event_files import ACLED_ROW, GED_COLUMNS, GED_ROW, acled, gdelt, ged, write

from vedette.case import Case
from vedette.errors import EventsError, FetchError
from vedette.events import load, open_events
from vedette.events.formats.gdelt import GDELT1_LAYOUT, GDELT2_LAYOUT

ROWS = [{**GED_ROW, "id": n} for n in (1, 2)]
POINTS = [{key: value for key, value in row.items() if key not in ("latitude", "longitude")} for row in ROWS]
FEATURES = [
    {"type": "Feature", "properties": row, "geometry": {"type": "Point", "coordinates": [0.25, 0.5]}}
    for row in POINTS
]
RENAMED = {"best": "best_est", "high": "high_est", "low": "low_est"}
WEB = [RENAMED.get(name, name) for name in GED_COLUMNS if name not in ("gwnoa", "gwnob")]


def parquet(folder: Path) -> Path:
    pl.DataFrame(ROWS, infer_schema_length=None).write_parquet(folder / "a.parquet")
    return folder / "a.parquet"


def zipped(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "ged-csv.zip", "w") as archive:
        archive.writestr("ged.csv", ged({}, {"id": 2}))
    return folder / "ged-csv.zip"


FORMS: dict[str, Callable[[Path], Path]] = {
    "a page of UCDP's API": lambda to: write(to, "a.json", json.dumps({"TotalPages": 1, "Result": ROWS})),
    "a list": lambda to: write(to, "a.json", json.dumps(ROWS, indent=1)),
    "a list with a byte order mark": lambda to: write(to, "a.json", "\ufeff" + json.dumps(ROWS)),
    "a row a line": lambda to: write(to, "a.jsonl", "\n".join(map(json.dumps, ROWS))),
    "GeoJSON": lambda to: write(
        to, "a.geojson", json.dumps({"type": "FeatureCollection", "features": FEATURES})
    ),
    "Parquet": parquet,
    "zip": zipped,
    "gzip": lambda to: write(to, "a.csv.gz", gzip.compress(ged({}, {"id": 2}).encode())),
    "UCDP's web export": lambda to: write(
        to,
        "a.csv",
        ged({}, {"id": 2}, columns=GED_COLUMNS[:-2]).replace("best,high,low", "best_est,high_est,low_est"),
    ),
}


@pytest.mark.parametrize("made", FORMS.values(), ids=FORMS)
def test_the_same_events_in_another_form(case: Case, tmp_path: Path, made: Callable[[Path], Path]) -> None:
    load(case, [made(tmp_path)])
    events = open_events(case).table("ucdp", None)
    assert events["source_id"].to_list() == ["1", "2"]
    event = events.row(0, named=True)
    assert (event["low"], event["best"], event["high"], event["deaths_b"]) == (2, 3, 5, 2)
    assert (event["latitude"], event["longitude"], event["place_name"]) == (0.5, 0.25, "Alfa province")
    assert event["date_start"] == date(2013, 5, 3)
    assert open_events(case).original("ucdp", "2")["side_b"] == "Rebel Front"
    load(case, [made(tmp_path)])
    assert open_events(case).table("ucdp", None).height == 2


def test_acled_as_its_api_answers(case: Case, tmp_path: Path) -> None:
    answer = {
        "status": 200,
        "success": True,
        "count": 1,
        "data": [{**ACLED_ROW, "actor2": None, "fatalities": 4}],
    }
    load(case, [write(tmp_path, "a.json", json.dumps(answer))])
    event = open_events(case).table("acled", None).row(0, named=True)
    assert (event["type"], event["best"], event["side_b"]) == ("battles", 4, "")


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("width", [61, 58])
def test_gdelt_with_a_header_as_other_programs_write_it(
    case: Case, tmp_path: Path, delimiter: str, width: int
) -> None:
    names = (GDELT2_LAYOUT if width == 61 else GDELT1_LAYOUT).positions
    cells = [f'"{c}"' if delimiter in c else c for c in gdelt(width).rstrip("\n").split("\t")]
    text = delimiter.join(names[:width]).upper() + "\n" + delimiter.join(cells[: len(names)]) + "\n"
    load(case, [write(tmp_path, "g.csv", text)])
    event = open_events(case).table("gdelt", None).row(0, named=True)
    assert (event["type"], event["place_name"], event["country"]) == ("cameo-19", "Alfa", "Fourland")
    assert (event["dyad"], event["latitude"]) == ("REBEL - ARMY", 0.5)


def test_an_actor_based_export_counts_each_event_once(case: Case, tmp_path: Path) -> None:
    sides = {"actor1": "A", "inter1": 1, "assoc_actor_1": "x", "actor2": "B", "inter2": 2}
    other = {
        "actor1": "B",
        "inter1": 2,
        "actor2": "A",
        "inter2": 1,
        "assoc_actor_2": "x",
        "assoc_actor_1": "",
    }
    alone = {"event_id_cnty": "FOU2", "actor2": ""}
    loaded = load(case, [write(tmp_path, "a.csv", acled(sides, other, alone))])
    events = open_events(case).table("acled", None)
    assert events["dyad"].to_list() == ["A - B", "Rebel Front"]
    assert "an actor-based export has a row for each actor of an event" in str(loaded.files[0].notes[0])


def test_rows_of_one_event_that_differ_otherwise_ask_for_the_event_based_export(
    case: Case, tmp_path: Path
) -> None:
    text = acled({"actor1": "A", "actor2": "B"}, {"actor1": "B", "actor2": "A", "fatalities": 9})
    with pytest.raises(EventsError, match="Take the event-based export"):
        load(case, [write(tmp_path, "a.csv", text)])


def _excel(to: Path) -> Path:
    with zipfile.ZipFile(to / "a.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("xl/workbook.xml", "")
    return to / "a.xlsx"


def _header(names: str) -> str:
    return f"{names}\n{','.join('1' for _ in names.split(','))}\n"


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "Excel": (_excel, "an Excel workbook. Open it and save the sheet as CSV UTF-8, with dates as YYYY-MM-DD"),
    "old Excel": (
        lambda to: write(to, "a.xls", b"\xd0\xcf\x11\xe0" + bytes(99)),
        r"an Excel workbook \(.xls\)",
    ),
    "Stata": (lambda to: write(to, "a.dta", b"<stata_dta><header>"), "a Stata file.*export delimited"),
    "old Stata": (lambda to: write(to, "a.dta", b"r\x02\x01\x00" + bytes(99)), "a Stata file"),
    "R": (
        lambda to: write(to, "a.rds", gzip.compress(b"X\n\x00\x00")),
        r"an R data file.*write.csv\(readRDS",
    ),
    "GeoPackage": (lambda to: write(to, "a.gpkg", b"SQLite format 3\x00"), "a GeoPackage"),
    "no JSON": (lambda to: write(to, "a.json", '{"Result": [{"id": 1}'), "expected sound JSON"),
    "an empty answer": (lambda to: write(to, "a.json", '{"Result": []}'), "found an empty list"),
    "other JSON": (lambda to: write(to, "a.json", '{"error": "no key"}'), "found JSON with error"),
    "ledger": (
        lambda to: write(to, "a.json", '[{"id": "a", "schema": "Person", "properties": {}}]'),
        "vedette import followthemoney",
    ),
    "one page of many": (
        lambda to: write(to, "a.json", json.dumps({"TotalPages": 12, "Result": ROWS})),
        "found one page of 12. Ask for all on one page",
    ),
    "web page": (lambda to: write(to, "a.csv", "<!DOCTYPE html><html>"), "a web page. Download it again"),
    "HDX months": (
        lambda to: write(to, "a.csv", _header("Country,Admin1,ISO3,Month,Year,Events,Fatalities")),
        "counts by month .as ACLED gives them to HDX.*Take ACLED's event-level export",
    ),
    "ACLED weeks": (
        lambda to: write(
            to, "a.csv", _header("WEEK,REGION,COUNTRY,ADMIN1,EVENT_TYPE,SUB_EVENT_TYPE,EVENTS,FATALITIES")
        ),
        "ACLED counts by week and area",
    ),
    "VIEWS countries": (
        lambda to: write(to, "a.csv", _header("month_id,country_id,ged_sb,ged_ns")),
        "VIEWS data by country and month.*vedette counts forecast",
    ),
    "VIEWS cells": (
        lambda to: write(to, "a.csv", _header("month_id,priogrid_gid,ged_sb_best_sum_nokgi")),
        "VIEWS data by grid cell",
    ),
    "UCDP dyads": (
        lambda to: write(
            to, "a.csv", _header("dyad_id,conflict_id,side_a,side_a_2nd,side_b,year,intensity_level")
        ),
        "UCDP's Dyadic Dataset.*Take UCDP GED",
    ),
}


@pytest.mark.parametrize(("made", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_event_file_is_named(
    case: Case, tmp_path: Path, made: Callable[[Path], Path], message: str
) -> None:
    with pytest.raises(EventsError, match=message):
        load(case, [made(tmp_path)])
    assert open_events(case).datasets() == ()


def test_pages_of_one_answer_load_together(case: Case, tmp_path: Path) -> None:
    pages = [
        write(tmp_path, f"{n}.json", json.dumps({"TotalPages": 2, "Result": [{**GED_ROW, "id": n}]}))
        for n in (1, 2)
    ]
    load(case, pages, release="25.1")
    assert open_events(case).table("ucdp", None)["source_id"].to_list() == ["1", "2"]


def test_a_damaged_gzip_is_refused(case: Case, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="no sound gzip archive"):
        load(case, [write(tmp_path, "a.csv.gz", gzip.compress(ged({}).encode())[:60])])


DATES = {
    "serial": ("41397", None),
    "serial with a fraction": ("41397.0", None),
    "two-digit year in words": ("03-May-13", None),
    "ISO with T": ("2013-05-03T00:00:00", None),
    "ISO with T and zone": ("2013-05-03T00:00:00Z", None),
    "two-digit year": ("03/05/13", "years of two digits, such as '03/05/13'"),
    "only minutes": ("00:00.0", "only minutes and seconds are left"),
    "too narrow": ("########", "the column was too narrow"),
    "month": ("May-2013", "months without a day"),
    "rounded": ("2.01305E+07", "a spreadsheet has rounded them"),
    "serial from 1904": ("39935", "day numbers such as '39935'"),
    "lost century": ("0013-05-03", "expected a year of four digits; found '0013-05-03'"),
}


@pytest.mark.parametrize(("written", "message"), DATES.values(), ids=DATES)
def test_dates_after_a_spreadsheet(case: Case, tmp_path: Path, written: str, message: str | None) -> None:
    file = write(tmp_path, "a.csv", acled({"event_date": written}))
    if message is None:
        load(case, [file])
        assert open_events(case).table("acled", None)["date_start"].to_list() == [date(2013, 5, 3)]
    else:
        with pytest.raises(EventsError, match=message):
            load(case, [file])


def test_day_numbers_without_a_year_to_prove_them_are_refused(case: Case, tmp_path: Path) -> None:
    file = write(tmp_path, "a.csv", acled({"event_date": "41397", "year": ""}))
    with pytest.raises(EventsError, match="no year in the file confirms"):
        load(case, [file])


def test_decimal_commas_of_coordinates(case: Case, tmp_path: Path) -> None:
    text = acled({"latitude": "0,5", "longitude": "0,25"}, delimiter=";")
    load(case, [write(tmp_path, "a.csv", text)])
    event = open_events(case).table("acled", None).row(0, named=True)
    assert (event["latitude"], event["longitude"]) == (0.5, 0.25)


FIELD = {
    "F06/acled_actor_based.csv": ("acled", 3, 6),
    "F07/acled_excel_semicolon_comma.csv": ("acled", 5, 7),
    "F07/acled_excel_serial.csv": ("acled", 5, 7),
    "F07/acled_excel_two_digit_year.csv": ("acled", 5, 7),
    "F08/ged_excel_us.csv": ("ucdp", 3, 6),
    "F08/ged_iso_T.csv": ("ucdp", 3, 6),
    "F09/gdelt_header_comma.csv": ("gdelt", 5, 0),
    "F10/ucdp_api.json": ("ucdp", 3, 6),
    "F48/gedevents_web.csv": ("ucdp", 3, 6),
}


@pytest.mark.parametrize(("name", "found"), FIELD.items(), ids=FIELD)
def test_files_of_the_field_load(iraq: Case, shared: Path, name: str, found: tuple[str, int, int]) -> None:
    dataset, events, deaths = found
    load(iraq, [shared / "field" / name])
    table = open_events(iraq).table(dataset, None)
    assert (table.height, table["best"].sum()) == (events, deaths)
    assert table["date_start"].dt.year().unique().to_list() == [2021 if dataset == "acled" else 2015]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("F08/ged_excel_0000.csv", "destroyed the dates, only minutes and seconds are left. Take the file"),
        ("F27/acled_year_0021.csv", "row 3, .*'0021-03-12'. The century is lost"),
    ],
)
def test_files_of_the_field_are_refused_with_the_cause(
    iraq: Case, shared: Path, name: str, message: str
) -> None:
    with pytest.raises(EventsError, match=message):
        load(iraq, [shared / "field" / name])
