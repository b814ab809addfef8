"""Names of areas in the languages of the data, and words for a kind of area that keep two areas apart."""

import shutil
from pathlib import Path

import pytest
from support.fourland import CASE_YAML, CaseFolder, collection, square

from vedette.case import Places, check_case, read_case
from vedette.case.geography.names import fold, spelled

BARE = CASE_YAML.split("aliases:")[0] + "strata: []\nevents: {dataset: ucdp}\n"


def case_of(case_folder: CaseFolder, *names: str, yaml: str = "") -> Path:
    properties: list[dict[str, object]] = [{"id": f"P{i}", "name": name} for i, name in enumerate(names)]
    areas = collection(*((area, square(index, 0)) for index, area in enumerate(properties)))
    changes = {"places.geojson": areas, "case.yaml": BARE + yaml, "sites.csv": None, "observed.csv": None}
    return case_folder(changes)


def places_of(case_folder: CaseFolder, *names: str, yaml: str = "") -> Places:
    return read_case(case_of(case_folder, *names, yaml=yaml)).places


@pytest.mark.parametrize(
    ("spelling", "same"),
    [
        ("Gao region", "Gao"),
        ("Région de Gao", "gao"),
        ("Région d’Agadez", "Agadez region"),
        ("Région de l'Est", "Est"),
        ("Donetsk oblast", "Donetsk"),
        ("Donets'k oblast", "Donetsk Oblast'"),
        ("Донецкая область", "Донецкая"),
        ("Краснодарский край", "краснодарский"),
        ("Kotido district", "Kotido District"),
        ("Turkana county", "Turkana"),
        ("Département du Littoral", "Littoral department"),
        ("Cercle de Ménaka", "Menaka"),
        ("Commune rurale de Gao", "rurale Gao"),
        ("Wilaya de Tamanrasset", "Tamanrasset province"),
        ("Estado de México", "México state"),
        ("Departamento de La Paz", "La Paz"),
        ("Departamento del Cauca", "Cauca department"),
        ("Cox's Bazar zila", "Coxs Bazar"),
        ("Van ili", "Van vilayeti"),
        ("Muḩāfaz̧at al Anbār", "Anbar governorate"),
        ("Tibet autonomous region", "Tibet"),
        ("Dagestan republic", "Respublika Dagestan"),
        ("Středočeský kraj", "Stredocesky"),
        ("Provinsi Papua", "Papua province"),
        ("Mkoa wa Tanga", "wa Tanga region"),
        ("Gobolka Bay", "Bay region"),
        ("محافظة الأنبار", "الانبار"),
        ("استان کرمانشاه", "كرمانشاه"),
        ("محافظة نينوى", "نینوی"),
        ("پارێزگای سلێمانی", "سليماني"),
        ("ولایت هرات", "هرات"),
    ],
)
def test_words_for_kinds_of_areas_make_no_difference(spelling: str, same: str) -> None:
    assert fold(spelling) == fold(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kyiv city", "Kyiv oblast"),
        ("Niger", "Nigeria"),
        ("Santander", "Norte de Santander"),
        ("Est", "Ouest"),
    ],
)
def test_what_tells_areas_apart_is_kept(one: str, other: str) -> None:
    assert fold(one) != fold(other)
    assert spelled(one) != spelled(other)


def test_local_words_of_the_field(case_folder: CaseFolder, shared: Path) -> None:
    folder = case_of(case_folder, "x")
    shutil.copyfile(shared / "field/F03/places.geojson", folder / "places.geojson")
    places = read_case(folder).places
    names = ("Gao region", "Donetsk oblast", "Kyiv city")
    assert [places.resolve(name) for name in names] == ["P0", "P1", None]


def test_areas_that_differ_in_the_kind_alone_keep_it(case_folder: CaseFolder) -> None:
    folder = case_of(case_folder, "Perm krai", "Perm oblast", "Tver oblast")
    checked = check_case(folder)
    places = checked.case.places
    said = ("Perm krai", "PERM OBLAST", "Perm", "Perm region", "Tver", "Tver region")
    assert [places.resolve(name) for name in said] == ["P0", "P1", None, None, "P2", "P2"]
    (warning,) = [problem for problem in checked.warnings if problem.file == "places.geojson"]
    assert "2 areas called 'Perm krai' (P0 Perm krai, P1 Perm oblast)" in warning.found
    assert "matches none of them" in warning.cure


def test_the_cure_for_a_shared_name_works(case_folder: CaseFolder) -> None:
    yaml = "aliases:\n  P1: [Perm]\n"
    places = places_of(case_folder, "Perm krai", "Perm oblast", yaml=yaml)
    assert [places.resolve(name) for name in ("Perm", "Perm krai")] == ["P1", "P0"]


def test_a_name_that_is_the_whole_name_of_one_area_is_that_area(case_folder: CaseFolder) -> None:
    places = places_of(case_folder, "Kirkuk", "Kirkuk district")
    said = ("Kirkuk", "Kirkuk district", "Kirkuk governorate")
    assert [places.resolve(name) for name in said] == ["P0", "P1", None]
