"""Places: spellings, points, neighbours."""

from itertools import pairwise, product

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from support.fourland import CASE_YAML, CaseFolder, collection, square

from vedette.case import Places, read_case
from vedette.case.geography import borders
from vedette.case.geography.names import fold


def places_of(*polygons: shapely.Polygon) -> Places:
    ids = tuple(f"P{index}" for index in range(len(polygons)))
    return Places(ids, dict(zip(ids, ids, strict=True)), dict(zip(ids, polygons, strict=True)))


def pairs(adjacency: NDArray[np.bool_]) -> set[tuple[int, int]]:
    assert (adjacency == adjacency.T).all()
    assert not adjacency.diagonal().any()
    return {(int(one), int(other)) for one, other in np.argwhere(adjacency) if one < other}


@pytest.mark.parametrize(
    ("spelling", "same"),
    [
        ("Şalāḩ ad Dīn province", "Salah Al-Din"),
        ("Al Başrah  province", "Al-Basrah"),
        ("An Najaf province", "Najaf"),
        ("As Sulaymānīyah province", "al-SULAYMANIYAH"),
        ("Karbalā’ province", "Karbala"),
        ("At-Ta'mim province", "Tamim"),
        ("Borno state", "Borno"),
        ("Nassarawa", "Nasarawa state"),
        ("Federal Capital territory", "Federal Capital Territory"),
        ("Muḩāfaz̧at Nīnawá", "Ninawa"),
        ("Đakovica", "Dakovica"),
        ("الأنبار", "الأَنبار"),
    ],
)
def test_spellings_fold_to_one_form(spelling: str, same: str) -> None:
    assert fold(spelling) == fold(same)


@pytest.mark.parametrize(("one", "other"), [("Niger", "Nigeria"), ("Oyo", "Osun"), ("State", "Province")])
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other) != ""


@given(st.text())
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_resolving_names(case_folder: CaseFolder) -> None:
    places = read_case(case_folder()).places
    assert [places.resolve(name) for name in ("FO-A", "Al Alfa", "ālfa province", "OLD-ALFA")] == ["FO-A"] * 4
    assert places.resolve("Echo") is None
    assert places.resolve("") is None


def test_any_name_lies_in_a_country_without_polygons() -> None:
    places = Places(("NGA",), {"NGA": "Nigeria"}, {})
    assert places.resolve("Borno state") == "NGA"
    assert places.at(10, 10) is None
    assert places.adjacency().tolist() == [[False]]
    assert places.geojson()["features"][0]["geometry"] is None


def test_points(case_folder: CaseFolder) -> None:
    places = read_case(case_folder()).places
    assert places.at(latitude=0.2, longitude=1.7) == "FO-B"
    assert places.at(latitude=1.7, longitude=0.2) == "FO-C"
    assert places.at(latitude=-0.02, longitude=0.5) == "FO-A"
    assert places.at(latitude=-0.04, longitude=0.5) is None
    points = np.array([[1.0, 1.0], [np.nan, 0.5], [0.5, 0.5], [90.0, 90.0]])
    assert places.locate(points) == ["FO-A", None, "FO-A", None]
    assert places.locate(np.empty((0, 2))) == []


def test_locating_agrees_with_looking_at_each_polygon() -> None:
    rng = np.random.default_rng(7)
    polygons = [shapely.Point(*rng.uniform(0, 10, 2)).buffer(rng.uniform(0.5, 2)) for _ in range(12)]
    places = places_of(*polygons)
    points = rng.uniform(-1, 11, (400, 2))
    distances = [[polygon.distance(shapely.Point(point)) for polygon in polygons] for point in points]
    nearest = [int(np.argmin(row)) for row in distances]
    near = [row[index] <= borders.SLOPPY for row, index in zip(distances, nearest, strict=True)]
    expected = [f"P{index}" if close else None for index, close in zip(nearest, near, strict=True)]
    assert places.locate(points) == expected
    assert {None} < set(expected)


def test_squares_share_borders_but_not_corners(case_folder: CaseFolder) -> None:
    places = read_case(case_folder()).places
    assert pairs(places.adjacency()) == {(0, 1), (0, 2), (1, 3), (2, 3)}
    assert places.order().tolist() == [[0, 1, 1, 2], [1, 0, 2, 1], [1, 2, 0, 1], [2, 1, 1, 0]]


