"""Folds letters: one form for what people write differently, in Latin and in Arabic script."""

import re
import unicodedata

UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Invisible characters (zero width, direction of writing), as the inside of a regex character class."""

_INVISIBLE = re.compile(f"[{UNSEEN}\u0640\u064b-\u065f\u0670]")
_APOSTROPHES = re.compile("['’‘ʻʼʽʾʿ`´′]")
_LATIN = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ı": "i", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th"})
_ARABIC = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیئێے", "ي"),
        **dict.fromkeys("ةۀہۃەھ", "ه"),
        **dict.fromkeys("کڪ", "ك"),
        **dict.fromkeys("ؤۆۇۋ", "و"),
        **{"ڕ": "ر", "ڵ": "ل", "ں": "ن"},
    }
)
_LOANED = str.maketrans({"پ": "ب", "گ": "ك", "چ": "ج", "ژ": "ز", "ڤ": "ف", "ە": ""})


def bare(text: str) -> str:
    """A text without invisible characters, accents, apostrophes and Arabic diacritics.

    >>> bare("Kata’ib Hizbu\\u200bllāh")
    'Kataib Hizbullah'
    """
    if text.isascii():
        return _APOSTROPHES.sub("", text) or text
    visible = unicodedata.normalize("NFKD", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))
    letters = "".join(letter for letter in visible if not unicodedata.combining(letter))
    return _APOSTROPHES.sub("", unicodedata.normalize("NFC", letters)) or letters


def fold_letters(text: str) -> str:
    """A text in lower case with one form for each letter that languages write in several.

    Persian, Kurdish and Urdu forms of a letter become the Arabic one; ø, ł, æ and the like become Latin.

    >>> fold_letters("کتائب") == fold_letters("كتائب"), fold_letters("Đặng Łódź")
    (True, 'dang lodz')
    """
    small = bare(text).casefold()
    return small if small.isascii() else small.translate(_LATIN).translate(_ARABIC)


def arabic_skeleton(text: str) -> str:
    """A name in Arabic script in a form that Arabic, Persian and Kurdish spellings of it share.

    Ignored are articles, gaps between words (Persian joins words with a zero-width non-joiner or a space),
    vowels within words, and the letters that Arabic lacks (p, g, ch, zh, v).

    >>> arabic_skeleton("حشد شعبی") == arabic_skeleton("الحشد الشعبي")
    True
    >>> arabic_skeleton("پێشمەرگە") == arabic_skeleton("البيشمركة")
    True
    """
    words = re.sub(r"\bئ", "ا", text).split()
    ended = (re.sub("[ەۀ]$", "ه", bare(word)).translate(_LOANED) for word in words)
    joined = re.sub(r"[\W_]", "", fold_letters("".join(ended))).replace("ال", "")
    return re.sub("(?<=.)[اوي]+(?=.)", "", joined)
