"""Words that several sentences on changes share."""

from collections.abc import Sequence
from typing import TypeVar

from vedette.changes.came import Came, WhatCame
from vedette.changes.said import SentenceWithNumbers
from vedette.message import Day, say
from vedette.message import listed as in_a_row
from vedette.periods import Step, first_day, parse

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


def share_words(share: float) -> str:
    """A share of draws in per cent, with a decimal near the ends."""
    if 0.01 < share < 0.99:
        return f"{100 * share:.0f} %"
    if share >= 1:
        return say("all")
    return say("none") if share <= 0 else f"{100 * share:.1f} %"


def sentence_of(text: str) -> str:
    return text[:1].upper() + text[1:]
