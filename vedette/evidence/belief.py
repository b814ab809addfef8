"""The belief in one tie on one day, with the reports behind it and how far each moves it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from vedette.evidence.ledger import Ledger
from vedette.evidence.weighing import chance, logit, prior

FACTORS = (0.5, 2.0)
"""How far the entries of the table of weights are stretched to see what hangs on them."""


@dataclass(frozen=True)
class Report:
    """What one origin says about a tie: claims that share an origin are one report.

    ``pro`` and ``con`` are the strongest log ratios on either side (``pro`` at least 0, ``con`` at most 0);
    ``claims`` are the ids of its claims.
    """

    origin: str
    pro: float
    con: float
    claims: tuple[str, ...]

    @property
    def ratio(self) -> float:
        """How far the report moves the log-odds."""
        return self.pro + self.con


@dataclass(frozen=True)
class Belief:
    """How far a tie is believed to hold on a day, and why.

    ``log_odds`` is that of the prior and the ratios of the reports, added up.
    """

    subject: str
    relation: str
    object: str
    at: date
    prior: float
    reports: tuple[Report, ...]
    claims: pl.DataFrame

    @property
    def log_odds(self) -> float:
        """The log-odds that the tie holds."""
        return logit(self.prior) + sum(sorted(report.ratio for report in self.reports))

    @property
    def probability(self) -> float:
        """How likely the tie holds."""
        return chance(self.log_odds)

    @property
    def contested(self) -> bool:
        """Whether something speaks for the tie and something against it."""
        return any(report.pro > 0 for report in self.reports) and any(
            report.con < 0 for report in self.reports
        )

    def without(self, claim: str) -> float:
        """How likely the tie holds if one claim falls."""
        kept = self.claims.filter(pl.col("id") != claim)
        return Belief(
            self.subject, self.relation, self.object, self.at, self.prior, tuple(_reports(kept)), kept
        ).probability

    def influences(self) -> dict[str, float]:
        """How far the belief would move if each claim fell, the largest first."""
        moved = {claim: self.without(claim) - self.probability for claim in self.claims["id"]}
        return dict(sorted(moved.items(), key=lambda item: (-abs(item[1]), item[0])))


def belief_in(ledger: Ledger, subject: str, relation: str, object_: str, at: date) -> Belief:
    """How far a tie is believed to hold on a day.

    With no claim for that day it is the prior.
    """
    claims = ledger.of_tie(subject, relation, object_).filter(pl.col("first") <= at, pl.col("last") >= at)
    return Belief(
        subject, relation, object_, at, prior(ledger.case.weights, relation), tuple(_reports(claims)), claims
    )


def sensitivity(belief: Belief) -> tuple[float, float]:
    """The least and the most that a belief becomes when the whole table is taken half as far, or twice.

    Every log ratio is multiplied by the same factor; the prior stays.
    """
    start = logit(belief.prior)
    moved = belief.log_odds - start
    found = [belief.probability, *(chance(start + factor * moved) for factor in FACTORS)]
    return min(found), max(found)


def _reports(claims: pl.DataFrame) -> Iterator[Report]:
    for (origin,), of_one in claims.group_by("origin", maintain_order=True):
        ratios = of_one["ratio"].to_list()
        yield Report(str(origin), max(0.0, *ratios), min(0.0, *ratios), tuple(of_one["id"]))
