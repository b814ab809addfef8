"""The index of arms on the day, or why it is withheld."""

from vedette.brief.blocks import Section
from vedette.brief.inputs.ledger import Evidence
from vedette.brief.prose import text
from vedette.brief.sections.arms import lead
from vedette.brief.words import percent

_LABEL = "Does the state alone bear arms?"


def arms_now(evidence: Evidence | None) -> Section:
    """The share of armed strength that the state alone commands, or what it would take to give it."""
    index = evidence.index if evidence else None
    if evidence is None or index is None:
        words = text(
            "No main force of the case has a strength on this day (forces.csv, and claims of strength), so the share "
            "of arms that the state alone commands is not given."
        )
        return Section("arms-now", "The state’s share of arms is not known", (words,), _LABEL)
    title = "The state’s share of arms is too uncertain to print"
    if not index.withheld:
        low, middle, high = index.quantiles
        title = f"The state alone commands {percent(middle)} of armed strength ({percent(low)} to {percent(high)})"
    elif not index.too_wide:
        title = "The state’s share of arms is withheld"
    return Section("arms-now", title, (lead(evidence, index),), _LABEL)
