"""Polygons of places.geojson in odd but common forms: read, or refused with the true cause and a cure."""

import copy
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import shapely
from support.fourland import CaseFolder, collection, square

from vedette.case import Places, check_case, new_case, read_case
from vedette.case.geography.read_places import read_places
from vedette.case.schema.settings import read_settings
from vedette.errors import CaseError, Problem

NAMED: Mapping[str, object] = {"id": "FJ-N", "name": "Northern"}


def case_of(tmp_path: Path, content: str, country: str = "Iraq", yaml: str = "") -> Path:
    folder = new_case(tmp_path / f"case-{len(list(tmp_path.iterdir()))}", country)
    (folder / "places.geojson").write_text(content, encoding="utf-8")
    settings = folder / "case.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + yaml, encoding="utf-8")
    return folder


def places_of(tmp_path: Path, content: str, country: str = "Iraq", yaml: str = "") -> Places:
    return read_case(case_of(tmp_path, content, country, yaml)).places


def the_mistake(tmp_path: Path, content: str, country: str = "Iraq") -> Problem:
    with pytest.raises(CaseError) as caught:
        places_of(tmp_path, content, country)
    (problem,) = caught.value.problems
    return problem


def feature(properties: Mapping[str, object], geometry: Mapping[str, object]) -> dict[str, object]:
    return {"type": "Feature", "properties": dict(properties), "geometry": dict(geometry)}


TWO = [
    feature({"id": "IQ-BG", "name": "Baghdad"}, square(44, 33)),
    feature({"id": "IQ-DI", "name": "Diyala"}, square(45, 33)),
]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"type": "FeatureCollection", "features": TWO}),
        json.dumps({"type": "FeatureCollection", "features": TWO}, indent=2),
        json.dumps(TWO),
        "\n".join(map(json.dumps, TWO)),
        "\n".join(map(json.dumps, TWO)) + "\n\n",
        "".join(f"\x1e{json.dumps(item)}\n" for item in TWO),
        "\n".join(json.dumps({"type": "FeatureCollection", "features": [item]}) for item in TWO),
        json.dumps(
            {
                "type": "FeatureCollection",
                "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
                "features": TWO,
            }
        ),
        json.dumps(
            {"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:4326"}}, "features": TWO}
        ),
        json.dumps({"type": "FeatureCollection", "crs": None, "features": TWO}),
    ],
    ids=["one", "indented", "list", "lines", "blanks", "sequence", "collections", "CRS84", "4326", "null"],
)
def test_forms_of_geojson(tmp_path: Path, text: str) -> None:
    places = places_of(tmp_path, text)
    assert places.names == {"IQ-BG": "Baghdad", "IQ-DI": "Diyala"}
    assert places.at(33.5, 44.5) == "IQ-BG"


def test_one_feature_alone(tmp_path: Path) -> None:
    assert places_of(tmp_path, json.dumps(TWO[0])).ids == ("IQ-BG",)


def test_a_geometry_collection_is_its_areas(tmp_path: Path) -> None:
    parts = [square(44, 33), {"type": "Point", "coordinates": [44, 33]}, square(46, 33)]
    geometry = {"type": "GeometryCollection", "geometries": parts}
    places = places_of(tmp_path, json.dumps(feature({"id": "a", "name": "Both"}, geometry)))
    assert [places.at(33.5, 44.5), places.at(33.5, 46.5), places.at(33.5, 45.5)] == ["a", "a", None]


def test_heights_are_left_out(tmp_path: Path) -> None:
    ring = [[44, 33, 7], [45, 33, 7], [45, 34, 7], [44, 34, 7], [44, 33, 7]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    assert places_of(tmp_path, json.dumps(feature(NAMED, geometry))).at(33.5, 44.5) == "FJ-N"


@pytest.mark.parametrize(
    ("content", "column", "found", "cure"),
    [
        ({"type": "Topology", "objects": {}, "arcs": []}, "", "TopoJSON", "GeoJSON"),
        ({"geometryType": "esriGeometryPolygon", "features": []}, "", "Esri JSON", "GeoJSON"),
        (
            {"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:32638"}}, "features": TWO},
            "crs",
            "EPSG:32638",
            "EPSG:4326",
        ),
        (
            {
                "type": "FeatureCollection",
                "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}},
                "features": TWO,
            },
            "crs",
            "3857",
            "EPSG:4326",
        ),
        (
            feature(NAMED, square(4.9e6, 3.9e6, 1e5, 1e5)),
            "features[0].geometry",
            "metres of a projection",
            "EPSG:4326",
        ),
        (
            feature(NAMED, square(33, 95)),
            "features[0].geometry",
            "latitude first",
            "latitude_first: true",
        ),
        (
            feature(NAMED, {"type": "GeometryCollection", "geometries": []}),
            "features[0].geometry",
            "'GeometryCollection'",
            "Draw it as an area",
        ),
        (square(44, 33), "properties", "no properties", "holds ids"),
    ],
)
def test_what_cannot_be_read_is_named(
    tmp_path: Path, content: object, column: str, found: str, cure: str
) -> None:
    problem = the_mistake(tmp_path, json.dumps(content))
    assert problem.column == column
    assert found in problem.found
    assert cure in problem.cure


