"""Columns that tables of several sections share."""

from collections.abc import Mapping, Sequence

from vedette.brief.figures import Cell, CellFormat, Column, Figure, Mark
from vedette.brief.inputs.findings import Findings
from vedette.message import say

DOUBT = (
    Column("low", say("low"), CellFormat.NUMBER),
    Column("best", say("best"), CellFormat.NUMBER),
    Column("high", say("high"), CellFormat.NUMBER),
)
MARK = Column("mark", say("mark"))


def series(period: str, *before: Column) -> tuple[Column, ...]:
    """Deaths by period with low and high, after columns that say of whom."""
    return (*before, Column("period", period), *DOUBT, MARK)


def two_years(who: str, *after: Column) -> tuple[Column, ...]:
    """The last twelve months with low and high beside the twelve before."""
    return (
        Column("name", who),
        Column("before", "12 months before", CellFormat.NUMBER),
        Column("best", "last 12 months, best", CellFormat.NUMBER),
        Column("low", say("low"), CellFormat.NUMBER),
        Column("high", say("high"), CellFormat.NUMBER),
        Column("events", "events", CellFormat.NUMBER),
        *after,
        MARK,
    )


def filled(columns: Sequence[Column], rows: Sequence[Mapping[str, Cell]]) -> tuple[Column, ...]:
    """The columns in which at least one row has something to show; the first stays in any case.

    >>> [column.key for column in filled([Column("a", "a"), Column("b", "b")], [{"a": "x", "b": ""}])]
    ['a']
    """
    return tuple(
        column
        for column in columns
        if column is columns[0] or any(row[column.key] not in (None, "") for row in rows)
    )


def deaths(findings: Findings, key: str, title: str, row: dict[str, object]) -> Figure:
    """A sum of deaths with its low and high, from a row of `Findings.over`."""
    mark, best, low, high = Mark(str(row["mark"])), row["best"], row["low"], row["high"]
    assert isinstance(best, int)
    assert isinstance(low, int)
    assert isinstance(high, int)
    return Figure(
        key, title, mark, findings.chain(mark), "deaths", value=best, low=low, high=high, band="low to high"
    )