@pytest.mark.parametrize("gap", [-0.025, -0.01, 0.0, 0.01, 0.025])
def test_small_gaps_and_overlaps_count_as_a_line(gap: float) -> None:
    left, right = shapely.box(0, 0, 1, 1), shapely.box(1 + gap, 0, 2, 1)
    corner, far = shapely.box(1 + gap, 1 + gap, 2, 2), shapely.box(1.1, -2, 2, -1)
    adjacency = places_of(left, right, corner, far).adjacency()
    assert pairs(adjacency) == {(0, 1), (1, 2)}


def test_gaps_wider_than_the_tolerance_part_areas() -> None:
    assert not places_of(shapely.box(0, 0, 1, 1), shapely.box(1.05, 0, 2, 1)).adjacency().any()


def test_small_areas_have_a_small_tolerance() -> None:
    side = 0.02
    row = [shapely.box(index * side, 0, (index + 1) * side, side) for index in range(4)]
    adjacency = places_of(*row).adjacency()
    assert pairs(adjacency) == set(pairwise(range(4)))


def test_a_short_but_exact_border_counts() -> None:
    left, right = shapely.box(0, 0, 1, 1), shapely.box(1, 0.95, 2, 2)
    assert places_of(left, right).adjacency()[0, 1]


def test_order_of_neighbourhood_agrees_with_plain_shortest_paths() -> None:
    rng = np.random.default_rng(3)
    for _ in range(20):
        size = int(rng.integers(1, 12))
        half = np.triu(rng.random((size, size)) < 0.25, 1)
        adjacency = half | half.T
        steps = np.where(adjacency, 1.0, np.inf)
        np.fill_diagonal(steps, 0)
        for via, one, other in product(range(size), repeat=3):
            steps[one, other] = min(steps[one, other], steps[one, via] + steps[via, other])
        expected = np.where(np.isinf(steps), -1, steps)
        assert (borders.order(adjacency) == expected).all()


def test_geojson_gives_the_polygons_back(case_folder: CaseFolder) -> None:
    places = read_case(case_folder()).places
    features = places.geojson()["features"]
    assert [feature["properties"] for feature in features][1] == {"id": "FO-B", "name": "Bravo"}
    assert shapely.geometry.shape(features[1]["geometry"]).equals(places.geometry["FO-B"])


def test_answers_cannot_be_changed_from_outside(case_folder: CaseFolder) -> None:
    places = read_case(case_folder()).places
    places.adjacency()[:] = True
    assert not places.adjacency().all()


@pytest.mark.parametrize(
    ("properties", "setting", "level"),
    [
        ({"id": "a", "name": "Alfa"}, "", 1),
        ({"iso_3166_2": "FO-A", "name": "Alfa"}, "", 1),
        ({"ADM1_PCODE": "F1", "ADM1_EN": "Alfa"}, "", 1),
        ({"ADM2_PCODE": "F101", "ADM2_EN": "Alfa"}, "", 2),
        ({"adm2_pcode": "F101", "adm2_name": "Alfa"}, "", 2),
        ({"GID_2": "FOU.1.1_1", "NAME_2": "Alfa"}, "", 2),
        ({"id": "a", "name": "Alfa", "shapeType": "ADM2"}, "", 2),
        ({"id": "a", "ADM3_FR": "Alfa"}, ", name: ADM3_FR", 3),
        ({"id": "a", "name": "Alfa"}, ", level: 2", 2),
        ({"ADM2_PCODE": "F101", "ADM2_EN": "Alfa"}, ", id: ADM2_PCODE, level: 1", 1),
    ],
)
def test_the_level_of_areas(
    case_folder: CaseFolder, properties: dict[str, object], setting: str, level: int
) -> None:
    places = collection((properties, square(0, 0)))
    yaml = CASE_YAML.split("aliases:")[0] + "strata: []\nevents: {dataset: ucdp}\n"
    yaml += f"places: {{{setting.lstrip(', ')}}}\n" if setting else ""
    folder = case_folder(
        {"places.geojson": places, "case.yaml": yaml, "sites.csv": None, "observed.csv": None}
    )
    assert read_case(folder).places.level == level
