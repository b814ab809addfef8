"""Normalises names of places: all usual spellings of a name give one form."""

import re
from functools import cache
from importlib.resources import files

from vedette.letters import fold_letters

_ELIDED = re.compile("\\b[dl]['’](?=[aeiouyhâàéèêëîïôœ])", re.IGNORECASE)
_GAPS = re.compile(r"[\W_]+")
_DOUBLED = re.compile(r"(\w)\1+")
_ARABIC_ARTICLE = re.compile(r"\b(?:ال)+(?=\w{3})")
_ARTICLES = ("al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "la", "le", "les", "los", "las", "the")
_SMALL_WORDS = frozenset([*_ARTICLES, "of", "de", "del", "du", "des", "di", "da", "do", "das", "dos"])


def fold(name: str) -> str:
    """A name in the form of `spelled`, without words for a kind of area such as province, oblast or cercle.

    The words are those of ``kinds_of_areas.txt``. If nothing else is left, they are kept.

    >>> fold("Şalāḩ ad Dīn province"), fold("Salah Al-Din"), fold("Région de l’Est"), fold("Donetsk oblast")
    ('salah din', 'salah din', 'est', 'donetsk')
    """
    words = spelled(name).split()
    return " ".join([word for word in words if word not in _kinds()] or words)


def spelled(name: str) -> str:
    """A name without case, diacritics, apostrophes, punctuation, articles and prepositions such as "of".

    Doubled letters become one, since transliterations differ in them; the forms of a letter in Arabic,
    Persian, Kurdish and Urdu become one. If nothing else is left, articles and prepositions are kept.

    >>> spelled("Karbalā’ province"), spelled("Estado de México")
    ('karbala province', 'estado mexico')
    """
    words = _words(name)
    return " ".join([word for word in words if word not in _SMALL_WORDS] or words)


def _words(name: str) -> list[str]:
    plain = _GAPS.sub(" ", fold_letters(_ELIDED.sub(" ", name)))
    return _ARABIC_ARTICLE.sub("", _DOUBLED.sub(r"\1", _ARABIC_ARTICLE.sub("", plain))).split()


@cache
def _kinds() -> frozenset[str]:
    text = files("vedette.case.geography").joinpath("kinds_of_areas.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(word for line in lines for name in line.split() for word in _words(name))
