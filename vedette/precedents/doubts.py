"""Reads the table of wrong or doubtful codings of UCDP, with reasons and whether they are left out."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from vedette.errors import DataError, Problem, UsageError
from vedette.precedents.coded import latest_year
from vedette.precedents.names import find_state, short, spellings
from vedette.problems import did_you_mean

COLUMNS = ("government", "backer", "last", "reason", "exclude")
SOURCE = "source"
"""The address of a page that was read; a file of the user may leave the column out."""


def bytes_of(file: Path) -> bytes:
    """The bytes of a table of doubts.

    Raises:
        UsageError: the file cannot be read.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(
            f"--exclude {file}: expected a CSV file that can be read ({error.strerror}). Check the path."
        ) from error


def read_doubts(text: bytes, name: str, spells: pl.DataFrame) -> pl.DataFrame:
    """A table of doubts, checked against the spells.

    Raises:
        DataError: it is no such table, lacks a reason, or names a spell that does not exist.
    """
    try:
        table = pl.read_csv(text, infer_schema=False).fill_null("")
    except pl.exceptions.PolarsError as error:
        problem = Problem(
            name, 0, "", f"a CSV table with {', '.join(COLUMNS)}", "something else", "Correct it."
        )
        raise DataError(f"{name} cannot be read.", [problem]) from error
    lacking = [column for column in COLUMNS if column not in table.columns]
    if lacking:
        columns = ", ".join(table.columns)
        problem = Problem(name, 1, lacking[0], "this column", columns, "Add it to the header.")
        raise DataError(f"{name} cannot be read.", [problem])
    if SOURCE not in table.columns:
        table = table.with_columns(pl.lit("").alias(SOURCE))
    table = table.select(pl.col(column).str.strip_chars() for column in (*COLUMNS, SOURCE))
    table = table.with_columns(_as_ucdp(table[column], spells[column]) for column in ("government", "backer"))
    problems = list(_mistakes(table, spells, name))
    if problems:
        raise DataError(f"{name} has mistakes.", problems)
    return table


def _as_ucdp(names_: pl.Series, known: pl.Series) -> pl.Series:
    """State names in UCDP's spelling."""
    names = spellings(known.unique().sort().to_list())
    by_spelling = {name: find_state(name, names) or name if name else "" for name in names_.unique()}
    return pl.Series(names_.name, [by_spelling[name] for name in names_], dtype=pl.String)


def doubts_until(doubts: pl.DataFrame, year: int) -> pl.DataFrame:
    """The doubts as known in a year.

    Of rows about a spell that ended later, or with a reason that names a later year, only exclusions are
    kept, for all spells of the two states.
    """
    later = pl.col("last").cast(pl.Int64, strict=False).fill_null(0) > year
    told = pl.col("reason").map_elements(latest_year, pl.Int64) > year
    return doubts.filter(~(later | told) | (pl.col("exclude") == "yes")).with_columns(
        last=pl.when(later).then(pl.lit("")).otherwise("last")
    )


def excluded(doubts: pl.DataFrame) -> pl.Expr:
    """Selects the spells that are left out; the last row about a spell decides."""
    out = pl.lit(False)
    for government, backer, last, _, exclude, _ in doubts.iter_rows():
        out = pl.when(meant(government, backer, last)).then(pl.lit(exclude == "yes")).otherwise(out)
    return out


def meant(government: str, backer: str, last: str) -> pl.Expr:
    """Selects the spells that a row is about; an empty cell means all."""
    condition = pl.lit(True)
    for column, value in (("government", government), ("backer", backer)):
        if value:
            condition &= pl.col(column) == value
    return condition & (pl.col("last") == int(last)) if last else condition


def _mistakes(doubts: pl.DataFrame, spells: pl.DataFrame, file: str) -> Iterator[Problem]:
    for number, (government, backer, last, reason, exclude, _) in enumerate(doubts.iter_rows(), start=2):
        if not reason:
            yield Problem(file, number, "reason", "why it is doubted", "nothing", "Say why.")
        if exclude not in ("yes", "no"):
            yield Problem(file, number, "exclude", "yes or no", repr(exclude), "Write one.")
        if last and not last.isdigit():
            yield Problem(file, number, "last", "a year", repr(last), "Write the last year of the spell.")
            continue
        if not (government or backer or last):
            yield Problem(file, number, "government", "a government or a backer", "nothing", "Name one.")
        elif spells.filter(meant(government, backer, last)).is_empty():
            yield _unknown(file, number, (government, backer, last), spells)


def _unknown(file: str, number: int, row: tuple[str, str, str], spells: pl.DataFrame) -> Problem:
    for column, value in zip(("government", "backer"), row, strict=False):
        known = spells[column].unique().sort().to_list()
        if value and value not in known:
            cure = did_you_mean(value, sorted(map(short, known)))
            return Problem(file, number, column, f"a {column} of the record", value, cure)
    ends = spells.filter(meant(row[0], row[1], ""))["last"].unique().sort().to_list()
    years = ", ".join(map(str, ends)) or "none"
    cure = f"Spells of these end in: {years}."
    return Problem(file, number, "last", "a spell of the record", " - ".join(filter(None, row)), cure)
