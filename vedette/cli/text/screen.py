"""What the commands print: tables for people, JSON for machines, progress on standard error."""

import json
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import polars as pl
from rich.cells import cell_len
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from vedette import commands
from vedette.cli.text.terminal import Terminal
from vedette.errors import Remark
from vedette.problems import visible
from vedette.progress import Report

if TYPE_CHECKING:
    from vedette.panel import WithoutPlace

out = Terminal()
err = Terminal(stderr=True)
_READABLE = 14
"""A column of words is no narrower than this, where its words are as long."""
_GAP = 2
"""Between two columns."""


def say(text: str, *, quiet: bool = False) -> None:
    """A line for people."""
    if not quiet:
        out.print(escape(text))


def age(data: "commands.DataAge | None", *, quiet: bool = False) -> None:
    """How far the data of an answer reach, in one line."""
    if data is not None:
        say(data.sentence(), quiet=quiet)


def unplaced(found: "Sequence[WithoutPlace]", *, quiet: bool = False) -> None:
    """How many deaths have no place, where it is more than one in a hundred; on standard error."""
    if found:
        warn(commands.unplaced_lines(found), quiet=quiet)


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
    as_text(json.dumps(value, ensure_ascii=False, indent=2, default=str, allow_nan=False))


def as_text(document: str) -> None:
    """The text of a JSON document; characters that a terminal obeys are escaped, which JSON reads alike."""
    print("".join(f"\\u{ord(c):04x}" if visible(c) != c else c for c in document))


def table(frame: pl.DataFrame, title: str = "") -> None:
    """A table for people; numbers to the right, long text broken over lines, nothing cut.

    A table too wide for the terminal is turned: a block of lines for each row.
    """
    cells = [[_shown(cell) for cell in frame[name]] for name in frame.columns]
    columns = list(zip(frame.schema.items(), cells, strict=True))
    least = [
        _least(name, texts, whole=kind.is_numeric() or kind.is_temporal()) for (name, kind), texts in columns
    ]
    most = [max([len(name), *map(cell_len, texts)]) for (name, _), texts in columns]
    spare = out.width - sum(least) - _GAP * (len(least) - 1)
    if spare < 0:
        say(title, quiet=not title)
        records(frame)
        return
    shown = Table(
        title=escape(title) or None, title_justify="left", header_style="bold", box=None, pad_edge=False
    )
    for ((name, kind), _), width in zip(columns, _widened(least, most, spare), strict=True):
        side: Literal["left", "right"] = "right" if kind.is_numeric() else "left"
        shown.add_column(escape(name.replace("_", " ")), justify=side, width=width, overflow="fold")
    for row in zip(*cells, strict=True):
        shown.add_row(*map(escape, row))
    out.print(shown)


def _widened(least: Sequence[int], most: Sequence[int], spare: int) -> list[int]:
    """The widths of columns: what each needs, then what makes columns whole, the smallest wants first."""
    widths = list(least)
    wanted = sorted(
        (max(0, high - low), place) for place, (low, high) in enumerate(zip(least, most, strict=True))
    )
    for done, (want, place) in enumerate(wanted):
        part = min(want, spare // (len(wanted) - done))
        widths[place] += part
        spare -= part
    return widths


def keep(frame: pl.DataFrame, csv: Path | None, *, quiet: bool = False) -> None:
    """Writes the table of an answer to the file that was asked for with --csv, if one was."""
    if csv is not None:
        say(f"Wrote {commands.write_table(frame, csv)}", quiet=quiet)


def records(frame: pl.DataFrame) -> None:
    """A table with many columns, one block of lines a row."""
    for number, row in enumerate(frame.iter_rows(named=True)):
        say("", quiet=not number)
        shown = Table(show_header=False, box=None, pad_edge=False)
        shown.add_column(min_width=min(30, max(map(len, row))))
        shown.add_column(overflow="fold")
        for name, cell in row.items():
            shown.add_row(escape(name.replace("_", " ")), escape(_shown(cell)))
        out.print(shown)


def _least(name: str, texts: Sequence[str], *, whole: bool) -> int:
    """The width that a column needs: its longest cell, or of words its longest word that has a digit."""
    words = name.replace("_", " ").split()
    widths = [cell_len(text) for text in texts]
    if not whole:
        found = (word for text in texts for word in text.split() if any(map(str.isdigit, word)))
        widths = [min(_READABLE, max(widths, default=0)), *map(cell_len, found)]
    return max([*widths, *map(cell_len, words)], default=1)


def _shown(cell: object) -> str:
    return visible(cell_text(cell))


def cell_text(cell: object) -> str:
    """A cell as tables show it: thousands apart, as many decimals as matter."""
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
