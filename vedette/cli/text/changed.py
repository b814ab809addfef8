"""Prints what changed between two days: the first lines, then part by part."""

from textwrap import fill

import polars as pl

from vedette import commands
from vedette.cli.text import screen
from vedette.rounding import estimate, interval

WIDTH = 100
Row = dict[str, str | int | float | None]
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


def _table(title: str, rows: list[Row]) -> None:
    if not rows:
        return
    screen.say("")
    screen.table(pl.DataFrame([_narrow(row) for row in rows[:SHOWN]], infer_schema_length=None), title)
    if len(rows) > SHOWN:
        screen.say(f"{len(rows) - SHOWN} more; --json has all.")


def _narrow(row: Row) -> dict[str, str]:
    """A row with each number and its range in one cell; forecasts are rounded, beliefs have two decimals."""
    cells = {}
    for name, value in row.items():
        if name.endswith(("_low", "_high")):
            continue
        low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
        if isinstance(value, float) and isinstance(low, float) and isinstance(high, float):
            cells[name] = f"{estimate(value)} ({interval(low, high)})"
            continue
        cells[name] = _cell(name, value)
        if value is not None and low is not None and low != high:
            cells[name] += f" ({_cell(name, low)}–{_cell(name, high)})"
    return cells


def _cell(name: str, value: str | int | float | None) -> str:
    if value is None:
        return "-"
    if name == "below" and not isinstance(value, str):
        return f"{100 * value:.1f} %"
    return f"{value:.2f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value
