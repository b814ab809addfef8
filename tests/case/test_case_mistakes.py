"""One broken file for each mistake a user makes, and the words that answer it."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from support.fourland import (
    ACTORS,
    CASE_YAML,
    INTERVENTIONS,
    OBSERVED_COLUMNS,
    POSTURE,
    SITES,
    SOURCES,
    TIMELINE,
    TOTALS,
    CaseFolder,
    collection,
    observed_rows,
    square,
)

from vedette.case import read_case
from vedette.errors import CaseError, Problem

GOOD = observed_rows()[0]


def observed(*rows: str) -> str:
    return "\n".join([OBSERVED_COLUMNS, *rows]) + "\n"


def changed(column: str, value: str) -> str:
    """A valid row of observed.csv with one cell changed."""
    cells = dict(zip(OBSERVED_COLUMNS.split(","), GOOD.split(","), strict=True))
    assert column in cells
    return observed(",".join({**cells, column: value}.values()))


def mistakes(folder: Path) -> Sequence[Problem]:
    with pytest.raises(CaseError) as caught:
        read_case(folder)
    return caught.value.problems


def the_mistake(folder: Path) -> Problem:
    (problem,) = mistakes(folder)
    return problem


@pytest.mark.parametrize(
    ("column", "value", "expected", "found", "cure"),
    [
        ("dataset", "ucpd", "'ucdp'", "'ucpd'", "Did you mean 'ucdp'?"),
        ("first", "1900-01", "a month between 1940-01 and 2060-12", "'1900-01'", "Correct"),
        ("last", "2100-01", "a month between 1940-01 and 2060-12", "'2100-01'", "Correct"),
        ("first", "2012-13", "a month", "'2012-13'", "Correct"),
        ("last", "2011-12", "a month not before `first` (2012-01)", "'2011-12'", "Swap the two"),
        ("place", "FO-E", "the id of a place", "'FO-E'", "Did you mean 'FO-"),
        ("regions", "stripe", "ids of drawn regions", "'stripe'", "Did you mean 'strip'?"),
        ("type", "state based", "state-based | non-state | one-sided", "'state based'", "'state-based'"),
        ("type", "", "some text", "nothing", "Fill it in"),
        ("date_precision", "6", "a date precision from 1 (day) to 5", "'6'", "Correct"),
        ("place_precision", "0", "a place precision from 1 (exact) to 7", "'0'", "Correct"),
        ("events", "0", "1 or more", "'0'", "Correct"),
        ("low", "-1", "a whole number, 0 or more", "'-1'", "Correct"),
        ("best", "NaN", "a whole number, 0 or more", "'NaN'", "Write digits only"),
        ("high", "1.5", "a whole number, 0 or more", "'1.5'", "Write"),
        ("high", "many", "a whole number, 0 or more", "'many'", "Write digits only"),
    ],
)
def test_wrong_cells(
    case_folder: CaseFolder, column: str, value: str, expected: str, found: str, cure: str
) -> None:
    problem = the_mistake(case_folder({"observed.csv": changed(column, value)}))
    assert (problem.file, problem.row, problem.column) == ("observed.csv", 2, column)
    assert expected in problem.expected
    assert found in problem.found
    assert cure in problem.cure


@pytest.mark.parametrize(
    ("file", "content", "row", "column", "words"),
    [
        ("observed.csv", observed(GOOD, GOOD), 3, "", "no row twice; found a repeat of row 2"),
        ("totals.csv", TOTALS + "2015-01,5,totals\n", 8, "period", "each period once"),
        ("totals.csv", TOTALS.replace("2015-01,21,totals", "2015-01,21,total"), 2, "source", "'totals'"),
        ("sources.csv", SOURCES + "atlas,Another,,,,,,\n", 5, "id", "Row 2 has it"),
        ("sources.csv", SOURCES.replace(",B,", ",b,"), 2, "reliability", "'A', 'B'"),
        ("sources.csv", SOURCES.replace(",2011,", ",2011-02-30,"), 2, "date", "a day that exists"),
        ("sources.csv", SOURCES.replace(",2011,", ",1911,"), 2, "date", "between 1940 and 2060"),
        ("sources.csv", SOURCES.replace("https://example.org/paper", "javascript:x"), 3, "url", "https://"),
        ("sources.csv", SOURCES.replace(",no\n", ",maybe\n"), 3, "protected", "true or false"),
        ("sites.csv", SITES.replace("FO-A", "Alfa"), 2, "place", "the id of a place; found 'Alfa'"),
        ("sites.csv", SITES.replace("0.5,0.25", "0.5,"), 2, "longitude", "both coordinates or none"),
        ("sites.csv", SITES.replace("0.5,0.25", "nan,0.25"), 2, "latitude", "latitude in degrees"),
        ("sites.csv", SITES.replace("0.5,0.25", "0.5,181"), 2, "longitude", "from -180 to 180"),
        ("sites.csv", SITES.replace("0.5,0.25", "50,0.25"), 2, "latitude", "widen `bounds`"),
        (
            "actors.csv",
            ACTORS.replace("2010-05,2014-06-01", "2014-07,2014-06-01"),
            3,
            "to",
            "not before `from`",
        ),
        ("actors.csv", ACTORS.replace("force,state", "force,stat"), 3, "parent", "Did you mean 'state'?"),
        ("actors.csv", ACTORS.replace("FOU", "fou"), 2, "iso3", "three capital letters"),
        ("interventions.csv", INTERVENTIONS.replace("drawdown-2013", "trainers"), 3, "id", "each id once"),
        ("interventions.csv", INTERVENTIONS.replace("trainers,", "The Trainers,"), 2, "id", "small letters"),
        ("interventions.csv", INTERVENTIONS.replace("2012-03,", ","), 2, "from", "a day or month"),
        ("interventions.csv", INTERVENTIONS.replace("2012-03,", "2012,"), 2, "from", "like 2014-06-10 or"),
        ("interventions.csv", INTERVENTIONS.replace("06-15", "06-31"), 3, "from", "a day that exists"),
        ("interventions.csv", INTERVENTIONS.replace("2012-06,", "2012-02,"), 2, "to", "not before `from`"),
        ("interventions.csv", INTERVENTIONS.replace(",paper", ",papers"), 2, "source", "mean 'paper'?"),
        ("interventions.csv", INTERVENTIONS.replace(",paper", ","), 2, "source", "some text; found nothing"),
        (
            "posture.csv",
            POSTURE.replace("1500", "-1500"),
            2,
            "value",
            "a number, 0 or more, up to 1e15; found '-1500'",
        ),
        (
            "posture.csv",
            POSTURE.replace("1500", "inf"),
            2,
            "value",
            "a number, 0 or more, up to 1e15; found 'inf'",
        ),
        ("posture.csv", POSTURE.replace("1500", '"1,500"'), 2, "value", "no spaces or thousands marks"),
        ("posture.csv", POSTURE.replace("2012-01-01", "01/01/2012"), 2, "date", "a day like 2014-06-10"),
        ("posture.csv", POSTURE.replace("2012-01-01", "2012-02-30"), 2, "date", "a day that exists"),
        ("posture.csv", POSTURE.replace("2012-01-01", "1900-01-01"), 2, "date", "between 1940 and 2060"),
        ("posture.csv", POSTURE.replace("2012-01-01", "2100-01-01"), 2, "date", "between 1940 and 2060"),
        (
            "posture.csv",
            POSTURE.replace("main,paper", "main,papers", 1),
            2,
            "source",
            "Did you mean 'paper'?",
        ),
        (
            "posture.csv",
            POSTURE.replace("main,paper,page", "main,,page", 1),
            2,
            "source",
            "recalled under basis",
        ),
        ("posture.csv", POSTURE.replace(",recalled,", ",memory,"), 4, "basis", "'page' or 'recalled'"),
        ("posture.csv", POSTURE + POSTURE.splitlines()[1] + "\n", 5, "", "a repeat of row 2"),
        ("timeline.csv", TIMELINE.replace(",month,", ",monthly,"), 2, "precision", "Did you mean 'month'?"),
        ("timeline.csv", TIMELINE.replace("Bigland sends trainers", ""), 2, "summary", "Fill it in"),
    ],
)
def test_wrong_rows(
    case_folder: CaseFolder, file: str, content: str, row: int, column: str, words: str
) -> None:
    problem = the_mistake(case_folder({file: content}))
    assert (problem.file, problem.row, problem.column) == (file, row, column)
    assert words in str(problem)


def test_swapped_coordinates_are_named(case_folder: CaseFolder) -> None:
    yaml = CASE_YAML + "bounds: [-1, 40, 10, 60]\n"
    sites = SITES.replace("0.5,0.25", "5,50").replace("1.5,1.9", "50,5")
    problem = the_mistake(case_folder({"case.yaml": yaml, "sites.csv": sites, "timeline.csv": None}))
    assert (problem.file, problem.row) == ("sites.csv", 2)
    assert "look swapped" in problem.cure
    timeline = TIMELINE.replace("0.5,0.5", "5,50")
    problem = the_mistake(
        case_folder({"case.yaml": yaml, "sites.csv": None, "timeline.csv": timeline}, "two")
    )
    assert (problem.file, problem.cure) == ("timeline.csv", "Latitude and longitude look swapped.")


@pytest.mark.parametrize(
    ("content", "row", "words"),
    [
        (b"", 0, "some content; found an empty file"),
        (b" \n\n", 0, "some content; found only blanks"),
        (TOTALS.encode("utf-16"), 0, "text in UTF-8"),
        ("period,deaths,source\n2015-01,1,Café".encode("latin-1"), 0, "byte 0xE9 in line 2"),
        (TOTALS.replace(",", "\t").encode(), 1, "commas between columns; found tabs"),
        (TOTALS.replace(",", ";").encode(), 1, "commas between columns; found semicolons"),
        (TOTALS.encode()[:-7], 7, "some text; found nothing"),
        (TOTALS.encode()[:-9], 7, "3 fields; found 2 fields. The row is cut off"),
        (TOTALS.replace("21,totals", "21,totals,more").encode(), 2, "3 fields; found 4 fields"),
        (TOTALS.replace("21,totals", '21,"totals').encode(), 2, "quotation mark"),
        (TOTALS.replace("period", "month").encode(), 1, "column month: expected a known column"),
        (TOTALS.replace("period,deaths", "period,death").encode(), 1, "Did you mean 'deaths'?"),
        (TOTALS.replace("period,deaths,", "period,deaths,deaths,").encode(), 1, "each column once"),
        (b"period,deaths\n2015-01,5\n", 1, "column source: expected this column; found no such column"),
        (b'period,deaths,source\n2015-01,5,"' + b"x" * 200_000 + b'"\n', 2, "field larger than field limit"),
    ],
)
def test_misshapen_tables(case_folder: CaseFolder, content: bytes, row: int, words: str) -> None:
    found = mistakes(case_folder({"totals.csv": content}))
    assert {problem.file for problem in found} == {"totals.csv"}
    assert any(problem.row == row and words in str(problem) for problem in found), found


def test_a_folder_where_a_file_should_be(case_folder: CaseFolder) -> None:
    folder = case_folder({"totals.csv": None})
    (folder / "totals.csv").mkdir()
    assert "expected a file; found a folder" in str(the_mistake(folder))


def test_unreadable_file(case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = case_folder()
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "totals.csv":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "found Permission denied. Check its permissions" in str(the_mistake(folder))


def test_oversized_file(case_folder: CaseFolder) -> None:
    folder = case_folder()
    with (folder / "totals.csv").open("ab") as file:
        file.truncate(2_000_000_000)
    assert "at most 200 MB; found 2,000 MB" in str(the_mistake(folder))


@pytest.mark.parametrize(
    ("old", "new", "column", "words"),
    [
        ("horizon: 6", "horizont: 6", "horizont", "a known name; found 6. Did you mean 'horizon'?"),
        ("step: month", "step: year", "step", "'day', 'week' or 'month'"),
        ("step: month", "step: month\nstep: week", "step", "each key once"),
        ("horizon: 6", "horizon: 0", "horizon", "periods ahead, from 1 to 120"),
        ("horizon: 6", "horizon: six", "horizon", "periods ahead"),
        ("scale: icd203", "scale: icd", "scale", "'icd203' or 'phia'"),
        ("title:", "titel:", "titel", "Did you mean 'title'?"),
        ("title:", "titel:", "title", "some text; found nothing"),
        ("start: 2012-01-01", "start: 2012-02-30", "start", "a day like 2014-06-10; found '2012-02-30'"),
        ("start: 2012-01-01", "start: 1900-01-01", "start", "between 1940 and 2060"),
        ("start: 2012-01-01", "start: then", "start", "a day like 2014-06-10"),
        ("as_of: 2014-12-31", "as_of: 2011-12-31", "as_of", "a day not before `start`"),
        ("iso3: FOU", "iso3: fourland", "country.iso3", "three capital letters"),
        ("iso3: FOU", "iso3: NO", "country.iso3", "Put it in quotes"),
        ("gw: 999", "gv: 999", "country.gv", "Did you mean 'gw'?"),
        ("actors: [20, Rebel Front]", "actors: 20", "strata[0].actors", "a list"),
        ("actors: [20, Rebel Front]", "actors: [20, [x]]", "strata[0].actors[1]", "a code or a name"),
        ("actors: [20, Rebel Front]", "actor: [20]", "strata[0].actor", "Did you mean 'actors'?"),
        ("Rebel Front]}", "Rebel Front], dyads: [300]}", "strata[1].dyads", "Remove it here or from rebels"),
        ("id: militias", "id: rebels", "strata[1].id", "strata[0] has it"),
        ("id: militias", "id: other", "strata[1].id", "the rest of the dyads has it"),
        ("id: militias", "id: The Militias", "strata[1].id", "small letters, digits and hyphens"),
        ("id: north", "id: strip", "regions[1].id", "regions[0] has it"),
        ("places: [FO-C, FO-D]", "places: [FO-C, FO-E]", "regions[1].places", "Did you mean 'FO-"),
        (
            "places: [FO-C, FO-D]",
            "places: []",
            "regions[1]",
            "either `places` or `polygons`; found 'neither'",
        ),
        ("polygons: regions.geojson", "polygons: ../r.geojson", "regions[0].polygons", "without a path"),
        ("file: ged.csv", "file: /etc/ged.csv", "downloads[0].file", "without a path"),
        ("https://example.org/ged.csv", "file:///etc/passwd", "downloads[0].url", "https://"),
        ("dataset: ucdp\n", "dataset: ucpd\n", "events.dataset", "Did you mean 'ucdp'?"),
        ("first: 2015-01", "first: 2015-07", "events.partial.last", "not before `first`"),
        ("FO-A: [Old Alfa]", "FO-X: [Old Alfa]", "aliases.FO-X", "the id of a place"),
        ("FO-A: [Old Alfa]", "FO-A: Old Alfa", "aliases.FO-A", "a list"),
        ("FO-A: [Old Alfa]", "FO-A: [Bravó]", "aliases.FO-A", "'Bravó' for both FO-B and FO-A"),
        ("horizon: 6", "horizon: 6\nbounds: [2, 0, 1, 1]", "bounds", "[west, south, east, north]"),
        ("horizon: 6", "horizon: 6\nplaces: {id: code}", "places.id", "a property that every feature"),
        ("horizon: 6", "horizon: 6\nplaces: {name: nam}", "places.name", "Did you mean 'name'?"),
        ("id: fourland", "id: !!python/object/apply:os.system [ls]", "", "expected YAML"),
        ("id: fourland", "id: [fourland", "", "expected YAML"),
        ("id: fourland", "id: " + "[" * 5000, "", "expected YAML"),
    ],
)
def test_wrong_keys(case_folder: CaseFolder, old: str, new: str, column: str, words: str) -> None:
    assert old in CASE_YAML
    found = mistakes(case_folder({"case.yaml": CASE_YAML.replace(old, new, 1)}))
    assert {problem.file for problem in found} == {"case.yaml"}
    assert any(problem.column == column and words in str(problem) for problem in found), found


@pytest.mark.parametrize("content", ["- a\n- list\n", "just words", "# only a remark\n"])
def test_yaml_of_another_shape(case_folder: CaseFolder, content: str) -> None:
    problem = the_mistake(case_folder({"case.yaml": content}))
    assert problem.file == "case.yaml"
    assert "named entries" in problem.expected


def test_yaml_that_explodes_is_refused_quickly(case_folder: CaseFolder) -> None:
    lines = ["id: [&a0 [x, x]]"]
    lines += [f"k{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    problem = the_mistake(case_folder({"case.yaml": "\n".join(lines)}))
    assert (problem.row, problem.found, problem.cure) == (
        1,
        "an anchor (&a0)",
        "Write out in full what a0 stands for.",
    )


BOW_TIE: dict[str, object] = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}


@pytest.mark.parametrize(
    ("content", "column", "words"),
    [
        ("{", "", "GeoJSON; found"),
        ('{"type": "FeatureCollection", "features": [', "", "it may be cut off"),
        ("[" * 100_000, "", "GeoJSON"),
        ("[1]", "type", "a FeatureCollection with features"),
        ('{"type": "Feature"}', "features[0].geometry", "Polygon or MultiPolygon; found nothing"),
        (
            collection(({"id": "FO-A"}, BOW_TIE)),
            "features[0].geometry",
            "does not cross itself; found Self-inter",
        ),
        (
            collection(({"id": "A"}, {"type": "Point", "coordinates": [0, 0]})),
            "features[0].geometry",
            "'Point'",
        ),
        (
            collection(({"id": "A"}, {"type": "Polygon", "coordinates": []})),
            "features[0].geometry",
            "no points",
        ),
        (collection(({"id": "A"}, {"type": "Polygon", "coordinates": "x"})), "features[0].geometry", "rings"),
        (collection(({"id": "A"}, square(4e5, 3e6, 1e4, 1e4))), "features[0].geometry", "EPSG:4326"),
        (collection(({"id": "A;B"}, square(0, 0))), "features[0].properties.id", "without any of +;?"),
        (
            collection(({"id": "A"}, square(0, 0)), ({"id": "A"}, square(1, 0))),
            "features[1].properties.id",
            "each id once; found 'A'. features[0] has it",
        ),
        (collection(({"CODE": "A"}, square(0, 0))), "properties", "an id in every feature; found CODE"),
        (
            collection(
                ({"id": "A", "name": "Al Xa"}, square(0, 0)), ({"id": "B", "name": "xa"}, square(1, 0))
            ),
            "",
            "a name that fits one place; found 'xa' for both A and B",
        ),
    ],
)
def test_wrong_places(case_folder: CaseFolder, content: str, column: str, words: str) -> None:
    found = mistakes(case_folder({"places.geojson": content}))
    named = [problem for problem in found if problem.file == "places.geojson"]
    assert any(problem.column == column and words in str(problem) for problem in named), found


def test_wrong_regions(case_folder: CaseFolder) -> None:
    content = collection(({"region": "stripe"}, square(0, 0)))
    found = mistakes(case_folder({"regions.geojson": content}))
    said = "\n".join(map(str, found))
    assert "features[0].properties.region: expected the id of a region; found 'stripe'" in said
    assert "expected a feature of region strip; found none" in said


def test_two_strata_that_claim_a_dyad(case_folder: CaseFolder) -> None:
    problem = the_mistake(
        case_folder({"case.yaml": CASE_YAML.replace(", dyads: [300, Rebel Front - Home Guard]", "")})
    )
    assert problem.column == "strata[1]"
    assert "Rebel Front - Home Guard (dyad 300) in rebels and militias" in problem.found
    assert "Put 300 under `dyads`" in problem.cure


def test_missing_files_are_named(case_folder: CaseFolder) -> None:
    found = mistakes(case_folder({"case.yaml": None, "places.geojson": None, "regions.geojson": None}))
    assert [problem.file for problem in found] == ["case.yaml", "places.geojson"]
    assert all("Put the file in the case folder" in problem.cure for problem in found)
    (problem,) = mistakes(case_folder({"regions.geojson": None}, "second"))
    assert problem.file == "regions.geojson"


def test_all_mistakes_of_a_folder_are_said_at_once(case_folder: CaseFolder) -> None:
    folder = case_folder(
        {
            "case.yaml": CASE_YAML.replace("horizon: 6", "horizon: 0"),
            "places.geojson": collection(({"id": "FO-A"}, BOW_TIE)),
            "totals.csv": TOTALS.replace("21", "-21"),
            "posture.csv": POSTURE.replace("1500", "x").replace("main,paper", "main,papers"),
            "observed.csv": changed("first", "soon"),
            "sources.csv": b"",
        }
    )
    found = mistakes(folder)
    files = {problem.file for problem in found}
    assert files == {
        "case.yaml",
        "places.geojson",
        "totals.csv",
        "posture.csv",
        "observed.csv",
        "sources.csv",
    }
    with pytest.raises(CaseError, match=rf"fourland has {len(found)} mistakes"):
        read_case(folder)


def test_no_such_case(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="expected a case folder; found nothing there"):
        read_case(tmp_path / "nowhere")
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(CaseError, match="found a file"):
        read_case(file)
    with pytest.raises(CaseError, match="Did you mean 'iraq'"):
        read_case("iraqq")
