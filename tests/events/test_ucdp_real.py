"""The real files of UCDP are read whole: counted here apart from the reader, with the csv module."""

import csv
from datetime import date
from pathlib import Path

import pytest

from vedette.case import Case
from vedette.events import load, open_events

FILES = [
    ("iraq/ucdp_ged_irq_1989_2018_hdx.csv", "ucdp", "19.1", 3, 7473),
    ("nigeria/ucdp_ged_nga_1990_2019_hdx.csv", "ucdp", "20.1", 3, 4603),
    ("formats/ucdp_ged231_sample1000.csv", "ucdp", "23.1", 2, 1000),
    ("formats/ucdp_candidate_23_0_10_head.csv", "ucdp", "23.0.10", 2, 340),
    ("iraq/irq_ged211_precise_2019_2020_adm1.csv", "ucdp-ged-precise", "21.1", 2, 281),
]


@pytest.mark.parametrize(("file", "dataset", "release", "first_row", "count"), FILES)
def test_every_row_is_read(
    iraq: Case, shared: Path, file: str, dataset: str, release: str, first_row: int, count: int
) -> None:
    path = shared / "data" / file
    (loaded,) = load(iraq, [path]).files
    with path.open(encoding="utf-8", newline="") as text:
        header, *lines = csv.reader(text)
    rows = [dict(zip(header, line, strict=True)) for line in lines[first_row - 2 :]]
    assert len(rows) == count
    assert (loaded.dataset, loaded.release, loaded.events) == (dataset, release, count)
    table = open_events(iraq).table(dataset, None)
    suffix = "_death" if dataset == "ucdp-ged-precise" else ""
    for measure in ("low", "best", "high"):
        assert table[measure].sum() == sum(int(float(row[measure + suffix])) for row in rows)
    by_row = table.sort("row")
    assert by_row["row"].to_list() == list(range(first_row, first_row + count))
    assert by_row["source_id"].to_list() == [row["id"].removesuffix(".0") for row in rows]
    assert by_row["side_b"].to_list() == [row["side_b"].strip() for row in rows]
    days = "date" if dataset == "ucdp-ged-precise" else "date_end"
    assert by_row["date_end"].to_list() == [date.fromisoformat(row[days][:10]) for row in rows]


def test_the_iraq_file_adds_up(iraq: Case, shared: Path) -> None:
    (loaded,) = load(iraq, [shared / "data/iraq/ucdp_ged_irq_1989_2018_hdx.csv"]).files
    assert (loaded.low, loaded.best, loaded.high) == (117_227, 120_631, 150_786)
    found = {note.column: note.found for note in loaded.notes}
    assert found["low, best, high"].startswith("69 rows")
    assert "start_year, end_year, iso3" in found[""]
    assert "province" not in found


def test_every_cell_of_the_iraq_file_is_kept(iraq: Case, shared: Path) -> None:
    path = shared / "data/iraq/ucdp_ged_irq_1989_2018_hdx.csv"
    load(iraq, [path])
    store = open_events(iraq)
    with path.open(encoding="utf-8", newline="") as text:
        header, _tags, *lines = csv.reader(text)
    folded = [line for line in lines if any("\n" in cell for cell in line)]
    assert len(folded) > 20
    for line in [lines[0], lines[-1], *folded[:5]]:
        assert store.original("ucdp", line[0]) == dict(zip(header, line, strict=True))
