"""Splits a sentence into words with their positions, and normalises spellings for comparison."""

import re
from dataclasses import dataclass
from functools import lru_cache

from vedette.letters import UNSEEN, bare, fold_letters

_WORD = re.compile(
    rf"(?:[A-Z]\.){{2,}}|\d+(?:[.,]\d+)*|[^\W\d](?:[\w{UNSEEN}\u0640\u064b-\u065f'’‘`ʿʾ])*|[^\w\s]"
)
_OWNER = re.compile("['’]s$")
_LOOKALIKE = str.maketrans(
    "аеорсухіјѕԁһАВЕКМНОРСТХУІЈЅαοινΑΒΕΗΙΚΜΝΟΡΤΥΧΖ", "aeopcyxijsdhABEKMHOPCTXYIJSaoivABEHIKMNOPTYXZ"
)
_SOUNDS = (
    *(("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("q", "k")),
    *(("ei", "i"), ("ai", "i"), ("ay", "i"), ("ey", "i"), ("ee", "i"), ("oo", "u"), ("ou", "u"), ("ow", "u")),
    *(("aa", "a"), ("e", "i"), ("o", "u"), ("y", "i")),
)
_KEPT = 50_000
"""Forms of words that are kept: those of a case and of a report are asked for again and again."""
_ENDING = re.compile(r"(?:iia|iah|ia|ah)$")
ARTICLES = frozenset(["al", "el", "ul", "ad", "as", "ash", "an", "ar", "at", "az", "the"])


@dataclass(frozen=True)
class Word:
    """A word, number or punctuation mark at characters ``start`` to ``end`` of its sentence."""

    start: int
    end: int
    text: str
    """In NFKC, without invisible characters, lookalike letters of other alphabets replaced."""
    owner: bool = False
    """Whether it ended in 's, which ``text`` leaves out."""

    @property
    def low(self) -> str:
        """The word in lower case."""
        return self.text.casefold()


def words_of(sentence: str) -> list[Word]:
    """The words, numbers and punctuation marks of a sentence.

    >>> [word.text for word in words_of("Kata’ib Hizbu\u200bllah's al-Asad camp")]
    ['Kataib', 'Hizbullah', 'al', '-', 'Asad', 'camp']
    """
    words = []
    for match in _WORD.finditer(sentence):
        owner = bool(_OWNER.search(match[0]))
        text = clean(_OWNER.sub("", match[0]))
        if text:
            words.append(Word(match.start(), match.end(), text, owner))
    return words


def clean(text: str) -> str:
    """Text without invisible characters, apostrophes, accents and Arabic diacritics, lookalikes replaced.

    >>> clean("Ir\u0430n")
    'Iran'
    """
    plain = bare(text)
    if re.search("[A-Za-z]", plain):
        plain = plain.translate(_LOOKALIKE)
    return plain


@lru_cache(_KEPT)
def heard(word: str) -> str:
    """A phonetic form of a cleaned word, the same for common transliterations of one name.

    >>> heard("Qassem") == heard("Kasim"), heard("Nujabaa") == heard("Nujaba")
    (True, True)
    """
    low = fold_letters(word)
    if re.search("[\u0600-\u06ff]", low):
        return re.sub("^ال(?=..)", "", low)
    low = low.replace(".", "")
    for spelt, sound in _SOUNDS:
        low = low.replace(spelt, sound)
    low = re.sub(r"(\w)\1+", r"\1", low)
    return _ENDING.sub("a", low) if len(low) > 4 else low


@lru_cache(_KEPT)
def skeleton(word: str) -> str:
    """The consonants of the phonetic form of a word."""
    sound = heard(word)
    return re.sub("(?<=.)[aeiou]", "", re.sub(r"(\w)[aeiouh]+$", r"\1", sound))
