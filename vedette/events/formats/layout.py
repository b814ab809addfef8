"""Layouts: which columns of a publisher's file become which columns of the common table.

A layout is data: for each column of the table the column of the file and the kind of value that it must
contain. The SQL of conversion and checks is generated from it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from vedette.events.formats.table import literal, quoted
from vedette.missing import WORDS


@dataclass(frozen=True)
class ValueKind:
    """A kind of value.

    Attributes:
        sql: turns the trimmed text ``{}`` of a cell into a value, NULL where it is none.
        expected: what a cell must contain, for messages.
        cure: what the user can do about a cell with something else.
    """

    sql: str
    expected: str
    cure: str


@dataclass(frozen=True)
class Field:
    """A column of the table made from one column of the file.

    Attributes:
        column: name in the file, lower case.
        kind: the kind of value of its cells.
        needed: whether the column is required and an empty cell an error.
        empty: SQL for the value of an empty cell.
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
        fields: the field for each column of the table; columns without one are empty.
        derived: SQL for columns of the table computed from required columns of the file.
        also_needs: the columns used in ``derived``.
        positions: column names of files without a header; empty if files have one.
        widths: the possible numbers of columns of such files.
        marks: by position, a pattern that the values of such files match.
        quote: the quote character of files without a header; empty if there is none.
        others: further columns that such files have, of which nothing is made.
        aliases: other names of columns, each with the name in ``fields``.
        sides: the columns of the one and the other actor, if their order has no meaning.
        replaces: whether a newer file replaces what older ones hold of the days that it covers.
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
    others: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    sides: tuple[tuple[str, ...], ...] = ()
    replaces: bool = True

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns without which a file is not of this layout, sorted."""
        needed = {part.column for part in self.fields.values() if part.needed}
        return tuple(sorted(needed | set(self.also_needs)))

    def matches(self, names: Collection[str]) -> bool:
        """Whether columns of these names make a file of this layout."""
        return set(self.needs) <= {*names, *(self.aliases[name] for name in names if name in self.aliases)}

    def named(self, names: Collection[str]) -> "Layout":
        """The layout with its fields under the names that a file has for them."""
        own = {known: other for other, known in self.aliases.items() if other in names and known not in names}
        fields = {
            column: replace(part, column=own.get(part.column, part.column))
            for column, part in self.fields.items()
        }
        return replace(self, fields=fields)


LITERAL_WORDS = "literal_words"
"""The DuckDB variable with the words that are values in this case, though they mean "missing" elsewhere."""

_MISSING = ", ".join(literal(word) for word in ("", *WORDS))
_LONGEST = max(map(len, WORDS))


def cell(column: str) -> str:
    """SQL for the trimmed text of a cell, NULL where it is empty or a word for a missing value.

    Only short cells are compared with the words, which keeps large files fast.
    """
    text = f"trim({quoted(column)})"
    return (
        f"CASE WHEN strlen({text}) > {_LONGEST} OR lower({text}) NOT IN ({_MISSING}) "
        f"OR list_contains(getvariable('{LITERAL_WORDS}'), {text}) THEN {text} END"
    )


def choice(words: Mapping[str, str | int], expected: str, cure: str) -> ValueKind:
    """A kind with a list of words, each with its value (``1`` also matches ``1.0``)."""
    cases = " ".join(f"WHEN '{word}' THEN {value!r}" for word, value in words.items())
    return ValueKind(f"CASE lower(regexp_replace({{}}, '\\.0+$', '')) {cases} END", expected, cure)


TEXT = ValueKind("{}", "text", "")
IDENTITY = ValueKind("regexp_replace({}, '\\.0+$', '')", "an identifier", "Give every event its own id.")
_AMOUNT = "try_cast({} AS DOUBLE)"
_DEGREES = "try_cast(replace({}, ',', '.') AS DOUBLE)"
DEATHS = ValueKind(
    f"CASE WHEN {_AMOUNT} BETWEEN 0 AND 1e8 AND {_AMOUNT} = floor({_AMOUNT}) "
    f"THEN CAST({_AMOUNT} AS INTEGER) END",
    "a whole number of deaths, 0 or more",
    "Correct the cell, or take the file from the publisher again.",
)
DEGREES = ValueKind(
    f"CASE WHEN abs({_DEGREES}) <= 360 THEN {_DEGREES} END",
    "decimal degrees such as 33.3158",
    "Write coordinates as decimal degrees (WGS84).",
)
DAY = ValueKind(
    "{day}",
    "a date",
    "Write dates as YYYY-MM-DD.",
)
"""Filled in once it is known how the file writes its dates; see `vedette.events.formats.dates`."""


def scale(values: Mapping[str, int], meaning: str) -> ValueKind:
    """A kind for codes of a publisher's scale, converted to the scale of the common table."""
    shown = ", ".join(values)
    cure = "Correct the code: see the publisher's codebook."
    return choice(values, f"{meaning}: one of {shown}", cure)
