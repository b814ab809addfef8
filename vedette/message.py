"""Texts that know the template they were made from, so that they can be told in another language.

A `Message` is an English text like any other. Beside it stand the template, which is its id in the catalogs
of `vedette.brief.languages`, and what was put into the template.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from string import Formatter
from typing import Self

_ENGLISH = {"month": "%B", "year": "%B %Y", "short": "%Y-%m", "iso": "%Y-%m-%d"}
Teller = Callable[[object], str]
"""Writes a part of a message as a template: what stands in braces in it are names of figures."""


class Message(str):
    """An English text with its template, the names of its parts, and its plural with the number that decides.

    >>> text = say("{deaths} died in {place}", deaths=1204, place="Mosul")
    >>> text, text.one, text.parts["deaths"]
    ('1,204 died in Mosul', '{deaths} died in {place}', 1204)
    """

    one: str
    many: str
    number: float | None
    parts: Mapping[str, object]

    @classmethod
    def of(cls, one: str, parts: Mapping[str, object], many: str = "", count: float | None = None) -> Self:
        """A message; ``many`` and ``count`` for a template that agrees with a number."""
        self = cls(plain(fill(one if count in (None, 1) else many, parts, in_english)))
        self.one, self.many, self.number, self.parts = one, many, count, parts
        return self

    def told(self, template: str, tell: Teller) -> str:
        """The text by another template, its parts written by a function."""
        return fill(template, self.parts, tell)


class Joined(Message):
    """Messages one after the other, ``between`` them a space or a sign."""

    texts: tuple[str, ...]
    between: str

    @classmethod
    def these(cls, texts: Iterable[str], between: str) -> "Joined":
        """Those that are not empty."""
        kept = tuple(one for one in texts if one)
        self = cls(between.join(kept))
        self.texts, self.between = kept, between
        return self


class Capital(Message):
    """A message that begins with a capital letter."""

    inner: str

    @classmethod
    def first(cls, text: str) -> "Capital":
        """The message at the start of a sentence."""
        self = cls(text[:1].upper() + text[1:])
        self.inner = text
        return self


class Day(Message):
    """A day, or its month: ``form`` is ``month`` (September), ``year`` (September 2020), ``day``.

    ``short`` (2020-09) and ``iso`` (2020-09-30) are written so in English, and as words elsewhere.
    """

    day: date
    form: str

    @classmethod
    def at(cls, day: date, form: str) -> "Day":
        """A day in words."""
        self = cls(f"{day.day} {day:%B %Y}" if form == "day" else f"{day:{_ENGLISH[form]}}")
        self.day, self.form = day, form
        return self


def say(template: str, /, **parts: object) -> Message:
    """A message from an English template with a name in braces for each part.

    A name without a part is kept: it is that of a figure, which `vedette.brief.prose.text` puts in.

    >>> say("{n} of {total} have no place", total=12)
    '{n} of 12 have no place'
    """
    return Message.of(template, parts)


def say_many(count: float, one: str, many: str, /, **parts: object) -> Message:
    """A message that agrees with a number, which stands in it as ``{count}``.

    >>> say_many(1, "{count} claim", "{count} claims"), say_many(2143, "{count} claim", "{count} claims")
    ('1 claim', '2,143 claims')
    """
    return Message.of(one, {"count": count, **parts}, many, count)


def joined(texts: Iterable[str], between: str = " ") -> Message:
    """Messages in a row; empty ones are left out.

    >>> joined(["a", "", "b"], "; ")
    'a; b'
    """
    return Joined.these(texts, between)


def listed(texts: Iterable[str]) -> str:
    """Texts as a list in a sentence.

    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    *before, last = texts
    return say("{before} and {last}", before=joined(before, ", "), last=last) if before else last


def fill(template: str, parts: Mapping[str, object], tell: Teller) -> str:
    """A template with its parts put in, as a template: names without a part are kept."""
    out = []
    for words, name, form, _ in Formatter().parse(template):
        out.append(literal(words))
        if name is not None:
            out.append(tell(parts[name]) if name in parts else f"{{{name}{':' if form else ''}{form}}}")
    return "".join(out)


def template_of(text: str) -> str:
    """A message as an English template, its names in braces those of figures; other texts as they are."""
    return in_english(text) if isinstance(text, Message) else text


def in_english(part: object) -> str:
    """A part of a message in English, as a template."""
    if isinstance(part, Joined):
        return literal(part.between).join(map(in_english, part.texts))
    if isinstance(part, Capital):
        inner = in_english(part.inner)
        return inner[:1].upper() + inner[1:]
    if isinstance(part, Message) and not isinstance(part, Day):
        return fill(part.one if part.number in (None, 1) else part.many, part.parts, in_english)
    return literal(f"{part:,}" if isinstance(part, int) else str(part))


def literal(text: str) -> str:
    """A text to be put into a template as it is.

    >>> literal("{a}")
    '{{a}}'
    """
    return text.replace("{", "{{").replace("}", "}}")


def plain(template: str) -> str:
    """A template as a text, the names of figures in braces."""
    return template.replace("{{", "{").replace("}}", "}")
