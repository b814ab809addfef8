"""The record that ships: years of conflict, spells of backing, deaths by country and year, doubtful codings."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import polars as pl

from vedette.errors import DataError, Problem

PUBLISHED = 7
"""The month in which UCDP's year before is out."""
_DOUBTS = ("government", "backer", "last", "reason", "exclude")


@dataclass(frozen=True, eq=False)
class Record:
    """What UCDP codes of foreign troops beside governments, 1946 to 2024.

    Attributes:
        years: ``government, gw, region, year, intensity`` (1 minor, 2 war), one row a year of conflict.
        spells: ``government, backer, first, last`` (years), those left out for a reason excluded.
        deaths: ``gw, year, deaths``: deaths by organised violence in the country, 2010 to 2020.
        doubts: ``government, backer, last, reason, exclude``: codings that are wrong or doubtful; ``backer``
            and ``last`` may be empty, for all.
    """

    years: pl.DataFrame
    spells: pl.DataFrame
    deaths: pl.DataFrame
    doubts: pl.DataFrame

    def until(self, year: int) -> "Record":
        """What could be known when the given year was the last one coded: spells that last on end with it."""
        return Record(
            self.years.filter(pl.col("year") <= year),
            self.spells.filter(pl.col("first") <= year).with_columns(pl.col("last").clip(upper_bound=year)),
            self.deaths.filter(pl.col("year") <= year),
            self.doubts,
        )

    @cached_property
    def last(self) -> int:
        """The last year coded."""
        return int(self.years["year"].max())  # type: ignore[arg-type]

    @cached_property
    def intensity(self) -> Mapping[tuple[str, int], int]:
        """Intensity by government and year; a year that is not there was silent."""
        return {(government, year): level for government, _, _, year, level in self.years.iter_rows()}

    @cached_property
    def region(self) -> Mapping[str, int]:
        """UCDP's region of each government: 1 Europe, 2 Middle East, 3 Asia, 4 Africa, 5 Americas."""
        return dict(self.years.select("government", "region").iter_rows())

    @cached_property
    def counted(self) -> Mapping[tuple[str, int], int]:
        """Deaths by government and year where a country's deaths are known."""
        names = dict(self.years.select("gw", "government").iter_rows())
        return {(names[gw], year): deaths for gw, year, deaths in self.deaths.iter_rows() if gw in names}

    @cached_property
    def usual(self) -> Mapping[int, tuple[float, float]]:
        """Mean and spread of log(1 + deaths) in a year of each intensity, from the years that are counted."""
        levels: dict[int, list[float]] = {0: [], 1: [], 2: []}
        for (government, year), deaths in sorted(self.counted.items()):
            levels[self.intensity.get((government, year), 0)].append(math.log1p(deaths))
        return {level: (_mean(logs), _spread(logs)) for level, logs in levels.items()}


def read_record(doubts: Path | None = None) -> Record:
    """The record, without the codings that the file of doubts excludes.

    Args:
        doubts: a CSV file with the columns government, backer, last, reason, exclude (yes or no); the one that
            ships where none is given.

    Raises:
        DataError: the file lacks a column, gives no reason, or names a spell that is not there.

    Example:
        >>> record = read_record()
        >>> record.years["year"].min(), record.years["year"].max()
        (1946, 2024)
    """
    home = files("vedette.effect.precedents")
    tables = {
        name: pl.read_csv(home.joinpath(f"{name}.csv").read_bytes()) for name in ("years", "spells", "deaths")
    }
    source = doubts.read_bytes() if doubts else home.joinpath("doubts.csv").read_bytes()
    doubted = pl.read_csv(source, infer_schema=False).fill_null("")
    _check(doubted, tables["spells"], doubts.name if doubts else "doubts.csv")
    spells = tables["spells"].filter(~_excluded(doubted))
    return Record(tables["years"], spells, tables["deaths"], doubted)


def last_coded(as_of: date) -> int:
    """The last year that UCDP had published by a day: each comes out in the middle of the next.

    >>> last_coded(date(2020, 9, 30)), last_coded(date(2020, 3, 1))
    (2019, 2018)
    """
    return as_of.year - (1 if as_of.month >= PUBLISHED else 2)


def _excluded(doubts: pl.DataFrame) -> pl.Expr:
    out = pl.lit(False)
    for government, backer, last, _, exclude in doubts.select(_DOUBTS).iter_rows():
        if exclude == "yes":
            out |= _meant(government, backer, last)
    return out


def _meant(government: str, backer: str, last: str) -> pl.Expr:
    meant = pl.lit(True)
    for column, value in (("government", government), ("backer", backer)):
        if value:
            meant &= pl.col(column) == value
    return meant & (pl.col("last") == int(last)) if last else meant


def _check(doubts: pl.DataFrame, spells: pl.DataFrame, file: str) -> None:
    lacking = [name for name in _DOUBTS if name not in doubts.columns]
    if lacking:
        raise DataError(
            f"{file} cannot be read.",
            [Problem(file, 1, lacking[0], "this column", "no such column", "Add it to the header.")],
        )
    problems = []
    for number, (government, backer, last, reason, exclude) in enumerate(
        doubts.select(_DOUBTS).iter_rows(), start=2
    ):
        if not reason:
            problems.append(Problem(file, number, "reason", "why it is doubted", "nothing", "Say why."))
        if exclude not in ("yes", "no"):
            problems.append(Problem(file, number, "exclude", "yes or no", repr(exclude), "Write one."))
        if not last.isdigit() and last:
            problems.append(Problem(file, number, "last", "a year", repr(last), "Write the last year."))
        elif spells.filter(_meant(government, backer, last)).is_empty():
            found = " - ".join(filter(None, [government, backer, last])) or "nothing"
            cure = "Write names as UCDP does, like Government of Iraq."
            problems.append(Problem(file, number, "government", "a spell of the record", found, cure))
    if problems:
        raise DataError(f"{file} has mistakes.", problems)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _spread(values: list[float]) -> float:
    centre = _mean(values)
    return math.sqrt(sum((value - centre) ** 2 for value in values) / (len(values) - 1))
