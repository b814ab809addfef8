"""An alert ahead: a sign that fired, a hostile tie that appeared, or a forecast beyond the norm."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vedette.case.schema.relations import RELATIONS
from vedette.changes.beliefs import EVEN, BeliefMoved
from vedette.changes.known_on import AsKnown
from vedette.changes.norm import norm_before
from vedette.changes.signs import FIRED, SignsSince
from vedette.changes.thresholds import COUNTRY, told
from vedette.evidence.saying import agreeing, called
from vedette.message import Message, say

HOSTILITY = "hostility"
"""The relation of those who fight or threaten each other."""
AHEAD = 3
"""The months ahead that an alert looks at."""
LIKELY = 0.5
"""An alert is given where more than this share of the draws lies beyond the norm."""


@dataclass(frozen=True)
class Alert:
    """What the last day warns of.

    Attributes:
        signs: the names of the early signs that fired since the first day.
        hostile: ties of hostility that claims of since then brought to a belief above one half, as sentences.
        months: how many months ahead the forecast speaks of; 0 where it gives no alert.
        median: of the forecast of deaths over these months.
        above: the total that one run of as many months in ten was above before the first day.
        chance: the share of draws above that.
        draws: futures behind it.
    """

    signs: tuple[str, ...]
    hostile: tuple[str, ...] = ()
    months: int = 0
    median: float = 0.0
    above: float = 0.0
    chance: float = 0.0
    draws: int = 0


def alert_ahead(
    then: AsKnown, now: AsKnown, signs: SignsSince, beliefs: Sequence[BeliefMoved]
) -> Alert | None:
    """The alert of the last day; None where no sign fired, no hostility is new, and the forecast is usual."""
    fired = tuple(sign.name for sign in signs.that(FIRED))
    hostile = tuple(
        believed_hostile(against(now.ledger.names, row.subject, row.object), row.now)
        for row in beliefs
        if row.now is not None and _hostile(row)
    )
    quiet = Alert(fired, hostile) if fired or hostile else None
    if now.forecast is None:
        return quiet
    draws = np.asarray(now.forecast.country.draws[:, :AHEAD, 0].sum(axis=1), dtype=np.float64)
    months = min(AHEAD, len(now.forecast.country.horizons))
    norm = norm_before(then, months)
    if norm is None:
        return quiet
    chance, median = float((draws > norm.high).mean()), float(np.median(draws))
    if chance <= LIKELY or not told(norm.median, median, COUNTRY * months):
        return quiet
    return Alert(fired, hostile, months, median, norm.high, chance, len(draws))


def against(names: Mapping[str, str], subject: str, other: str) -> Message:
    """Who is hostile to whom, as a sentence.

    >>> against({"is": "Islamic State", "army": "Iraqi Army"}, "is", "army")
    'Islamic State fights or threatens Iraqi Army'
    """
    who, whom = called(names, subject), called(names, other)
    return say(
        "{who} {fights} {whom}", who=who, fights=agreeing(RELATIONS[HOSTILITY].meaning, who), whom=whom
    )


def believed_hostile(tie: str, belief: float) -> Message:
    """A tie of hostility with how far it is believed.

    >>> believed_hostile("A fights or threatens B", 0.694)
    'A fights or threatens B (belief 69 %)'
    """
    return say("{tie} (belief {belief})", tie=tie, belief=f"{100 * belief:.0f} %")


def _hostile(row: BeliefMoved) -> bool:
    """Whether a tie of hostility came to be believed by a claim of since then."""
    if row.relation != HOSTILITY or row.now is None or row.by_ageing:
        return False
    return row.now >= EVEN and (row.then is None or row.then < EVEN)
