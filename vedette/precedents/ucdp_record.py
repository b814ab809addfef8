"""The shipped tables: years of conflict, spells of backing, deaths by country, doubtful codings."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import polars as pl

from vedette.errors import DataError
from vedette.precedents.coded import Coded, read_coded
from vedette.precedents.doubts import bytes_of, doubts_until, excluded, read_doubts

SOURCE = (
    "UCDP Dyadic Dataset 25.1 (Harbom, Melander and Wallensteen 2008; Davies et al. 2025), secondary warring "
    "parties; deaths by country 2010 to 2020 from UCDP; CC BY 4.0"
)
COUNTED_FROM = 2010
"""The first year with deaths by country."""
PUBLISHED = 7
"""The month from which UCDP's data of the previous year are published."""


def _no_windows() -> pl.DataFrame:
    kinds = {"window": pl.Int64, "ends": pl.Int64, "deaths": pl.Float64}
    return pl.DataFrame(schema={"government": pl.String, "year": pl.Int64, **kinds})


@dataclass(frozen=True, eq=False)
class UcdpRecord:
    """UCDP's coding of foreign troops beside governments, 1946 to 2024.

    Attributes:
        years: ``government, gw, region, year, intensity`` (1 minor, 2 war), one row for each year of
            conflict.
        spells: ``government, backer, first, last`` (years), without those excluded as doubtful.
        deaths: ``gw, year, deaths``: deaths by organised violence in the country, 2010 to 2020.
        doubts: ``government, backer, last, reason, exclude, source``: codings that are wrong or doubtful;
            ``backer`` and ``last`` may be empty, for all.
        coded: what was coded by hand about a departure, by government and year.
        windows: ``government, year, window, ends, deaths``: deaths a year before a departure (window 0) and
            in the k-th twelve months after it, where its month is known; ``ends`` like 201412.
        day: what is known of outcomes is known by this day; None for the end of the last coded year.
    """

    years: pl.DataFrame
    spells: pl.DataFrame
    deaths: pl.DataFrame
    doubts: pl.DataFrame
    coded: Mapping[tuple[str, int], Coded] = field(default_factory=dict)
    windows: pl.DataFrame = field(default_factory=_no_windows)
    day: date | None = None

    def until(self, year: int) -> "UcdpRecord":
        """The record as known when ``year`` was the last coded year; longer spells end with it."""
        return UcdpRecord(
            self.years.filter(pl.col("year") <= year),
            self.spells.filter(pl.col("first") <= year).with_columns(pl.col("last").clip(upper_bound=year)),
            self.deaths.filter(pl.col("year") <= year),
            doubts_until(self.doubts, year),
            {key: coded for key, coded in self.coded.items() if key[1] < year},
            self.windows.filter(pl.col("ends") <= year * 100 + 12),
        )

    def known(self, as_of: date) -> "UcdpRecord":
        """The record up to the last year that was published by a day, in the coding of the shipped release.

        Raises:
            DataError: no deaths by country were published yet.
        """
        year = min(last_coded(as_of), self.last)
        if year < COUNTED_FROM:
            first = date(COUNTED_FROM + 1, PUBLISHED, 1)
            raise DataError(
                f"expected an as-of from {first} on: deaths by country are at hand from {COUNTED_FROM}; "
                f"found {as_of}. Choose a later day."
            )
        return replace(self.until(year), day=as_of)

    @property
    def known_by(self) -> date:
        """The day by which outcomes are known."""
        return self.day or date(self.last, 12, 31)

    @cached_property
    def counted_around(self) -> Mapping[tuple[str, int], Mapping[int, float]]:
        """Deaths a year by window around the departures whose month is known; window 0 is before."""
        around: dict[tuple[str, int], dict[int, float]] = {}
        for government, year, window, _, deaths in self.windows.iter_rows():
            around.setdefault((government, year), {})[window] = deaths
        return around

    @cached_property
    def last(self) -> int:
        """The last year coded."""
        return int(self.years["year"].max())  # type: ignore[arg-type]

    @cached_property
    def intensity(self) -> Mapping[tuple[str, int], int]:
        """Intensity by government and year; a year without an entry had no conflict."""
        return {(government, year): level for government, _, _, year, level in self.years.iter_rows()}

    @cached_property
    def region(self) -> Mapping[str, int]:
        """UCDP's region of each government: 1 Europe, 2 Middle East, 3 Asia, 4 Africa, 5 Americas."""
        return dict(self.years.select("government", "region").iter_rows())

    @cached_property
    def counted(self) -> Mapping[tuple[str, int], int]:
        """Deaths by government and year, for countries and years with known deaths."""
        names = dict(self.years.select("gw", "government").iter_rows())
        return {(names[gw], year): deaths for gw, year, deaths in self.deaths.iter_rows() if gw in names}

    @cached_property
    def usual(self) -> Mapping[int, tuple[float, float]]:
        """Mean and standard deviation of log(1 + deaths) by intensity, from years with known deaths."""
        levels: dict[int, list[float]] = {0: [], 1: [], 2: []}
        for (government, year), deaths in sorted(self.counted.items()):
            levels[self.intensity.get((government, year), 0)].append(math.log1p(deaths))
        return {level: (_mean(logs), _spread(logs)) for level, logs in levels.items()}


def read_record(doubts: Path | None = None) -> UcdpRecord:
    """Reads the record, without the codings that are excluded as wrong or doubtful.

    Args:
        doubts: a CSV file of the user with the columns government, backer, last, reason, exclude (yes or no).
            Its rows are added after the shipped ones, and the last row about a spell decides.

    Raises:
        UsageError: there is no such file.
        DataError: the file is no such table, lacks a reason, or names a spell that does not exist.

    Example:
        >>> record = read_record()
        >>> record.years["year"].min(), record.years["year"].max()
        (1946, 2024)
    """
    home = files("vedette.precedents")
    tables = {
        name: pl.read_csv(home.joinpath(f"{name}.csv").read_bytes())
        for name in ("years", "spells", "deaths", "windows")
    }
    spells = tables["spells"]
    doubted = read_doubts(home.joinpath("doubts.csv").read_bytes(), "doubts.csv", spells)
    if doubts:
        doubted = pl.concat([doubted, read_doubts(bytes_of(doubts), doubts.name, spells)])
    coded = read_coded(home.joinpath("coded_departures.csv").read_bytes(), "coded_departures.csv")
    kept = spells.filter(~excluded(doubted))
    return UcdpRecord(tables["years"], kept, tables["deaths"], doubted, coded, tables["windows"])


def last_coded(as_of: date) -> int:
    """The last year that UCDP had published by a day; each year is published in the middle of the next.

    >>> last_coded(date(2020, 9, 30)), last_coded(date(2020, 3, 1))
    (2019, 2018)
    """
    return as_of.year - (1 if as_of.month >= PUBLISHED else 2)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _spread(values: list[float]) -> float:
    centre = _mean(values)
    return math.sqrt(sum((value - centre) ** 2 for value in values) / (len(values) - 1))
