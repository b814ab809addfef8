"""Figures: every number or table that a brief shows, with its mark and the chain behind it.

>>> deaths = Figure(
...     "deaths-2017", "Deaths in 2017", Mark.OBSERVED, (from_data("1,204 rows", "UCDP GED 19.1"),),
...     unit="deaths", value=10046, low=9011, high=11820, band="low to high",
... )
>>> deaths.shown
'10,046'
>>> deaths.band_shown
'9,011–11,820'
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import polars as pl

from vedette.brief.words import percent, significant
from vedette.errors import Problem
from vedette.rounding import decimal, estimate, interval

Cell = str | int | float | None

_SENTENCE = 36


class Mark(StrEnum):
    """How a figure came about: read from data, computed, or taken as so."""

    OBSERVED = "observed"
    ESTIMATED = "estimated"
    ASSUMED = "assumed"


class Origin(StrEnum):
    """What one link of a chain is: rows of data, a fit, an assumption, or a step of reckoning."""

    DATA = "data"
    FIT = "fit"
    ASSUMPTION = "assumption"
    STEP = "step"


@dataclass(frozen=True)
class Link:
    """One link of a chain. An assumption names its author and its source."""

    origin: Origin
    text: str
    source: str = ""
    author: str = ""

    def __str__(self) -> str:
        behind = ", ".join(part for part in (self.author, self.source) if part)
        return f"{self.origin}: {self.text}" + (f" ({behind})" if behind else "")


def from_data(text: str, source: str) -> Link:
    """The first link of a chain: rows of a source."""
    return Link(Origin.DATA, text, source=source)


def from_fit(text: str, source: str = "") -> Link:
    """The first link of a chain: a fit or simulation, named with its seed and number of draws."""
    return Link(Origin.FIT, text, source=source)


def from_assumption(text: str, author: str, source: str) -> Link:
    """The first link of a chain: an assumption, with its author."""
    return Link(Origin.ASSUMPTION, text, source=source, author=author)


def by(text: str) -> Link:
    """A later link of a chain: a step of the computation, such as summed by month."""
    return Link(Origin.STEP, text)


@dataclass(frozen=True)
class Cited:
    """A claim behind a figure.

    ``side`` is for or against; ``text`` what is said; ``speaker`` and ``hedge`` by whom and how; ``grade`` of
    the source (A to F) and of the claim (1 to 6); ``said`` when; ``source`` the id of the document.
    """

    id: str
    side: str
    text: str
    speaker: str
    hedge: str
    grade: str
    said: str
    source: str


class CellFormat(StrEnum):
    """How the cells of a column are written."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"


@dataclass(frozen=True)
class Column:
    """One column of a table: key for machines, title for people, kind, and decimals shown.

    Shares lie between 0 and 1 and are shown in percent. ``figures``: numbers of a column that differ in size
    are shown with so many significant figures, and no more than ``digits`` decimals.
    """

    key: str
    title: str
    kind: CellFormat = CellFormat.TEXT
    digits: int = 0
    figures: int = 0

    def show(self, cell: Cell) -> str:
        """The cell as a reader sees it; an empty one is a dash."""
        if cell is None or cell == "":
            return "–"
        if isinstance(cell, str):
            return cell
        if self.figures:
            return significant(cell, self.figures, self.digits)
        return percent(cell, self.digits) if self.kind is CellFormat.SHARE else decimal(cell, self.digits)


NO_FILE = "no file"
"""In the column ``mark`` of a table: no file covers the period, so nothing is known of it."""


