"""How old the last word on a tie is."""

from dataclasses import dataclass
from datetime import date

from vedette.evidence import Ledger

_YEAR = 365.25


@dataclass(frozen=True)
class TieAge:
    """How long before a day a tie was last said to hold.

    ``words`` is empty within a year and within the half-life of such ties. ``past``: longer ago than that
    half-life, so that less than half is left of what claims moved the belief by.
    """

    words: str
    past: bool


def age_of_tie(ledger: Ledger, relation: str, *, said: date, at: date) -> TieAge:
    """Returns how old a tie's last word is on a day, in words that stand beside its date."""
    years = (at - said).days / _YEAR
    past = years > ledger.half_lives[relation].years
    parts = [f"aged {years:.0f} y" if years >= 1 else "aged" if past else ""]
    return TieAge(", ".join([*filter(None, parts), *(["past its half-life"] if past else [])]), past)
