"""From `vedette new` and one `vedette events load` to a right brief: no file edited, no alias written."""

import shutil
from pathlib import Path

import polars as pl
import pytest
from support.running import typed
from support.ucdp_spellings import BURKINA_FASO, MALI, NIGERIA, Province, ucdp_file
from test_docs_examples import OWN_CASE, follow, shared_file

from vedette.case import Case, read_case
from vedette.events import load, open_events


def loaded(tmp_path: Path, country: str, file: Path) -> tuple[Case, pl.DataFrame]:
    """A case made by `new` and one `load`, and its events with the area of each."""
    folder = tmp_path / "case"
    assert typed("new", str(folder), "--country", country).returncode == 0
    case = read_case(folder)
    load(case, [file])
    table = open_events(case).table("ucdp", None)
    names = table["place_name"].fill_null("").unique().to_list()
    areas = {name: case.places.resolve(name) if name else None for name in names}
    return case, table.with_columns(
        area=pl.col("place_name").fill_null("").replace_strict(areas, return_dtype=pl.String)
    )


@pytest.mark.parametrize(
    ("country", "number", "provinces"), [("Mali", 432, MALI), ("Burkina Faso", 439, BURKINA_FASO)]
)
def test_every_province_of_ucdp_is_an_area(
    tmp_path: Path, country: str, number: int, provinces: tuple[Province, ...]
) -> None:
    file = tmp_path / "ged.csv"
    file.write_text(ucdp_file(country, number, provinces, 2016, 2020, (900, "A group")), encoding="utf-8")
    case, events = loaded(tmp_path, country, file)
    assert events["area"].null_count() == 0
    assert events["area"].n_unique() == len(provinces) == len(case.places.ids)
    points = events.select("longitude", "latitude").to_numpy()
    assert case.places.locate(points) == events["area"].to_list()


def test_nigeria_without_an_alias(tmp_path: Path, shared: Path) -> None:
    """At least 98 % of the deaths carry the name of an area; precise points lie in the area of that name."""
    file = shared / "data/nigeria/ucdp_ged_nga_1990_2019_hdx.csv"
    case, events = loaded(tmp_path, "Nigeria", file)
    assert case.places.spellings.find("Gongola state") is None
    named = events.filter(pl.col("area").is_not_null())
    assert int(named["best"].sum()) > 0.98 * int(events["best"].sum())
    precise = named.filter(pl.col("place_precision") <= 2)
    at = case.places.locate(precise.select("longitude", "latitude").to_numpy())
    there = precise.filter(pl.Series(at) == precise["area"])
    assert int(there["best"].sum()) > 0.98 * int(precise["best"].sum())


def test_the_way_to_a_brief(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page "A case of your own", followed word by word; without the publisher's file on a small one."""

    def lay(given: str, _: str) -> None:
        target, source = given.split(": ")
        if shared_file(source).exists():
            shutil.copy(shared_file(source), target)
            return
        text = ucdp_file("Nigeria", 475, NIGERIA, 2008, 2019, (1051, "Jama'atu Ahlis Sunna"))
        Path(target).write_text(text, encoding="utf-8")

    follow(OWN_CASE, tmp_path, monkeypatch, lay)
    brief = (tmp_path / "desk/build/nigeria/brief.html").read_text(encoding="utf-8")
    for part in (
        "Offensive of 2015",
        "A foreign backer",
        "Most trainers leave",
        "Nigerian Army",
        "Natural Earth",
    ):
        assert part in brief, part
