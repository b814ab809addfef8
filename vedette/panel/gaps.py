"""What to say of periods within the data of a case that no file covers."""

from collections.abc import Iterator

from vedette.case import Case
from vedette.errors import DataError, Problem
from vedette.events import gap_text
from vedette.panel.holdings import FILES, Holdings
from vedette.panel.known import known_periods
from vedette.panel.panel import Panel
from vedette.periods import Days, Span, first_day, label, last_day
from vedette.plurals import counted


def history_notes(case: Case, panel: Panel) -> tuple[str, ...]:
    """Why the history that models learn from begins when it does; none where the panel has no gap."""
    if not panel.gaps:
        return ()
    start, gap = label(panel.stretch.first, panel.stretch.step), written(panel.gaps[-1])
    return (
        f"History begins with {start}: no file of {case.dataset} covers {gap}, and models learn from an "
        f"unbroken run. To use what lies before, load that file or say that one covers it: "
        f"vedette events load {case.id} FILE --covers {days_of(panel.gaps[-1])}",
    )


def gap_warnings(case: Case, holdings: Holdings) -> Iterator[Problem]:
    """The gaps between the files of the case's data set, with what to do about each."""
    try:
        known = known_periods(case, holdings.covers, holdings.step)
    except DataError:
        return
    where = "events" if holdings.origins[case.dataset] == FILES else "observed.csv"
    for each in holdings.counting:
        if each.gap:
            expected, found = "Candidates that follow without a gap", f"{each.title} after none of {each.gap}"
            cure = f"It is not counted. {gap_text(case.typed, case.dataset, each.gap)}"
            yield Problem(where, 0, "", expected, found, cure)
    for gap in known.gaps:
        expected = f"files that cover every {gap.step}"
        found = f"none for {counted(len(gap), str(gap.step))}, {written(gap)}"
        yield Problem(where, 0, "", expected, found, gap_text(case.typed, case.dataset, days_of(gap)))


def written(gap: Span) -> str:
    """A run of periods in words: ``2017-01 to 2017-12``.

    >>> from vedette.periods import Step
    >>> written(Span(24204, 24215, Step.MONTH))
    '2017-01 to 2017-12'
    """
    first, last = label(gap.first, gap.step), label(gap.last, gap.step)
    return first if first == last else f"{first} to {last}"


def days_of(gap: Span) -> Days:
    """The days of a run of periods."""
    return Days(first_day(gap.first, gap.step), last_day(gap.last, gap.step))
