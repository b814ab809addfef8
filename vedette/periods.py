"""Days, weeks and months: the only calendar in vedette.

A *period* is a whole number that counts days, weeks (from Monday) or months since a fixed start, so
that periods of one *step* add, subtract and index arrays. An *origin* is the last period a forecast
may know; a *horizon* says how many periods ahead. *As-of* is the day up to which things were known.

    >>> from datetime import date
    >>> label(period_of(date(2014, 6, 10), Step.MONTH), Step.MONTH)
    '2014-06'
    >>> label(last_complete(date(2020, 9, 29), Step.MONTH), Step.MONTH)
    '2020-08'
    >>> label(last_complete(date(2020, 9, 30), Step.MONTH), Step.MONTH)
    '2020-09'
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import polars as pl

from vedette.errors import UsageError

_MONDAY = date(1970, 1, 5).toordinal()
_EPOCH = date(1970, 1, 1).toordinal()
_VIEWS_MONTH_1 = 1980 * 12


class Step(StrEnum):
    """The length of a period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def period_of(day: date, step: Step) -> int:
    """The period that holds a day."""
    match step:
        case Step.DAY:
            return day.toordinal()
        case Step.WEEK:
            return (day.toordinal() - _MONDAY) // 7
        case Step.MONTH:
            return day.year * 12 + day.month - 1


def period_column(column: str, step: Step) -> pl.Expr:
    """`period_of` for a Polars column of dates."""
    day = pl.col(column)
    match step:
        case Step.DAY:
            return day.cast(pl.Int32) + _EPOCH
        case Step.WEEK:
            return (day.cast(pl.Int32) + _EPOCH - _MONDAY) // 7
        case Step.MONTH:
            return day.dt.year().cast(pl.Int32) * 12 + day.dt.month().cast(pl.Int32) - 1


