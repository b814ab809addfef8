"""What is known of deaths in a run of months, and months in words."""

from vedette.brief.inputs.findings import YEAR, Findings
from vedette.message import Day, Message, say
from vedette.periods import Span, first_day

Numbers = dict[str, object]
"""A row of `Findings.over`: group, low, best, high, events, mark."""


def last_months(findings: Findings, months: int) -> Span:
    """The last so many months of data."""
    last = findings.span.last
    return Span(last - months + 1, last, findings.span.step)


def years_earlier(span: Span, years: int) -> Span:
    """The same months so many years earlier."""
    return Span(span.first - YEAR * years, span.last - YEAR * years, span.step)


def is_known(findings: Findings, span: Span) -> bool:
    """Whether the panel covers every month of a span."""
    first = span.first - findings.span.first
    return first >= 0 and bool(findings.panel.covered[first : first + len(span)].all())


def deaths_in(findings: Findings, span: Span) -> Numbers | None:
    """Deaths of the country in a span; None where no file covers a part of it."""
    if not is_known(findings, span):
        return None
    return findings.over(span, findings.panel.grid.everywhere).row(0, named=True)


def month_words(period: int, span: Span) -> Message:
    """A month as it is read: ``September 2020``; ``span`` gives the step."""
    return Day.at(first_day(period, span.step), "year")


def span_words(span: Span) -> Message:
    """The months of a span as they are read: ``July to September 2020``, ``October 2019 to September 2020``."""
    first, last = first_day(span.first, span.step), first_day(span.last, span.step)
    if span.first == span.last:
        return Day.at(last, "year")
    begin = Day.at(first, "month" if first.year == last.year else "year")
    return say("{first} to {last}", first=begin, last=Day.at(last, "year"))
