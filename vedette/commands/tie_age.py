"""How old the last word on a tie is."""

from dataclasses import dataclass
from datetime import date

from vedette.evidence import Ledger

_YEAR = 365.25


@dataclass(frozen=True)
class TieAge:
    """How long before a day a tie was last said to hold.

    ``words`` is empty within a year. ``old``: longer ago than the half-life of such ties, so that less than
    half is left of what claims moved the belief by.
    """

    words: str
    old: bool


def age_of_tie(ledger: Ledger, relation: str, said: date, *, at: date) -> TieAge:
    """Returns how old a tie's last word is on a day, in words that stand beside its date."""
    years = (at - said).days / _YEAR
    half_life = ledger.half_lives[relation]
    old = years > half_life.years
    if years < 1:
        return TieAge("aged" if old else "", old)
    return TieAge(f"{'aged: ' if old else ''}{years:.0f} y before", old)
