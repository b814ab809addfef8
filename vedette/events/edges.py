"""Notes on where the cover of a file begins and ends, with the option that would move it."""

import shlex
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from vedette.case import Case
from vedette.errors import Problem
from vedette.events.covers import Cover
from vedette.events.formats.acled import ACLED
from vedette.events.formats.release_names import years_to
from vedette.events.formats.ucdp import UCDP
from vedette.periods import Days, first_day, joined, last_day, period_of


def edges(name: str, dataset: str, covers: Sequence[Cover], case: Case) -> Iterator[Problem]:
    """Notes on the months after a file's last that its release reaches, and on periods that it holds in part.

    Args:
        name: the name of the file.
        dataset: its data set.
        covers: what it covers in the country of the case.
        case: the case.
    """
    if not covers:
        return
    days, release, guessed = joined(cover.days for cover in covers), covers[0].release, covers[0].guessed
    last, end = days[-1].last, years_to(release) if dataset == UCDP else None
    if guessed and last < (ends := date(last.year, 12, 31)):
        silent = Days(last + timedelta(days=1), ends)
        found = f"its last event in {last:%Y-%m}, from which release {release} is guessed"
        cure = (
            f"Months after {last:%Y-%m} stay unknown. If it is a yearly file, count them as zero with: "
            f"{_line(case, name, silent)}, or name its release with --release."
        )
        yield Problem(name, 0, "", "a file that says of which release it is", found, cure)
    elif end is not None and last.year < end:
        silent = Days(date(last.year + 1, 1, 1), date(end, 12, 31))
        found = f"no event after {last.year}, which in a file of one country may mean that there was none"
        cure = f"Months after {last:%Y-%m} stay unknown. Count them as zero with: {_line(case, name, silent)}"
        yield Problem(name, 0, "", f"events up to {end}, as release {release} has them", found, cure)
    if dataset == ACLED:
        yield from _in_part(name, days, case)


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
