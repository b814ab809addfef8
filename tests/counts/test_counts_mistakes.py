"""One bad table for each mistake a user makes, and what is said about it."""

from pathlib import Path

import pytest

from vedette.counts import read_counts, read_neighbours
from vedette.errors import DataError, StorageError, VedetteError
from vedette.periods import Step

HEAD = "period,unit,count\n"
TWO = HEAD + "2014-05,A,3\n2014-06,A,1\n"

MISTAKES: dict[str, tuple[str | bytes, str]] = {
    "no units": ("period\n2014-05\n", "a period and at least one unit; found one column, 'period'"),
    "no rows": (HEAD, "expected rows below the header; found none"),
    "empty file": (b"", "found a file of 0 bytes"),
    "missing column": ("period,unit,low,high\n2014-05,A,3,3\n", "column count: expected this column"),
    "which column": ("period,unit,low,high\n2014-05,A,3,3\n", "is counted with --column. A long table has"),
    "several columns": (
        "period,unit,ged_sb,ged_ns\n2014-05,A,3,3\n",
        "row 1: expected one column of counts; found several: ged_sb, ged_ns. Say which one: --column ged_sb",
    ),
    "gap": (
        HEAD + "2014-05,A,3\n2014-07,A,1\n",
        "column A: expected a count for every period from 2014-05 to 2014-07",
    ),
    "gap cure": (HEAD + "2014-05,A,3\n2014-07,A,1\n", "no row for 2014-06. Add the rows, with 0"),
    "wide gap": ("period,A\n2014-05,3\n2014-07,1\n", "pass --fill-zeros if what is left out is 0"),
    "duplicate": (
        TWO + "2014-05,A,9\n",
        "row 4, column period: expected every period of a unit once; found 2014-05 / A again, first in row 2",
    ),
    "NaN": (
        "period,A\n2014-05,NaN\n",
        "row 2, column A: expected a whole number from 0 to 10,000,000,000; found NaN",
    ),
    "empty cell": (
        "period,A,B\n2014-05,3,\n",
        "row 2, column B: expected a whole number from 0 to 10,000,000,000; found an empty cell",
    ),
    "negative": (
        TWO + "2014-07,A,-1\n",
        "row 4, column count: expected a whole number from 0 to 10,000,000,000; found '-1'",
    ),
    "not whole": (TWO + "2014-07,A,1.5\n", "found '1.5'. Correct the cell."),
    "text": ("period,A\n2014-05,many\n", "found words, like 'many'. A long table has the columns"),
    "deaths in no event": (
        "period,unit,count,deaths\n2014-05,A,0,4\n",
        "row 2, column deaths: expected 0 deaths where the count of events is 0; found 4",
    ),
    "too large": (TWO + "2014-07,A,10000000001\n", "found '10000000001'"),
    "infinite": (TWO + "2014-07,A,inf\n", "found 'inf'"),
    "no period": (TWO + ",A,1\n", "row 4, column period: expected a period; found an empty cell"),
    "no unit": (TWO + "2014-07,,1\n", "row 4, column unit: expected a unit; found an empty cell"),
    "unnamed unit": ("period,A,\n2014-05,1,2\n", "column 3: expected the name of a unit"),
    "unit called missing": ("period,A,NaN\n2014-05,1,2\n", "expected the name of a unit; found NaN"),
    "two columns of words": (
        "month,a,b,c\n2014-05,x,y,1\n",
        "column b: expected counts; found words, like 'y'",
    ),
    "unit twice": ("period,A,A\n2014-05,1,2\n", "column A: expected every column once; found 2 of that name"),
    "no such month": (
        TWO + "2014-13,A,1\n",
        "row 4, column period: expected a month like 2014-05; found '2014-13' is not a month",
    ),
    "no such day": ("d,A\n2014-02-29,1\n2014-03-01,1\n", "expected a day of the calendar; found 2014-02-29"),
    "words for periods": ("month,A\nMay 2014,1\n", "expected months (2014-05, 201405), weeks (2014-W20)"),
    "two notations": ("month,A\n2014-05,1\n2014-W30,1\n", "several ways mixed, like 2014-05 and 2014-W30"),
    "dates that leave it open": ("d,A\n2014-05-03,1\n", "Say what a row stands for: --step day"),
    "weeks that start anew": ("d,A\n2014-05-05,1\n2014-05-12,1\n2014-05-18,1\n", "Say what a row stands for"),
    "cut short": (
        "period,A,B\n2014-05,1,2\n2014-06,1\n",
        "row 3: expected 3 cells; found 2 cells. Complete the row.",
    ),
    "too many cells": ("period,A\n2014-05,1,2\n", "row 2: expected 2 cells; found 3 cells"),
    "open quote": ('period,A\n2014-05,"1\n', "Close the quotation mark"),
    "latin-1": ("period,Nídwa\n2014-05,1\n".encode("latin-1"), "most likely Windows-1252 or Latin-1"),
    "utf-16": (TWO.encode("utf-16"), "found UTF-16"),
    "a workbook": (b"PK\x03\x04 rest", "a zip archive or an Excel workbook"),
}


