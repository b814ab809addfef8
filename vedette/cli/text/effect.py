"""Prints what an intervention changed, in words and tables."""

from vedette import commands
from vedette.cli.text import screen


def print_effect(result: commands.EffectResult, *, quiet: bool) -> None:
    """Prints the effect as tables, with what it cannot rule out."""
    told = commands.effect_told(result)
    for line in told.first:
        screen.say(line)
    if told.first:
        screen.say("")
    for place, (title, rows) in enumerate(told.tables):
        screen.table(rows, f"\n{title}" if place else title)
    screen.say("")
    for line in told.last:
        screen.say(line)
    if quiet:
        return
    screen.say(f"\nWhat was done: {told.done}")
    screen.say("What this cannot rule out:")
    for doubt in told.doubts:
        screen.say(f"- {doubt}")