def test_a_cut_off_file_of_lines(tmp_path: Path) -> None:
    problem = the_mistake(tmp_path, "\n".join(map(json.dumps, TWO))[:-20])
    assert "may be cut off" in problem.cure


SWAPPED = collection(
    ({"id": "IQ-BG", "name": "Baghdad"}, square(33, 44)), ({"id": "IQ-DI", "name": "Diyala"}, square(33, 45))
)


def test_swapped_areas_are_named_and_the_cure_works(tmp_path: Path) -> None:
    problem = the_mistake(tmp_path, SWAPPED)
    assert "areas in Iraq, longitude before latitude" in problem.expected
    assert "polygons in 33..34 east, 44..46 north; with the two swapped" in problem.found
    cure = problem.cure.split("`")[1]
    places = places_of(tmp_path, SWAPPED, yaml=f"\n{cure}\n")
    assert places.at(33.5, 44.5) == "IQ-BG"


def test_swapped_areas_of_a_country_on_the_diagonal(tmp_path: Path) -> None:
    """Nigeria's longitudes and latitudes overlap: its swapped areas lie half in the country."""
    areas = [(3, 5), (3, 12), (14, 5), (13.5, 12.8)]
    turned = [
        ({"id": f"P{i}", "name": f"Part {i}"}, square(lat, lon, 1, 1)) for i, (lon, lat) in enumerate(areas)
    ]
    right = [
        ({"id": f"P{i}", "name": f"Part {i}"}, square(lon, lat, 1, 1)) for i, (lon, lat) in enumerate(areas)
    ]
    assert places_of(tmp_path, collection(*_objects(right)), "Nigeria").at(12.9, 14) == "P3"
    assert "with the two swapped" in the_mistake(tmp_path, collection(*_objects(turned)), "Nigeria").found


def _objects(
    areas: list[tuple[dict[str, str], dict[str, object]]],
) -> list[tuple[dict[str, object], dict[str, object]]]:
    return [(dict(properties), geometry) for properties, geometry in areas]


def test_swapped_areas_of_the_field(tmp_path: Path, shared: Path) -> None:
    folder = case_of(tmp_path, "{}")
    shutil.copyfile(shared / "field/F13/places.geojson", folder / "places.geojson")
    with pytest.raises(CaseError, match="areas in Iraq, longitude before latitude"):
        read_case(folder)


def test_areas_of_another_country_are_a_warning(tmp_path: Path) -> None:
    content = collection(
        ({"id": "IQ-BG", "name": "Baghdad"}, square(44, 33)), ({"id": "X", "name": "Far"}, square(10, 50))
    )
    (warning,) = [w for w in check_case(case_of(tmp_path, content)).warnings if w.column == "geometry"]
    assert warning.expected == "areas in Iraq"
    assert warning.found == "1 area elsewhere (X), in 10..11 east, 50..51 north"


def test_one_area_on_top_of_another(tmp_path: Path) -> None:
    content = collection(
        ({"id": "A", "name": "Alfa"}, square(44, 33)), ({"id": "B", "name": "Bravo"}, square(44.1, 33))
    )
    problem = the_mistake(tmp_path, content)
    assert (problem.expected, problem.found) == (
        "areas that lie side by side",
        "B and A on top of each other (90% of B)",
    )


def test_a_province_and_all_its_districts_in_one_file(tmp_path: Path) -> None:
    content = collection(
        ({"id": "A", "name": "Alfa"}, square(44, 33, 2, 1)),
        ({"id": "A1", "name": "West"}, square(44, 33)),
        ({"id": "A2", "name": "East"}, square(45, 33)),
    )
    assert "keep one" in the_mistake(tmp_path, content).cure


def test_an_enclave_is_cut_out_of_the_area_around_it(tmp_path: Path) -> None:
    content = collection(
        ({"id": "UA-32", "name": "Kyiv oblast"}, square(30, 49, 3, 3)),
        ({"id": "UA-30", "name": "Kyiv city"}, square(31, 50, 0.5, 0.5)),
    )
    places = places_of(tmp_path, content, "Ukraine")
    assert [places.at(50.2, 31.2), places.at(49.5, 31.2)] == ["UA-30", "UA-32"]
    assert places.geometry["UA-32"].area == pytest.approx(9 - 0.25)


def test_a_part_of_an_area_on_another_is_a_warning(tmp_path: Path) -> None:
    content = collection(
        ({"id": "A", "name": "Alfa"}, square(44, 33)),
        ({"id": "B", "name": "Bravo"}, square(44.9, 33)),
        ({"id": "C", "name": "Charlie"}, square(45.88, 33)),
    )
    checked = check_case(case_of(tmp_path, content))
    (warning,) = [warning for warning in checked.warnings if warning.column == "geometry"]
    assert warning.found == "overlaps: B and A (10% of B)"
    assert checked.case.places.at(33.5, 44.95) == "A"


