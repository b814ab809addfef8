"""A valid case folder becomes one immutable case."""

import dataclasses
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from support.fourland import (
    CASE_YAML,
    OBSERVED_COLUMNS,
    TIMELINE,
    TOTALS,
    CaseFolder,
    collection,
    observed_rows,
    square,
)

from vedette.case import Country, MapPart, Partial, check_case, read_case
from vedette.case.checking import load_yaml
from vedette.case.checking.tables import schema
from vedette.case.schema.rows import TABLES
from vedette.errors import CaseError, StorageError
from vedette.periods import Step, parse


def test_what_is_read_from_a_text_is_the_readers_own() -> None:
    text = "a: [1, {b: 2014-06-10}]\n"
    first, _ = load_yaml(text, "a.yaml")
    first["a"].append("changed")
    assert load_yaml(text, "a.yaml") == ({"a": [1, {"b": date(2014, 6, 10)}]}, [])


def test_a_case_holds_what_its_folder_says(case_folder: CaseFolder) -> None:
    folder = case_folder()
    case = read_case(folder)
    assert (case.id, case.title, case.question) == ("fourland", "Fourland: four squares", "Who fights whom?")
    assert case.country == Country("Fourland", "FOU", 999)
    assert (case.step, case.horizon, case.scale) == (Step.MONTH, 6, "icd203")
    assert (case.start, case.as_of) == (date(2012, 1, 1), date(2014, 12, 31))
    assert case.dataset == "ucdp"
    months = parse("2015-01", Step.MONTH), parse("2015-06", Step.MONTH)
    assert case.partial == Partial("ucdp-ged-precise", *months)
    assert [stratum.id for stratum in case.strata] == ["rebels", "militias", "other"]
    assert [region.id for region in case.regions] == ["strip", "north"]
    assert case.regions[1].places == ("FO-C", "FO-D")
    assert case.bounds == (-1.0, -1.0, 3.0, 3.0)
    assert (case.credits[0].licence, case.downloads[0].file) == ("CC BY 4.0", "ged.csv")
    assert case.workspace() == folder


def test_tables_are_typed_and_empty_text_is_empty(case_folder: CaseFolder) -> None:
    case = read_case(case_folder())
    assert case.posture.schema["date"] == pl.Date
    assert case.posture["value"].to_list() == [1500.0, 900.5, 12.0]
    assert case.sites["latitude"].to_list() == [0.5, 1.5]
    assert case.timeline.row(1, named=True)["latitude"] is None
    assert case.timeline["summary"][1] == "Half of them leave, quietly"
    assert case.sources["protected"].to_list() == [False, False, False]
    assert case.sources["date"].to_list() == ["2011", "2014-03-02", "2016-05"]
    assert case.actors["from"].to_list() == ["1950", "2010-05", "", ""]
    assert case.totals is not None
    assert case.totals["deaths"].sum() == sum(range(21, 27))
    assert case.observed is not None
    assert case.observed.columns == OBSERVED_COLUMNS.split(",")
    assert case.observed.height == len(observed_rows())
    assert case.observed["place"].null_count() == 0
    assert case.observed.schema["best"] == pl.Int64


def test_absent_tables_are_empty_frames_with_their_columns(case_folder: CaseFolder) -> None:
    absent = {model.file: None for model in TABLES}
    case = read_case(case_folder(absent))
    assert case.observed is None
    assert case.totals is None
    frames = (case.sites, case.actors, case.sources, case.posture, case.timeline, case.interventions)
    named = ("sites", "actors", "sources", "posture", "timeline", "interventions")
    files = [f"{name}.csv" for name in named]
    models = {model.file: model for model in TABLES}
    for frame, file in zip(frames, files, strict=True):
        assert frame.is_empty()
        assert frame.schema == schema(models[file])


def test_a_case_does_not_change(case_folder: CaseFolder) -> None:
    case = read_case(case_folder())
    with pytest.raises(dataclasses.FrozenInstanceError):
        case.horizon = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + TOTALS.encode(),
        TOTALS.replace("\n", "\r\n").encode(),
        TOTALS.encode().rstrip(b"\n"),
        TOTALS.replace("\n", ",,\n").encode(),
        TOTALS.replace("\n", "\n\n,,\n").encode(),
    ],
    ids=["byte order mark", "Windows line ends", "no last line end", "trailing commas", "blank rows"],
)
def test_what_spreadsheets_do_to_tables_is_tolerated(case_folder: CaseFolder, content: bytes) -> None:
    totals = read_case(case_folder({"totals.csv": content})).totals
    assert totals is not None
    assert totals["deaths"].to_list() == list(range(21, 27))


def test_columns_may_stand_in_any_order(case_folder: CaseFolder) -> None:
    totals = read_case(case_folder({"totals.csv": "source,deaths,period\ntotals,5,2015-01\n"})).totals
    assert totals is not None
    assert totals.rows() == [("2015-01", 5, "totals")]


def test_rows_are_counted_as_a_spreadsheet_counts_them(case_folder: CaseFolder) -> None:
    two_lines = TIMELINE.replace("sends trainers", '"sends\ntrainers"').replace(
        'Bigland "sends\ntrainers"', '"Bigland sends\ntrainers"'
    )
    broken = two_lines.replace(",drawdown,", ",,")
    with pytest.raises(CaseError, match=r"timeline\.csv, row 3, column kind"):
        read_case(case_folder({"timeline.csv": broken}))