@dataclass(frozen=True)
class Table:
    """Columns and rows, both in the order shown; a row has one cell for each column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, rows: pl.DataFrame | Sequence[Mapping[str, Cell]], columns: Sequence[Column]) -> "Table":
        """A table of the named columns of a frame, or of a list of dicts (a missing key is a `KeyError`)."""
        records = rows.to_dicts() if isinstance(rows, pl.DataFrame) else rows
        cells = tuple(tuple(record[column.key] for column in columns) for record in records)
        return cls(tuple(columns), cells)

    def records(self) -> list[dict[str, Cell]]:
        """The rows as dicts by column key."""
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]

    @cached_property
    def wordy(self) -> bool:
        """Whether a cell after the first column is a sentence, so that the table needs wide columns."""
        return any(isinstance(cell, str) and len(cell) > _SENTENCE for row in self.rows for cell in row[1:])

    def shown(self) -> Iterator[list[str]]:
        """The rows as a reader sees them; an empty first cell stays empty: it stands for the one above."""
        for row in self.rows:
            shown = [column.show(cell) for column, cell in zip(self.columns, row, strict=True)]
            yield ["", *shown[1:]] if row[0] == "" else shown


@dataclass(frozen=True)
class Figure:
    """A value or a table, with its mark, its chain and its unit.

    ``low`` and ``high`` are the doubt around ``value``; ``band`` says what they are ("low to high",
    "90 % interval"). ``show`` replaces how the value is written ("likely (72 %)"). In a table whose
    rows differ in kind, a column ``mark`` says so row by row and the figure's mark is the weakest. ``claims``
    are those of the ledger that it rests on. A ``forecast`` is written as forecasts are in tables: see
    `vedette.brief.words.estimate`.
    """

    id: str
    title: str
    mark: Mark
    chain: tuple[Link, ...]
    unit: str
    value: Cell = None
    low: float | None = None
    high: float | None = None
    band: str = ""
    digits: int = 0
    show: str = ""
    table: Table | None = None
    claims: tuple[Cited, ...] = ()
    forecast: bool = False

    @property
    def shown(self) -> str:
        """The value as a reader sees it."""
        if self.forecast and isinstance(self.value, float):
            return self.show or estimate(self.value)
        return self.show or Column(self.id, self.title, digits=self.digits).show(self.value)

    @property
    def band_shown(self) -> str:
        """Low and high as a reader sees them; empty where there are none."""
        if self.low is None or self.high is None:
            return ""
        if self.forecast:
            return interval(self.low, self.high)
        return f"{decimal(self.low, self.digits)}–{decimal(self.high, self.digits)}"

    def records(self) -> list[dict[str, Cell]]:
        """The rows of the figure's table as dicts; none for a single value."""
        return self.table.records() if self.table else []


_STARTS = {
    Mark.OBSERVED: {Origin.DATA},
    Mark.ESTIMATED: {Origin.DATA, Origin.FIT, Origin.ASSUMPTION},
    Mark.ASSUMED: {Origin.ASSUMPTION},
}


def figure_problems(figure: Figure) -> list[Problem]:
    """The mistakes of a figure for which a brief refuses it.

    No mark, a chain without the kind of link that its mark needs, an assumption without author or source, or
    nothing to show.
    """

    def problem(column: str, expected: str, found: str, cure: str) -> Problem:
        return Problem(f"figure {figure.id}", 0, column, expected, found, cure)

    if not isinstance(figure.mark, Mark):
        expected = "observed, estimated or assumed"
        return [problem("mark", expected, repr(figure.mark), "Give the figure a Mark.")]
    assumptions = [link for link in figure.chain if link.origin is Origin.ASSUMPTION]
    found = [
        problem("chain", "author and source of an assumption", str(link), "Name both.")
        for link in assumptions
        if not (link.author and link.source)
    ]
    if not _STARTS[figure.mark] & {link.origin for link in figure.chain}:
        expected = f"a link to {' or '.join(sorted(_STARTS[figure.mark]))} ({figure.mark})"
        links = "; ".join(map(str, figure.chain)) or "an empty chain"
        found.append(problem("chain", expected, links, "Add where the figure comes from."))
    if figure.value is None and figure.table is None:
        found.append(problem("value", "a value or a table", "neither", "Leave the figure out or fill it."))
    return found
