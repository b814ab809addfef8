"""What is different between two days of a case, each as it was known on that day."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from vedette.case import Case
from vedette.changes.ahead import ForecastsCompared, compare_forecasts
from vedette.changes.alert import Alert, alert_ahead
from vedette.changes.beliefs import BeliefMoved, beliefs_moved
from vedette.changes.came import WhatCame, what_came
from vedette.changes.claims import ClaimsSince, claims_since
from vedette.changes.known_on import AsKnown
from vedette.changes.network import NetworkSince, network_since
from vedette.changes.norm import Norm, norm_before
from vedette.changes.reading import ReadNext, read_next
from vedette.changes.revised import WhatRevised, what_revised
from vedette.changes.signs import SignsSince
from vedette.changes.signs_compared import signs_since
from vedette.changes.thresholds import RULES


@dataclass(frozen=True, eq=False)
class Changes:
    """What is different between two days.

    Attributes:
        case: id of the case.
        country: its name.
        edition: for whom; empty for the whole case.
        first: the first day.
        last: the last day.
        seed: of all random streams.
        issue: the number of the brief that was issued of the first day; None for a day that was named.
        came: what came against what was forecast.
        norm: what was usual before the first day; None where too few months are known.
        revised: what the data changed in the past.
        claims: what happened to claims.
        beliefs: beliefs that moved.
        network: the network, the index of arms and dependence.
        ahead: the forecasts of the two days.
        signs: early signs and scenarios.
        alert: what the last day warns of; None for nothing.
        reading: what to read next.
    """

    case: str
    country: str
    edition: str
    first: date
    last: date
    seed: int
    issue: int | None
    came: WhatCame
    norm: Norm | None
    revised: WhatRevised
    claims: ClaimsSince
    beliefs: tuple[BeliefMoved, ...]
    network: NetworkSince
    ahead: ForecastsCompared
    signs: SignsSince
    alert: Alert | None
    reading: ReadNext

    def document(self) -> dict[str, Any]:
        """What is different, part by part, with the rules by which a difference is told."""
        document = {**asdict(self), "rules": list(RULES)}
        document["beliefs"] = [{**asdict(row), "moved": row.moved} for row in self.beliefs]
        return document


def changes_between(case: Case, then: AsKnown, now: AsKnown, seed: int) -> Changes:
    """Compares what was known of a case on two days.

    Args:
        case: the case, or the edition of it that both were read from.
        then: what was known on the first day.
        now: what was known on the last day.
        seed: of all random streams.
    """
    came, revised = what_came(case, then, now), what_revised(case, then, now)
    claims, signs = claims_since(then.ledger, now.ledger), signs_since(case, then, now, seed)
    texts: Mapping[str, tuple[str, str]] = {one.id: (one.text, one.title) for one in claims.claims}
    beliefs = beliefs_moved(then.ledger, now.ledger, then.day, now.day, texts)
    return Changes(
        case.id,
        case.country.name,
        case.edition,
        then.day,
        now.day,
        seed,
        then.issue.number if then.issue else None,
        came,
        norm_before(then, len(came.months)) if came.months else None,
        revised,
        claims,
        beliefs,
        network_since(then, now, seed),
        compare_forecasts(case, then, now, revised, seed),
        signs,
        alert_ahead(then, now, signs, beliefs),
        read_next(case, now.ledger, now.day),
    )
