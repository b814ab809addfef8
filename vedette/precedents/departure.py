"""Departures, and years in which all backers stayed: the state of the war, and deaths afterwards.

A *departure* is a year after which at least one state's troops are no longer listed beside a government
although the conflict went on in the next year. States that leave in one year are one departure, not many:
what followed happened once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from vedette.precedents.ucdp_record import UcdpRecord

BEFORE = 3
"""Years before, the year of the departure included, with which later deaths are compared."""
QUIET = 2
"""Years without any departure before, and at least as many after, that make a year of staying."""


class Looks(NamedTuple):
    """The covariates on which departures are matched.

    ``intensity``: mean of the three years before (0 to 2); ``trend``: last year less the first of those;
    ``length``: years that the longest spell had lasted; ``region``: UCDP's number.
    """

    intensity: float
    trend: float
    length: int
    region: int


@dataclass(frozen=True)
class Departure:
    """A year after which troops were gone, or (with nobody in ``left``) one in which all stayed.

    ``year`` is the last year with them. ``stayed`` are those still there in the next year.
    """

    government: str
    year: int
    left: tuple[str, ...]
    stayed: tuple[str, ...]
    looks: Looks

    @property
    def alone(self) -> bool:
        """Whether no backer's troops stayed beside the government."""
        return not self.stayed


def departures(record: UcdpRecord) -> tuple[Departure, ...]:
    """Every departure after which the conflict went on, by government and year."""
    return tuple(turn for turn in _turns(record) if turn.left)


def stays(record: UcdpRecord, years: int = QUIET) -> tuple[Departure, ...]:
    """Years after which all backers stayed for ``years`` years, and nobody had left in the two before.

    Whoever is there in the last year coded may have left since, so the years just before it do not count.
    """
    ends = {(government, last) for government, last in record.spells.select("government", "last").iter_rows()}
    near = range(-QUIET, max(QUIET, years) + 1)
    return tuple(
        turn
        for turn in _turns(record)
        if not turn.left and not any((turn.government, turn.year + shift) in ends for shift in near)
    )


def looks_at(record: UcdpRecord, government: str, year: int) -> Looks:
    """The covariates of a government's war in a year."""
    levels = [record.intensity.get((government, past), 0) for past in range(year - BEFORE + 1, year + 1)]
    begun = record.spells.filter(
        pl.col("government") == government, pl.col("first") <= year, pl.col("last") >= year
    )["first"]
    length = year - int(begun.min()) + 1 if begun.len() else 0  # type: ignore[arg-type]
    return Looks(
        sum(levels) / BEFORE, float(levels[-1] - levels[0]), length, record.region.get(government, 0)
    )


def _turns(record: UcdpRecord) -> Iterator[Departure]:
    """Every year with troops present after which the conflict went on."""
    for (government,), spells in record.spells.group_by("government", maintain_order=True):
        rows = list(spells.select("backer", "first", "last").iter_rows())
        for year in range(min(row[1] for row in rows), record.last):
            present = {backer for backer, first, last in rows if first <= year <= last}
            after = {backer for backer, first, last in rows if first <= year + 1 <= last}
            if present and (government, year + 1) in record.intensity:
                looks = looks_at(record, str(government), year)
                left = tuple(sorted(present - after))
                yield Departure(str(government), year, left, tuple(sorted(present & after)), looks)
