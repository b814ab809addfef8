"""A new case has the areas of its country and examples of every row, and passes every check."""

from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest
from support.fourland import collection, square

from vedette.case import check_case, find_country, new_case, read_case, write_case
from vedette.case.geography.countries import country_records
from vedette.case.geography.names import spelled
from vedette.commands import add_source
from vedette.errors import CaseError, StorageError, UsageError
from vedette.files import scratch


def test_a_new_case_passes_check(tmp_path: Path) -> None:
    folder = new_case(tmp_path / "nigeria", "Nigeria")
    assert folder == tmp_path / "nigeria"
    checked = check_case(folder)
    case = checked.case
    assert (case.id, case.country.iso3, case.country.gw) == ("nigeria", "NGA", 475)
    assert (len(case.places.ids), case.places.names["NG-BO"], case.places.level) == (37, "Borno", 1)
    assert [stratum.id for stratum in case.strata] == ["other"]
    assert {warning.file for warning in checked.warnings} == {"events"}
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


@pytest.mark.parametrize(
    ("country", "areas", "name"),
    [("Mali", 9, "Gao region"), ("Burkina Faso", 13, "Hauts-Bassins region"), ("Fiji", 5, "Northern")],
)
def test_areas_are_those_of_the_country(tmp_path: Path, country: str, areas: int, name: str) -> None:
    checked = check_case(new_case(tmp_path / "x", country))
    assert len(checked.case.places.ids) == areas
    assert checked.case.places.resolve(name)
    assert {warning.file for warning in checked.warnings} == {"events"}
    assert checked.case.credits[0].licence == "public domain"


def test_a_country_without_areas_counts_by_country(tmp_path: Path) -> None:
    checked = check_case(new_case(tmp_path / "x", "Kosovo"))
    assert checked.case.places.ids == ("XKX",)
    assert {warning.file for warning in checked.warnings} == {"places.geojson", "events"}


DISTRICTS = collection(
    ({"ADM2_FR": "Ansongo", "ADM2_PCODE": "ML0701", "ADM1_FR": "Gao"}, square(0, 15)),
    ({"ADM2_FR": "Bourem", "ADM2_PCODE": "ML0702", "ADM1_FR": "Gao"}, square(-1, 16)),
)


def test_other_areas_are_taken_and_checked(tmp_path: Path) -> None:
    file = tmp_path / "cercles.geojson"
    file.write_text(DISTRICTS)
    case = read_case(new_case(tmp_path / "a", "Mali", areas=file))
    assert (case.places.ids, case.places.level) == (("ML0701", "ML0702"), 2)
    assert [credit.dataset for credit in case.credits] == ["ucdp"]
    file.write_text(collection(({"id": "a", "name": "Ansongo"}, square(0, 15))))
    assert read_case(new_case(tmp_path / "b", "Mali", areas=file, level=2)).places.level == 2


def test_areas_with_mistakes_are_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "areas.geojson"
    file.write_text(collection(({"ADM1_PCODE": "ML07"}, square(0, 15))))
    with pytest.raises(CaseError, match=r"make the case without --areas(?s:.*)names of areas") as caught:
        new_case(tmp_path / "x", "Mali", areas=file)
    assert caught.value.problems[0].file == str(file)
    with pytest.raises(StorageError, match=r"--areas: .*nowhere.* cannot be read"):
        new_case(tmp_path / "x", "Mali", areas=tmp_path / "nowhere")
    with pytest.raises(UsageError, match=r"of level 1\. Give your own with --areas FILE"):
        new_case(tmp_path / "x", "Mali", level=2)
    assert [path.name for path in tmp_path.iterdir()] == ["areas.geojson"]


def test_examples_are_comments_until_somebody_takes_the_sign_away(tmp_path: Path) -> None:
    folder = new_case(tmp_path / "x", "Mali")
    tables = sorted(path.name for path in folder.glob("*.csv"))
    assert tables == [
        *("actors.csv", "claims.csv", "forces.csv", "interventions.csv", "posture.csv"),
        *("retractions.csv", "sites.csv", "sources.csv", "timeline.csv"),
    ]
    empty = read_case(folder)
    assert empty.claims.height == empty.actors.height == empty.sites.height == 0
    for table in folder.glob("*.csv"):
        lines = table.read_text().splitlines()
        assert len(lines) > 1
        assert all(line.startswith("# ") for line in lines[1:])
        table.write_text("\n".join(line.removeprefix("# ") for line in lines) + "\n")
    case = read_case(folder)
    assert (case.claims.height, case.forces.height, case.interventions.height) == (2, 1, 1)


def test_comments_are_kept_when_a_row_is_added_and_left_out_of_copies(tmp_path: Path) -> None:
    folder = new_case(tmp_path / "x", "Mali")
    add_source(str(folder), {"id": "paper", "title": "A paper", "date": "2020"})
    text = (folder / "sources.csv").read_text()
    assert "# report-2024" in text
    assert read_case(folder).sources["id"].to_list() == ["paper"]
    copy = write_case(read_case(folder), tmp_path / "copy")
    assert "report-2024" not in (copy / "sources.csv").read_text()
    assert "paper" in (copy / "sources.csv").read_text()


def test_a_spreadsheet_may_add_commas_and_quotes_to_comments(tmp_path: Path) -> None:
    folder = new_case(tmp_path / "x", "Mali")
    saved = '\ufeffid,title,date,url\r\n"# note, mine",,,\r\n# other\r\na,A,2020,\r\n'
    (folder / "sources.csv").write_text(saved, encoding="utf-8")
    assert read_case(folder).sources["id"].to_list() == ["a"]


def test_a_number_sign_without_a_blank_is_no_comment(tmp_path: Path) -> None:
    folder = new_case(tmp_path / "x", "Mali")
    (folder / "sources.csv").write_text("id,title\n#1,Report number 1\n")
    assert read_case(folder).sources["id"].to_list() == ["#1"]


def test_nigeria_resolves_all_names_of_its_file_but_one(tmp_path: Path, shared: Path) -> None:
    folder = new_case(tmp_path / "nigeria", "Nigeria")
    yaml = folder / "case.yaml"
    strata = "strata:\n  - {id: jas, name: Boko Haram, actors: [1051]}\n"
    yaml.write_text(yaml.read_text().replace("strata: []\n", strata))
    case = check_case(folder).case
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
