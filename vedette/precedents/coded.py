"""Reads what was coded by hand about each departure: war, role, dose, and whether the government stood."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vedette.errors import DataError, Problem
from vedette.periods import first_possible, last_possible

ROLES = ("main", "co-backer", "contributor")
"""Main: the largest foreign force; co-backer: a force of its own beside it; contributor: all others."""
NOBODY = "none"
"""The role in the file of codings where, by the page, nobody had left: it has no weight."""
OUTCOMES = ("stood", "fell", "unknown")


@dataclass(frozen=True)
class Coded:
    """What was coded by hand about one departure.

    Attributes:
        war: the war; departures of one war are one cluster.
        role: main, co-backer or contributor, a judgement by vedette; none where nobody had left by a page.
        left: the first and the last day on which the troops may have left; None if no page was found.
        share: the least and the most that left of all foreign troops beside the government, 0 to 1, or None.
        outcome: whether the government ``stood`` until a day, ``fell`` on it, or ``unknown``.
        day: the first and the last day that the date of the outcome may mean, or None.
        to: ``opponents`` or ``coup`` for a government that fell.
        sources: addresses of the pages that were read: of ``left``, of ``share``, of ``outcome``.
        note: what else a reader must know.
    """

    war: str
    role: str
    left: tuple[date, date] | None
    share: tuple[float, float] | None
    outcome: str
    day: tuple[date, date] | None
    to: str
    sources: tuple[str, str, str]
    note: str

    def sources_by(self, day: date) -> tuple[str, ...]:
        """The pages behind what had happened by a day."""
        left, share, outcome = self.sources
        happened = (
            (left, self.left is not None and self.left[0] <= day),
            (share, True),
            (outcome, self.day is not None and self.day[0] <= day),
        )
        return tuple(dict.fromkeys(source for source, known in happened if source and known))

    def note_by(self, day: date) -> str:
        """The note, if it speaks of no year after that of a day."""
        return self.note if latest_year(self.note) <= day.year else ""


def latest_year(text: str) -> int:
    """The latest year that a text names; 0 if it names none.

    >>> latest_year("half had left by November 1989, the last 2,910 in May 1991"), latest_year("1,000 men")
    (1991, 0)
    """
    return max(map(int, re.findall(r"\b(?:19|20)\d\d\b", text)), default=0)


def read_coded(text: bytes, name: str) -> Mapping[tuple[str, int], Coded]:
    """The codings by government and year.

    Raises:
        DataError: a row lacks a page for what it says, or holds another mistake.
    """
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8"))))
    problems = [
        problem for number, row in enumerate(rows, start=2) for problem in _mistakes(row, name, number)
    ]
    if problems:
        raise DataError(f"{name} has mistakes.", problems)
    return {(row["government"], int(row["year"])): _coded(row) for row in rows}


def _coded(row: dict[str, str]) -> Coded:
    share = (float(row["share_low"]), float(row["share_high"])) if row["share_low"] else None
    sources = row["left_source"], row["share_source"], row["source"]
    days = _days(row["left"]), _days(row["day"])
    return Coded(
        row["war"], row["role"], days[0], share, row["outcome"], days[1], row["to"], sources, row["note"]
    )


def _days(text: str) -> tuple[date, date] | None:
    """The first and last day of a day, month or year, written as in ISO 8601."""
    return (first_possible(text), last_possible(text)) if text else None


def _mistakes(row: dict[str, str], file: str, number: int) -> list[Problem]:
    """What is wrong with a row: words that are not known, shares out of order, facts without a page."""
    problems = []

    def note(column: str, expected: str, cure: str) -> None:
        problems.append(Problem(file, number, column, expected, row.get(column) or "nothing", cure))

    if row.get("role") not in (*ROLES, NOBODY):
        note("role", " or ".join((*ROLES, NOBODY)), "Write one.")
    if row.get("outcome") not in OUTCOMES:
        note("outcome", " or ".join(OUTCOMES), "Write one.")
    if not row.get("war"):
        note("war", "the name of the war", "Write one.")
    for column, page in (("left", "left_source"), ("share_low", "share_source"), ("day", "source")):
        if bool(row.get(column)) != bool(row.get(page)):
            note(
                page,
                f"a page for {column}, and none without it",
                "Name the page that was read, or clear both.",
            )
    if (row.get("outcome") in ("stood", "fell")) != bool(row.get("day")):
        note("day", "a day where the outcome is known, else none", "Write it, or write unknown.")
    if (row.get("outcome") == "fell") != (row.get("to") in ("opponents", "coup")):
        note("to", "opponents or coup for a government that fell", "Write one.")
    if row.get("share_low") and not 0 <= float(row["share_low"]) <= float(row["share_high"] or -1) <= 1:
        note("share_high", "shares from 0 to 1, low before high", "Correct them.")
    return problems
