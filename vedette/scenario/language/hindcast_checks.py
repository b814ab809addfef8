"""Checks ``hindcast:`` and stocks on record: starts inside the data, forces and stocks that there are."""

from collections.abc import Iterator

from vedette.case import Case
from vedette.errors import Problem
from vedette.periods import Step, label, last_complete, parse, period_of
from vedette.problems import Path as Keys
from vedette.problems import did_you_mean, shown
from vedette.scenario.language.entries import MechanismFile
from vedette.scenario.language.hindcast_entries import AskedChance, HindcastEntry
from vedette.scenario.language.located import Lines

BEFORE, AFTER = 24, 12
"""Months of data that a start needs before it, to forecast from, and after it, to be held against."""


def misplaced(file: MechanismFile, lines: Lines, case: Case) -> Iterator[Problem]:
    """Problems of starts outside the data, of starts named twice, and of records and chances of nothing."""
    yield from _records(file, lines, case)
    if file.hindcast is None:
        return
    for where in ("fit", "held"):
        for place, start in enumerate(getattr(file.hindcast, where)):
            yield from _start(("hindcast", where, place), start, file, lines, case)
    yield from _twice(file.hindcast, lines)
    stocks = [stock.id for stock in file.stocks]
    for place, asked in enumerate(file.hindcast.asked):
        yield from _asked(("hindcast", "asked", place), asked, file.hindcast, stocks, lines)


def _start(keys: Keys, start: str, file: MechanismFile, lines: Lines, case: Case) -> Iterator[Problem]:
    first = period_of(case.start, Step.MONTH) + BEFORE
    end = parse(file.start, Step.MONTH) - 1
    if case.as_of is not None:
        end = min(end, last_complete(case.as_of, Step.MONTH))
    last = end - AFTER + 1
    if not first <= parse(start, Step.MONTH) <= last:
        expected = f"a start from {label(first, Step.MONTH)} to {label(last, Step.MONTH)}"
        cure = (
            f"Choose one of these: {BEFORE} months before it are forecast from, and {AFTER} after it, "
            "before the mechanism itself starts, are what it is held against."
        )
        yield lines.problem(keys, expected, start, cure)


def _twice(hindcast: HindcastEntry, lines: Lines) -> Iterator[Problem]:
    seen: set[str] = set()
    for where in ("fit", "held"):
        for place, start in enumerate(getattr(hindcast, where)):
            if start in seen:
                cure = "Remove one: what a mechanism is fitted on cannot be held back too."
                yield lines.problem(("hindcast", where, place), "each start once", start, cure)
            seen.add(start)


def _asked(
    keys: Keys, asked: AskedChance, hindcast: HindcastEntry, stocks: list[str], lines: Lines
) -> Iterator[Problem]:
    if asked.start not in hindcast.starts:
        cure = "Add it to fit or held, or ask of one that is there."
        yield lines.problem((*keys, "start"), "a start of the hindcast", asked.start, cure)
    if asked.of not in stocks:
        yield lines.problem(
            (*keys, "of"), "the id of a stock", shown(asked.of), did_you_mean(asked.of, stocks)
        )
    if asked.by <= asked.start:
        cure = "Ask for a later month."
        yield lines.problem((*keys, "by"), f"a month after {asked.start}", asked.by, cure)


def _records(file: MechanismFile, lines: Lines, case: Case) -> Iterator[Problem]:
    """Stocks whose record names no main force, or that count no people."""
    main = sorted({row["force"] for row in case.forces.iter_rows(named=True) if row["main"]})
    for index, stock in enumerate(file.stocks):
        keys: Keys = ("stocks", index, "record")
        if stock.record is None or case.withheld:
            continue
        if stock.unit != "people":
            cure = "Leave record out, or count people."
            yield lines.problem(keys, "a stock of people, since strengths are", stock.unit, cure)
        for place, force in enumerate(stock.record.strength):
            if force not in main:
                cure = did_you_mean(force, main)
                yield lines.problem(
                    (*keys, "strength", place), "a main force of forces.csv", shown(force), cure
                )
