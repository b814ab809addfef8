"""The addresses of actors and ties."""

from collections.abc import Container
from datetime import date
from urllib.parse import quote, urlencode

from vedette.commands import Hit


def actor_address(actor: str, at: date | None = None) -> str:
    """Returns the address of an actor's page.

    >>> actor_address("quds-force", date(2020, 9, 30))
    '/actors/quds-force?at=2020-09-30'
    """
    return f"/actors/{quote(actor, safe='')}" + (f"?at={at}" if at else "")


def tie_address(subject: str, relation: str, object_: str, at: date | None = None) -> str:
    """Returns the address of a tie's page.

    >>> tie_address("iran", "funding", "badr")
    '/tie?subject=iran&relation=funding&object=badr'
    """
    tie = {"subject": subject, "relation": relation, "object": object_}
    return f"/tie?{urlencode({**tie, 'at': str(at)} if at else tie)}"


def found_address(hit: Hit, areas: Container[str]) -> str:
    """Returns the address of what a search found; empty for what has no page of its own.

    ``areas``: the ids of areas and regions, whose page is that of their violence; sites have none.
    """
    if hit.group == "places" and hit.key in areas:
        return f"/violence?{urlencode({'place': hit.key})}"
    pages = {"actors": "/actors/", "sources": "/sources/", "claims": "/evidence/", "questions": "/questions/"}
    return pages[hit.group] + quote(hit.key, safe="") if hit.group in pages else ""


def claim_address(claim: str) -> str:
    """Returns the address of a claim.

    >>> claim_address("a01")
    '/evidence/a01'
    """
    return f"/evidence/{quote(claim, safe='')}"
