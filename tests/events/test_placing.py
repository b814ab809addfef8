"""Events are placed by name at the level of the areas, by a precise point, by a coarser name, or nowhere."""

import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from support.event_files import acled, ged, write
from support.fourland import CASE_YAML, CaseFolder, collection, square
from support.running import Run

from vedette import commands
from vedette.case import Case, read_case
from vedette.case.writing import with_aliases
from vedette.errors import UsageError
from vedette.events import Way, load, open_events, place_events, place_problems, placed_spots, unmatched_names

YAML = CASE_YAML.split("aliases:")[0] + "strata: []\nevents: {dataset: ucdp}\n"
ALONE = dict.fromkeys(("sites.csv", "timeline.csv", "observed.csv", "totals.csv", "interventions.csv"))
DISTRICTS = collection(
    ({"ADM2_PCODE": "F1", "ADM2_EN": "Alfa", "ADM1_EN": "Alfa"}, square(0, 0)),
    ({"ADM2_PCODE": "F2", "ADM2_EN": "Mahmud", "ADM1_EN": "Alfa"}, square(1, 0)),
    ({"ADM2_PCODE": "F3", "ADM2_EN": "Delta", "ADM1_EN": "Charlie"}, square(0, 1)),
)
Made = Callable[..., Case]


@pytest.fixture
def districts(case_folder: CaseFolder) -> Case:
    """A case whose areas are districts: two in the province Alfa, one alone in Charlie."""
    return read_case(case_folder({**ALONE, "case.yaml": YAML, "places.geojson": DISTRICTS}))


def event(province: str | None, district: str | None, precision: int, x: float | None) -> dict[str, object]:
    names = {"place_name": province, "district_name": district}
    return {**names, "place_precision": precision, "longitude": x, "latitude": 0.5}


@pytest.mark.parametrize(
    ("given", "place", "way"),
    [
        (event("Alfa", "Mahmud district", 5, 0.5), "F2", Way.NAME),
        (event("Alfa", "Mahmud", 1, 0.5), "F2", Way.NAME),
        (event("Alfa province", None, 3, 1.5), "F2", Way.POINT),
        (event("Alfa province", None, 4, 1.5), "?Alfa province", Way.NOWHERE),
        (event("Alfa", "Elsewhere", 1, 9.0), "?Elsewhere", Way.NOWHERE),
        (event("Charlie", None, 4, None), "F3", Way.COARSER),
        (event("Charlie", "Elsewhere", 4, None), "F3", Way.COARSER),
        (event(None, " ", 3, 1.5), "F2", Way.POINT),
        (event("", None, 4, 1.5), "", Way.SPREAD),
        (event(None, None, 1, 9.0), "", Way.SPREAD),
    ],
)
def test_the_ways_in_their_order(districts: Case, given: dict[str, object], place: str, way: Way) -> None:
    table = pl.DataFrame([given], schema_overrides={"place_name": pl.String, "district_name": pl.String})
    table = table.with_columns(pl.col("longitude").cast(pl.Float64))
    assert place_events(table, districts).row(0) == (place, way.value)


def test_without_areas_every_event_is_in_the_country(case_folder: CaseFolder) -> None:
    case = read_case(case_folder({**ALONE, "case.yaml": YAML, "places.geojson": collection()}))
    table = pl.DataFrame([event("Alfa", None, 1, 9.0), event("Beta", "C", 6, 1.0)])
    assert place_events(table, case).rows() == [("FOU", "by name")] * 2


def case_with(case_folder: CaseFolder, folder: Path, content: str, yaml: str = YAML) -> Case:
    case = read_case(case_folder({**ALONE, "case.yaml": yaml}))
    load(case, [write(folder, "events.csv", content)])
    return case


UNMATCHED: tuple[dict[str, object], ...] = (
    *({"id": n, "adm_1": "Alpha Land", "longitude": 0.5 + n / 100} for n in range(1, 4)),
    {"id": 4, "adm_1": "Alpha Land", "longitude": 1.5},
    {"id": 5, "adm_1": "Alpha Land", "where_prec": 4},
    {"id": 6, "adm_1": "Charly", "where_prec": 4},
    {"id": 7, "adm_1": "", "where_prec": 6},
    {"id": 8},
)


def test_names_that_no_area_has_with_what_is_like_and_what_points_confirm(
    case_folder: CaseFolder, tmp_path: Path
) -> None:
    case = case_with(case_folder, tmp_path, ged(*UNMATCHED))
    spots = placed_spots(open_events(case), case)
    names = unmatched_names(spots, case)
    rows = [{**row} for row in names.iter_rows(named=True)]
    assert [(row["name"], row["events"], row["nowhere"]) for row in rows] == [
        ("Alpha Land", 5, 1),
        ("Charly", 1, 1),
    ]
    assert (rows[0]["area"], rows[0]["confirmed"]) == ("FO-A", True)
    assert (rows[1]["area"], rows[1]["confirmed"], rows[1]["nearest"]) == ("", False, "FO-C")
    words = [str(problem) for problem in place_problems(open_events(case), case)]
    assert "'Alpha Land' (5 events, 15 deaths; 1 in no place)" in words[0]
    assert 'such as `FO-A: ["Alpha Land"]`' in words[0]
    assert "Like: FO-C Charlie." in words[1]
    summary = commands.summary(str(case.folder)).table.row(0, named=True)
    assert summary["placed"] == (
        "by name 1 event (3 deaths), by point 4 events (12 deaths), spread over the areas 1 event "
        "(3 deaths), in no place 2 events (6 deaths)"
    )
    assert (summary["in_no_place"], summary["deaths_in_no_place"]) == (2, 6)
    shown = commands.summary(str(case.folder)).read().row(0, named=True)
    assert "in_no_place" not in shown
    assert (shown["placed"], shown["gaps"]) == (summary["placed"], "none")


