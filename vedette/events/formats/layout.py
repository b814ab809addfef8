"""Layouts: how the columns of a publisher's file become the columns of the one table.

A layout is data. Each column of the table names the column of the file it is made from and the kind
of value that must stand there; from this both the conversion and the checks are written as SQL.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vedette.events.formats.table import quoted


class ReplacedSpan(StrEnum):
    """The span that a newer file of a data set replaces: whole years, months or days, or nothing."""

    YEARS = "year"
    MONTHS = "month"
    DAYS = "day"
    NOTHING = ""


@dataclass(frozen=True)
class ValueKind:
    """A kind of value.

    Attributes:
        sql: turns the trimmed text ``{}`` of a cell into a value, NULL where it is none.
        expected: what a cell must hold, in words.
        cure: what to do about a cell that holds something else.
    """

    sql: str
    expected: str
    cure: str


@dataclass(frozen=True)
class Field:
    """A column of the table made from one column of the file.

    Attributes:
        column: name in the file, lower case.
        kind: what must stand in a cell.
        needed: an empty cell is an error (and the file must have the column).
        empty: SQL for what an empty cell stands for.
    """

    column: str
    kind: ValueKind
    needed: bool = False
    empty: str = "NULL"


@dataclass(frozen=True)
class Layout:
    """One publisher's arrangement of columns.

    Attributes:
        name: as shown to users.
        dataset: the data set that files of this layout belong to.
        fields: how columns of the table are made; those left out stay empty.
        derived: columns of the table written as SQL over columns of the file that must be there.
        also_needs: columns that ``derived`` reads.
        positions: names by position for files that come without a header; empty if they never do.
        widths: numbers of columns such files may have.
        marks: by position, the pattern that a value of such a file matches.
        quote: the sign around text that holds delimiters; empty if there is none.
        replaces: what a newer file replaces.
    """

    name: str
    dataset: str
    fields: Mapping[str, Field]
    derived: Mapping[str, str] = field(default_factory=dict)
    also_needs: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    marks: Mapping[int, str] = field(default_factory=dict)
    quote: str = '"'
    replaces: ReplacedSpan = ReplacedSpan.YEARS

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns without which a file is not of this layout, sorted."""
        needed = {part.column for part in self.fields.values() if part.needed}
        return tuple(sorted(needed | set(self.also_needs)))


def cell(column: str) -> str:
    """SQL for the trimmed text of a cell, NULL where it is empty."""
    return f"nullif(trim({quoted(column)}), '')"


def choice(words: Mapping[str, str | int], expected: str, cure: str) -> ValueKind:
    """A kind that allows a few words, each standing for a value (``1`` also as ``1.0``)."""
    cases = " ".join(f"WHEN '{word}' THEN {value!r}" for word, value in words.items())
    return ValueKind(f"CASE lower(regexp_replace({{}}, '\\.0+$', '')) {cases} END", expected, cure)


TEXT = ValueKind("{}", "text", "")
IDENTITY = ValueKind("regexp_replace({}, '\\.0+$', '')", "an identifier", "Give every event its own id.")
_AMOUNT = "try_cast({} AS DOUBLE)"
DEATHS = ValueKind(
    f"CASE WHEN {_AMOUNT} BETWEEN 0 AND 1e8 AND {_AMOUNT} = floor({_AMOUNT}) "
    f"THEN CAST({_AMOUNT} AS INTEGER) END",
    "a whole number of deaths, 0 or more",
    "Correct the cell, or take the file from the publisher again.",
)
DEGREES = ValueKind(
    f"CASE WHEN abs({_AMOUNT}) <= 360 THEN {_AMOUNT} END",
    "decimal degrees such as 33.3158",
    "Write coordinates as decimal degrees (WGS84) with a point.",
)
DAY = ValueKind(
    "{day}",
    "a date",
    "Write dates as YYYY-MM-DD.",
)
"""Filled in once it is known how the file writes its dates; see `vedette.events.formats.dates`."""


def scale(values: Mapping[str, int], meaning: str) -> ValueKind:
    """A code of a publisher's scale, turned into ours."""
    shown = ", ".join(values)
    cure = "Correct the code: see the publisher's codebook."
    return choice(values, f"{meaning}: one of {shown}", cure)
