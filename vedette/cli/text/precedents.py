"""Prints precedents in tables that fit a terminal of 100 columns."""

from textwrap import fill

from vedette import commands
from vedette.cli.text import screen


def print_departures(result: commands.Precedents, *, quiet: bool) -> None:
    """Prints every departure known."""
    told = commands.precedents_told(result)
    screen.table(told.departures, f"Departures up to {result.record.last}")
    screen.say(told.legend, quiet=quiet)
    for line in told.lines:
        screen.say(line, quiet=quiet)
    screen.say("Ask about one with --like.", quiet=quiet)


def print_answer(result: commands.Precedents, *, quiet: bool) -> None:
    """Prints the answer in sentences, the precedents, the years after, and how far to believe it."""
    told = commands.precedents_told(result)
    for sentence in told.lines:
        screen.say(_filled(sentence))
    screen.say("", quiet=quiet)
    screen.table(told.departures)
    screen.say(told.legend, quiet=quiet)
    if told.more:
        screen.say(f"{told.more}: see --json.", quiet=quiet)
    for note in told.notes:
        screen.say(_filled(note), quiet=quiet)
    screen.say("", quiet=quiet)
    for title, rows in (("Factor on yearly deaths", told.changes), ("How far to believe it", told.checks)):
        assert rows is not None
        screen.table(rows, title)
    for line in told.caveats:
        screen.say(line, quiet=quiet)
    screen.say("", quiet=quiet)
    if told.doubts.height:
        screen.table(told.doubts, "Doubtful codings of these governments")
    screen.say(f"{told.left_out}; --doubts lists all.", quiet=quiet)


def print_all_doubts(result: commands.Precedents) -> None:
    """Prints every doubtful coding."""
    screen.table(commands.doubts_told(result), "Doubtful codings")


def _filled(text: str) -> str:
    return fill(text, 100, break_on_hyphens=False)
