"""The belief in one tie on one day, with its reports and the influence of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from vedette.evidence.ledger import Ledger
from vedette.evidence.weighing import chance, logit, prior

FACTORS = (0.5, 2.0)
"""Factors by which a sensitivity analysis multiplies all log likelihood ratios."""


@dataclass(frozen=True)
class Report:
    """All claims of one independent source group (``origin``) about a tie; they count as one report.

    ``pro`` and ``con`` are the strongest log likelihood ratios for and against the tie (``pro`` at least 0,
    ``con`` at most 0); ``claims`` are the ids of the claims. Circular reporting thus counts once.
    """

    origin: str
    pro: float
    con: float
    claims: tuple[str, ...]

    @property
    def ratio(self) -> float:
        """The log likelihood ratio of the report."""
        return self.pro + self.con


@dataclass(frozen=True)
class Belief:
    """The probability of a tie on a day, with the claims that it is computed from.

    ``log_odds`` is the log-odds of the prior plus the log likelihood ratios of the reports.
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
        """The log-odds of the tie."""
        return logit(self.prior) + sum(sorted(report.ratio for report in self.reports))

    @property
    def probability(self) -> float:
        """The probability of the tie."""
        return chance(self.log_odds)

    @property
    def contested(self) -> bool:
        """Whether there are reports both for and against the tie."""
        return any(report.pro > 0 for report in self.reports) and any(
            report.con < 0 for report in self.reports
        )

    def without(self, claim: str) -> float:
        """The probability of the tie without one claim."""
        claims = self.claims.filter(pl.col("id") != claim)
        return Belief(
            self.subject, self.relation, self.object, self.at, self.prior, tuple(_reports(claims)), claims
        ).probability

    def influences(self) -> dict[str, float]:
        """The change of the probability if one claim is left out, by claim id, the largest change first."""
        changes = {claim: self.without(claim) - self.probability for claim in self.claims["id"]}
        return dict(sorted(changes.items(), key=lambda item: (-abs(item[1]), item[0])))


def belief_in(ledger: Ledger, subject: str, relation: str, object_: str, at: date) -> Belief:
    """Computes the belief in a tie on a day.

    Without a claim about that day it is the prior.
    """
    claims = ledger.of_tie(subject, relation, object_).filter(pl.col("first") <= at, pl.col("last") >= at)
    return Belief(
        subject, relation, object_, at, prior(ledger.case.weights, relation), tuple(_reports(claims)), claims
    )


def sensitivity(belief: Belief) -> tuple[float, float]:
    """The lowest and highest probability when all log likelihood ratios are halved or doubled.

    Every ratio is multiplied by the same factor; the prior is not changed.
    """
    start = logit(belief.prior)
    evidence = belief.log_odds - start
    chances = [belief.probability, *(chance(start + factor * evidence) for factor in FACTORS)]
    return min(chances), max(chances)


def _reports(claims: pl.DataFrame) -> Iterator[Report]:
    for (origin,), of_one in claims.group_by("origin", maintain_order=True):
        ratios = of_one["ratio"].to_list()
        yield Report(str(origin), max(0.0, *ratios), min(0.0, *ratios), tuple(of_one["id"]))
