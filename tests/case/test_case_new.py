"""A new case passes every check, and two edits make it whole."""

import shutil
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest

from vedette.case import check_case, find_country, new_case
from vedette.case.geography.countries import country_records
from vedette.case.geography.names import spelled
from vedette.errors import StorageError, UsageError
from vedette.files import scratch


def test_a_new_case_passes_check(tmp_path: Path) -> None:
    folder = new_case(tmp_path / "nigeria", "Nigeria")
    assert folder == tmp_path / "nigeria"
    checked = check_case(folder)
    case = checked.case
    assert (case.id, case.country.iso3, case.country.gw) == ("nigeria", "NGA", 475)
    assert case.places.ids == ("NGA",)
    assert [stratum.id for stratum in case.strata] == ["other"]
    assert {warning.file for warning in checked.warnings} == {"places.geojson", "events"}
    assert (folder / ".gitignore").read_text() == "events/\n.vedette/\n.vedette-*\n"
    assert (folder / ".gitattributes").read_text() == "changes.log merge=union\n"
    assert (folder / "README.md").read_text().startswith("# Nigeria\n")
    assert [path.name for path in tmp_path.iterdir()] == ["nigeria"]


@pytest.mark.parametrize(
    ("name", "country", "case_id"),
    [
        ("My Case (2)", "Côte d'Ivoire", "my-case-2"),
        ("état", "DR Congo", "etat"),
        ("صومال", "Somalia", "som"),
        ("42", "norway", "42"),
    ],
)
def test_odd_names_make_valid_cases(tmp_path: Path, name: str, country: str, case_id: str) -> None:
    case = check_case(new_case(tmp_path / name, country)).case
    assert (case.id, case.country) == (case_id, find_country(country))


def test_every_country_is_found_by_name_and_code() -> None:
    rows = pl.read_csv(files("vedette.case.geography").joinpath("countries.csv").read_bytes())
    assert rows.height > 190
    assert rows["iso3"].is_unique().all()
    assert rows["iso2"].is_unique().all()
    assert rows["gw"].drop_nulls().is_unique().all()
    assert set(rows.filter(pl.col("gw").is_null())["iso3"]) == {"PSE", "ESH", "VAT"}
    for name, iso2, iso3, gw in rows.select("name", "iso2", "iso3", "gw").iter_rows():
        assert (find_country(name).iso3, find_country(iso3).gw, find_country(iso2).iso3) == (iso3, gw, iso3)
        assert find_country(name.upper()).iso3 == iso3


def test_no_name_is_that_of_two_countries() -> None:
    names: dict[str, set[str]] = {}
    for record in country_records():
        for name in record.names:
            names.setdefault(spelled(name), set()).add(record.country.iso3)
    assert {name: isos for name, isos in names.items() if len(isos) > 1} == {}


def test_country_numbers_are_those_of_ucdp(shared: Path) -> None:
    sample = pl.read_csv(shared / "data/formats/ucdp_ged231_sample1000.csv", infer_schema=False)
    for name, number in sample.select("country", "country_id").unique().iter_rows():
        assert find_country(name).gw == int(float(number)), name


@pytest.mark.parametrize(
    ("spelling", "iso3"),
    [
        ("ivory coast", "CIV"),
        ("nga", "NGA"),
        ("Türkiye", "TUR"),
        ("Palestine", "PSE"),
        ("PSE", "PSE"),
        ("occupied Palestinian territory", "PSE"),
        ("Democratic Republic of Congo", "COD"),
        ("Congo, Democratic Republic of the", "COD"),
        ("DR Congo (Zaire)", "COD"),
        ("Republic of Congo", "COG"),
        ("eSwatini", "SWZ"),
        ("Kingdom of eSwatini (Swaziland)", "SWZ"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Iran, Islamic Republic of", "IRN"),
        ("Venezuela (Bolivarian Republic of)", "VEN"),
        ("Lao PDR", "LAO"),
        ("Korea, Republic of", "KOR"),
        ("Korea (Democratic People's Republic of)", "PRK"),
        ("Bosnia-Herzegovina", "BIH"),
        ("Yemen (Arab Republic of Yemen)", "YEM"),
        ("466", "MLI"),
        ("004", "AFG"),
        ("645", "IRQ"),
        ("180", "COD"),
        ("mli", "MLI"),
        ("ML", "MLI"),
    ],
)
def test_countries_by_any_usual_spelling(spelling: str, iso3: str) -> None:
    assert find_country(spelling).iso3 == iso3


def test_a_number_of_two_countries_names_both() -> None:
    with pytest.raises(UsageError, match="710 is Gleditsch-Ward of China and ISO 3166-1 of South Africa"):
        find_country("710")
    with pytest.raises(UsageError, match="no country has the number 999"):
        find_country("999")


def test_an_unknown_country_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no country is called 'Nigerai'. Did you mean 'nigeria'\?"):
        new_case(tmp_path / "x", "Nigerai")
    assert not (tmp_path / "x").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("mine")
    with pytest.raises(UsageError, match=r"holds files\. Name a folder that does not exist"):
        new_case(tmp_path, "Nigeria")
    with pytest.raises(UsageError, match="is a file"):
        new_case(kept, "Nigeria")
    assert kept.read_text() == "mine"
    empty = tmp_path / "empty"
    empty.mkdir()
    assert (new_case(empty, "Nigeria") / "case.yaml").is_file()


def test_nothing_is_left_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Path.write_text

    def full_disk(path: Path, text: str, encoding: str) -> int:
        if path.suffix == ".csv":
            raise OSError(28, "No space left on device")
        return write(path, text, encoding)

    monkeypatch.setattr(Path, "write_text", full_disk)
    with pytest.raises(StorageError, match="cannot be written: No space left on device"):
        new_case(tmp_path / "x", "Nigeria")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="Choose a folder that you may write to"):
        new_case(tmp_path / "file" / "x", "Nigeria")


def test_nigeria_takes_two_edits(tmp_path: Path, shared: Path) -> None:
    folder = new_case(tmp_path / "nigeria", "Nigeria")
    shutil.copyfile(shared / "data/nigeria/nga_adm1.geojson", folder / "places.geojson")
    yaml = folder / "case.yaml"
    strata = "strata:\n  - {id: jas, name: Boko Haram, actors: [1051]}\n"
    yaml.write_text(yaml.read_text().replace("strata: []\n", strata))
    case = check_case(folder).case
    assert len(case.places.ids) == 37
    assert case.places.names["NG-BO"] == "Borno"
    events = pl.read_csv(shared / "data/nigeria/ucdp_ged_nga_1990_2019_hdx.csv", infer_schema=False)[1:]
    names = events["adm_1"].drop_nulls().unique()
    assert [name for name in names if case.places.resolve(name) is None] == ["Gongola state"]
    assert case.stratum_of("640", "", "84", "Government of Nigeria", "1051", "JAS") == "jas"
    assert case.places.order().max() < 10
    assert case.places.order().min() == 0


def test_the_draft_of_a_living_run_is_not_touched_and_that_of_a_dead_one_is_removed(tmp_path: Path) -> None:
    dead = tmp_path / ".vedette-tmp-dead"
    with scratch(tmp_path) as living:
        (living / "z").touch()
        (dead / "y").mkdir(parents=True)
        (dead / "lock").touch()
        new_case(tmp_path / "x", "Nigeria")
        assert (living / "z").is_file()
        assert not dead.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
