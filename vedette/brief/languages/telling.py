"""Texts, numbers and dates in a language."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from vedette.brief.languages.catalog import RIGHT_TO_LEFT, template_in
from vedette.message import Capital, Day, Joined, Message, fill, literal, plain

_NUMBER = re.compile(r"(?<![\w.,-])([~+−]*)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\w-]|[.,]\d)( %)?")
_ONLY_NUMBERS = re.compile(r"[\s\d.,%~+−–()/-]*")
_PATTERNS = {"day": "long", "month": "LLLL"}
_SKELETONS = {"year": "yMMMM", "short": "yMMM", "iso": "yMMMd"}
_SIGNS = {"fr": {"; ": "\N{NO-BREAK SPACE}; ", ", ": ", "}, "ar": {"; ": "؛ ", ", ": "، "}}
_FIRST = re.compile(r"^1 ")
_BEFORE_VOWEL = re.compile(r"\b([Dd]|[Qq]u)e (?=(?:avr\.|avril|août|oct\.|octobre)(?!\w))")
_FRENCH_SIGN = re.compile(r" (?=[:;?!»])|(?<=«) ")
ISOLATE, END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT ISOLATE}"


@dataclass(frozen=True)
class Tongue:
    """A language in which a brief is told.

    Numbers have Latin digits, as the locale data give them where no other system is asked for.
    """

    language: str

    @property
    def english(self) -> bool:
        """Whether nothing is to be told otherwise."""
        return self.language == "en"

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    def words(self, text: object) -> str:
        """A text as it is read; texts of a case stay as they are written, set apart by two signs unseen."""
        return str(text) if self.english else plain(self.template(text))

    def sign(self, between: str) -> str:
        """What stands between the parts of a row: ``, `` or ``; `` as the language writes it.

        >>> Tongue("ar").sign("; ")
        '؛ '
        """
        return _SIGNS.get(self.language, {}).get(between, between)

    def heading(self, text: str) -> str:
        """A text that stands alone, with a capital letter unless the English begins with a small one."""
        told = self.words(text)
        return told if text[:1].islower() else _capital(told)

    def template(self, part: object) -> str:
        """A text as a template in which the names of figures stand in braces."""
        if isinstance(part, Joined):
            return literal(self.sign(part.between)).join(map(self.template, part.texts))
        if isinstance(part, Capital):
            return _capital(self.template(part.inner))
        if isinstance(part, Day):
            return self.day(part.day, part.form)
        if isinstance(part, Message):
            return self._spelt(fill(template_in(part, self.language), part.parts, self.template))
        if isinstance(part, int | float):
            return self.number(f"{part:,}")
        text = str(part)
        if _ONLY_NUMBERS.fullmatch(text):
            return self.number(text)
        return literal(f"{ISOLATE}{text}{END}" if text.strip() else text)

    def day(self, day: date, form: str) -> str:
        """A day or its month.

        >>> Tongue("fr").day(date(2020, 9, 30), "day"), Tongue("ar").day(date(2020, 9, 30), "month")
        ('30 septembre 2020', 'سبتمبر')
        >>> Tongue("fr").day(date(2020, 10, 1), "day")
        '1er octobre 2020'
        """
        if form in _PATTERNS:
            told = format_date(day, _PATTERNS[form], locale=self.language)
        else:
            told = str(format_skeleton(_SKELETONS[form], day, locale=self.language))
        return _FIRST.sub("1er ", told) if self.language == "fr" else told

    def _spelt(self, text: str) -> str:
        """French with its elisions before months, its signs on the line of their word; others as they are."""
        if self.language != "fr":
            return text
        return _FRENCH_SIGN.sub("\N{NO-BREAK SPACE}", _BEFORE_VOWEL.sub(r"\1’", text))

    def number(self, text: str) -> str:
        """Numbers as English writes them, in the way of the language; years have nothing to set apart.

        >>> Tongue("fr").number("1,204.5"), Tongue("fr").number("26 %")
        ('1\\u202f204,5', '26\\xa0%')
        """
        return _NUMBER.sub(self._number, text)

    def _number(self, found: re.Match[str]) -> str:
        sign, whole, fraction, percent = (part or "" for part in found.groups())
        digits = len(fraction) - 1 if fraction else 0
        value = Decimal(whole.replace(",", "") + fraction)
        form = ("#,##0" if "," in whole else "0") + ("." + "0" * digits if digits else "")
        shown = sign + str(format_decimal(value, form, locale=self.language))
        if self.direction == "rtl":
            return f"{LEFT_TO_RIGHT}{shown}{percent.strip()}{END}"
        return shown + ("\N{NO-BREAK SPACE}%" if percent else "")


def _capital(text: str) -> str:
    """A text with a capital letter, behind the sign that sets a text of a case apart too."""
    start = len(text) - len(text.lstrip(ISOLATE))
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]


def without_signs(text: str) -> str:
    """A text without the signs that set texts of a case apart, for where nothing runs from right to left.

    >>> without_signs(Tongue("fr").words("Mosul"))
    'Mosul'
    """
    return text.replace(ISOLATE, "").replace(END, "")
