"""Checks days across tables: nothing is dated after today, and nothing is known before it was said."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import polars as pl

from vedette.case.checking.tables import CaseTable
from vedette.case.schema import UNTIED, rows
from vedette.case.schema.settings import FILE, Settings
from vedette.errors import Problem
from vedette.periods import first_possible_column, last_possible_column
from vedette.problems import shown

Tables = Mapping[type[rows.Row], CaseTable]

_PAST: dict[type[rows.Row], tuple[str, ...]] = {
    rows.Source: ("date",),
    rows.Claim: ("said", "known"),
    rows.Retraction: ("known",),
    rows.Posture: ("date",),
    rows.Moment: ("date",),
    rows.InterventionRow: ("from",),
    rows.Cell: ("last",),
    rows.Total: ("period",),
}
"""Columns of what has happened, was said or was counted."""

_CURE = "Correct the date: what is to come belongs in scenarios, or in claims with the hedge expected."


def day_problems(tables: Tables, settings: Settings) -> Iterator[Problem]:
    """Problems of days after today and of claims known before they were said."""
    today = date.today() + timedelta(days=1)  # it may be tomorrow already where the author is
    for name in ("start", "as_of"):
        day = getattr(settings, name)
        if day and day > today:
            yield Problem(FILE, 0, name, "a day that has come", str(day), "Correct it.")
    for model, columns in _PAST.items():
        for column in columns:
            yield from _to_come(tables[model], column, pl.lit(value=True), today)
    yield from _to_come(tables[rows.Claim], "from", ~pl.col("hedge").is_in(UNTIED), today)
    yield from _known_too_soon(tables[rows.Claim])


def _to_come(table: CaseTable, column: str, of: pl.Expr, today: date) -> Iterator[Problem]:
    text = table.frame.schema[column] == pl.String
    first = first_possible_column(column) if text else pl.col(column)
    late = table.frame.select((of & (first > today)).fill_null(value=False)).to_series()
    for index in late.arg_true():
        found = shown(str(table.frame[column][index]))
        yield Problem(table.file, table.numbers[index], column, "a date that has come", found, _CURE)


def _known_too_soon(claims: CaseTable) -> Iterator[Problem]:
    soon = claims.frame.select(
        (last_possible_column("known") < first_possible_column("said")).fill_null(value=False)
    )
    for index in soon.to_series().arg_true():
        said, known = claims.frame["said"][index], claims.frame["known"][index]
        expected = f"a date not before the claim was said ({said})"
        yield Problem(
            claims.file, claims.numbers[index], "known", expected, shown(known), "Correct one of the two."
        )
