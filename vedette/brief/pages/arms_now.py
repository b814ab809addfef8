"""The index of arms on the day, or why it is withheld."""

from vedette.brief.blocks import Section
from vedette.brief.inputs.ledger import Evidence
from vedette.brief.prose import text
from vedette.brief.sections.arms import lead
from vedette.brief.words import percent
from vedette.message import say

_LABEL = say("Does the state alone bear arms?")


def arms_now(evidence: Evidence | None) -> Section:
    """The share of armed strength that the state alone commands, or what it would take to give it."""
    index = evidence.index if evidence else None
    if evidence is None or index is None:
        words = text(
            say(
                "No main force of the case has a strength on this day (forces.csv, and claims of strength), so the share "
                "of arms that the state alone commands is not given."
            )
        )
        return Section("arms-now", say("The state’s share of arms is not known"), (words,), _LABEL)
    title = say("The state’s share of arms is too uncertain to print")
    if not index.withheld:
        low, middle, high = index.quantiles
        title = say(
            "The state alone commands {middle} of armed strength ({low} to {high})",
            middle=percent(middle),
            low=percent(low),
            high=percent(high),
        )
    elif not index.too_wide:
        title = say("The state’s share of arms is withheld")
    return Section("arms-now", title, (lead(evidence, index),), _LABEL)
