"""Names of UCDP releases: ``23.1`` (yearly), ``23.0.10`` (one month) and ``23.01.23.09`` (several months).

A yearly release holds events up to the year before it. The Candidate files of a month are called
``GEDEvent_v23_0_10.csv``, those of several months ``GEDEvent_v23_01_23_09.csv`` (January to September 2023),
yearly files ``GEDEvent_v23_1.csv`` or ``ged231.csv``. Hegre et al. 2020, *Introducing the UCDP Candidate
Events Dataset*.
"""

import re
from datetime import date

from vedette.periods import Days, Step, first_day, last_day, period_of

FIRST_CANDIDATE = 2018
"""The first year of which there are Candidate files."""
_FIRST_YEARLY = 2010
_CENTURY = 2000
_MONTHLY = re.compile(r"(\d\d)\.0\.(\d{1,2})")
_SEVERAL = re.compile(r"(\d\d)\.0?(\d{1,2})\.(\d\d)\.0?(\d{1,2})")
_NAMED = (
    re.compile(r"(?<!\d)(\d\d)[._](0?\d{1,2})[._](\d\d)[._](0?\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(\d\d)[._](0)[._](\d{1,2})(?!\d)"),
    re.compile(r"(?i:ged(?:event)?)[._-]?v?(\d\d)[._]?(\d)(?!\d)"),
)


def months_of(release: str) -> Days | None:
    """The days of the months of a Candidate release; None if the text names no such release.

    >>> str(months_of("23.0.10")), str(months_of("23.01.23.09"))
    ('2023-10..2023-10', '2023-01..2023-09')
    """
    if found := _MONTHLY.fullmatch(release):
        year, month = map(int, found.groups())
        return _months(year, month, year, month)
    if found := _SEVERAL.fullmatch(release):
        return _months(*map(int, found.groups()))
    return None


def years_to(release: str) -> int | None:
    """The last year of a yearly release; None if the text names no such release.

    >>> years_to("19.1")
    2018
    """
    found = re.fullmatch(r"(\d{1,2})\.[1-9]", release)
    return _CENTURY + int(found[1]) - 1 if found else None


def named(file: str) -> str:
    """The release that the name of a UCDP file says; empty if it says none.

    >>> [named(f"{name}.csv") for name in ("GEDEvent_v23_0_10", "GEDEvent_v23_01_23_09", "ged191", "a")]
    ['23.0.10', '23.01.23.09', '19.1', '']
    """
    for pattern in _NAMED:
        if found := pattern.search(file):
            return ".".join(found.groups())
    return ""


def candidate_release(days: Days) -> str:
    """The name of the Candidate release of the months of some days.

    >>> candidate_release(Days(date(2023, 10, 3), date(2023, 10, 30)))
    '23.0.10'
    >>> candidate_release(Days(date(2023, 1, 3), date(2023, 9, 30)))
    '23.01.23.09'
    """
    first, last = days.first, days.last
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.year % 100}.0.{first.month}"
    return f"{first.year % 100}.{first.month:02d}.{last.year % 100}.{last.month:02d}"


def yearly_release(year: int) -> str:
    """The name of the yearly release that ends with a year; empty before there were such names."""
    return f"{(year + 1) % 100}.1" if year >= _FIRST_YEARLY else ""


def _months(first_year: int, first: int, last_year: int, last: int) -> Days | None:
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    start = date(_CENTURY + first_year, first, 1)
    end = last_day(period_of(date(_CENTURY + last_year, last, 1), Step.MONTH), Step.MONTH)
    return Days(start, end) if start <= end else None


def whole_months(days: Days) -> Days:
    """The whole months that some days touch."""
    first, last = (period_of(day, Step.MONTH) for day in (days.first, days.last))
    return Days(first_day(first, Step.MONTH), last_day(last, Step.MONTH))
