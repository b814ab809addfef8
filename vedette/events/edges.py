"""Notes on where the cover of a file begins and ends, with the option that would move it."""

import shlex
from collections.abc import Iterator, Sequence
from datetime import date

from vedette.case import Case
from vedette.errors import Problem
from vedette.events.formats.acled import ACLED
from vedette.events.formats.release_names import years_to
from vedette.events.formats.ucdp import GED
from vedette.periods import Days, first_day, last_day, period_of


def edges(name: str, dataset: str, release: str, covers: Sequence[Days], case: Case) -> Iterator[Problem]:
    """Notes on the years after a file's last that its release reaches, and on periods that it holds in part.

    Args:
        name: the name of the file.
        dataset: its data set.
        release: its release.
        covers: the days that it covers in the country of the case.
        case: the case.
    """
    if not covers:
        return
    last, end = covers[-1].last, years_to(release) if dataset == GED else None
    if end is not None and last.year < end:
        silent = Days(date(last.year + 1, 1, 1), date(end, 12, 31))
        found = f"no event after {last.year}, which in a file of one country may mean that there was none"
        cure = f"Months after {last:%Y-%m} stay unknown. Count them as zero with: {_line(case, name, silent)}"
        yield Problem(name, 0, "", f"events up to {end}, as release {release} has them", found, cure)
    if dataset == ACLED:
        yield from _in_part(name, covers, case)


def _in_part(name: str, covers: Sequence[Days], case: Case) -> Iterator[Problem]:
    days = Days(covers[0].first, covers[-1].last)
    first, last = (period_of(day, case.step) for day in (days.first, days.last))
    outer = Days(first_day(first, case.step), last_day(last, case.step))
    if days == outer:
        return
    found = f"{covers[0].first} to {covers[-1].last}, its first and its last event"
    cure = (
        f"A {case.step} that it holds in part is not counted. If you took whole ones from ACLED, say so "
        f"with: {_line(case, name, outer)}"
    )
    yield Problem(name, 0, "", f"whole {case.step}s", found, cure)


def _line(case: Case, name: str, days: Days) -> str:
    return f"vedette events load {case.typed} {shlex.quote(name)} --covers {days}"
