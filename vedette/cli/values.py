"""Turns the text of an option into its value: a day, a share, a range of periods."""

from datetime import date

from vedette.errors import UsageError
from vedette.periods import Ahead, parse_ahead, parse_day


def day(text: str | date) -> date:
    """Returns the day that a text like 2020-09-30 names; a day is returned as it is."""
    return text if isinstance(text, date) else parse_day(text)


def periods_ahead(text: str | Ahead) -> Ahead:
    """Returns the periods ahead that a text like 6, 1..36 or 3-14 names; a range is returned as it is."""
    return text if isinstance(text, Ahead) else parse_ahead(text)


def share(text: str | float) -> float:
    """Returns a share between 0 and 1, written as a number or in per cent.

    Raises:
        UsageError: anything else.

    >>> share("10%"), share("0.1")
    (0.1, 0.1)
    """
    if isinstance(text, float):
        return text
    try:
        number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        number = 0.0
    if not 0 < number < 1:
        raise UsageError(f"expected a share like 10% or 0.1; found {text!r}. Write one between 0 and 1.")
    return number
