"""What was usual: deaths in the same months of the five years before."""

from dataclasses import dataclass

from vedette.brief.inputs.findings import Findings
from vedette.brief.pages.known import Numbers, deaths_in, last_months, years_earlier
from vedette.periods import Span

YEARS = 5
LEAST = 3
"""Fewer known years make no norm."""
SPANS = (1, 3, 12)
ABOUT, FEW = 0.1, 25
"""Deaths are about the same within this part of the larger number, or with fewer than so many between them."""

LOWEST, HIGHEST, WITHIN = "lowest", "highest", "within"


@dataclass(frozen=True)
class AgainstNorm:
    """Deaths in the last months, and in the same months of the five years before.

    Attributes:
        span: the last months.
        now: the row of `Findings.over`; None where no file covers a part of them.
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
    def place(self) -> str:
        """Whether the last months are ``lowest`` or ``highest`` of all, reports' doubt included, or ``within``.

        Empty where there is no norm.
        """
        if self.now is None or self.norm is None:
            return ""
        if int(str(self.now["high"])) < min(self.known):
            return LOWEST
        return HIGHEST if int(str(self.now["low"])) > max(self.known) else WITHIN


def against_norm(findings: Findings, months: int) -> AgainstNorm:
    """The last so many months against the norm."""
    span = last_months(findings, months)
    rows = [deaths_in(findings, years_earlier(span, years)) for years in range(1, YEARS + 1)]
    totals = (None if row is None else int(str(row["best"])) for row in rows)
    return AgainstNorm(span, deaths_in(findings, span), tuple(totals))


def alike(one: float, other: float) -> bool:
    """Whether two numbers of deaths are about the same: too few apart to be told, in number or in share.

    >>> alike(952, 964), alike(3, 12), alike(600, 964)
    (True, True, False)
    """
    return abs(one - other) < max(FEW, ABOUT * max(one, other))
