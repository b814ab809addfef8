"""Words that several sentences on changes share."""

from vedette.changes.came import Came, WhatCame
from vedette.changes.said import SentenceWithNumbers, listed
from vedette.periods import Step, first_day, parse

SHOWN = 4
"""Places, claims and other names that a sentence lists at most."""
Line = SentenceWithNumbers


def series_words(came: WhatCame) -> str:
    """The series that what came is counted in."""
    return listed([str(series) for series in came.counted])


def span_words(row: Came) -> str:
    if row.first == row.last:
        return month_words(row.first)
    return f"{month_words(row.first)} to {month_words(row.last)}"


def month_words(name: str) -> str:
    return f"{first_day(parse(name, Step.MONTH), Step.MONTH):%B %Y}"


def share_words(share: float) -> str:
    """A share of draws in per cent, with a decimal near the ends."""
    if 0.01 < share < 0.99:
        return f"{100 * share:.0f} %"
    return "all" if share >= 1 else "none" if share <= 0 else f"{100 * share:.1f} %"


def sentence_of(text: str) -> str:
    return text[:1].upper() + text[1:]
