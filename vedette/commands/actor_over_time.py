"""An actor over time: its status, its headcounts with their gaps, and what it has in place as a backer."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from vedette.case.forces import coded_forces
from vedette.commands.defaults import SEED
from vedette.evidence import Ledger
from vedette.network.armed_forces import LEVELS
from vedette.network.headcounts import FRESH, counted, headcount

_DRAWS = 2000
_YEARS = {
    "at": pl.Date,
    **dict.fromkeys(("low", "middle", "high"), pl.Float64),
    "basis": pl.String,
    "years_off": pl.Float64,
}


@dataclass(frozen=True)
class StatusSpell:
    """A row of forces.csv: a status, what it was part of, and the widest interval that its dates allow."""

    status: str
    part_of: str
    first: date
    last: date
    claim: str
    note: str


def status_spells(forces: pl.DataFrame) -> tuple[StatusSpell, ...]:
    """Returns the rows of forces.csv about one actor with their days, the open ones to the ends of time."""
    coded = coded_forces(forces)
    return tuple(
        StatusSpell(one.status, one.part_of, one.first, one.last, str(row["claim"]), str(row["note"]))
        for one, row in zip(coded, forces.iter_rows(named=True), strict=True)
    )


def strength_by_year(ledger: Ledger, actor: str, *, present: date) -> pl.DataFrame:
    """Returns the headcount of a force at the end of each year up to the present, as the index draws it.

    Columns: ``at, low, middle, high`` (5 %, 50 % and 95 % of the draws; empty in a gap), ``basis`` (counted
    within a year, carried from another, or gap: no headcount within reach), ``years_off``. No rows without a
    claim of a headcount.
    """
    claims = counted(ledger).get(actor)
    if claims is None:
        return pl.DataFrame(schema=_YEARS)
    first = claims["first"].min()
    assert isinstance(first, date)
    days = [min(date(year, 12, 31), present) for year in range(first.year, present.year + 1)]
    return pl.DataFrame([_year(actor, claims, day=day) for day in days], schema=_YEARS, orient="row")


def posture_of(ledger: Ledger, actor: str) -> pl.DataFrame:
    """Returns the rows of posture.csv whose backer is an actor, by series, the oldest first."""
    posture = ledger.case.posture
    names = [name for name in posture["backer"].unique() if ledger.actors.candidates(name) == (actor,)]
    return posture.filter(pl.col("backer").is_in(names)).sort("series", "date")


def _year(actor: str, claims: pl.DataFrame, *, day: date) -> tuple[object, ...]:
    found = headcount(actor, claims, day, _DRAWS, np.random.default_rng([SEED, day.toordinal()]))
    if found is None:
        return day, None, None, None, "gap", None
    basis = "counted" if found.years <= FRESH else "carried"
    return day, *(float(end) for end in np.quantile(found.draws, LEVELS)), basis, found.years
