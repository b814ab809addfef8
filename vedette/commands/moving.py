"""What a claim that is not in the case yet would move."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl
from pydantic import ValidationError

from vedette.case.schema import Claim
from vedette.commands.waiting import waits_for
from vedette.evidence import Ledger, belief_in, present_of, read_ledger

_GRADES = ("1", "2", "3", "4", "5")
"""The grades of credibility that are a basis to judge."""
_KEY = "?"
"""The id of the claim while it is weighed: no row of a case has it."""


@dataclass(frozen=True)
class BeliefMove:
    """The belief in a tie without and with a claim, on a day; 0 to 1.

    Attributes:
        at: the day: the present of the case, or the last day that the claim speaks of where that is earlier.
        before: the belief without it; None where no claim counts on the day, so that there is none to show.
        after: the belief with it.
        half_life: the half-life of such a tie in years.
        waits_for: the present of the case, where the claim becomes known only later and does not count yet.
    """

    at: date
    before: float | None
    after: float
    half_life: float
    waits_for: date | None = None

    def document(self) -> dict[str, Any]:
        """Returns the same as JSON."""
        return {**vars(self), "mark": "estimated"}


def belief_move(ledger: Ledger, cells: Mapping[str, str]) -> BeliefMove | None:
    """Returns what a claim would move in the belief in its tie; None where it moves none.

    A claim moves no belief where it does not fit the columns, speaks of no tie or only expects one, does not
    count on the day, or where its grades are no basis to judge.

    Args:
        ledger: the ledger of the case.
        cells: columns of claims.csv, as text.
    """
    row = _row(cells)
    if row is None:
        return None
    case, tie = ledger.case, (row["subject"], row["relation"], row["object"])
    added = pl.DataFrame([row], {**case.claims.schema}, orient="row")
    one = read_ledger(replace(case, claims=added)).claims
    after_of = ledger.with_claims(pl.concat([ledger.of_tie(*tie), one]))
    if after_of.tied.filter(pl.col("id") == _KEY, pl.col("ratio") != 0).is_empty():
        return None
    at = min(present_of(ledger), one["last"][0]) if row["to"] else present_of(ledger)
    before, after = belief_in(ledger, *tie, at), belief_in(after_of, *tie, at)
    if _KEY not in after.claims["id"]:
        return None
    years = after.half_life.years
    known = waits_for(case, str(one["known_on"][0]))
    return BeliefMove(at, before.probability if before.reports else None, after.probability, years, known)


def moves_by_credibility(ledger: Ledger, cells: Mapping[str, str]) -> Mapping[str, BeliefMove]:
    """Returns what a claim would move at each credibility, from 1 to 5, at which it moves a belief."""
    graded = {grade: belief_move(ledger, {**cells, "credibility": grade}) for grade in _GRADES}
    return {grade: move for grade, move in graded.items() if move}


def _row(cells: Mapping[str, str]) -> dict[str, Any] | None:
    """A claim as a row of the table; None where it does not fit."""
    filled = {name: cell for name, cell in cells.items() if cell}
    try:
        return Claim.model_validate({**filled, "id": _KEY}).model_dump(by_alias=True)
    except ValidationError:
        return None
