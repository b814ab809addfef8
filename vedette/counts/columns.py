"""Finds the columns of a table of counts, and turns a wide table into a long one."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from vedette.counts.countries import country_column
from vedette.counts.measured import COUNT, DEATHS, EVENTS, columns_of, measure_named
from vedette.counts.plain import ROW, Plain, as_text, refuse
from vedette.errors import Problem
from vedette.missing import is_missing

PERIOD_COLUMNS = ("period", "month_id", "date", "month", "week", "day")
UNIT_COLUMNS = ("unit", "priogrid_gid", "priogrid_id", "pg_id", "country_id")
COUNT_COLUMNS = ("count", "outcome")
LAYOUT = (
    "A long table has the columns period, unit and count; in a wide one the first holds the periods and "
    "every other is a unit."
)


@dataclass(frozen=True, eq=False)
class CountRows:
    """The rows of a table with columns period, unit, stratum, country, count and deaths.

    ``country_column`` is the name of the column that says which country each unit is, empty if there is none.
    ``measures`` are ``count`` and, where the table has them, ``deaths``; for each a column such as
    ``count:cell`` of ``table`` has the position of its cells in the file. ``measure`` is what is to be
    forecast: ``deaths``, ``events``, or ``count`` where nothing says which; ``column`` its name in the file,
    empty for a wide table.
    """

    table: pl.DataFrame
    measures: tuple[str, ...]
    measure: str
    column: str
    country_column: str = ""


def rows_of(plain: Plain, measure: str | None = None, column: str | None = None) -> CountRows:
    """The rows of a long or wide table, of the measure or column wanted, else of what columns are named.

    Raises:
        DataError: the table lacks a column, leaves it open which one is counted, or counts another measure.
    """
    return _long(plain, measure, column) or _wide(plain, measure, column)


def _long(plain: Plain, measure: str | None, column: str | None) -> CountRows | None:
    """The rows of a long table; None if it is wide."""
    names = {name.lower(): name for name in plain.columns}
    unit = next((names[n] for n in UNIT_COLUMNS if n in names), None)
    period = next((names[n] for n in PERIOD_COLUMNS if n in names), None)
    if unit is None and period is not None:
        words = _words(plain, period)
        unit = words[0] if len(words) == 1 < len(plain.columns) - 1 else None
    if unit is None and (period is None or names.keys().isdisjoint(COUNT_COLUMNS)):
        return None
    rest = [name for name in plain.columns if name not in (unit, period) and name.lower() != "stratum"]
    counts = _count_column(plain, rest, measure, column)
    lacking = (("period", period), ("unit", unit), ("count", counts))
    if missing := [name for name, found in lacking if found is None]:
        found = ", ".join(plain.columns)
        cure = f"Name the column that is counted with --column. {LAYOUT}" if missing == ["count"] else LAYOUT
        raise refuse(
            plain.file,
            [Problem(plain.file, 1, name, "this column", f"the columns {found}", cure) for name in missing],
        )
    stratum = {"stratum": names["stratum"]} if "stratum" in names and names["stratum"] != counts else {}
    deaths = _deaths_beside(str(counts), rest, measure) if column is None else {}
    named = country_column(str(unit), [name for name in plain.columns if name != counts])
    country = {"country": named} if named else {}
    chosen = {"period": str(period), "unit": str(unit), "count": str(counts)} | stratum | deaths | country
    rows = plain.table.select(ROW, *(pl.col(old).alias(name) for name, old in chosen.items()))
    texts = [
        pl.col(name).pipe(as_text) for name in ("period", "unit", "stratum", "country") if name in chosen
    ]
    measures = ("count", "deaths") if deaths else ("count",)
    cells = {f"{name}:cell": pl.lit(chosen[name]) for name in measures}
    table = rows.with_columns(texts, **cells)
    if deaths and measure == DEATHS:
        return CountRows(table, measures, DEATHS, deaths[DEATHS], named or "")
    return CountRows(table, measures, _agreed(plain, str(counts), measure), str(counts), named or "")


def _count_column(plain: Plain, rest: Sequence[str], measure: str | None, column: str | None) -> str | None:
    """The column that is counted: the one asked for, ``count`` or ``outcome``, the only one left, or the only
    one whose name says that it counts the measure, events or else deaths; None if there is none.
    """
    if column is not None:
        if column in rest:
            return column
        found = f"the columns {', '.join(rest)}" if rest else "none beside period and unit"
        raise refuse(
            plain.file,
            [Problem(plain.file, 1, column, "this column of counts", found, "Name one that is there.")],
        )
    names = {name.lower(): name for name in rest}
    if usual := [names[name] for name in COUNT_COLUMNS if name in names]:
        return usual[0]
    if len(rest) == 1:
        return rest[0]
    named = {kind: list(columns_of(kind, rest)) for kind in (EVENTS, DEATHS)}
    pair = len(named[EVENTS]) == len(named[DEATHS]) == 1
    kinds = [EVENTS] if pair else [measure] if measure else [EVENTS, DEATHS]
    likely = [name for kind in kinds for name in named[kind]]
    likely = [name for name in likely if name.lower() in kinds] or likely
    if len(likely) > 1:
        cure = f"Say which one: --column {likely[0]}."
        found = f"several: {', '.join(likely)}"
        raise refuse(plain.file, [Problem(plain.file, 1, "", "one column of counts", found, cure)])
    return likely[0] if likely else None


def _deaths_beside(counts: str, rest: Sequence[str], measure: str | None) -> dict[str, str]:
    """The column of the deaths in the events that another column counts.

    ``deaths`` is one; under another name it is read where deaths are asked for, or events counted.
    """
    if measure_named(counts, rest) == DEATHS:
        return {}
    others = [name for name in rest if name != counts]
    if exact := [name for name in others if name.lower() == DEATHS]:
        return {DEATHS: exact[0]}
    named = list(columns_of(DEATHS, others))
    wanted = measure == DEATHS or measure_named(counts) == EVENTS
    return {DEATHS: named[0]} if wanted and len(named) == 1 else {}


def _agreed(plain: Plain, column: str, measure: str | None) -> str:
    """What a column counts by its name and by what was asked for.

    Raises:
        DataError: it counts another measure than the one asked for.
    """
    kind = measure_named(column, plain.columns)
    if measure is None or kind in (COUNT, measure):
        return measure or kind
    there = next(columns_of(measure, plain.columns), "")
    name = f"name one: --column {there}" if there else f"add a column named {measure}"
    cure = f"Leave --measure out, or {name}."
    problem = Problem(plain.file, 1, column, f"a column of {measure}", f"{kind}, by its name", cure)
    raise refuse(plain.file, [problem])


def _words(plain: Plain, period: str) -> list[str]:
    """The columns beside the period in which no cell is a number."""
    cells = plain.table.select(pl.exclude(ROW, period).pipe(as_text))
    return [
        cell.name
        for cell in cells
        if (filled := cell.drop_nulls()).len() and filled.cast(pl.Float64, strict=False).is_null().all()
    ]


def _wide(plain: Plain, measure: str | None, column: str | None) -> CountRows:
    """The rows of a wide table in the form of a long one."""
    period, *units = plain.columns
    if column is not None:
        found, cure = "a wide table, in which every column is a unit", "Leave --column out."
        raise refuse(plain.file, [Problem(plain.file, 1, column, "a long table", found, cure)])
    if not units:
        found = f"one column, {period!r}"
        raise refuse(
            plain.file, [Problem(plain.file, 1, "", "a period and at least one unit", found, LAYOUT)]
        )
    if nameless := [at for at, name in enumerate(units) if is_missing(name)]:
        at, name = nameless[0] + 2, units[nameless[0]]
        raise refuse(
            plain.file, [Problem(plain.file, 1, str(at), "the name of a unit", name or "nothing", "Name it.")]
        )
    if misplaced := [name for name in units if name.lower() in PERIOD_COLUMNS]:
        cure = "Put the period first and take out columns that are neither the period nor a unit."
        found = f"{period!r} first"
        raise refuse(
            plain.file,
            [
                Problem(plain.file, 1, name, "one column of periods, the first", found, cure)
                for name in misplaced
            ],
        )
    if words := _words(plain, period):
        like = {name: plain.table[name].drop_nulls()[0] for name in words}
        raise refuse(
            plain.file,
            [Problem(plain.file, 1, name, "counts", f"words, like {like[name]!r}", LAYOUT) for name in words],
        )
    rows = plain.table.rename({period: "period"}).unpivot(
        units, index=[ROW, "period"], variable_name="unit", value_name="count"
    )
    table = rows.with_columns(pl.col("period").pipe(as_text), pl.col("unit").alias("count:cell"))
    return CountRows(table, ("count",), measure or COUNT, "")
