"""ACLED exports of today and of earlier years."""

from datetime import date
from pathlib import Path

import pytest
from support.event_files import ACLED_COLUMNS, acled, write

from vedette.case import Case
from vedette.events import load, open_events

OLD = [
    name
    for name in ACLED_COLUMNS
    if name
    not in (
        "disorder_type",
        "civilian_targeting",
        "tags",
        "sub_event_type",
        "source_scale",
        "admin3",
        "timestamp",
    )
]


def first(case: Case, folder: Path, content: str) -> dict[str, object]:
    """The first event of a file."""
    load(case, [write(folder, "a.csv", content)])
    return open_events(case).table("acled", None).row(0, named=True)


WRITTEN = {
    "31 columns": acled({}),
    "labels": acled(
        {"inter1": "Rebel group", "inter2": "State forces", "interaction": "State forces-Rebel group"}
    ),
    "semicolons": acled({}, delimiter=";"),
    "fewer columns": acled({}, columns=OLD),
    "other order": acled({}, columns=["notes", *reversed([c for c in OLD if c != "notes"])]),
    "capitals": acled({}).replace(",".join(ACLED_COLUMNS), ",".join(ACLED_COLUMNS).upper()),
    "words for months": acled({"event_date": "03 May 2013"}),
}


@pytest.mark.parametrize("content", WRITTEN.values(), ids=WRITTEN)
def test_the_same_event_however_it_is_exported(case: Case, tmp_path: Path, content: str) -> None:
    event = first(case, tmp_path, content)
    assert (event["source_id"], event["type"], event["place_name"]) == ("FOU1", "battles", "Alfa")
    assert event["date_start"] == event["date_end"] == date(2013, 5, 3)
    assert (event["date_precision"], event["place_precision"]) == (1, 1)
    assert (event["low"], event["best"], event["high"], event["deaths_a"]) == (4, 4, 4, None)
    assert (event["side_a"], event["side_b"]) == ("Rebel Front", "Fourland Army")
    assert (event["headline"], event["source_name"]) == ("A clash, with losses.", "The Paper")


def test_actors_in_either_order_are_one_dyad(case: Case, tmp_path: Path) -> None:
    other = {"event_id_cnty": "FOU2", "actor1": "Fourland Army", "actor2": "Rebel Front"}
    alone = {"event_id_cnty": "FOU3", "actor2": ""}
    load(case, [write(tmp_path, "a.csv", acled({}, other, alone))])
    table = open_events(case).table("acled", None)
    assert table["dyad"].to_list() == ["Fourland Army - Rebel Front"] * 2 + ["Rebel Front"]
    assert table["side_b"].to_list() == ["Fourland Army", "Rebel Front", ""]
    assert table["dyad_id"].to_list() == [""] * 3


@pytest.mark.parametrize(
    ("column", "code", "ours"),
    [("time_precision", 2, 3), ("time_precision", 3, 4), ("geo_precision", 2, 2), ("geo_precision", 3, 4)],
)
def test_precision_goes_on_the_scales_of_ucdp(
    case: Case, tmp_path: Path, column: str, code: int, ours: int
) -> None:
    event = first(case, tmp_path, acled({column: code}))
    assert event["date_precision" if column == "time_precision" else "place_precision"] == ours


def test_the_release_is_the_day_of_the_newest_upload(case: Case, tmp_path: Path) -> None:
    assert first(case, tmp_path, acled({}))["release"] == "2013-05-08"
    old = write(
        tmp_path, "old.csv", acled({"event_id_cnty": "FOU9", "event_date": "2013-01-02"}, columns=OLD)
    )
    assert load(case, [old]).files[0].release == "2013-01-02"
