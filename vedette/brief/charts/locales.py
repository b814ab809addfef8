"""How the axes of charts write numbers and months in a language: locales of d3, from those of CLDR."""

from typing import Any

from babel import Locale


def numbers_of(language: str) -> dict[str, Any]:
    """The number format of a language, with Latin digits.

    >>> numbers_of("fr")["decimal"], numbers_of("ar")["thousands"]
    (',', ',')
    """
    signs = Locale(language).number_symbols["latn"]
    return {
        "decimal": signs["decimal"],
        "thousands": signs["group"],
        "grouping": [3],
        "currency": ["", ""],
    }


def months_of(language: str) -> dict[str, Any]:
    """The names of months and days in a language.

    >>> months_of("fr")["shortMonths"][:2]
    ['janv.', 'févr.']
    """
    locale = Locale(language)
    months, days = locale.months["stand-alone"], locale.days["stand-alone"]
    week = (6, 0, 1, 2, 3, 4, 5)
    return {
        "dateTime": "%d %B %Y, %X",
        "date": "%d %B %Y",
        "time": "%H:%M:%S",
        "periods": ["AM", "PM"],
        "days": [days["wide"][day] for day in week],
        "shortDays": [days["abbreviated"][day] for day in week],
        "months": [months["wide"][month] for month in range(1, 13)],
        "shortMonths": [months["abbreviated"][month] for month in range(1, 13)],
    }