def test_a_ring_that_touches_itself_is_repaired(tmp_path: Path) -> None:
    ring = [[44, 33], [45, 33], [45, 34], [45, 34.5], [45, 34], [44, 34], [44, 33]]
    places = places_of(tmp_path, json.dumps(feature(NAMED, {"type": "Polygon", "coordinates": [ring]})))
    assert places.geometry["FJ-N"].is_valid
    assert places.geometry["FJ-N"].area == pytest.approx(1.0)


def test_an_hourglass_is_refused(tmp_path: Path) -> None:
    ring = [[44, 33], [45, 34], [45, 33], [44, 34], [44, 33]]
    problem = the_mistake(tmp_path, json.dumps(feature(NAMED, {"type": "Polygon", "coordinates": [ring]})))
    assert "Self-intersection" in problem.found


FIJI = [
    square(178.5, -17, 3.0, 1.0),
    square(-181.5, -17, 3.0, 1.0),
    {
        "type": "Polygon",
        "coordinates": [[[178.5, -17], [-178.5, -17], [-178.5, -16], [178.5, -16], [178.5, -17]]],
    },
    {"type": "MultiPolygon", "coordinates": [square(178.5, -17, 3.0, 1.0)["coordinates"]]},
]


@pytest.mark.parametrize("geometry", FIJI, ids=["past 180", "past -180", "jump", "parts"])
def test_polygons_over_the_antimeridian_are_cut_there(tmp_path: Path, geometry: dict[str, object]) -> None:
    places = places_of(tmp_path, json.dumps(feature(NAMED, geometry)), "Fiji")
    polygon = places.geometry["FJ-N"]
    assert polygon.area == pytest.approx(3.0)
    assert polygon.bounds == (-180, -17, 180, -16)
    assert [places.at(-16.5, 179), places.at(-16.5, -179), places.at(-16.5, 0)] == ["FJ-N", "FJ-N", None]


def test_a_hole_on_the_antimeridian(tmp_path: Path) -> None:
    shell = [[178, -18], [182, -18], [182, -14], [178, -14], [178, -18]]
    hole = [[-179.5, -17], [-179.5, -16], [179.5, -16], [179.5, -17], [-179.5, -17]]
    content = json.dumps(feature(NAMED, {"type": "Polygon", "coordinates": [shell, hole]}))
    places = places_of(tmp_path, content, "Fiji")
    assert places.geometry["FJ-N"].area == pytest.approx(15.0)
    assert places.at(-16.5, 180) is None


def test_the_world_itself_is_not_cut(tmp_path: Path) -> None:
    content = json.dumps(feature(NAMED, square(-180, -90, 360, 180)))
    assert shapely.equals(
        places_of(tmp_path, content, "Fiji").geometry["FJ-N"], shapely.box(-180, -90, 180, 90)
    )


@pytest.mark.parametrize("file", ["fiji_over_180.geojson", "fiji_split.geojson"])
def test_fiji_of_the_field(tmp_path: Path, shared: Path, file: str) -> None:
    folder = case_of(tmp_path, "{}", "Fiji")
    shutil.copyfile(shared / "field/F25" / file, folder / "places.geojson")
    places = read_case(folder).places
    assert places.at(-16.5, 179) == places.at(-16.5, -179) == "FJ-N"
    assert {places.at(-16.5, 178), places.at(-17.5, 178)} == {"FJ-W", None}


def test_drawn_regions_are_read_alike(case_folder: CaseFolder) -> None:
    strip = feature({"region": "strip"}, square(0, 0.4, 1.0, 0.2))
    case = read_case(case_folder({"regions.geojson": json.dumps(strip)}))
    assert case.regions[0].polygon is not None


ODD: tuple[object, ...] = ({}, {"a": []}, [], [[]], 1, 1.5, "x", "", None, True)


def parts_of(value: object, path: tuple[int | str, ...] = ()) -> Iterator[tuple[int | str, ...]]:
    """The way to every part of a JSON value."""
    yield path
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from parts_of(value[key], (*path, key))  # type: ignore[index]


def replaced(value: object, path: tuple[int | str, ...], by: object) -> object:
    if not path:
        return by
    changed = copy.copy(value)
    changed[path[0]] = replaced(value[path[0]], path[1:], by)  # type: ignore[index]
    return changed


def test_any_part_of_another_type_is_a_mistake_or_does_no_harm(case_folder: CaseFolder) -> None:
    folder = case_folder()
    settings, _ = read_settings(folder)
    assert settings is not None
    whole = json.loads(collection(({"id": "A", "name": "Alfa"}, square(0, 0))))
    gathered = {"type": "GeometryCollection", "geometries": [square(3, 0)]}
    beta = {"type": "Feature", "properties": {"id": "B", "name": "Beta"}, "geometry": gathered}
    whole["features"].append(beta)
    whole["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    for path in parts_of(whole):
        for odd in ODD:
            (folder / "places.geojson").write_text(json.dumps(replaced(whole, path, odd)))
            places, problems = read_places(folder, settings)
            assert places is not None or problems, (path, odd)
