"""Prints what changed between two days: the first lines, then part by part."""

from textwrap import fill

import polars as pl

from vedette import commands
from vedette.cli.text import screen

WIDTH = 100
SHOWN = 12
"""Rows of a table that are printed; --json has all."""


def print_changes(result: commands.ChangesResult, *, quiet: bool) -> None:
    """Prints the first lines, each part with its tables, and from which size on a difference is told."""
    changes = result.changes
    since = f"the brief issued as number {changes.issue} on " if changes.issue is not None else ""
    edition = f", {changes.edition} edition" if changes.edition else ""
    screen.say(f"{changes.country}: what changed from {since}{changes.first} to {changes.last}{edition}\n")
    for line in result.lead:
        screen.say(fill(line, WIDTH, break_on_hyphens=False))
    for part in result.parts:
        screen.say(f"\n{part.heading.upper()}")
        for line in part.lines:
            screen.say(fill(line, WIDTH, subsequent_indent="  ", break_on_hyphens=False))
        for title, rows in part.tables:
            _table(title, rows)
    screen.say("", quiet=quiet)
    for rule in result.rules:
        screen.say(fill(rule, WIDTH, subsequent_indent="  ", break_on_hyphens=False), quiet=quiet)


def _table(title: str, rows: list[dict[str, str | int | float | None]]) -> None:
    if not rows:
        return
    shown = pl.DataFrame(rows[:SHOWN], infer_schema_length=None)
    whole = [name for name in shown.columns if shown[name].is_not_null().any()]
    rounded = [pl.col(name).round(2) for name, kind in shown.schema.items() if kind.is_float()]
    screen.say("")
    screen.table(shown.with_columns(rounded).select(whole), title)
    if len(rows) > SHOWN:
        screen.say(f"{len(rows) - SHOWN} more; --json has all.")
