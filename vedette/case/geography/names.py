"""Normalises names of places: all usual spellings of a name give one form."""

import re
from functools import cache, lru_cache
from importlib.resources import files

from vedette.letters import fold_letters

_ELIDED = re.compile("\\b[dl]['’](?=[aeiouyhâàéèêëîïôœ])", re.IGNORECASE)
_GAPS = re.compile(r"[\W_]+")
_DOUBLED = re.compile(r"(\w)\1+")
_ARABIC_ARTICLE = re.compile(r"\b(?:ال)+(?=\w{3})")
_ARTICLES = ("al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "la", "le", "les", "los", "las", "the")
_SMALL_WORDS = frozenset([*_ARTICLES, "of", "de", "del", "du", "des", "di", "da", "do", "das", "dos"])


def fold(name: str) -> str:
    """A name in the form of `core` in which doubled letters are one: transliterations differ in them.

    >>> fold("Şalāḩ ad Dīn province"), fold("Salah Al-Din"), fold("Région de l’Est"), fold("Nassarawa state")
    ('salah din', 'salah din', 'est', 'nasarawa')
    """
    return _single(core(name))


def spelled(name: str) -> str:
    """A name in the form of `written` in which doubled letters are one.

    >>> spelled("Karbalā’ province"), spelled("Nassarawa")
    ('karbala province', 'nasarawa')
    """
    return _single(written(name))


def core(name: str) -> str:
    """A name in the form of `written`, without words for a kind of area such as province, oblast or cercle.

    The words are those of ``kinds_of_areas.txt``. If nothing else is left, they are kept.

    >>> core("Donetsk oblast"), core("Shaanxi province"), core("Province")
    ('donetsk', 'shaanxi', 'province')
    """
    words = written(name).split()
    return " ".join([word for word in words if _single(word) not in _kinds()] or words)


@lru_cache(maxsize=4096)
def written(name: str) -> str:
    """A name without case, diacritics, apostrophes, punctuation, articles and prepositions such as "of".

    The forms of a letter in Arabic, Persian, Kurdish and Urdu become one. If nothing else is left, articles
    and prepositions are kept.

    >>> written("Estado de México"), written("Shaanxi")
    ('estado mexico', 'shaanxi')
    """
    words = _words(name)
    return " ".join([word for word in words if _single(word) not in _SMALL_WORDS] or words)


def _single(name: str) -> str:
    return " ".join(_ARABIC_ARTICLE.sub("", _DOUBLED.sub(r"\1", name)).split())


def _words(name: str) -> list[str]:
    return _ARABIC_ARTICLE.sub("", _GAPS.sub(" ", fold_letters(_ELIDED.sub(" ", name)))).split()


@cache
def _kinds() -> frozenset[str]:
    text = files("vedette.case.geography").joinpath("kinds_of_areas.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(word for line in lines for word in spelled(line).split())
