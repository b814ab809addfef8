"""Words that several sentences on changes share."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from vedette.changes.came import Came, WhatCame
from vedette.changes.said import SentenceWithNumbers
from vedette.message import Day, say
from vedette.message import listed as in_a_row
from vedette.periods import Step, first_day, parse

_DATE = re.compile(r"(?<![\w-])(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?(?![\w-])")
SHOWN = 4
"""Places, claims and other names that a sentence lists at most."""
Line = SentenceWithNumbers
Row = TypeVar("Row")


def first_of(rows: Sequence[Row]) -> tuple[Sequence[Row], int]:
    """The rows that a sentence lists, and how many more there are: none or at least two.

    >>> first_of([1, 2, 3, 4, 5]), first_of([1, 2, 3, 4, 5, 6])
    (([1, 2, 3, 4, 5], 0), ([1, 2, 3, 4], 2))
    """
    shown = rows if len(rows) <= SHOWN + 1 else rows[:SHOWN]
    return shown, len(rows) - len(shown)


def series_words(came: WhatCame) -> str:
    """The series that what came is counted in."""
    return in_a_row([series.words for series in came.counted]) if came.counted else ""


def span_words(row: Came) -> str:
    if row.first == row.last:
        return month_words(row.first)
    return say("{first} to {last}", first=month_words(row.first), last=month_words(row.last))


def when_words(row: Came) -> str:
    """When that was: ``in June 2014``, ``from June 2014 to August 2014``."""
    if row.first == row.last:
        return say("in {month}", month=month_words(row.first))
    return say("from {first} to {last}", first=month_words(row.first), last=month_words(row.last))


def month_words(name: str) -> str:
    return Day.at(first_day(parse(name, Step.MONTH), Step.MONTH), "year")


def day_words(day: date) -> str:
    return Day.at(day, "day")


def dates_in_words(text: str) -> str:
    """A text with its days and months of the calendar in words.

    >>> dates_in_words("killed on 2020-01-03, protesters of 2019-2020, from 2019-10 to 2019-12")
    'killed on 3 January 2020, protesters of 2019-2020, from October 2019 to December 2019'
    """

    def words(found: re.Match[str]) -> str:
        year, month, day = found.groups()
        return day_words(date(int(year), int(month), int(day))) if day else month_words(f"{year}-{month}")

    return _DATE.sub(words, text)


def share_words(share: float) -> str:
    """A share of draws in per cent, with a decimal near the ends."""
    if 0.01 < share < 0.99:
        return f"{100 * share:.0f} %"
    if share >= 1:
        return say("all")
    return say("none") if share <= 0 else f"{100 * share:.1f} %"


def sentence_of(text: str) -> str:
    return text[:1].upper() + text[1:]