def said(error: VedetteError) -> str:
    return str(error)


@pytest.mark.parametrize(("content", "words"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, content: str | bytes, words: str) -> None:
    path = tmp_path / "counts.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(DataError) as caught:
        read_counts(path)
    assert words in said(caught.value)
    assert all(problem.file == "counts.csv" and problem.cure for problem in caught.value.problems)


def test_all_mistakes_are_told_at_once_and_twenty_at_most(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(HEAD + "2014-05,A,x\n2014-99,A,1\n,A,1\n")
    with pytest.raises(DataError) as caught:
        read_counts(path)
    assert [problem.row for problem in caught.value.problems] == [2, 3, 4]
    path.write_text(HEAD + "2014-05,A,x\n" * 30)
    with pytest.raises(DataError) as caught:
        read_counts(path)
    assert len(caught.value.problems) == 20
    assert said(caught.value).splitlines()[1:] == [
        "  counts.csv, rows 2, 3, 4 and 17 more, column count: expected a whole number from 0 to "
        "10,000,000,000; found 'x'. Correct the cell. A long table has the columns period, unit and count; "
        "in a wide one the first holds the periods and every other is a unit."
    ]


def test_a_step_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(TWO)
    with pytest.raises(DataError, match=r"expected a week; found a month: 2014-05\. Leave --step out"):
        read_counts(path, Step.WEEK)
    path.write_text("d,A\n2014-05-05,1\n2014-05-14,1\n")
    with pytest.raises(DataError, match="does not start a week as the others do"):
        read_counts(path, Step.WEEK)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="Name a file that is there"):
        read_counts(tmp_path / "gone.csv")


def test_a_parquet_file_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "counts.parquet"
    path.write_text(TWO)
    with pytest.raises(DataError, match="expected a Parquet file"):
        read_counts(path)


MAPS = {
    "unknown unit": (
        ",A,X\nA,0,1\nX,1,0\n",
        "row 1, column 3: expected a unit of the counts (A, B); found 'X'",
    ),
    "missing unit": (
        ",A\nA,0\n",
        "column B: expected a row and a column for every unit of the counts; found none",
    ),
    "other order": (
        ",A,B\nB,0,1\nA,1,0\n",
        "row 2: expected A; found B. Put rows and columns in the same order",
    ),
    "asymmetric": (
        ",A,B\nA,0,1\nB,0,0\n",
        "row 2, column B: expected the same as in row B, column A; found 1 and 0",
    ),
    "own neighbour": (",A,B\nA,1,0\nB,0,0\n", "expected 0 for a unit and itself; found 1"),
    "orders of neighbourhood": (",A,B\nA,0,2\nB,2,0\n", "row 2, column B: expected 0 or 1; found 2"),
    "empty cell": (",A,B\nA,0,\nB,1,0\n", "expected 0 or 1; found an empty cell"),
    "row too few": (",A,B\nA,0,1\n", "row 4: expected 2 rows; found 1 row"),
    "pair with a stranger": (
        "unit,neighbour\nA,X\n",
        "row 2, column neighbour: expected a unit of the counts (A, B); found 'X'",
    ),
    "pair with itself": (
        "unit,neighbour\nA,A\n",
        "row 2, column neighbour: expected another unit; found A beside itself",
    ),
    "half a pair": ("unit,neighbour\nA,\n", "found an empty cell"),
}


@pytest.mark.parametrize(("text", "words"), MAPS.values(), ids=MAPS)
def test_a_map_that_cannot_be(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "touch.csv"
    path.write_text(text)
    with pytest.raises(DataError) as caught:
        read_neighbours(path, ["A", "B"])
    assert words in said(caught.value)


@pytest.mark.parametrize("period", ["period", "month_id", "Date"])
def test_a_period_that_is_not_the_first_column_of_a_wide_table_is_no_unit(
    tmp_path: Path, period: str
) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(f"id,{period},A,B\n0,480,3,4\n7,481,3,4\n14,482,3,4\n")
    with pytest.raises(
        DataError, match=rf"column {period}: expected one column of periods, the first; found 'id'"
    ):
        read_counts(path)
    path.write_text(f"{period},A,B\n480,3,4\n481,3,4\n482,3,4\n")
    assert read_counts(path).units == ("A", "B")


@pytest.mark.parametrize(
    ("header", "cure"),
    [
        ("period,unit,events,deaths", "Leave --measure out, or name one: --column events."),
        ("period,unit,deaths,wounded", "Leave --measure out, or add a column named events."),
    ],
)
def test_a_column_of_another_measure_is_refused_with_a_cure_that_works(
    tmp_path: Path, header: str, cure: str
) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(f"{header}\n2014-05,A,3,5\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_counts(path, column="deaths", measure="events")
    assert cure in said(caught.value)
    assert read_counts(path, column="deaths").measure == "deaths"
    if "--column events" in cure:
        assert read_counts(path, column="events", measure="events").measure == "events"
