"""How old the data of an answer are."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from vedette.case import Case
from vedette.periods import label, last_day

if TYPE_CHECKING:
    from vedette.evidence import Ledger
    from vedette.panel import Holdings, Panel


@dataclass(frozen=True)
class DataAge:
    """How far the data of an answer reach; None and empty where it rests on none of the kind.

    ``events_to`` is the last period that is counted from events of ``dataset``, ``releases`` says in words
    which of its releases count, ``totals_to`` is the last period known from national totals alone,
    ``claims_to`` the day on which the newest claim became known.
    """

    events_to: str | None = None
    dataset: str = ""
    releases: str = ""
    totals_to: str | None = None
    claims_to: date | None = None

    def sentence(self) -> str:
        """Returns a line like: Data to 2018-12 (events, UCDP GED 19.1), claims to 2020-09-30."""
        ends = (
            (self.events_to, f"data to {self.events_to} (events, {self.releases or self.dataset})"),
            (self.totals_to, f"national totals to {self.totals_to}"),
            (self.claims_to, f"claims to {self.claims_to}"),
        )
        line = ", ".join(words for end, words in ends if end)
        return f"{line[0].upper()}{line[1:]}." if line else "No events and no claims are at hand."

    def document(self) -> dict[str, Any]:
        """Returns what is known of it, by name."""
        return {name: str(value) for name, value in asdict(self).items() if value}


def age_of_counts(case: Case, holdings: "Holdings", *, panel: "Panel") -> DataAge:
    """Returns how far the counts of a panel reach, as known on its day."""
    span = panel.grid.span
    from_events = np.flatnonzero(panel.covered & ~panel.estimated)
    last = label(span.first + int(from_events[-1]), span.step) if len(from_events) else None
    totals = label(span.last, span.step) if panel.estimated[-1] else None
    return DataAge(last, case.dataset, holdings.releases_to(last_day(span.last, span.step)), totals)


def age_of_claims(ledger: "Ledger") -> DataAge:
    """Returns how far the claims of a ledger reach."""
    newest = ledger.claims["known_on"].max()
    return DataAge(claims_to=newest if isinstance(newest, date) else None)