def test_parts_are_places_cut_by_drawn_regions(case_folder: CaseFolder) -> None:
    assert read_case(case_folder()).parts == (
        MapPart("FO-A", "FO-A"),
        MapPart("FO-A+strip", "FO-A", ("strip",)),
        MapPart("FO-B", "FO-B"),
        MapPart("FO-C", "FO-C"),
        MapPart("FO-D", "FO-D"),
    )


def test_a_place_inside_a_region_is_one_part_and_slivers_do_not_count(case_folder: CaseFolder) -> None:
    drawn = collection(({"region": "strip"}, square(0.995, -0.5, 1.1, 1.505)))
    parts = read_case(case_folder({"regions.geojson": drawn, "observed.csv": None})).parts
    assert parts[:2] == (MapPart("FO-A", "FO-A"), MapPart("FO-B+strip", "FO-B", ("strip",)))
    assert len(parts) == 4


def test_regions_that_overlap_cut_places_into_every_combination(case_folder: CaseFolder) -> None:
    yaml = CASE_YAML.replace(
        "  - {id: north", "  - {id: east, name: East, polygons: regions.geojson}\n  - {id: north"
    )
    drawn = collection(({"region": "strip"}, square(0, 0, 0.6)), ({"region": "east"}, square(0.4, 0, 0.6)))
    case = read_case(case_folder({"case.yaml": yaml, "regions.geojson": drawn}))
    ids = [part.id for part in case.parts if part.place == "FO-A"]
    assert ids == ["FO-A+east", "FO-A+strip", "FO-A+strip+east"]
    found = case.regions_at(np.array([[0.1, 0.5], [0.5, 0.5], [0.9, 0.5], [1.5, 0.5], [np.nan, 0.5]]))
    assert found == [("strip",), ("strip", "east"), ("east",), (), ()]
    assert case.regions_at(np.empty((0, 2))) == []


def test_regions_at_without_drawn_regions(case_folder: CaseFolder) -> None:
    yaml = CASE_YAML.replace("  - {id: strip", "  # {id: strip")
    case = read_case(case_folder({"case.yaml": yaml, "regions.geojson": None, "observed.csv": None}))
    assert case.regions_at(np.array([[0.6, 0.5]])) == [()]
    assert all(part.id == part.place for part in case.parts)


def test_a_valid_case_without_doubts_has_no_warnings(case_folder: CaseFolder) -> None:
    assert check_case(case_folder({"posture.csv": None, "timeline.csv": None})).warnings == ()


def test_warnings_name_what_is_worth_a_look(case_folder: CaseFolder) -> None:
    row = observed_rows()[0]
    doubtful = [row, row.replace("FO-A", "?Zulu").replace(",1,2,3", ",3,2,3")]
    folder = case_folder(
        {
            "places.geojson": collection(),
            "case.yaml": CASE_YAML.replace("aliases:\n  FO-A: [Old Alfa]\n", "").replace(
                ", places: [FO-C, FO-D]", ", places: [FOU]"
            ),
            "observed.csv": "\n".join(
                [OBSERVED_COLUMNS, *(item.replace("FO-A", "FOU") for item in doubtful)]
            ),
            "sites.csv": None,
            "totals.csv": None,
        }
    )
    said = [str(warning) for warning in check_case(folder).warnings]
    assert any("places.geojson" in line and "the country is one place" in line for line in said)
    assert any("case.yaml, column events.partial: expected totals.csv" in line for line in said)
    assert any(
        "observed.csv, row 3, column best: expected low <= best <= high; found 1 row" in line for line in said
    )
    assert any("'Zulu' (1 event). Add the name under `aliases`" in line for line in said)
    assert any("posture.csv" in line and "1 recalled row without one" in line for line in said)
    assert len(said) == 6


def test_warnings_of_a_case_without_events_and_of_far_moments(case_folder: CaseFolder) -> None:
    timeline = TIMELINE.replace("0.5,0.5", "38.9,-77.0")
    folder = case_folder({"observed.csv": None, "timeline.csv": timeline, "posture.csv": None})
    said = "\n".join(map(str, check_case(folder).warnings))
    assert "expected event files, or observed.csv; found neither" in said
    assert "timeline.csv, row 2, column latitude: expected a point in -1..3 north" in said
    (folder / "events").mkdir()
    (folder / "events" / "ged.csv").touch()
    assert "found neither" not in "\n".join(map(str, check_case(folder).warnings))


def test_a_dyad_whose_name_leads_elsewhere_than_its_id_is_a_warning(case_folder: CaseFolder) -> None:
    yaml = CASE_YAML.replace("actors: [20, Rebel Front]", "actors: [20]")
    said = [str(warning) for warning in check_case(case_folder({"case.yaml": yaml})).warnings]
    assert any(
        "'Government of Fourland - Rebel Front': rebels by ids, other by names" in line
        and "Add the exact names beside the ids" in line
        for line in said
    )


def test_a_shipped_case_works_in_a_folder_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VEDETTE_HOME", str(tmp_path / "home"))
    case = read_case("iraq")
    assert case.workspace() == tmp_path / "home" / "iraq"
    assert not case.workspace().exists()
    assert case.writable_workspace().is_dir()
    monkeypatch.delenv("VEDETTE_HOME")
    assert case.workspace() == Path.home() / ".vedette" / "iraq"


def test_a_workspace_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("VEDETTE_HOME", str(tmp_path / "file"))
    with pytest.raises(StorageError, match=r"cannot be written \(Not a directory\).*set VEDETTE_HOME"):
        read_case("iraq").writable_workspace()


def test_a_read_only_case_folder_can_be_read(
    case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = read_case(case_folder())

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("vedette.case.case.scratch", refuse)
    with pytest.raises(StorageError, match="copy the case elsewhere"):
        case.writable_workspace()
