"""Words for a missing value are no names and no numbers, in any column; a name that is one can be told."""

import json
from pathlib import Path

import pytest
from support.event_files import acled, ged, write
from support.fourland import CASE_FILES, CaseFolder, square

from vedette.case import Case, read_case
from vedette.errors import EventsError
from vedette.events import load, open_events, summary

WORDS = ("NA", "NaN", "nan", "NULL", "null", "None", "N/A", "n/a", "-", "n.a.", "#N/A", "<NA>", "NaT", " NA ")


@pytest.mark.parametrize("word", WORDS)
def test_a_side_or_province_that_is_missing_is_empty(case: Case, tmp_path: Path, word: str) -> None:
    load(case, [write(tmp_path, "a.csv", acled({"actor2": word, "admin1": word, "notes": word}))])
    event = open_events(case).table("acled", None).row(0, named=True)
    assert (event["side_b"], event["dyad"]) == ("", "Rebel Front")
    assert event["place_name"] is None and event["headline"] is None
    assert summary(case)["no_province"].to_list() == [1]
    assert summary(case)["unresolved"].to_list() == [0]


@pytest.mark.parametrize("word", WORDS)
def test_a_number_that_is_missing_is_missing_and_never_0(case: Case, tmp_path: Path, word: str) -> None:
    row = {"deaths_a": word, "adm_1": word, "latitude": word, "longitude": word}
    load(case, [write(tmp_path, "a.csv", ged(row))])
    event = open_events(case).table("ucdp", None).row(0, named=True)
    assert event["deaths_a"] is event["latitude"] is event["place_name"] is None
    assert (event["deaths_b"], event["best"]) == (2, 3)


@pytest.mark.parametrize("column", ["best", "date_start", "side_b", "dyad_new_id", "country"])
def test_a_missing_value_that_is_needed_is_named_as_written(case: Case, tmp_path: Path, column: str) -> None:
    with pytest.raises(EventsError) as caught:
        load(case, [write(tmp_path, "a.csv", ged({}, {"id": 2, column: "NA"}))])
    (problem,) = caught.value.problems
    assert (problem.row, problem.column, problem.found) == (3, column, "'NA'")


@pytest.mark.parametrize("name", ["Nan province", "Nana", "Naples", "None Such", "N-A", "Null Island"])
def test_names_that_only_begin_like_one_are_names(case: Case, tmp_path: Path, name: str) -> None:
    load(case, [write(tmp_path, "a.csv", acled({"actor2": name, "admin1": name}))])
    event = open_events(case).table("acled", None).row(0, named=True)
    assert (event["side_b"], event["place_name"]) == (name, name)


def test_the_case_can_name_an_actor_that_is_called_so(case_folder: CaseFolder, tmp_path: Path) -> None:
    yaml = str(CASE_FILES["case.yaml"]).replace("events:", "events:\n  literal: [Nan, 'NA']")
    folder = case_folder({"case.yaml": yaml})
    events = ({"event_id_cnty": str(n), "actor2": word} for n, word in enumerate(("Nan", "NA", "nan", "N/A")))
    load(read_case(folder), [write(tmp_path, "a.csv", acled(*events))])
    sides = open_events(read_case(folder)).table("acled", None).sort("source_id")["side_b"]
    assert sides.to_list() == ["Nan", "NA", "", ""]


def test_an_area_of_the_case_that_is_called_so_is_a_name(case_folder: CaseFolder, tmp_path: Path) -> None:
    places = json.loads(str(CASE_FILES["places.geojson"]))
    places["features"].append(
        {"type": "Feature", "properties": {"id": "FO-NAN", "name": "Nan"}, "geometry": square(7, 0)}
    )
    case = read_case(case_folder({"places.geojson": json.dumps(places)}))
    events = ({"event_id_cnty": str(n), "admin1": word} for n, word in enumerate(("Nan", "NaN")))
    load(case, [write(tmp_path, "a.csv", acled(*events))])
    assert open_events(case).table("acled", None).sort("source_id")["place_name"].to_list() == ["Nan", None]


def test_a_store_follows_the_words_of_the_case(case_folder: CaseFolder, tmp_path: Path) -> None:
    folder = case_folder()
    load(read_case(folder), [write(tmp_path, "a.csv", acled({"actor2": "Nan"}))])
    assert open_events(read_case(folder)).table("acled", None)["side_b"].to_list() == [""]
    yaml = folder / "case.yaml"
    yaml.write_text(yaml.read_text().replace("events:", "events:\n  literal: [Nan]"))
    assert open_events(read_case(folder)).table("acled", None)["side_b"].to_list() == ["Nan"]


def test_the_files_of_the_field(iraq: Case, shared: Path) -> None:
    field = shared / "field"
    load(iraq, [field / "F01" / "acled_na.csv", field / "F26" / "ged_na.csv"])
    acled_ = open_events(iraq).table("acled", None)
    assert acled_["dyad"].to_list()[1:3] == ["Protesters (Iraq)", "Protesters (Iraq)"]
    assert acled_["side_b"].to_list() == ["Army of the Plain", "", "", "Army of the Plain", ""]
    assert acled_["place_name"].to_list()[3] is None
    ged_ = open_events(iraq).table("ucdp", None)
    assert ged_["place_name"].to_list() == ["Baghdad governorate", None, None, None, None]
    assert ged_["deaths_a"].to_list() == [1, 1, 1, 1, None]
    assert open_events(iraq).unresolved(iraq).is_empty()
