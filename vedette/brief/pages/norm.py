"""What was usual: deaths in the same months of the five years before."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vedette.brief.inputs.count_tables import CountTables
from vedette.brief.pages.known import Numbers, deaths_in, is_known, last_months, years_earlier
from vedette.panel import expected_deaths
from vedette.periods import Span

YEARS = 5
LEAST = 3
"""Fewer known years make no norm."""
SPANS = (1, 3, 12)
WAR = 1000
"""Deaths in a year from which UCDP speaks of a war; it counts those in battle (https://scstt.org/tag/war)."""
ABOUT, FEW = 0.1, 25
"""Deaths are about the same within this part of the larger number, or with fewer than so many between them."""

LOWEST, HIGHEST, WITHIN = "lowest", "highest", "within"


@dataclass(frozen=True)
class AgainstNorm:
    """Deaths in the last months, and in the same months of the five years before.

    Attributes:
        span: the last months.
        now: the row of `CountTables.over`; None where no file covers a part of them.
        years: totals of the same months in the years before, the latest first; None where not known.
    """

    span: Span
    now: Numbers | None
    years: tuple[int | None, ...]

    @property
    def known(self) -> list[int]:
        """The totals that are known."""
        return [total for total in self.years if total is not None]

    @property
    def norm(self) -> float | None:
        """The mean of the known totals; None where fewer than three are known."""
        return sum(self.known) / len(self.known) if len(self.known) >= LEAST else None

    @property
    def of_war(self) -> int:
        """How many years of war the norm holds, where fewer died now; else 0."""
        if self.now is None or self.norm is None or int(str(self.now["best"])) >= self.norm:
            return 0
        return sum(total >= WAR for total in self.known)

    @property
    def place(self) -> str:
        """Whether the last months are ``lowest`` or ``highest`` of all, reports' doubt included, or ``within``.

        Empty where there is no norm.
        """
        if self.now is None or self.norm is None:
            return ""
        if int(str(self.now["high"])) < min(self.known):
            return LOWEST
        return HIGHEST if int(str(self.now["low"])) > max(self.known) else WITHIN


def against_norm(findings: CountTables, months: int) -> AgainstNorm:
    """The last so many months against the norm, in which no total depends on a seed."""
    span = last_months(findings, months)
    return compared(findings, span, expected_deaths(findings.panel), deaths_in(findings, span))


def compared(
    findings: CountTables, span: Span, deaths: npt.NDArray[np.float64], now: Numbers | None
) -> AgainstNorm:
    """Some months against the same months of the five years before.

    Args:
        findings: what the case counts.
        span: the months.
        deaths: by month of the panel, best estimate, of whatever is compared.
        now: the row of `CountTables.over` for the span; None where no file covers a part of it.
    """
    start, totals = findings.span.first, []
    for years in range(1, YEARS + 1):
        then = years_earlier(span, years)
        known = is_known(findings, then)
        totals.append(round(deaths[then.first - start : then.last - start + 1].sum()) if known else None)
    return AgainstNorm(span, now, tuple(totals))


def alike(one: float, other: float) -> bool:
    """Whether two numbers of deaths are about the same: too few apart to be told, in number or in share.

    >>> alike(952, 964), alike(3, 12), alike(600, 964)
    (True, True, False)
    """
    return abs(one - other) < max(FEW, ABOUT * max(one, other))
