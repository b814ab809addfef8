"""Extracts dates (with their precision) and figures (with their units) from the words of a sentence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vedette.errors import UsageError
from vedette.evidence.words import Word
from vedette.periods import parse_day

_NAMES = (
    "january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,september sep sept,"
    "october oct,november nov,december dec"
)
_MONTHS = {name: number for number, names in enumerate(_NAMES.split(","), start=1) for name in names.split()}
_TIMES = {"thousand": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_MONEY = {
    **dict.fromkeys(("usd", "$", "dollar", "dollars"), "USD"),
    **dict.fromkeys(("eur", "€", "euro", "euros"), "EUR"),
    **dict.fromkeys(("iqd", "dinar", "dinars"), "IQD"),
}
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19[4-9]|20[0-5])\d")


@dataclass(frozen=True)
class When:
    """A date in a sentence: words ``first`` to ``last``, as year, year-month or year-month-day."""

    first: int
    last: int
    text: str
    until: bool = False
    """Whether the date is the end of an interval, not its beginning."""


@dataclass(frozen=True)
class FigureInText:
    """A figure in a sentence: words ``first`` to ``last``, lower and upper end, and unit."""

    first: int
    last: int
    low: float
    high: float
    unit: str

    @property
    def money(self) -> bool:
        """Whether the unit is a currency."""
        return self.unit[:3] in ("USD", "EUR", "IQD")


def dates(words: Sequence[Word]) -> list[When]:
    """The dates with a year; a day or month without a year is ignored.

    >>> from vedette.evidence.words import words_of
    >>> [when.text for when in dates(words_of("On 26 March 2020, then in June 2020 and again since 2021."))]
    ['2020-03-26', '2020-06', '2021']
    """
    dated, index = [], 0
    while index < len(words):
        when = _iso(words, index) or _full(words, index) or _month(words, index) or _year(words, index)
        if when:
            dated.append(when)
        index = when.last + 1 if when else index + 1
    return dated


def figures(
    words: Sequence[Word], taken: Sequence[When], units: Mapping[str, re.Pattern[str]]
) -> list[FigureInText]:
    """The numbers with a unit, except those that belong to dates (``taken``).

    Sums of money of a million or more are in millions of their currency.
    """
    dated = {index for when in taken for index in range(when.first, when.last + 1)}
    figures_: list[FigureInText] = []
    index = 0
    while index < len(words):
        figure = _figure(words, index, dated, units) if index not in dated else None
        if figure:
            figures_.append(figure)
        index = figure.last + 1 if figure else index + 1
    return figures_


def _low(words: Sequence[Word], index: int) -> str:
    return words[index].low if 0 <= index < len(words) else ""


def _day(year: str, month: int, day: str) -> str:
    try:
        return parse_day(f"{year}-{month:02d}-{int(day):02d}").isoformat()
    except UsageError:
        return f"{year}-{month:02d}"


def _until(words: Sequence[Word], index: int) -> bool:
    return _low(words, index - 1) in ("until", "till", "before") or (
        _low(words, index - 1) in ("to", "and") and bool(_YEAR.fullmatch(_low(words, index - 2)))
    )


def _iso(words: Sequence[Word], index: int) -> When | None:
    texts = [_low(words, index + k) for k in range(5)]
    if (
        _YEAR.fullmatch(texts[0])
        and texts[1] == texts[3] == "-"
        and texts[2].isdigit()
        and texts[4].isdigit()
        and 1 <= int(texts[2]) <= 12
    ):
        return When(index, index + 4, _day(texts[0], int(texts[2]), texts[4]), _until(words, index))
    return None


def _full(words: Sequence[Word], index: int) -> When | None:
    one, two = _low(words, index), _low(words, index + 1)
    for day, month in ((one, two), (two, one)):
        if month in _MONTHS and re.fullmatch(r"\d{1,2}", day) and 1 <= int(day) <= 31:
            year = index + 2 + (_low(words, index + 2) == ",")
            if _YEAR.fullmatch(_low(words, year)):
                text = _day(words[year].low, _MONTHS[month], day)
                return When(index, year, text, _until(words, index))
    return None


def _month(words: Sequence[Word], index: int) -> When | None:
    year = index + 1 + (_low(words, index + 1) in (",", "of"))
    if _low(words, index) in _MONTHS and _YEAR.fullmatch(_low(words, year)):
        text = f"{words[year].low}-{_MONTHS[words[index].low]:02d}"
        return When(index, year, text, _until(words, index))
    return None


def _year(words: Sequence[Word], index: int) -> When | None:
    before = _low(words, index - 1)
    if not _YEAR.fullmatch(_low(words, index)) or before in _MONEY or _low(words, index + 1) == "s":
        return None
    return When(index, index, words[index].low, _until(words, index))


def _number(words: Sequence[Word], index: int) -> tuple[float, float, int] | None:
    """A number, its multiplier (thousand, million), and the index of its last word."""
    if not _NUMBER.fullmatch(_low(words, index)):
        return None
    times = _TIMES.get(_low(words, index + 1))
    return float(words[index].low.replace(",", "")), times or 1, index + (times is not None)


def _figure(
    words: Sequence[Word], index: int, dated: set[int], units: Mapping[str, re.Pattern[str]]
) -> FigureInText | None:
    currency = _MONEY.get(_low(words, index))
    first = index + (currency is not None)
    one = _number(words, first)
    if one is None:
        return None
    low, times, last = one
    high, high_times = low, times
    joined = last + 1 + (_low(words, last + 2) in _MONEY)
    if _low(words, last + 1) in ("-", "–", "to", "and") and joined + 1 not in dated:
        other = _number(words, joined + 1)
        if other and (_low(words, last + 1) != "and" or _low(words, first - 1) == "between"):
            high, high_times, last = other
            times = high_times if times == 1 and high_times > 1 and low < high else times
    ends = low * times, high * high_times
    if currency is None and _low(words, last + 1) in _MONEY:
        currency, last = _MONEY[words[last + 1].low], last + 1
    if currency:
        return _money(words, index, last, ends, currency)
    named = _unit(words, last, units)
    return FigureInText(index, last, min(ends), max(ends), named) if named else None


def _money(
    words: Sequence[Word], first: int, last: int, ends: tuple[float, float], currency: str
) -> FigureInText:
    unit, scale = (f"{currency} million", 1e6) if max(ends) >= 1e6 else (currency, 1.0)
    following = [_low(words, last + 1), _low(words, last + 2)]
    if following[0] in ("a", "per", "each") and following[1] in ("month", "year", "day"):
        unit, last = f"{unit} a {following[1]}", last + 2
    return FigureInText(first, last, min(ends) / scale, max(ends) / scale, unit)


def _unit(words: Sequence[Word], last: int, units: Mapping[str, re.Pattern[str]]) -> str:
    """The unit among the next three words."""
    for ahead in range(1, 4):
        for unit, pattern in units.items():
            if pattern.fullmatch(_low(words, last + ahead)):
                return unit
    return ""
