"""Types of the values in a case: days, months, coordinates, counts, codes.

The description of each type is quoted by `vedette.problems` as what is expected of the user.
"""

from datetime import date, datetime
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from vedette.errors import UsageError
from vedette.periods import parse_day, parse_days
from vedette.problems import wrong

EARLIEST = date(1940, 1, 1)
LATEST = date(2060, 12, 31)

_YEAR = r"(19[4-9][0-9]|20[0-5][0-9]|2060)"
_MONTH = rf"{_YEAR}-(0[1-9]|1[0-2])"
_DAY = rf"{_MONTH}-(0[1-9]|[12][0-9]|3[01])"


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return parse_day(str(value))
    except UsageError as error:
        raise wrong("", "a day like 2014-06-10", value, "Write year-month-day, a day that exists.") from error


@cache
def _known_to(text: str) -> str:
    _day((text + "-01-01")[:10])
    return text


def _day_run(text: str) -> str:
    try:
        return str(parse_days(text))
    except UsageError as error:
        cure = "Write the first and the last month or day."
        raise wrong("", "days like 2016-01..2018-12", text, cure) from error


def _code(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


_LETTER = r"\S"
"""A text of blanks alone says nothing."""
Text = Annotated[str, Field(min_length=1, pattern=_LETTER, description="some text")]
Code = Annotated[
    str, BeforeValidator(_code), Field(min_length=1, pattern=_LETTER, description="a code or a name")
]
Slug = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9][a-z0-9_-]*$",
        description="an id of small letters, digits and hyphens, like islamic-state",
    ),
]
Day = Annotated[
    date,
    BeforeValidator(_day),
    Field(ge=EARLIEST, le=LATEST, description="a day between 1940 and 2060, like 2014-06-10"),
]
PartialDay = Annotated[
    str,
    Field(
        pattern=rf"^({_YEAR}|{_MONTH}|{_DAY})?$",
        description="a day, month or year between 1940 and 2060, like 2014-06-10, 2014-06 or 2014",
    ),
    BeforeValidator(_code),
    AfterValidator(lambda text: _known_to(text) if text else text),
]
DayOrMonth = Annotated[
    str,
    Field(
        pattern=rf"^({_MONTH}|{_DAY})$",
        description="a day or month between 1940 and 2060, like 2014-06-10 or 2014-06",
    ),
    AfterValidator(_known_to),
]
Month = Annotated[
    str,
    Field(pattern=rf"^{_MONTH}$", description="a month between 1940-01 and 2060-12, like 2014-06"),
]
DayRun = Annotated[str, AfterValidator(_day_run)]
MOST = 1_000_000_000
"""The largest count that a table may hold: sums of a table of such counts stay within 64 bits."""
LARGEST = 1e15
"""The largest amount or figure that a file of a case may hold; sums of such numbers stay exact."""
Count = Annotated[int, Field(ge=0, le=MOST, description="a whole number, 0 or more, up to a billion")]
Amount = Annotated[
    float, Field(ge=0, le=LARGEST, allow_inf_nan=False, description="a number, 0 or more, up to 1e15")
]
_within = Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False, description="a number between -1e15 and 1e15")
Number = Annotated[float, _within]
NumberOrNone = Annotated[float | None, _within]
Latitude = Annotated[
    float | None,
    Field(ge=-90, le=90, allow_inf_nan=False, description="a latitude in degrees, from -90 to 90"),
]
Longitude = Annotated[
    float | None,
    Field(ge=-180, le=180, allow_inf_nan=False, description="a longitude in degrees, from -180 to 180"),
]
FileName = Annotated[
    str,
    Field(pattern=r"^[^/\\:.][^/\\:]*$", description="the name of a file in the case folder, without a path"),
]
Address = Annotated[str, Field(pattern=r"^https?://\S+$", description="an address that starts with https://")]
