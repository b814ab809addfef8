"""Formulas of the components of the model, such as ``fe + trend + season(52)``."""

import re
from dataclasses import dataclass

from vedette.errors import UsageError
from vedette.model.endemic.structure import Intercept

WORDS = "1, fe, ri, trend, season(52), season(52,2), the name of a covariate, offset(name), or 0 for none"
_SEASON = re.compile(r"season\(\s*([0-9.]+)\s*(?:,\s*([0-9]+)\s*)?\)")
_OFFSET = re.compile(r"offset\(\s*([A-Za-z_][\w.]*)\s*\)")
_NAME = re.compile(r"[A-Za-z_][\w.]*")


@dataclass(frozen=True)
class Trend:
    """t / 100, t = 0 in the first period."""


@dataclass(frozen=True)
class Season:
    """Sine and cosine of 2 pi s t / period for s = 1..harmonics."""

    period: float
    harmonics: int = 1


@dataclass(frozen=True)
class Covariate:
    """A named series, one value for each period or for each period and unit."""

    name: str


Term = Trend | Season | Covariate


@dataclass(frozen=True)
class Component:
    """One component as its formula states it. ``offset`` names a series that multiplies it."""

    intercept: Intercept
    terms: tuple[Term, ...] = ()
    offset: str | None = None

    @property
    def covariates(self) -> tuple[str, ...]:
        """The series it needs, the offset included."""
        named = tuple(term.name for term in self.terms if isinstance(term, Covariate))
        return named if self.offset is None else (*named, self.offset)


def component(text: str, part: str = "end") -> Component | None:
    """Reads a component; None where it is left out (empty, or ``0`` alone).

    As in R an intercept is understood unless ``fe`` or ``ri`` gives each unit its own, or ``0`` (or ``-1``)
    takes it away.

    Args:
        text: terms joined by ``+``.
        part: ``ar``, ``ne`` or ``end``, for the message.

    Raises:
        UsageError: a word that is none of the terms, or one that stands twice.

    >>> component("fe + trend + season(52)").terms
    (Trend(), Season(period=52.0, harmonics=1))
    >>> component("trend").intercept, component("0")
    (<Intercept.SHARED: '1'>, None)
    """
    words = _words(text)
    if words in ([], ["0"]):
        return None
    doubled = sorted({word for word in words if words.count(word) > 1})
    if doubled:
        raise UsageError(f"--{part} {text!r}: {doubled[0]!r} stands twice. Name each term once.")
    starts = [word for word in words if word in set(Intercept)]
    if len(starts) > 1:
        raise UsageError(
            f"--{part} {text!r}: expected one of 0, 1, fe and ri; found {' and '.join(starts)}. An intercept "
            "for all units and one for each cannot be told apart. Keep one."
        )
    offsets = [match.group(1) for word in words if (match := _OFFSET.fullmatch(word))]
    if len(offsets) > 1:
        raise UsageError(
            f"--{part} {text!r}: expected one offset; found {len(offsets)}. Multiply them first."
        )
    rest = [word for word in words if word not in starts and not _OFFSET.fullmatch(word)]
    terms = tuple(_term(word, text, part) for word in rest)
    return Component(Intercept(starts[0] if starts else "1"), terms, offsets[0] if offsets else None)


def _words(text: str) -> list[str]:
    plain = re.sub(r"-\s*1\b", "+ 0", text.strip().removeprefix("~")).strip().removeprefix("+")
    words = [word.strip() for word in plain.split("+")] if plain.strip() else []
    return [word for word in words if word != "0"] if {"fe", "ri"} & set(words) else words


def _term(word: str, text: str, part: str) -> Term:
    if word == "trend":
        return Trend()
    if match := _SEASON.fullmatch(word):
        return _season(match, word, text, part)
    if _NAME.fullmatch(word) and word not in ("season", "offset"):
        return Covariate(word)
    raise UsageError(f"--{part} {text!r}: expected terms joined by +; found {word!r}. Terms are {WORDS}.")


def _season(match: re.Match[str], word: str, text: str, part: str) -> Season:
    try:
        period = float(match.group(1))
    except ValueError:
        period = 0.0
    harmonics = int(match.group(2) or 1)
    if period <= 1 or not 1 <= harmonics <= period / 2:
        raise UsageError(
            f"--{part} {text!r}: expected season(P) or season(P,S) with a period P above 1 and S harmonics, "
            f"at most half of P; found {word!r}. Write season(52) for weeks or season(12) for months."
        )
    return Season(period, harmonics)
