from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.errors import UsageError
from vedette.periods import (
    Days,
    Span,
    Step,
    first_day,
    first_possible,
    first_possible_column,
    from_views_month,
    label,
    last_complete,
    last_day,
    last_possible,
    last_possible_column,
    parse,
    parse_day,
    parse_days,
    period_column,
    period_of,
    views_month,
)

days = st.dates(date(1940, 1, 1), date(2060, 12, 31))
steps = st.sampled_from(list(Step))


@given(days, steps)
def test_a_day_lies_between_the_ends_of_its_period(day: date, step: Step) -> None:
    period = period_of(day, step)
    assert first_day(period, step) <= day <= last_day(period, step)


@given(days, steps)
def test_periods_follow_each_other_without_gaps(day: date, step: Step) -> None:
    period = period_of(day, step)
    assert first_day(period + 1, step) == last_day(period, step) + timedelta(days=1)
    assert period_of(first_day(period + 1, step), step) == period + 1


@given(days, steps)
def test_a_label_names_its_period(day: date, step: Step) -> None:
    period = period_of(day, step)
    assert parse(label(period, step), step) == period


@given(st.lists(days, min_size=1, max_size=20), steps)
def test_the_column_form_agrees_with_the_plain_one(some: list[date], step: Step) -> None:
    table = pl.DataFrame({"day": some}, schema={"day": pl.Date})
    assert table.select(period_column("day", step)).to_series().to_list() == [
        period_of(d, step) for d in some
    ]


@given(days, steps)
def test_a_period_is_complete_on_its_last_day_and_not_before(day: date, step: Step) -> None:
    period = period_of(day, step)
    assert last_complete(last_day(period, step), step) == period
    assert last_complete(last_day(period, step) - timedelta(days=1), step) < period


def test_views_months_count_from_january_1980() -> None:
    assert views_month(parse("1980-01", Step.MONTH)) == 1
    assert label(from_views_month(535), Step.MONTH) == "2024-07"


@pytest.mark.parametrize(
    ("text", "step", "shown"),
    [
        ("2014-13", Step.MONTH, "2014-06"),
        ("2014-60", Step.WEEK, "2014-W24"),
        ("soon", Step.DAY, "2014-06-10"),
    ],
)
def test_a_wrong_label_says_how_to_write_it(text: str, step: Step, shown: str) -> None:
    with pytest.raises(UsageError, match=f"'{text}' is not a {step}: write it like {shown}"):
        parse(text, step)


def test_a_day_is_read() -> None:
    assert parse_day("2020-09-30") == date(2020, 9, 30)


def test_a_span_holds_both_ends() -> None:
    span = Span(parse("2014-11", Step.MONTH), parse("2015-02", Step.MONTH), Step.MONTH)
    assert span.labels() == ["2014-11", "2014-12", "2015-01", "2015-02"]
    assert len(span) == 4
    assert span.starts()[0] == date(2014, 11, 1)
    assert span.last in span
    assert span.last + 1 not in span


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2014-06-10", date(2014, 6, 10), date(2014, 6, 10)),
        ("", None, None),
    ],
)
def test_a_column_of_days_months_and_years_means_what_one_of_them_means(
    text: str, first: date | None, last: date | None
) -> None:
    read = pl.DataFrame({"day": [text]}).select(
        first=first_possible_column("day"), last=last_possible_column("day")
    )
    assert read.row(0) == (first, last)
    if text:
        assert (first_possible(text), last_possible(text)) == (first, last)


def test_a_run_of_days_ends_with_the_last_day_that_its_end_may_mean() -> None:
    assert parse_days("2016-01..2018-02") == Days(date(2016, 1, 1), date(2018, 2, 28))
    assert parse_days(" 2016..2016-03-05 ") == Days(date(2016, 1, 1), date(2016, 3, 5))
    for wrong in ("2018-01..2016-12", "2016-01", "2016-01..", "x..y"):
        with pytest.raises(UsageError, match="is no span of time: write it like"):
            parse_days(wrong)