def test_a_load_says_that_points_contradict_names(case_folder: CaseFolder, tmp_path: Path) -> None:
    folder = case_folder({**ALONE, "case.yaml": YAML})
    rows = [{"id": n, "adm_1": "Alfa", "longitude": 1.5 + n / 100, "where_prec": 1} for n in range(1, 5)]
    file = write(tmp_path, "astray.csv", ged(*rows))
    said = commands.load(str(folder), [file]).remarks(str(folder))
    assert any("4 of 4 precisely placed events in other areas than the one named" in line for line in said)


def test_confirmed_aliases_are_written_as_one_change_and_taken_back(
    case_folder: CaseFolder, tmp_path: Path
) -> None:
    yaml = YAML + "# names of old\naliases:\n  FO-A: [Old Alfa]   # since 1990\n"
    case = case_with(case_folder, tmp_path, ged(*UNMATCHED), yaml)
    assert commands.aliases(str(case.folder)).written == {}
    made = commands.aliases(str(case.folder), write=True)
    assert made.written == {"FO-A": ("Alpha Land",)}
    text = (case.folder / "case.yaml").read_text()
    assert text == yaml.replace("[Old Alfa]", '[Old Alfa, "Alpha Land"]')
    assert read_case(case.folder).places.resolve("alpha land") == "FO-A"
    assert commands.aliases(str(case.folder)).table["name"].to_list() == ["Charly"]
    commands.undo(str(case.folder))
    assert (case.folder / "case.yaml").read_text() == yaml


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("id: a\n", 'id: a\naliases:\n  A: ["x", "y"]\n'),
        ("id: a\naliases: {}  # none\nb: 1\n", 'id: a\naliases: # none\n  A: ["x", "y"]\nb: 1\n'),
        ("aliases:\n    B: [z]\nb: 1\n", 'aliases:\n    A: ["x", "y"]\n    B: [z]\nb: 1\n'),
        ("aliases:\n  A: []\n", 'aliases:\n  A: ["x", "y"]\n'),
        ("aliases:\n  'A': [w]  # [1]\n", 'aliases:\n  \'A\': [w, "x", "y"]  # [1]\n'),
    ],
)
def test_aliases_are_added_to_the_text(before: str, after: str) -> None:
    assert with_aliases(before, {"A": ["x", "y"]}) == after


@pytest.mark.parametrize(
    "text", ["aliases: {A: [x]}\n", "aliases:\n  A:\n    - w\n", "aliases:\n  A: [w,\n    v]\n"]
)
def test_other_forms_of_aliases_are_left_alone_with_the_lines_to_paste(text: str) -> None:
    with pytest.raises(UsageError, match=r'Write by hand: A: \["y"\]'):
        with_aliases(text, {"A": ["y"]})


def test_areas_of_another_level_are_noticed(case_folder: CaseFolder, tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"id": n, "adm_1": "Alfa", "longitude": 1.5} for n in range(4)]
    case = case_with(case_folder, tmp_path, ged(*rows, {"id": 9}))
    words = [str(problem) for problem in place_problems(open_events(case), case)]
    assert any("4 of 5 precisely placed events in other areas" in line for line in words)


def test_acled_events_are_placed_by_district_and_by_point(districts: Case, tmp_path: Path) -> None:
    case = districts
    rows = (
        {"event_id_cnty": "A", "admin1": "Alfa", "admin2": "Mahmud", "geo_precision": 3},
        {"event_id_cnty": "B", "admin1": "Alfa", "admin2": "", "geo_precision": 2, "longitude": 1.5},
        {"event_id_cnty": "C", "admin1": "Alfa", "admin2": "", "geo_precision": 3, "longitude": 1.5},
    )
    load(case, [write(tmp_path, "acled.csv", acled(*rows))])
    placed = place_events(open_events(case).table("acled", None), case)
    assert sorted(placed["way"].to_list()) == ["by name", "by point", "in no place"]


@pytest.mark.parametrize(
    ("field", "file", "ids"), [("F11", "ged.csv", {"IQ1"}), ("F12", "acled.csv", {"ML07"})]
)
def test_field_folders_of_areas(
    run: Run, shared: Path, tmp_path: Path, field: str, file: str, ids: set[str]
) -> None:
    """All events of F11 lie in the district Mahmud, those of F12 in Gao, whose names stand in ADM1_FR."""
    case, country = tmp_path / "case", {"F11": "Iraq", "F12": "Mali"}[field]
    assert run("new", case, "--country", country, home=tmp_path).returncode == 0
    shutil.copy(shared / "field" / field / "places.geojson", case / "places.geojson")
    done = run("events", "load", case, shared / "field" / field / file, home=tmp_path)
    assert done.returncode == 0, done.stderr
    read = read_case(case)
    assert set(placed_spots(open_events(read), read)["place"]) == ids
