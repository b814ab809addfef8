"""Tables of counts: every way to write them gives the same, and a slow reader agrees with the fast one."""

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vedette.counts import Form, Notation, read_counts, read_neighbours
from vedette.periods import Step, parse

WIDE = "period,A,B\n2014-05,3,0\n2014-06,41,2\n2014-07,0,0\n"
LONG = "period,unit,count\n2014-05,A,3\n2014-05,B,0\n2014-06,A,41\n2014-06,B,2\n2014-07,A,0\n2014-07,B,0\n"
COUNTS = [[3, 0], [41, 2], [0, 0]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "counts.csv"


SAME = {
    "wide": WIDE,
    "long": LONG,
    "upside down": "period,A,B\n2014-07,0,0\n2014-06,41,2\n2014-05,3,0\n",
    "semicolons": WIDE.replace(",", ";"),
    "tabs": WIDE.replace(",", "\t"),
    "byte order mark": "\ufeff" + WIDE,
    "windows line ends": WIDE.replace("\n", "\r\n"),
    "blank lines": WIDE.replace("\n", "\n\n"),
    "blanks around cells": WIDE.replace(",", " , "),
    "decimals that are whole": WIDE.replace("41", "41.0"),
    "quoted": WIDE.replace("A", '"A"').replace("2014-05", '"2014-05"'),
    "first days": WIDE.replace("-05,", "-05-01,").replace("-06,", "-06-01,").replace("-07,", "-07-01,"),
    "last days": WIDE.replace("-05,", "-05-31,").replace("-06,", "-06-30,").replace("-07,", "-07-31,"),
    "six digits": WIDE.replace("2014-0", "20140"),
    "views months": WIDE.replace("2014-05", "413").replace("2014-06", "414").replace("2014-07", "415"),
    "views names": LONG.replace("period,unit,count", "month_id,country_id,outcome"),
    "extra column": LONG.replace("count\n", "count,note\n").replace("3\n", "3,x\n", 1),
    "capitals": LONG.replace("period,unit,count", "Period,Unit,Count"),
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_every_way_to_write_a_table_gives_the_same_counts(file: Path, text: str) -> None:
    if "note" in text:
        text = "\n".join(row if row.count(",") == 3 else f"{row}," for row in text.splitlines())
    file.write_text(text, encoding="utf-8")
    table = read_counts(file)
    assert table.units == ("A", "B")
    assert table.span.labels() == ["2014-05", "2014-06", "2014-07"]
    assert table.counts.tolist() == COUNTS
    assert table.deaths is None and table.strata is None


PERIODS = [
    (["2014-W19", "2014-W20"], None, Form.LABEL, Step.WEEK),
    (["2014-05-05", "2014-05-12"], None, Form.DATE, Step.WEEK),
    (["2014-05-04", "2014-05-11"], None, Form.DATE, Step.WEEK),
    (["2014-05-11", "2014-05-12"], None, Form.DATE, Step.DAY),
    (["2014-05-15", "2014-06-15"], Step.MONTH, Form.DATE, Step.MONTH),
    (["2014-05-01"], Step.MONTH, Form.DATE, Step.MONTH),
    (["1", "2", "3"], None, Form.NUMBER, Step.MONTH),
    (["0", "1"], Step.WEEK, Form.NUMBER, Step.WEEK),
    (["-1", "0"], Step.DAY, Form.NUMBER, Step.DAY),
    (["201405", "201406"], Step.DAY, Form.NUMBER, Step.DAY),
]


@pytest.mark.parametrize(("texts", "step", "form", "found"), PERIODS, ids=str)
def test_periods_are_recognised_and_written_back_as_they_were(
    file: Path, texts: list[str], step: Step | None, form: Form, found: Step
) -> None:
    file.write_text("\n".join(["period,A", *(f"{text},1" for text in texts)]))
    table = read_counts(file, step)
    assert (table.notation.form, table.span.step) == (form, found)
    assert len(table.span) == len(texts)
    assert [str(table.notation.write(period)) for period in table.span] == texts


@given(st.sampled_from([*Step]), st.integers(-500, 20000), st.sampled_from([*Form]), st.integers(0, 6))
def test_a_notation_reads_what_it_writes(step: Step, number: int, form: Form, shift: int) -> None:
    if form is Form.COMPACT:
        step = Step.MONTH
    notation = Notation(form, step, shift if form is Form.DATE and step is not Step.DAY else 0)
    period = Notation(Form.NUMBER, step).read(str(number))
    assert notation.read(str(notation.write(period))) == period


def test_running_months_are_counted_from_january_1980_as_views_does() -> None:
    assert Notation(Form.NUMBER, Step.MONTH).read("478") == parse("2019-10", Step.MONTH)
    assert Notation(Form.NUMBER, Step.WEEK).read("0") == parse("1970-W02", Step.WEEK)
    assert Notation(Form.NUMBER, Step.DAY).read("0") == date(1970, 1, 1).toordinal()


def test_parquet_with_an_index_dates_and_floats(tmp_path: Path) -> None:
    path = tmp_path / "counts.parquet"
    days = [date(2014, 5, 5) + timedelta(weeks=week) for week in range(3)]
    frame = pl.DataFrame({"day": days, "A": [3.0, 41.0, 0.0], "B": [0, 2, 0]})
    frame.with_columns(pl.col("day").cast(pl.Datetime)).write_parquet(path)
    table = read_counts(path)
    assert table.counts.tolist() == COUNTS
    assert table.notation == Notation(Form.DATE, Step.WEEK)


def test_strata_and_deaths(file: Path) -> None:
    file.write_text(
        "period,unit,stratum,count,deaths\n2014-05,A,is,1,7\n2014-05,B,is,0,0\n"
        "2014-05,A,militia,2,2\n2014-06,A,is,1,0\n2014-06,B,is,4,9\n2014-06,A,militia,0,0\n"
    )
    table = read_counts(file)
    assert table.units == ("A / is", "B / is", "A / militia")
    assert (table.places, table.strata) == (("A", "B", "A"), ("is", "is", "militia"))
    assert table.counts.tolist() == [[1, 0, 2], [1, 4, 0]]
    assert table.deaths is not None
    assert table.deaths.tolist() == [[7, 0, 2], [0, 9, 0]]


def test_what_is_left_out_is_zero_only_if_asked(file: Path) -> None:
    file.write_text("period,unit,count\n2014-05,A,3\n2014-06,A,41\n2014-06,B,2\n2014-08,A,1\n")
    table = read_counts(file, fill_zeros=True)
    assert table.counts.tolist() == [[3, 0], [41, 2], [0, 0], [1, 0]]


def test_no_events_at_all_is_an_answer(file: Path) -> None:
    file.write_text("period,A\n2014-05,0\n2014-06,0\n")
    assert read_counts(file).counts.sum() == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.data())
def test_the_fast_reader_agrees_with_a_slow_one(tmp_path: Path, data: st.DataObject) -> None:
    units = data.draw(st.lists(st.text("abcXYZ .'", min_size=1).map(str.strip), min_size=1, unique=True))
    units = [unit for unit in units if unit] or ["A"]
    months = data.draw(st.integers(1, 14))
    cells = data.draw(
        st.lists(st.integers(0, 10**9), min_size=months * len(units), max_size=months * len(units))
    )
    rows = [
        (f"{2014 + at // 12}-{at % 12 + 1:02d}", unit, cells[at * len(units) + number])
        for at in range(months)
        for number, unit in enumerate(units)
    ]
    shuffled = data.draw(st.permutations(rows))
    path = tmp_path / "counts.csv"
    with path.open("w", newline="") as out:
        csv.writer(out).writerows([("period", "unit", "count"), *shuffled])
    table = read_counts(path)
    with path.open(newline="") as lines:
        slow = {(row["period"], row["unit"]): int(row["count"]) for row in csv.DictReader(lines)}
    fast = {
        (label, unit): int(table.counts[at, number])
        for at, label in enumerate(table.span.labels())
        for number, unit in enumerate(table.units)
    }
    assert fast == slow


def test_neighbours_from_a_square_table_or_from_pairs(tmp_path: Path) -> None:
    square, pairs = tmp_path / "square.csv", tmp_path / "pairs.csv"
    square.write_text(",A,B,C\nA,0,1,0\nB,1,0,0\nC,0,0,0\n")
    pairs.write_text("unit,neighbour\nB,A\n")
    expected = [[0, 0, 1], [0, 0, 0], [1, 0, 0]]
    for path in (square, pairs):
        assert read_neighbours(path, ["A", "C", "B"]).tolist() == expected
    pairs.write_text("neighbour,unit\nB,A\nA,B\n")
    assert read_neighbours(pairs, ["A", "C", "B"]).tolist() == expected


def test_a_map_may_fall_apart_and_leave_places_alone(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("unit,neighbour\nA,B\nC,D\n")
    touch = read_neighbours(path, list("ABCDE"))
    assert touch.sum(axis=0).tolist() == [1, 1, 1, 1, 0]


def test_the_reference_panel_and_its_map(shared: Path) -> None:
    table = read_counts(shared / "reference/hhh4/iraq_all.csv")
    assert table.counts.shape == (782, 18)
    assert table.counts.sum() == 6697
    assert table.notation.write(table.span.first) == "2004-01-05"
    touch = read_neighbours(shared / "reference/hhh4/iraq_adjacency.csv", table.units)
    assert np.array_equal(touch, touch.T)
    assert touch[table.units.index("Anbar"), table.units.index("Baghdad")] == 1
