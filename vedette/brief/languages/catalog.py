"""The catalogs of messages, one for each language but English, which the messages are written in."""

from functools import cache
from importlib.resources import files

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from vedette.message import Message

LANGUAGES = ("en", "fr", "ar")
RIGHT_TO_LEFT = ("ar",)
_FORMS = {"fr": ("one", "other"), "ar": ("zero", "one", "two", "few", "many", "other")}
"""The plural forms of a catalog by the categories of CLDR, in the order of its `Plural-Forms`."""


@cache
def catalog(language: str) -> Catalog:
    """The catalog of a language."""
    with files("vedette.brief.languages").joinpath(f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def template_in(message: Message, language: str) -> str:
    """The template of a message in a language, in the form that agrees with its number.

    Raises:
        LookupError: the catalog lacks the message.
    """
    book = catalog(language)
    found = book.get(message.one)
    if found is None or not found.string:
        raise LookupError(f"{language}.po has no {message.one!r}")
    if message.number is None:
        return str(found.string)
    return str(found.string[form_of(message.number, language)])


def form_of(number: float, language: str) -> int:
    """Which of the plural forms of a language agrees with a number; one with a fraction counts as whole.

    >>> [form_of(n, "ar") for n in (0, 1, 2, 3, 11, 100)], [form_of(n, "fr") for n in (0, 1, 2)]
    ([0, 1, 2, 3, 4, 5], [0, 0, 1])
    """
    category = Locale(language).plural_form(round(number))
    return _FORMS[language].index(category) if category in _FORMS[language] else len(_FORMS[language]) - 1
