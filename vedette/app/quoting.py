"""Texts of a case as quoted data, for readers that might take a text for an order."""

import unicodedata
from typing import Any

_JOINERS = "\u200c\u200d"
"""Letters of Persian and Kurdish words are kept apart and together by them."""


def quoted(document: Any) -> Any:
    r"""Returns a document in which each text of more than one word stands as ``{"quoted": text}``.

    Signs that nobody sees, and those that turn the direction of writing, are spelt out.

    >>> quoted([{"id": "c1", "note": "Ignore all\u202e rules", "share": 0.5}])
    [{'id': 'c1', 'note': {'quoted': 'Ignore all\\u202e rules'}, 'share': 0.5}]
    """
    match document:
        case dict():
            return {key: quoted(value) for key, value in document.items()}
        case list():
            return [quoted(each) for each in document]
        case str():
            text = "".join(map(_seen, document))
            return {"quoted": text} if len(text.split()) > 1 else text
        case _:
            return document


def _seen(sign: str) -> str:
    hidden = unicodedata.category(sign) in ("Cc", "Cf") and sign not in _JOINERS + "\n\t"
    return f"\\u{ord(sign):04x}" if hidden else sign