def first_day(period: int, step: Step) -> date:
    """The first day of a period."""
    match step:
        case Step.DAY:
            return date.fromordinal(period)
        case Step.WEEK:
            return date.fromordinal(_MONDAY + 7 * period)
        case Step.MONTH:
            return date(period // 12, period % 12 + 1, 1)


def last_day(period: int, step: Step) -> date:
    """The last day of a period."""
    return first_day(period + 1, step) - timedelta(days=1)


def label(period: int, step: Step) -> str:
    """How a period is written: ``2014-06-10``, ``2014-W24``, ``2014-06``."""
    start = first_day(period, step)
    match step:
        case Step.DAY:
            return start.isoformat()
        case Step.WEEK:
            year, week, _ = start.isocalendar()
            return f"{year}-W{week:02d}"
        case Step.MONTH:
            return f"{start.year:04d}-{start.month:02d}"


def parse(text: str, step: Step) -> int:
    """The period that a label names.

    Raises:
        UsageError: the text is not a label of that step.
    """
    try:
        match step:
            case Step.DAY:
                return date.fromisoformat(text).toordinal()
            case Step.WEEK if found := re.fullmatch(r"(\d{4})-W(\d{2})", text, re.ASCII):
                return period_of(date.fromisocalendar(int(found[1]), int(found[2]), 1), step)
            case Step.MONTH if re.fullmatch(r"\d{4}-\d{2}", text, re.ASCII):
                return period_of(date.fromisoformat(f"{text}-01"), step)
    except ValueError:
        pass
    shown = {Step.DAY: "2014-06-10", Step.WEEK: "2014-W24", Step.MONTH: "2014-06"}[step]
    raise UsageError(f"{text!r} is not a {step}: write it like {shown}")


def last_complete(as_of: date, step: Step) -> int:
    """The last period that lies wholly within what was known on ``as_of`` (that day included)."""
    return period_of(as_of + timedelta(days=1), step) - 1


def views_month(period: int) -> int:
    """A month in the count of the VIEWS project (month 1 is January 1980)."""
    return period - _VIEWS_MONTH_1 + 1


def from_views_month(month_id: int) -> int:
    """The month period of a VIEWS ``month_id``.

    >>> label(from_views_month(478), Step.MONTH)
    '2019-10'
    """
    return month_id + _VIEWS_MONTH_1 - 1


def parse_day(text: str) -> date:
    """A day written as 2020-09-30.

    Raises:
        UsageError: the text is no such day.
    """
    return date.fromordinal(parse(text, Step.DAY))


def first_possible(text: str) -> date:
    """The first day that a day, month or year may mean.

    >>> first_possible("2014").isoformat(), first_possible("2014-06").isoformat()
    ('2014-01-01', '2014-06-01')
    """
    return parse_day((text + "-01-01")[:10])


def last_possible(text: str) -> date:
    """The last day that a day, month or year may mean.

    >>> last_possible("2014").isoformat(), last_possible("2014-02").isoformat()
    ('2014-12-31', '2014-02-28')
    """
    match len(text):
        case 4:
            return parse_day(f"{text}-12-31")
        case 7:
            return last_day(parse(text, Step.MONTH), Step.MONTH)
        case _:
            return parse_day(text)


def first_possible_column(column: str) -> pl.Expr:
    """`first_possible` for a Polars column of text; null where it is empty."""
    text = pl.col(column)
    whole = (text + "-01-01").str.slice(0, 10)
    return pl.when(text != "").then(whole).str.to_date("%Y-%m-%d")


def last_possible_column(column: str) -> pl.Expr:
    """`last_possible` for a Polars column of text; null where it is empty."""
    text = pl.col(column)
    whole = (text + "-12-01").str.slice(0, 10)
    start = pl.when(text != "").then(whole).str.to_date("%Y-%m-%d")
    return pl.when(text.str.len_chars() < 10).then(start.dt.month_end()).otherwise(start)


@dataclass(frozen=True)
class Ahead:
    """The horizons that are asked for: ``first`` to ``last`` periods ahead of an origin, ends included."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


FARTHEST = 156


def parse_ahead(text: str) -> Ahead:
    """How far ahead, as a user writes it: ``3-14``, ``1..36``, or ``6`` for 1 to 6.

    Raises:
        UsageError: no such range, or one that reaches beyond 156 periods (three years of weeks).

    >>> parse_ahead("3-14"), parse_ahead("6")
    (Ahead(first=3, last=14), Ahead(first=1, last=6))
    """
    found = re.fullmatch(r"(?:(\d{1,4})(?:-|\.\.))?(\d{1,4})", text.strip(), re.ASCII)
    ahead = Ahead(int(found[1] or 1), int(found[2])) if found else Ahead(0, 0)
    if not 1 <= ahead.first <= ahead.last <= FARTHEST:
        raise UsageError(
            f"{text!r} is no range of periods ahead: write 3-14, 1..36 or 6 (for 1 to 6), up to {FARTHEST}"
        )
    return ahead


@dataclass(frozen=True)
class Span:
    """A run of periods of one step, both ends included."""

    first: int
    last: int
    step: Step

    def __len__(self) -> int:
        return max(0, self.last - self.first + 1)

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.last + 1))

    def __contains__(self, period: int) -> bool:
        return self.first <= period <= self.last

    def labels(self) -> list[str]:
        """The label of each period, in order."""
        return [label(period, self.step) for period in self]

    def starts(self) -> list[date]:
        """The first day of each period, in order."""
        return [first_day(period, self.step) for period in self]


@dataclass(frozen=True, order=True)
class Days:
    """A run of days, both ends included. Written ``2016-01..2018-12`` where it holds whole months.

    >>> str(Days(date(2016, 1, 1), date(2018, 12, 31))), str(Days(date(2021, 2, 11), date(2021, 2, 28)))
    ('2016-01..2018-12', '2021-02-11..2021-02-28')
    """

    first: date
    last: date

    def __str__(self) -> str:
        months = (period_of(self.first, Step.MONTH), period_of(self.last, Step.MONTH))
        whole = self == Days(first_day(months[0], Step.MONTH), last_day(months[1], Step.MONTH))
        ends = (label(month, Step.MONTH) for month in months) if whole else (self.first, self.last)
        return "..".join(map(str, ends))


def parse_days(text: str) -> Days:
    """A run of days from two days, months or years: ``2016-01..2018-12``, ``2016..2018``.

    Raises:
        UsageError: the text is no such run, or ends before it begins.

    >>> parse_days("2016..2018-06")
    Days(first=datetime.date(2016, 1, 1), last=datetime.date(2018, 6, 30))
    """
    found = re.fullmatch(r"(\d{4}(?:-\d{2}){0,2})\.\.(\d{4}(?:-\d{2}){0,2})", text.strip())
    if found:
        days = Days(first_possible(found[1]), last_possible(found[2]))
        if days.first <= days.last:
            return days
    raise UsageError(f"{text!r} is no span of time: write it like 2016-01..2018-12, the earlier end first")


def joined(runs: Iterable[Days]) -> tuple[Days, ...]:
    """Runs of days in order, those that overlap or touch joined into one.

    >>> year = Days(date(2016, 1, 1), date(2016, 12, 31))
    >>> [str(run) for run in joined([Days(date(2017, 1, 1), date(2017, 3, 31)), year])]
    ['2016-01..2017-03']
    """
    whole: list[Days] = []
    for run in sorted(runs):
        if whole and run.first <= whole[-1].last + timedelta(days=1):
            whole[-1] = Days(whole[-1].first, max(whole[-1].last, run.last))
        else:
            whole.append(run)
    return tuple(whole)


def whole_periods(runs: Iterable[Days], step: Step) -> tuple[Span, ...]:
    """The periods that lie wholly within runs of days, as spans in order.

    >>> [span.labels() for span in whole_periods([Days(date(2021, 2, 11), date(2021, 5, 2))], Step.MONTH)]
    [['2021-03', '2021-04']]
    """
    day = timedelta(days=1)
    spans = (
        Span(period_of(run.first - day, step) + 1, period_of(run.last + day, step) - 1, step)
        for run in joined(runs)
    )
    return tuple(span for span in spans if len(span))
