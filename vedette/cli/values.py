"""Turns the text of an option into its value: a day, a share, a range of periods."""

from datetime import date

from vedette.periods import Ahead, parse_ahead, parse_day


def day(text: str | date) -> date:
    """Returns the day that a text like 2020-09-30 names; a day is returned as it is."""
    return text if isinstance(text, date) else parse_day(text)


def periods_ahead(text: str | Ahead) -> Ahead:
    """Returns the periods ahead that a text like 6, 1..36 or 3-14 names; a range is returned as it is."""
    return text if isinstance(text, Ahead) else parse_ahead(text)
