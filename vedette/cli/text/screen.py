"""What the commands print: tables for people, JSON for machines, progress on standard error."""

import json
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import polars as pl
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from vedette.errors import Remark
from vedette.progress import Report

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: str, *, quiet: bool = False) -> None:
    """A line for people."""
    if not quiet:
        out.print(escape(text))


def warn(lines: Iterator[str] | list[str] | tuple[str, ...], *, quiet: bool = False) -> None:
    """Remarks on standard error."""
    if not quiet:
        for line in lines:
            err.print(f"[yellow]Note:[/] {escape(line)}")


@contextmanager
def remarks(*, quiet: bool = False) -> Iterator[None]:
    """Shows the remarks made on the way, once each."""
    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always", Remark)
        yield
    texts = [str(each.message) for each in raised if issubclass(each.category, Remark)]
    warn(list(dict.fromkeys(texts)), quiet=quiet)
    for each in raised:
        if not issubclass(each.category, Remark):
            warnings.warn_explicit(each.message, each.category, each.filename, each.lineno)


def as_json(value: Any) -> None:
    """A document for machines, on one run of lines, keys in their order."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str, allow_nan=False))


def table(frame: pl.DataFrame, title: str = "", *, wrap: bool = False) -> None:
    """A table for people; numbers to the right. Long text is cut, or with ``wrap`` broken over lines."""
    shown = Table(
        title=escape(title) or None, title_justify="left", header_style="bold", box=None, pad_edge=False
    )
    for name, kind in frame.schema.items():
        figures = kind.is_numeric() or kind.is_temporal()
        shown.add_column(
            escape(name.replace("_", " ")),
            justify="right" if kind.is_numeric() else "left",
            no_wrap=figures or not wrap,
            overflow="fold" if wrap else "ellipsis",
        )
    for row in frame.iter_rows():
        shown.add_row(*(escape(_cell(cell)) for cell in row))
    out.print(shown)


def records(frame: pl.DataFrame) -> None:
    """A table with many columns, one block of lines a row."""
    for row in frame.iter_rows(named=True):
        shown = Table(show_header=False, box=None, pad_edge=False)
        for name, cell in row.items():
            shown.add_row(escape(name.replace("_", " ")), escape(_cell(cell)))
        out.print(shown)


def _cell(cell: object) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:,.0f}"
    if isinstance(cell, float):
        return f"{cell:,.3f}" if abs(cell) < 10 else f"{cell:,.1f}"
    return f"{cell:,}" if isinstance(cell, int) and not isinstance(cell, bool) else str(cell)


@contextmanager
def progress(*, quiet: bool) -> Iterator[Report]:
    """A bar on standard error; gives the function that work reports to: what it does, and how far it is."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, TimeElapsedColumn(), console=err, transient=True, disable=quiet) as bar:
        tasks: dict[str, Any] = {}

        def report(what: str, share: float) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=1.0)
            bar.update(tasks[what], completed=share)

        yield report
