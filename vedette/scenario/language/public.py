"""Mechanisms and scenarios in an edition: the claims and sources that they cite by their public ids."""

import re
from collections.abc import Mapping

_WORD = re.compile(r"[\w-]*[\d-][\w-]*")
"""What may be an id among other words: it has a digit or a hyphen."""


def with_public_ids(loaded: object, ids: Mapping[str, str]) -> object:
    """A YAML file as loaded, with the public ids of ``ids`` under the keys ``claims`` and ``source``.

    >>> with_public_ids({"source": "paper-1, claim a2: so it is", "claims": ["a2"]}, {"a2": "c-x"})
    {'source': 'paper-1, claim c-x: so it is', 'claims': ['c-x']}
    """
    if ids and isinstance(loaded, dict):
        return {key: _cited(str(key), value, ids) for key, value in loaded.items()}
    if ids and isinstance(loaded, list):
        return [with_public_ids(entry, ids) for entry in loaded]
    return loaded


def _cited(key: str, value: object, ids: Mapping[str, str]) -> object:
    if key == "source" and isinstance(value, str):
        return ids.get(value) or _WORD.sub(lambda word: ids.get(word[0], word[0]), value)
    if key == "claims" and isinstance(value, list):
        return [ids.get(one, one) if isinstance(one, str) else one for one in value]
    return with_public_ids(value, ids)
