"""Normalises names of places: all usual spellings of a name give one form."""

import re

from vedette.letters import fold_letters

_GAPS = re.compile(r"[\W_]+")
_DOUBLED = re.compile(r"(\w)\1+")
_ARTICLES = "al el ad an ar as ash at az"
_KINDS = "province provincia governorate gouvernorat muhafazat muhafazah state wilayat wilayah wilaya محافظة"
_DROPPED = frozenset(fold_letters(f"{_ARTICLES} {_KINDS}").split())


def fold(name: str) -> str:
    """A name without case, diacritics, apostrophes, punctuation, articles and words for province.

    Doubled letters become one, since transliterations differ in them. If nothing else is left, articles and
    words for province are kept.

    >>> fold("Şalāḩ ad Dīn province"), fold("Salah Al-Din"), fold("Karbalā’")
    ('salah din', 'salah din', 'karbala')
    """
    words = _DOUBLED.sub(r"\1", _GAPS.sub(" ", fold_letters(name))).split()
    return " ".join([word for word in words if word not in _DROPPED] or words)
