"""Counters, totals, years, quarters and weeks in six digits: left out, read, or refused with the cause."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from vedette.counts import read_counts
from vedette.errors import DataError
from vedette.periods import Step

MONTHS = [f"2014-{month:02}" for month in range(1, 13)]
A, B = [3, 0, 1, 4, 2, 2, 0, 5, 1, 1, 0, 3], [1, 2, 0, 0, 1, 3, 2, 0, 4, 1, 1, 0]


def wide(header: str, *columns: Sequence[object]) -> str:
    """A table with a header and columns."""
    return "\n".join([header, *(",".join(map(str, row)) for row in zip(*columns, strict=True))]) + "\n"


def from_one(count: int) -> list[object]:
    return list(range(1, count + 1))


LONG = [
    (month, unit, count) for at, month in enumerate(MONTHS) for unit, count in (("A", A[at]), ("B", B[at]))
]
LONG_COLUMNS: list[Sequence[object]] = [list(column) for column in zip(*LONG, strict=True)]
FORMS = {
    "R": wide(',"month","A","B"', from_one(12), MONTHS, A, B),
    "R, read again": wide("X,month,A,B", from_one(12), MONTHS, A, B),
    "readr": wide("...1,month,A,B", from_one(12), MONTHS, A, B),
    "pandas": wide("Unnamed: 0,month,A,B", list(range(12)), MONTHS, A, B),
    "pandas after a filter": wide(",period,A,B", list(range(0, 36, 3)), MONTHS, A, B),
    "periods without a known name": wide(",zeit,A,B", from_one(12), MONTHS, A, B),
    "dates as the index": wide(",A,B", MONTHS, A, B),
    "VIEWS months": wide(",month_id,A,B", from_one(12), list(range(409, 421)), A, B),
    "year and month": wide("year,month,A,B", [2014] * 12, from_one(12), A, B),
    "year and month, floats": wide(",Year,Month,A,B", from_one(12), ["2014.0"] * 12, from_one(12), A, B),
    "long": wide("rownames,period,unit,count", from_one(24), *LONG_COLUMNS),
    "long with another name": wide(",date,unit,fatalities", from_one(24), *LONG_COLUMNS),
}


@pytest.mark.parametrize("content", FORMS.values(), ids=FORMS)
def test_counters_are_no_units(tmp_path: Path, content: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(content)
    table = read_counts(file)
    assert table.units == ("A", "B")
    assert table.span.labels() == MONTHS
    assert table.counts.T.tolist() == [A, B]


def test_a_unit_called_x_stays_one(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(wide("month,X,index", MONTHS, A, B))
    assert read_counts(file).units == ("X", "index")


def test_running_months_in_a_column_without_a_name_stay_the_period(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(wide(",A,B", list(range(409, 421)), A, B))
    assert read_counts(file).span.labels() == MONTHS


SUM = [one + other for one, other in zip(A, B, strict=True)]
NO_DATA = {
    "total": (wide("month,A,B,Total", MONTHS, A, B, SUM), "column Total: .*the sum of the others"),
    "total by another name": (wide("month,Iraq,A,B", MONTHS, SUM, A, B), "column Iraq: .*a total is no unit"),
    "total in rows": (
        "period,unit,count\n"
        + "".join(
            f"{m},{u},{c}\n"
            for at, m in enumerate(MONTHS)
            for u, c in (("A", A[at]), ("B", B[at]), ("All", SUM[at]))
        ),
        "found 'All', the sum of the others in every period",
    ),
    "row of totals": (
        wide("month,A,B", MONTHS, A, B) + "Total,22,15\n",
        "row 14, .*found 'Total', a row of totals",
    ),
    "quarters": (wide("q,A", ["2014-Q1", "2014-Q2"], A[:2]), "found quarters such as '2014-Q1'"),
    "quarters, spelt": (wide("q,A", ["Q1 2014", "Q2 2014"], A[:2]), "found quarters"),
    "weeks": (wide("w,A", [201409, 201410, 201411, 201412, 201413], A[:5]), "Write ISO weeks as 2014-W09"),
    "years": (
        wide("year,A", [2010, 2011, 2012], A[:3]),
        "found years such as '2010'.*read as running months",
    ),
    "years as floats": (wide("year,A", ["2010.0", "2011.0"], A[:2]), "found years"),
    "missing unit": (
        "period,unit,count\n2014-01,NA,3\n",
        "row 2, column unit: .*NA, None and the like are empty",
    ),
    "missing count": (wide("month,A", MONTHS, ["N/A", *A[1:]]), "row 2, column A: .*found N/A"),
}


@pytest.mark.parametrize(("content", "message"), NO_DATA.values(), ids=NO_DATA)
def test_what_is_no_unit_and_no_period_is_named(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(content)
    with pytest.raises(DataError, match=message) as caught:
        read_counts(file)
    assert len(caught.value.problems) == 1


def test_units_that_are_alike_are_no_total(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(wide("month,A,B,C", MONTHS, A, A, [0] * 12))
    assert read_counts(file).units == ("A", "B", "C")
    file.write_text(wide("month,Total", MONTHS, A))
    assert read_counts(file).units == ("Total",)


def test_a_unit_called_total_beside_others_is_refused_whatever_it_counts(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(wide("month,A,Total", MONTHS, A, [0] * 12))
    with pytest.raises(DataError, match=r"column Total: .* by its name a total"):
        read_counts(file)


def test_a_column_of_words_beside_numbers_holds_the_units(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("month,admin1,deaths\n" + "".join(f"{at},Anbar,3\n{at},Basra,0\n" for at in MONTHS))
    table = read_counts(file)
    assert table.units == ("Anbar", "Basra")
    assert table.counts.sum(axis=0).tolist() == [36, 0]


def test_days_as_excel_counts_them_are_named(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("month,A\n43831,1\n43862,2\n43891,0\n")
    with pytest.raises(DataError, match="such as '43831', as Excel keeps the day 2020-01-01"):
        read_counts(file)
    file.write_text("day,A\n20000,1\n20001,2\n")
    assert read_counts(file, Step.DAY).span.labels() == ["2024-10-04", "2024-10-05"]


def test_months_in_six_digits_and_numbered_weeks_are_read_as_before(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(wide("month,A", [201401, 201402], A[:2]))
    assert read_counts(file).span.labels() == MONTHS[:2]
    file.write_text(wide("week,A", [2000, 2001], A[:2]))
    assert read_counts(file, Step.WEEK).span.step is Step.WEEK


@pytest.mark.parametrize("name", ["r_row_names", "r_row_names_long", "pandas_index", "year_month"])
def test_tables_of_the_field_are_read(shared: Path, name: str) -> None:
    table = read_counts(shared / "field" / "F14" / f"{name}.csv")
    assert len(table.span) == 24
    assert len(table.units) == 2 and "month_id" not in table.units


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("F14/with_total", "column Total: .*the sum of the others"),
        ("F15/weeks_yyyyww", "Write ISO weeks as 2013-W01"),
        ("F15/years", "whole numbers are read as running months"),
        ("F15/quarters", "found quarters"),
    ],
)
def test_tables_of_the_field_are_refused_with_the_cause(shared: Path, name: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read_counts(shared / "field" / f"{name}.csv")
