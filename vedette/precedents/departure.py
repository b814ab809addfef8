"""Departures of foreign troops, and control years in which all backers stayed, with covariates of the war.

A *departure* is a year after which at least one state's troops are no longer listed beside a government
although the conflict went on in the next year. States that leave in the same year are one departure, since
they share one outcome.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from vedette.precedents.coded import Coded
from vedette.precedents.ucdp_record import UcdpRecord

BEFORE = 3
"""Later deaths are compared with those of so many years up to and including the year of the departure."""
QUIET = 2
"""A control year has no departure in so many years before it, nor in at least as many after it."""


class Looks(NamedTuple):
    """The covariates on which departures are matched.

    ``intensity``: the mean of the three years before (0 to 2); ``trend``: the last of these years minus the
    first; ``length``: the length of the longest spell up to then, in years; ``region``: UCDP's number.
    """

    intensity: float
    trend: float
    length: int
    region: int


@dataclass(frozen=True)
class Departure:
    """A departure of the backers in ``left``, or a control year if ``left`` is empty.

    ``year`` is the last year with their troops; ``stayed`` are the backers with troops in the next year;
    ``coded`` is what was coded by hand, None for a control year or a departure that nobody coded.
    """

    government: str
    year: int
    left: tuple[str, ...]
    stayed: tuple[str, ...]
    looks: Looks
    coded: Coded | None = None

    @property
    def war(self) -> str:
        """The war, by which departures are clustered: as coded, else the government's."""
        return self.coded.war if self.coded else self.government

    @property
    def role(self) -> str:
        """The role of those who left: as coded, else main if nobody stayed and co-backer if somebody did."""
        if self.coded:
            return self.coded.role
        return "main" if self.alone else "co-backer"

    @property
    def alone(self) -> bool:
        """Whether no foreign troops stayed beside the government."""
        return not self.stayed


def departures(record: UcdpRecord) -> tuple[Departure, ...]:
    """All departures after which the conflict went on, by government and year."""
    return tuple(turn for turn in _turns(record) if turn.left)


def stays(record: UcdpRecord, years: int = QUIET) -> tuple[Departure, ...]:
    """Control years: all backers stayed for ``years`` more years, and none had left in the two years before.

    Backers in the last coded year may have left since, so the years just before it are no control years.
    """
    ends = {(government, last) for government, last in record.spells.select("government", "last").iter_rows()}
    near = range(-QUIET, max(QUIET, years) + 1)
    return tuple(
        turn
        for turn in _turns(record)
        if not turn.left and not any((turn.government, turn.year + shift) in ends for shift in near)
    )


def quiet_years(record: UcdpRecord, years: int) -> tuple[Departure, ...]:
    """Years with troops without a departure in them, in the two years before, or in so many years after.

    As after departures the conflict went on in the next year, and may have ended later: that is no departure.
    So these show what wars do anyway. Control years, in which all stayed on, leave out wars that ended.
    """
    turns = _turns(record)
    left = {(turn.government, turn.year) for turn in turns if turn.left}
    near = range(-QUIET, years + 1)
    quiet = [
        turn for turn in turns if not any((turn.government, turn.year + shift) in left for shift in near)
    ]
    return tuple(sorted(quiet, key=lambda turn: (turn.government, turn.year)))


def looks_at(record: UcdpRecord, government: str, year: int) -> Looks:
    """The covariates of a government's war in a year."""
    spells = record.spells.filter(pl.col("government") == government)
    return _looks(record, government, year, list(spells.select("first", "last").iter_rows()))


def _looks(record: UcdpRecord, government: str, year: int, spells: Sequence[tuple[int, int]]) -> Looks:
    levels = [record.intensity.get((government, past), 0) for past in range(year - BEFORE + 1, year + 1)]
    begun = [first for first, last in spells if first <= year <= last]
    length = year - min(begun) + 1 if begun else 0
    return Looks(
        sum(levels) / BEFORE, float(levels[-1] - levels[0]), length, record.region.get(government, 0)
    )


@lru_cache(maxsize=4)
def _turns(record: UcdpRecord) -> tuple[Departure, ...]:
    """Every year with troops present after which the conflict went on."""
    return tuple(_every_turn(record))


def _every_turn(record: UcdpRecord) -> Iterator[Departure]:
    for (government,), spells in record.spells.group_by("government", maintain_order=True):
        rows = list(spells.select("backer", "first", "last").iter_rows())
        for year in range(min(row[1] for row in rows), record.last):
            present = {backer for backer, first, last in rows if first <= year <= last}
            after = {backer for backer, first, last in rows if first <= year + 1 <= last}
            if present and (government, year + 1) in record.intensity:
                looks = _looks(record, str(government), year, [row[1:] for row in rows])
                left = tuple(sorted(present - after))
                coded = record.coded.get((str(government), year)) if left else None
                yield Departure(str(government), year, left, tuple(sorted(present & after)), looks, coded)
