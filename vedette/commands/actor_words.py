"""Ties and claims in sentences: actors with an article where one is due, a state by its country alone."""

from collections.abc import Mapping

from vedette.brief.actor_names import capitalised, spoken_name
from vedette.brief.actor_names import short_name as short_name
from vedette.evidence import claimed, sentence


def tie_in_words(names: Mapping[str, str], tie: tuple[str, str, str]) -> str:
    """Returns a tie or an act, given as subject, relation and object, as a sentence without its full stop.

    >>> tie_in_words({"usa": "Government of United States of America"}, ("usa", "funding", "badr"))
    'The United States gives money to badr'
    """
    return capitalised(sentence(_spoken(names, tie[0], tie[2]), *tie))


def claim_in_words(names: Mapping[str, str], row: Mapping[str, object]) -> str:
    """Returns what a claim says as a sentence without its full stop; ``row`` is one of `Ledger.claims`."""
    return capitalised(claimed(_spoken(names, str(row["subject"]), str(row["object"])), row))


def _spoken(names: Mapping[str, str], *actors: str) -> dict[str, str]:
    return {actor: spoken_name(short_name(names[actor])) for actor in actors if actor in names}
