"""Where an analyst must judge: comments for Word, made from marks and claims alone."""

from collections.abc import Iterable

from vedette.brief.figures import Figure, Mark, Origin
from vedette.message import joined, say, say_many

_NAMED = 3
CAUTION = say("A caution of the method. Say in your own words whether it changes what you conclude.")


def judgement(figures: Iterable[Figure]) -> str:
    """What an analyst must judge about some figures; empty where nothing is assumed or contested."""
    listed = list(figures)
    return joined((_assumed(listed), _contested(listed)), "\n")


def _assumed(figures: list[Figure]) -> str:
    """Who assumed what: to be confirmed or changed."""
    links = [link for figure in figures if figure.mark is Mark.ASSUMED for link in figure.chain]
    assumed = list(
        dict.fromkeys(
            say(
                "{assumption} ({author}, {source})",
                assumption=link.text,
                author=link.author,
                source=link.source,
            )
            for link in links
            if link.origin is Origin.ASSUMPTION
        )
    )
    if not assumed:
        return ""
    named, left = joined(assumed[:_NAMED], "; "), len(assumed) - _NAMED
    if left > 0:
        named = say_many(left, "{named}; and {count} more", "{named}; and {count} more", named=named)
    return say("Assumed: {named}. Confirm that you still hold this, or change it in the case.", named=named)


def _contested(figures: list[Figure]) -> str:
    """How many claims speak for and against: to be weighed."""
    claims = {claim.id: claim.side for figure in figures for claim in figure.claims}
    against = sum(side == "against" for side in claims.values())
    if not against or against == len(claims):
        return ""
    speak = say_many(len(claims) - against, "{count} claim speaks for this", "{count} claims speak for this")
    return say(
        "Sources disagree: {speak}, {against} against. Judge which you believe, and say why.",
        speak=speak,
        against=against,
    )
