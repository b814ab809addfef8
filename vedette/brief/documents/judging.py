"""Where an analyst must judge: comments for Word, made from marks and claims alone."""

from collections.abc import Iterable

from vedette.brief.figures import Figure, Mark, Origin
from vedette.plurals import counted

_NAMED = 3
CAUTION = "A caution of the method. Say in your own words whether it changes what you conclude."


def judgement(figures: Iterable[Figure]) -> str:
    """What an analyst must judge about some figures; empty where nothing is assumed or contested."""
    listed = list(figures)
    return "\n".join(part for part in (_assumed(listed), _contested(listed)) if part)


def _assumed(figures: list[Figure]) -> str:
    """Who assumed what: to be confirmed or changed."""
    links = [link for figure in figures if figure.mark is Mark.ASSUMED for link in figure.chain]
    assumed = dict.fromkeys(
        f"{link.text} ({link.author}, {link.source})" for link in links if link.origin is Origin.ASSUMPTION
    )
    if not assumed:
        return ""
    named = "; ".join(list(assumed)[:_NAMED])
    more = f"; and {len(assumed) - _NAMED} more" if len(assumed) > _NAMED else ""
    return f"Assumed: {named}{more}. Confirm that you still hold this, or change it in the case."


def _contested(figures: list[Figure]) -> str:
    """How many claims speak for and against: to be weighed."""
    claims = {claim.id: claim.side for figure in figures for claim in figure.claims}
    against = sum(side == "against" for side in claims.values())
    if not against or against == len(claims):
        return ""
    speak = counted(len(claims) - against, "claim speaks", "claims speak")
    return f"Sources disagree: {speak} for this, {against:,} against. Judge which you believe, and say why."
