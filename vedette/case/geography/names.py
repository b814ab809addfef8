"""Normalises names of places: all usual spellings of a name give one form."""

import re
import unicodedata

_APOSTROPHES = re.compile("['’‘ʻʼʽʾʿ`´′]")
_GAPS = re.compile(r"[\W_]+")
_DOUBLED = re.compile(r"(\w)\1+")
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ı": "i", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th"})
_ARTICLES = "al el ad an ar as ash at az"
_KINDS = "province provincia governorate gouvernorat muhafazat muhafazah state wilayat wilayah wilaya محافظة"
_DROPPED = frozenset(f"{_ARTICLES} {_KINDS}".split())


def fold(name: str) -> str:
    """A name without case, diacritics, apostrophes, punctuation, articles and words for province.

    Doubled letters become one, since transliterations differ in them. If nothing else is left, articles and
    words for province are kept.

    >>> fold("Şalāḩ ad Dīn province"), fold("Salah Al-Din"), fold("Karbalā’")
    ('salah din', 'salah din', 'karbala')
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = _APOSTROPHES.sub("", bare).casefold().translate(_PLAIN)
    words = _DOUBLED.sub(r"\1", _GAPS.sub(" ", plain)).split()
    return " ".join([word for word in words if word not in _DROPPED] or words)
