"""Prints signs, and which scenario and branch the months since speak for."""

from textwrap import fill

from vedette import commands
from vedette.cli.text import screen
from vedette.plurals import counted


def print_signs(result: commands.SignsResult, *, quiet: bool) -> None:
    """Prints each early sign: its value, its alarm, what it warns of, and how often falsely."""
    on = [row for row in result.rows if row.state.state == commands.FIRED]
    screen.say(f"Signs known on {result.day}: {counted(len(on), 'alarm')} on, of {len(result.rows)}\n")
    screen.records(result.shown())
    screen.warn([row.stale for row in result.rows if row.stale], quiet=quiet)


def print_track(result: commands.TrackResult) -> None:
    """Prints the course of the levers, the weights of branches, and how well they can be told apart."""
    told = commands.track_told(result)
    for line in told.since:
        screen.say(fill(line, 100, break_on_hyphens=False))
    screen.say("\nWHICH SCENARIO, BY THE LEVERS ON RECORD")
    for line in told.course:
        screen.say(fill(line, 100, break_on_hyphens=False))
    screen.say("\nWHICH BRANCH, BY WHAT WAS COUNTED SINCE")
    for line in told.signs:
        screen.say(fill(line, 100, break_on_hyphens=False))
    screen.say(fill(told.legend, 100))
    for each in told.alternatives:
        screen.say(f"\n{each.name}")
        screen.table(each.rivals)
        for line in each.verdict:
            screen.say(fill(line, 100, break_on_hyphens=False))
    screen.say("\nWHAT TO COLLECT NEXT")
    for line in told.collecting:
        screen.say(fill(line, 100, break_on_hyphens=False))
