"""Prints what drives a comparison."""

from textwrap import fill

from vedette import commands
from vedette.cli.text import screen


def print_drivers(comparison: commands.ScenarioComparison, drivers: commands.Drivers) -> None:
    """Prints what drives the answer, and where to see what to watch."""
    told = commands.drivers_told(comparison, drivers)
    _heading(told.heading, told.meaning)
    for name, rows in told.inputs:
        if rows.is_empty():
            screen.say(f"{name}: nothing differs")
        else:
            screen.table(rows)
    if told.tipping or told.nowhere:
        _heading("Tipping values", told.meaning_of_tipping)
    for title, rows in told.tipping:
        screen.table(rows, title)
    if told.nowhere:
        _wrapped(told.nowhere)
    _heading("Where it goes wrong", told.meaning_of_boxes)
    for where, words in told.boxes:
        _wrapped(f"{where}:")
        _wrapped(words, "  ")
    if told.unheld:
        screen.say(f"{told.unheld} more did not hold up in the other half of the draws")
    elif not told.boxes:
        screen.say("No box gathers them")
    case = comparison.ensemble.mechanism.case.typed
    if len(comparison.ensemble.scenarios) > 1:
        _heading("Who would regret what", "--who ACTOR says it, for an actor that sets levers")
    _heading("What to watch", f"vedette signs {case}: what somebody measures, and whether its alarm is on")


def _heading(title: str, meaning: str) -> None:
    screen.say(f"\n{title.upper()}")
    _wrapped(meaning)


def _wrapped(text: str, before: str = "") -> None:
    screen.say(fill(text, 100, initial_indent=before, subsequent_indent=before, break_on_hyphens=False))
