"""Words from numbers: likelihood words by ICD 203 or the UK PHIA yardstick, and how numbers are written.

The word always follows the number that is printed beside it, so the two cannot disagree:

1. The chance is rounded to the smallest of 1, 5, 10 or 25 points that is no smaller than the standard error
   that the number of draws leaves, so no digit is shown that the draws do not support.
2. On ICD 203 rows share their edges; an edge belongs to the row nearer to an even chance (20 % is *unlikely*,
   80 % is *likely*, 5 % is *very unlikely*).
3. PHIA leaves gaps between its rows on purpose; a chance in a gap has no word and only the number is given.
4. 0 and 100 have no word on either scale, nor has anything below 1 % or above 99 % on ICD 203.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, isfinite, log10, sqrt

from vedette.message import Day, Message, say, say_many
from vedette.periods import Span, last_complete, last_day
from vedette.rounding import decimal

_POINTS = (1, 5, 10, 25)
_TOO_SMALL = 0.005
"""The part of the largest number beside it below which one is shown as 0."""


@dataclass(frozen=True)
class LikelihoodWord:
    """One row of a scale: from ``low`` to ``high`` percent, both included unless ``open_high``."""

    word: str
    low: float
    high: float


@dataclass(frozen=True)
class LikelihoodScale:
    """A scale of likelihood words; the first row that holds a chance names it."""

    id: str
    name: str
    rows: tuple[LikelihoodWord, ...]


_ICD203 = LikelihoodScale(
    "icd203",
    "ICD 203",
    (
        LikelihoodWord(say("roughly even chance"), 45, 55),
        LikelihoodWord(say("unlikely"), 20, 45),
        LikelihoodWord(say("likely"), 55, 80),
        LikelihoodWord(say("very unlikely"), 5, 20),
        LikelihoodWord(say("very likely"), 80, 95),
        LikelihoodWord(say("almost no chance"), 1, 5),
        LikelihoodWord(say("almost certain"), 95, 99),
    ),
)

_PHIA = LikelihoodScale(
    "phia",
    "UK PHIA yardstick",
    (
        LikelihoodWord(say("remote chance"), 0, 5),
        LikelihoodWord(say("highly unlikely"), 10, 20),
        LikelihoodWord(say("unlikely"), 25, 35),
        LikelihoodWord(say("realistic possibility"), 40, 49.999),
        LikelihoodWord(say("likely"), 55, 75),
        LikelihoodWord(say("highly likely"), 80, 90),
        LikelihoodWord(say("almost certain"), 95, 100),
    ),
)

SCALES = {scale.id: scale for scale in (_ICD203, _PHIA)}


def rounded_percent(probability: float, draws: int) -> int:
    """The chance in percent, as coarse as the number of draws makes it.

    >>> rounded_percent(0.4831, 10_000), rounded_percent(0.4831, 1000), rounded_percent(0.0312, 1000)
    (48, 50, 3)
    """
    error = 100 * sqrt(probability * (1 - probability) / draws)
    points = next((points for points in _POINTS if points >= error), _POINTS[-1])
    return points * floor(100 * probability / points + 0.5)


def chance(probability: float, draws: int) -> str:
    """A chance as a number with what the draws support.

    >>> chance(0.4831, 10_000), chance(0.0, 1000), chance(0.002, 1000), chance(1.0, 1000)
    ('48 %', 'fewer than 1 in 1,000 draws', 'less than 1 %', 'all 1,000 draws')
    """
    points = rounded_percent(probability, draws)
    if probability <= 0:
        return say("fewer than 1 in {draws} draws", draws=draws)
    if probability >= 1:
        return say("all {draws} draws", draws=draws)
    if points == 0:
        return say("less than 1 %")
    return say("more than 99 %") if points == 100 else f"{points} %"


def word(probability: float, draws: int, scale: str) -> str | None:
    """The likelihood word of a scale for a chance; None where the scale has none.

    >>> word(0.2, 10_000, "icd203"), word(0.8, 10_000, "icd203"), word(0.05, 10_000, "icd203")
    ('unlikely', 'likely', 'very unlikely')
    >>> word(0.07, 10_000, "phia") is None, word(0.0, 1000, "icd203") is None
    (True, True)
    """
    points = rounded_percent(probability, draws)
    if points in (0, 100):
        return None
    return next((row.word for row in SCALES[scale].rows if row.low <= points <= row.high), None)


def likelihood(probability: float, draws: int, scale: str) -> str:
    """The word with its number, or the number alone where the scale has no word.

    >>> likelihood(0.724, 10_000, "icd203"), likelihood(0.07, 10_000, "phia"), likelihood(0.0, 500, "icd203")
    ('likely (72 %)', '7 %', 'fewer than 1 in 500 draws')
    """
    name = word(probability, draws, scale)
    number = chance(probability, draws)
    return say("{likely} ({number})", likely=name, number=number) if name else number


def chance_clause(probability: float, draws: int, scale: str) -> tuple[str, str]:
    """What stands before and after `likelihood` so that what may happen can follow as a sentence.

    >>> before, after = chance_clause(0.483, 10_000, "icd203")
    >>> f"{before} {likelihood(0.483, 10_000, 'icd203')}{after} more than 75 people die"
    'there is a roughly even chance (48 %) that more than 75 people die'
    >>> chance_clause(0.7, 10_000, "icd203"), chance_clause(0.07, 10_000, "phia")
    (('it is', ' that'), ('the chance is', ' that'))
    """
    name = word(probability, draws, scale)
    if name is None:
        return ("in", "") if probability in (0, 1) else ("the chance is", " that")
    if not name.endswith(("chance", "possibility")):
        return "it is", " that"
    return "there is" if name.startswith("almost") else "there is a", " that"


def significant(number: float, figures: int, most: int) -> str:
    """A number with so many significant figures but no more than ``most`` decimals, thousands apart.

    >>> significant(6390.69, 3, 3), significant(76.487, 3, 3), significant(-0.0411, 3, 3)
    ('6,390', '76.5', '−0.041')
    """
    if not number or not isfinite(number):
        return decimal(number)
    digits = figures - 1 - floor(log10(abs(number)))
    return decimal(round(number, digits), min(max(0, digits), most))


_FIGURES, _DECIMALS = 2, 6
_MILLION = 1e6


def outcome_number(number: float, error: float = 0.0, *, signed: bool = False) -> str:
    """A number of a scenario: two significant figures, or one where the error of simulation leaves no more.

    A figure holds where the error is at most one unit of it. ``~`` stands before a number of which not even
    one holds, and *about* before a change. ``signed`` makes it a change, with a plus above 0.

    >>> outcome_number(2104.3), outcome_number(0.1234), outcome_number(-3.86), outcome_number(86_512_345)
    ('2,100', '0.12', '−3.9', '87 million')
    >>> outcome_number(2104.3, 120), outcome_number(2104.3, 1900), outcome_number(0.06, signed=True)
    ('2,000', '~2,000', '+0.060')
    >>> outcome_number(412.0, 300, signed=True), outcome_number(-412.0, 300, signed=True)
    ('about +400', 'about −400')
    """
    if not number or not isfinite(number):
        return decimal(number)
    rough = not holds(number, error, 1)
    figures = _FIGURES if holds(number, error, _FIGURES) else 1
    before = ("~" if rough and not signed else "") + ("+" if signed and number > 0 else "")
    millions = abs(number) / _MILLION
    shown: str = before + significant(number / (_MILLION if millions >= 1 else 1), figures, _DECIMALS)
    if millions >= 1:
        shown = say_many(int(millions), "{number} million", "{number} million", number=shown)
    return say("about {number}", number=shown) if rough and signed else shown


def number_text(value: float, most: float = 0.0, error: float = 0.0) -> str:
    """A number of an outcome as it is read; 0 if it is too small a part of the largest beside it.

    >>> number_text(1234.5), number_text(0.001, 2.0), number_text(1234.5, 0.0, 400)
    ('1,200', '0', '1,000')
    """
    return outcome_number(value, error) if abs(value) >= _TOO_SMALL * most else outcome_number(0.0)


def holds(number: float, error: float, figures: int = _FIGURES) -> bool:
    """Whether a standard error leaves so many significant figures of a number: it is one unit of the last.

    >>> holds(2104.3, 100), holds(2104.3, 101), holds(0.0, 0.0)
    (True, False, True)
    """
    if not number:
        return error == 0
    unit = 10.0 ** (floor(log10(abs(number))) + 1 - figures)
    return error <= unit


def error_number(error: float) -> str:
    """An error of simulation: one significant figure.

    >>> error_number(417.0), error_number(0.034), error_number(2.4e6)
    ('400', '0.03', '2 million')
    """
    if error >= _MILLION:
        return f"{significant(error / _MILLION, 1, _DECIMALS)} million"
    return significant(error, 1, _DECIMALS)


def outcome_range(numbers: Sequence[float], errors: Sequence[float] = (), *, signed: bool = False) -> str:
    """One number, or the lowest and the highest over branches, each as `outcome_number` writes it.

    Where one error is less than twice the other, the smaller counts for both, so that two numbers that are
    close do not come out as 4,000 and 4,400.

    >>> outcome_range([1.0, 2.04]), outcome_range([2.0, 2.01]), outcome_range([-3.0, 2.0], signed=True)
    ('1.0 to 2.0', '2.0', '−3.0 to +2.0')
    >>> outcome_range([4340, 4395], [102, 99]), outcome_range([4340, 4395], [190, 60])
    ('4,300 to 4,400', '4,000 to 4,400')
    """
    pairs = sorted(zip(numbers, errors or [0.0] * len(numbers), strict=True))
    ends = pairs[0], pairs[-1]
    least, most = sorted(error for _, error in ends)
    low, high = (
        outcome_number(number, least if most < 2 * least else error, signed=signed) for number, error in ends
    )
    return low if low == high else say("{low} to {high}", low=low, high=high)


def percent(share: float, digits: int = 0) -> str:
    """A share between 0 and 1 in percent.

    >>> percent(0.256), percent(-0.031, 1)
    ('26 %', '−3.1 %')
    """
    return f"{decimal(100 * share, digits)} %"


FRESH = 3
"""Months after which data count as old."""

LONG = 2
"""Years from which an age is told in years and months."""


def data_end_words(span: Span, day: date) -> str:
    """The sentence that opens a brief whose data end more than three months before its day; else nothing.

    ``{end}`` stands for the last month of data.

    >>> from vedette.periods import Step, parse
    >>> counted_months = Span(parse("2017-01", Step.MONTH), parse("2018-12", Step.MONTH), Step.MONTH)
    >>> data_end_words(counted_months, date(2019, 3, 31))
    ''
    >>> data_end_words(counted_months, date(2019, 4, 1))
    'The data end with {end}, over 3 months before 1 April 2019: what came since is not in them.'
    >>> data_end_words(counted_months, date(2026, 5, 29))
    'The data end with {end}, over 7 years and 4 months before 29 May 2026: what came since is not in them.'
    """
    if day <= last_day(span.last + FRESH, span.step):
        return ""
    whole = last_complete(day, span.step) - span.last
    years, months = divmod(whole, 12)
    age = _months(whole) if years < LONG else say_many(years, "{count} year", "{count} years")
    if years >= LONG and months:
        age = say("{years} and {months}", years=age, months=_months(months))
    if day != last_day(last_complete(day, span.step), span.step):
        age = say("over {time}", time=age)
    return say(
        "The data end with {end}, {age} before {day}: what came since is not in them.",
        age=age,
        day=Day.at(day, "day"),
    )


def _months(many: int) -> Message:
    return say_many(many, "{count} month", "{count} months")
