"""Dates in any order, settled for the whole file or not at all."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.event_files import acled, ged, write

from vedette.case import Case
from vedette.errors import EventsError
from vedette.events import DateOrder, load, open_events

WRITTEN = {
    "%Y-%m-%d": None,
    "%Y/%m/%d": None,
    "%Y-%m-%dT%H:%M:%SZ": None,
    "%Y%m%d": None,
    "%d %B %Y": None,
    "%d-%b-%Y": None,
    "%d/%m/%Y": DateOrder.DAY_FIRST,
    "%d.%m.%Y": DateOrder.DAY_FIRST,
    "%d-%m-%Y %H:%M": DateOrder.DAY_FIRST,
    "%m/%d/%Y": DateOrder.MONTH_FIRST,
    "%m-%d-%Y": DateOrder.MONTH_FIRST,
}
DAYS = (date(2013, 5, 3), date(2014, 2, 28), date(2014, 12, 31))


def dated(form: str, *days: date) -> str:
    """A GED file with an event for each day, written in a form."""
    return ged(
        *(
            {"id": n, "date_start": day.strftime(form), "date_end": day.strftime(form)}
            for n, day in enumerate(days)
        )
    )


def read(case: Case) -> list[date]:
    """The days of the events, in the order of their ids."""
    found: list[date] = open_events(case).table("ucdp", None).sort("source_id")["date_start"].to_list()
    return found


@pytest.mark.parametrize("form", WRITTEN)
def test_one_day_past_the_twelfth_settles_the_order(case: Case, tmp_path: Path, form: str) -> None:
    load(case, [write(tmp_path, "a.csv", dated(form, *DAYS))])
    assert read(case) == list(DAYS)


@pytest.mark.parametrize("order", DateOrder)
def test_an_ambiguous_file_asks_and_takes_the_answer(case: Case, tmp_path: Path, order: DateOrder) -> None:
    form = "%d/%m/%Y" if order is DateOrder.DAY_FIRST else "%m/%d/%Y"
    days = [date(2013, 5, 5), date(2013, 5, 3), date(2013, 11, 12)]
    path = write(tmp_path, "a.csv", dated(form, *days))
    with pytest.raises(EventsError, match=r"that all read both ways. Say which with --dates day-first"):
        load(case, [path])
    load(case, [path], dates=order)
    assert read(case) == days


def test_the_answer_outlives_the_store(case: Case, tmp_path: Path) -> None:
    load(case, [write(tmp_path, "a.csv", dated("%d/%m/%Y", date(2013, 5, 3)))], dates=DateOrder.DAY_FIRST)
    (case.folder / ".vedette" / "events.duckdb").unlink()
    assert read(case) == [date(2013, 5, 3)]


def test_an_end_before_its_start_settles_the_order(case: Case, tmp_path: Path) -> None:
    content = ged(
        {"date_start": "03/05/2013", "date_end": "02/06/2013"}, {"id": 2, "date_start": "01/01/2013"}
    )
    load(case, [write(tmp_path, "a.csv", content.replace("2013-05-03", "01/01/2013"))])
    assert read(case) == [date(2013, 5, 3), date(2013, 1, 1)]


def test_days_equal_to_their_months_need_no_answer(case: Case, tmp_path: Path) -> None:
    load(case, [write(tmp_path, "a.csv", dated("%d/%m/%Y", date(2013, 5, 5), date(2013, 7, 7)))])
    assert read(case) == [date(2013, 5, 5), date(2013, 7, 7)]


def test_a_cell_in_another_order_is_found(case: Case, tmp_path: Path) -> None:
    content = acled(
        {"event_date": "13/05/2013"},
        {"event_id_cnty": 2, "event_date": "05/25/2013"},
        {"event_id_cnty": 3, "event_date": "14/05/2013"},
    )
    with pytest.raises(
        EventsError, match=r"a.csv, row 3, column event_date: expected a date; found '05/25/2013'"
    ):
        load(case, [write(tmp_path, "a.csv", content)])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.dates(date(1950, 1, 1), date(2020, 12, 31)), min_size=1, max_size=12, unique=True))
def test_the_order_found_is_the_order_written_or_nothing_is_read(
    case: Case, tmp_path: Path, days: list[date]
) -> None:
    clear = any(day.day > 12 for day in days) or all(day.day == day.month for day in days)
    path = write(tmp_path, "a.csv", dated("%d/%m/%Y", *days))
    (case.folder / "events").mkdir(exist_ok=True)
    for old in (case.folder / "events").iterdir():
        old.unlink()
    if clear:
        load(case, [path], release=f"{(max(days).year + 1) % 100}.1")
        found = open_events(case).table("ucdp", None)
        assert dict(zip(found["source_id"], found["date_start"], strict=True)) == {
            str(n): day for n, day in enumerate(days)
        }
    else:
        with pytest.raises(EventsError, match=r"read both ways"):
            load(case, [path])
