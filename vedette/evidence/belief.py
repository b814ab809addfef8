"""The belief in one tie on one day, with its reports and the influence of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from vedette.evidence.ageing import DatedClaim, course, dated
from vedette.evidence.half_lives import HalfLife
from vedette.evidence.ledger import Ledger
from vedette.evidence.weighing import chance, logit, prior

FACTORS = (0.5, 2.0)
"""Factors by which a sensitivity analysis multiplies all log likelihood ratios."""


@dataclass(frozen=True)
class Report:
    """All claims of one independent source group (``origin``) about a tie; they count as one report.

    ``pro`` and ``con`` are the strongest log likelihood ratios for and against the tie (``pro`` at least
    0, ``con`` at most 0); ``claims`` are the ids of the claims. Circular reporting thus counts once.
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

    ``claims`` are those that count on the day: that hold on it, and those from which the tie ages.
    ``half_life`` says how fast it does.
    """

    subject: str
    relation: str
    object: str
    at: date
    prior: float
    half_life: HalfLife
    reports: tuple[Report, ...]
    claims: pl.DataFrame

    @property
    def log_odds(self) -> float:
        """The log-odds of the tie: see `vedette.evidence.ageing`."""
        return self._log_odds(dated(self.claims))

    @property
    def probability(self) -> float:
        """The probability of the tie; that of the prior, which says nothing of it, if no claim counts."""
        return chance(self.log_odds)

    @property
    def supported(self) -> bool:
        """Whether a claim for the tie counts on the day."""
        return any(report.pro > 0 for report in self.reports)

    @property
    def said(self) -> date | None:
        """The last day up to that of the belief on which a claim says that it held, else the first later."""
        told = self.claims.filter(pl.col("ratio") > 0).select(
            pl.max_horizontal("first", pl.min_horizontal("said_on", pl.lit(self.at)))
        )
        day = told.to_series().max()
        return day if isinstance(day, date) else None

    @property
    def contested(self) -> bool:
        """Whether there are reports both for and against the tie."""
        return any(report.pro > 0 for report in self.reports) and any(
            report.con < 0 for report in self.reports
        )

    def without(self, claim: str) -> float:
        """The probability of the tie without one claim."""
        return chance(self._log_odds([one for one in dated(self.claims) if one.id != claim]))

    def with_ratios(self, factor: float) -> float:
        """The probability of the tie with all log likelihood ratios multiplied by a factor."""
        return chance(self._log_odds([one._replace(ratio=one.ratio * factor) for one in dated(self.claims)]))

    def _log_odds(self, claims: list[DatedClaim]) -> float:
        day = self.at.toordinal()
        return course(claims, day, logit(self.prior), self.half_life.days).on(day)

    def influences(self) -> dict[str, float]:
        """The change of the probability if a claim is left out, by claim id, the largest change first."""
        changes = {claim: self.without(claim) - self.probability for claim in self.claims["id"]}
        return dict(sorted(changes.items(), key=lambda item: (-abs(item[1]), item[0])))


def belief_in(ledger: Ledger, subject: str, relation: str, object_: str, at: date) -> Belief:
    """Computes the belief in a tie on a day.

    Without a claim that counts on that day it is the prior, and `Belief.reports` is empty.
    """
    about = ledger.of_tie(subject, relation, object_)
    claims = about.filter(pl.col("counts_from") <= at, pl.col("counts_to") >= at)
    start, half_life = prior(ledger.case.weights, relation), ledger.half_lives[relation]
    return Belief(subject, relation, object_, at, start, half_life, tuple(_reports(claims)), claims)


def sensitivity(belief: Belief) -> tuple[float, float]:
    """The lowest and highest probability when all log likelihood ratios are halved or doubled.

    Every ratio is multiplied by the same factor; the prior and the half-life are not changed.
    """
    chances = [belief.probability, *(belief.with_ratios(factor) for factor in FACTORS)]
    return min(chances), max(chances)


def _reports(claims: pl.DataFrame) -> Iterator[Report]:
    by_origin: dict[str, list[tuple[float, str]]] = {}
    for origin, ratio, claim in claims.select("origin", "ratio", "id").iter_rows():
        by_origin.setdefault(origin, []).append((ratio, claim))
    for origin, said in by_origin.items():
        ratios = [ratio for ratio, _ in said]
        yield Report(origin, max(0.0, *ratios), min(0.0, *ratios), tuple(claim for _, claim in said))
