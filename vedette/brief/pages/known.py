"""What is known of deaths in a run of months, and months in words."""

from vedette.brief.inputs.count_tables import YEAR, CountTables
from vedette.message import Day, Message, say
from vedette.periods import Span, first_day

Numbers = dict[str, object]
"""A row of `CountTables.over`: group, low, best, high, events, mark."""


def last_months(findings: CountTables, months: int) -> Span:
    """The last so many months of data."""
    last = findings.span.last
    return Span(last - months + 1, last, findings.span.step)


def years_earlier(span: Span, years: int) -> Span:
    """The same months so many years earlier."""
    return Span(span.first - YEAR * years, span.last - YEAR * years, span.step)


def is_known(findings: CountTables, span: Span) -> bool:
    """Whether the panel covers every month of a span."""
    first = span.first - findings.span.first
    return first >= 0 and bool(findings.panel.covered[first : first + len(span)].all())


def deaths_in(findings: CountTables, span: Span) -> Numbers | None:
    """Deaths of the country in a span; None where no file covers a part of it."""
    if not is_known(findings, span):
        return None
    return findings.over(span, findings.panel.grid.everywhere).row(0, named=True)


def month_words(period: int, span: Span) -> Message:
    """A month as it is read: ``September 2020``; ``span`` gives the step."""
    return Day.at(first_day(period, span.step), "year")


def when_words(span: Span) -> Message:
    """When something was, by its months: ``in September 2020``, ``from July to September 2020``."""
    if span.first == span.last:
        return say("in {month}", month=month_words(span.first, span))
    first, last = _ends(span)
    return say("from {first} to {last}", first=first, last=last)


def span_words(span: Span) -> Message:
    """The months of a span as they are read: ``July to September 2020``, ``October 2019 to September 2020``."""
    if span.first == span.last:
        return month_words(span.first, span)
    first, last = _ends(span)
    return say("{first} to {last}", first=first, last=last)


def _ends(span: Span) -> tuple[Day, Day]:
    """The first month and the last, the year said once where it is the same."""
    first, last = first_day(span.first, span.step), first_day(span.last, span.step)
    return Day.at(first, "month" if first.year == last.year else "year"), Day.at(last, "year")
