"""GDELT events, 2.0 and 1.0, which come without a header."""

from datetime import date
from pathlib import Path

import pytest
from support.event_files import gdelt, write

from vedette.case import Case
from vedette.errors import EventsError
from vedette.events import load, open_events


@pytest.mark.parametrize(
    ("file", "layout", "urls"),
    [
        ("gdelt1_events_mixed.csv", "GDELT 1.0 events", 60),
        ("gdelt2_events_20150218.csv", "GDELT 2.0 events", 100),
        ("gdelt2_events_20200318.csv", "GDELT 2.0 events", 100),
    ],
)
def test_the_real_files_are_read_whole(case: Case, shared: Path, file: str, layout: str, urls: int) -> None:
    path = shared / "data/formats" / file
    (loaded,) = load(case, [path]).files
    assert (loaded.dataset, loaded.layout, loaded.events, loaded.release) == ("gdelt", layout, 100, "")
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    table = open_events(case).table("gdelt", None).sort("row")
    assert table["source_id"].to_list() == [line[0] for line in lines]
    assert [day.strftime("%Y%m%d") for day in table["date_start"]] == [line[1] for line in lines]
    assert table["type"].to_list() == [f"cameo-{line[28]}" for line in lines]
    assert table["source_name"].count() == urls
    assert table["row"].to_list() == list(range(1, 101))


def test_three_files_add_up_and_none_replaces_another(case: Case, shared: Path) -> None:
    load(case, sorted((shared / "data/formats").glob("gdelt?_events_*.csv")))
    assert open_events(case).table("gdelt", None).height == 300


@pytest.mark.parametrize("width", [61, 58, 57])
def test_an_event_by_hand(case: Case, tmp_path: Path, width: int) -> None:
    load(case, [write(tmp_path, "20130504.export.CSV", gdelt(width))])
    (event,) = open_events(case).table("gdelt", None).to_dicts()
    assert (event["source_id"], event["date_start"]) == ("7", date(2013, 5, 3))
    assert (event["place_name"], event["country"], event["place_precision"]) == ("Alfa", "Fourland", 2)
    assert (event["latitude"], event["longitude"]) == (0.5, 0.25)
    assert (event["side_a_id"], event["side_a"], event["dyad"]) == ("REB", "REBEL", "REBEL - ARMY")
    assert (event["type"], event["source_date"]) == ("cameo-19", "2013-05-04")
    assert (event["low"], event["best"], event["high"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("kind", "name", "place", "country", "precision"),
    [
        (0, "", None, "", 6),
        ("", "", None, "", 6),
        (1, "Fourland", None, "Fourland", 6),
        (5, "Alfa, Fourland", "Alfa", "Fourland", 4),
        (4, "Alfatown, Fourland", None, "Fourland", 2),
        (2, "Texas, United States", "Texas", "United States", 4),
    ],
)
def test_places_by_their_kind(
    case: Case, tmp_path: Path, kind: object, name: str, place: str | None, country: str, precision: int
) -> None:
    load(case, [write(tmp_path, "a.csv", gdelt(61, at_51=kind, at_52=name))])
    (event,) = open_events(case).table("gdelt", None).to_dicts()
    assert (event["place_name"], event["country"], event["place_precision"]) == (place, country, precision)


def test_quotes_are_plain_signs(case: Case, tmp_path: Path) -> None:
    content = gdelt(61) + gdelt(61, at_0=8, at_6='"REBEL') + gdelt(61, at_0=9, at_6='REB"EL')
    load(case, [write(tmp_path, "a.csv", content)])
    assert open_events(case).table("gdelt", None)["side_a"].to_list() == ["REBEL", '"REBEL', 'REB"EL']


def test_a_line_cut_short_is_found(case: Case, tmp_path: Path) -> None:
    content = gdelt(58) + gdelt(57, at_0=8) + "\t".join(gdelt(58, at_0=9).split("\t")[:40])
    with pytest.raises(
        EventsError, match=r"a.csv, row 3, column dateadded: expected a day of adding .* found an empty cell"
    ):
        load(case, [write(tmp_path, "a.csv", content)])


def test_mentions_are_no_events(case: Case, shared: Path) -> None:
    with pytest.raises(EventsError, match=r"gdelt2_mentions.csv is of no layout that vedette knows"):
        load(case, [shared / "data/formats/gdelt2_mentions.csv"])
