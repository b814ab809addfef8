"""Sentences of which the numbers are kept apart: for a terminal as text, for a brief as figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Literal

from vedette.message import template_of
from vedette.rounding import decimal, estimate


@dataclass(frozen=True)
class Number:
    """A number in a sentence.

    Attributes:
        id: of its quantity, like ``deaths-came``.
        title: what it is.
        value: the number.
        unit: of the number.
        basis: ``data`` (read from files), ``forecast`` (from draws) or ``claims``.
        low: the low end of its range; None for none.
        high: the high end.
        digits: decimals that are shown.
    """

    id: str
    title: str
    value: float
    unit: str
    basis: Literal["data", "forecast", "claims"]
    low: float | None = None
    high: float | None = None
    digits: int = 0

    def __str__(self) -> str:
        return self._written(self.value)

    @property
    def band(self) -> str:
        """The number with its range in brackets, if it has one."""
        if self.low is None or self.high is None:
            return str(self)
        return f"{self} ({self._written(self.low)}–{self._written(self.high)})"

    def _written(self, number: float) -> str:
        """A number as a brief writes it: forecasts with the figures that they support."""
        return estimate(number) if self.basis == "forecast" else decimal(number, self.digits)


@dataclass(frozen=True)
class SentenceWithNumbers:
    """A sentence with a name in braces for each of its numbers; ``{name:band}`` adds the range.

    >>> came = Number("deaths-came", "Deaths", 3216, "deaths", "data")
    >>> SentenceWithNumbers("In June {came} people were killed.", {"came": came}).plain
    'In June 3,216 people were killed.'
    """

    template: str
    numbers: Mapping[str, Number] = field(default_factory=dict)

    @property
    def plain(self) -> str:
        """The sentence as text."""
        parts = []
        for literal, name, form, _ in Formatter().parse(template_of(self.template)):
            parts.append(literal)
            if name is not None:
                number = self.numbers[name]
                parts.append(number.band if form == "band" else str(number))
        return "".join(parts)


def literal(text: str) -> str:
    """A text to be put into a template as it is.

    >>> literal("{a}")
    '{{a}}'
    """
    return text.replace("{", "{{").replace("}", "}}")


def listed(words: list[str]) -> str:
    """Words as a list in a sentence.

    >>> listed(["Nineveh"]), listed(["a", "b", "c"])
    ('Nineveh', 'a, b and c')
    """
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1] if words else ""]))
