"""The brief says which release counts for which months, and which of its last months are preliminary."""

from dataclasses import dataclass, replace
from datetime import date
from typing import cast

import polars as pl
import pytest

from vedette.brief.inputs.findings import Findings
from vedette.brief.sections.releases import counting_words, preliminary_words, releases_note
from vedette.events import CountingRelease, Store
from vedette.panel import Holdings
from vedette.periods import Span, Step, parse, parse_days

YEARLY = CountingRelease("ucdp", "25.1", parse_days("1989..2024"))
MONTHS = [
    CountingRelease("ucdp", f"25.0.{month}", parse_days(f"2025-0{month}..2025-0{month}"))
    for month in (1, 2, 3)
]
WAITING = replace(MONTHS[2], gap=parse_days("2025-02..2025-02"))


@dataclass(frozen=True)
class Known:
    """What the words are made from: the holdings, and the months shown."""

    holdings: Holdings
    span: Span

    @property
    def last_year(self) -> Span:
        return replace(self.span, first=self.span.last - 11)


def findings(*counting: CountingRelease, last: str = "2025-03") -> Findings:
    holdings = Holdings(pl.DataFrame(), Step.MONTH, {}, {}, (), counting, Store(None), None)
    span = Span(parse("2010-01", Step.MONTH), parse(last, Step.MONTH), Step.MONTH)
    return cast(Findings, Known(holdings, span))


def test_the_months_that_candidates_count_for_are_named_and_called_preliminary() -> None:
    shown = findings(YEARLY, *MONTHS)
    assert counting_words(shown) == (
        "UCDP GED 25.1 from 1989-01 to 2024-12; "
        "UCDP Candidate 25.0.1-25.0.3 from 2025-01 to 2025-03, preliminary"
    )
    assert preliminary_words(shown).startswith("Figures from 2025-01 to 2025-03 are preliminary")
    assert len(releases_note(shown)) == 1


@pytest.mark.parametrize("last", ["2024-12", "2020-06"])
def test_as_of_a_day_before_them_nothing_is_said_of_them(last: str) -> None:
    shown = findings(YEARLY, *MONTHS, last=last)
    assert counting_words(shown) == f"UCDP GED 25.1 from 1989-01 to {last}"
    assert preliminary_words(shown) == ""
    assert releases_note(shown) == []


def test_what_waits_is_said_and_not_called_preliminary() -> None:
    shown = findings(YEARLY, MONTHS[0], WAITING, last="2025-01")
    assert counting_words(shown).endswith("25.0.3 for 2025-03 is not counted, since no file covers 2025-02")
    assert preliminary_words(shown).startswith("Figures of 2025-01 are preliminary")
    assert shown.holdings.releases_to(date(2025, 1, 31)) == (
        "UCDP GED 25.1 to 2024-12, then UCDP Candidate 25.0.1, preliminary; UCDP Candidate 25.0.3 is not "
        "counted, since no file covers 2025-02"
    )


def test_preliminary_months_older_than_a_year_are_not_said_in_the_first_line() -> None:
    early = CountingRelease("ucdp", "18.0.1", parse_days("2018-01..2018-01"))
    assert preliminary_words(findings(early, replace(YEARLY, days=parse_days("2018-02..2024-12")))) == ""


def test_without_event_files_nothing_is_said() -> None:
    assert counting_words(findings()) == preliminary_words(findings()) == ""
    assert releases_note(findings()) == []
