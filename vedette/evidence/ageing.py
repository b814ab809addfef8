"""Belief in a tie on a day: independent reports added up, with the tie ageing between them and since.

On a day a claim *holds* (``first <= day <= last``), is *past* (``last < day <= counts_to``), is *to come*
(``counts_from <= day < first``; its beginning is not stated), or does not count. Each origin counts once
for and once against: by the strongest of its claims that hold, else by its latest past claim, else by its
earliest to come. The past ones are taken in order of ``last``. Between two days, and from the last of
them to the day, belief moves towards the prior:

    belief  <-  prior + (belief - prior) * 2 ** (-days / half_life)

Those to come are taken in the same way backwards in time. The log-odds are those of both courses, counted
from the prior, and the log likelihood ratios of the claims that hold.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import polars as pl

from vedette.evidence.weighing import chance


class DatedClaim(NamedTuple):
    """The days of a claim as ordinals, its origin, its log likelihood ratio and its id."""

    first: int
    last: int
    counts_from: int
    counts_to: int
    said_on: int
    origin: str
    ratio: float
    id: str

    def counts(self, day: int) -> bool:
        """Whether the claim counts on a day."""
        return self.counts_from <= day <= self.counts_to

    def distance(self, day: int) -> int:
        """Days from the interval in which the claim holds; below 0 before it, above 0 after it."""
        return min(day - self.first, 0) or max(day - self.last, 0)


COLUMNS = ("first", "last", "counts_from", "counts_to", "said_on", "origin", "ratio", "id")


def dated(claims: pl.DataFrame) -> list[DatedClaim]:
    """The claims of a table with the columns of `Ledger.claims`."""
    return [dated_row(row) for row in claims.select(COLUMNS).iter_rows()]


def dated_row(row: Sequence[object]) -> DatedClaim:
    """A claim from its cells in the order of `COLUMNS`."""
    days = (cell.toordinal() for cell in row[:5] if isinstance(cell, date))
    return DatedClaim(*days, *row[5:])  # type: ignore[arg-type]


def representatives(claims: Iterable[DatedClaim], day: int) -> list[DatedClaim]:
    """The claims that stand for their origins on a day, one on each side."""
    best: dict[tuple[str, bool], tuple[tuple[bool, bool, int, float, str], DatedClaim]] = {}
    for claim in claims:
        if claim.ratio and claim.counts(day):
            away = claim.distance(day)
            rank = (away != 0, away < 0, abs(away), -abs(claim.ratio), claim.id)
            key = (claim.origin, claim.ratio > 0)
            if key not in best or rank < best[key][0]:
                best[key] = (rank, claim)
    return [claim for _, claim in best.values()]


def faded(log_odds: float, start: float, days: float, half_life: float) -> float:
    """Log-odds after some days of ageing towards the prior, whose log-odds are ``start``.

    The belief and its complement are mixed apart, which keeps the odds exact near 0 and 1.
    """
    if days <= 0 or log_odds == start:
        return log_odds
    left = 2.0 ** (-days / half_life)
    belief = chance(start) * (1 - left) + chance(log_odds) * left
    other = chance(-start) * (1 - left) + chance(-log_odds) * left
    return math.log(belief) - math.log(other)


@dataclass(frozen=True)
class Course:
    """Log-odds of a tie over days on which the same claims hold, are past and are to come.

    ``past`` and ``coming`` are log-odds on the last day of a past claim and the first day of one to come;
    ``held`` is the sum of the ratios that hold, ``half_life`` is in days.
    """

    start: float
    half_life: float
    past: float
    past_day: int
    held: float
    coming: float
    coming_day: int

    def on(self, day: int) -> float:
        """The log-odds on a day."""
        before = faded(self.past, self.start, day - self.past_day, self.half_life)
        after = faded(self.coming, self.start, self.coming_day - day, self.half_life)
        return before + (after - self.start) + self.held

    @property
    def turns(self) -> bool:
        """Whether belief may both fall and rise, since claims are past and others to come."""
        return self.past != self.start and self.coming != self.start


def course(claims: Iterable[DatedClaim], day: int, start: float, half_life: float) -> Course:
    """The course of belief around a day.

    Args:
        claims: claims about one tie.
        day: the day, an ordinal.
        start: the log-odds of the prior.
        half_life: in days.
    """
    chosen = representatives(claims, day)
    held = sum(sorted(claim.ratio for claim in chosen if claim.distance(day) == 0))
    past = sorted((one.last, one.ratio) for one in chosen if one.distance(day) > 0)
    coming = sorted((-one.first, one.ratio) for one in chosen if one.distance(day) < 0)
    before, before_day = _walk(past, start, half_life, day)
    after, after_day = _walk(coming, start, half_life, -day)
    return Course(start, half_life, before, before_day, held, after, -after_day)


def _walk(told: Sequence[tuple[int, float]], start: float, half_life: float, day: int) -> tuple[float, int]:
    """Log-odds on the day of the last of some claims, taken in order, and that day."""
    log_odds, reached = start, told[0][0] if told else day
    for when, ratio in told:
        log_odds = faded(log_odds, start, when - reached, half_life) + ratio
        reached = when
    return log_odds, reached
