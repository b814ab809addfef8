"""The lexicon: patterns of relations, compiled once from ``lexicon.yaml``."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from vedette.case.schema import RELATIONS

FILE = Path(__file__).with_name("lexicon.yaml")
_GAP = r"(?: [^@ ;:]+){0,6}?"
_SLOTS = {"S": r"@[\d+]+@", "O": r"@[\d+]+@", "X": r"#\d+#", "A": r"@[\d+]+@|#\d+#", "N": r"%\d+%"}
_ARTICLE = "(?:the |an? )?"
_PIECE = re.compile(r"\s*~\s*|(?<![\w<])([SOXAN])(?:\[(\w+)\])?(?![\w>?])")
_WORDS_OF_MINOR = (
    "is are was were be been being has have had by of to for with from the a an at on in and or as"
)
_MINOR = frozenset(_WORDS_OF_MINOR.split())


@dataclass(frozen=True)
class Pattern:
    """A pattern of a relation: words of a sentence with slots.

    S subject, O object (actors), X a site or place, A an actor or a place, N a figure.
    """

    relation: str
    regex: re.Pattern[str]
    kinds: Mapping[str, str]
    """The kind of actor, place or unit that a slot accepts, by slot; other slots accept any."""
    without: re.Pattern[str] | None
    """Words that must not occur within a match."""

    def triggers(self, match: re.Match[str]) -> frozenset[int]:
        """The positions of the trigger words of the pattern in a sentence."""
        positions = set()
        for name, text in match.groupdict().items():
            if name.startswith("L") and text:
                start = match.start(name)
                positions |= {
                    start + word.start() for word in re.finditer(r"\S+", text) if word[0] not in _MINOR
                }
        return frozenset(positions)


@dataclass(frozen=True)
class Lexicon:
    """Patterns of relations and figures, verbs of saying, hedges, negation, units."""

    patterns: tuple[Pattern, ...]
    speech: Mapping[str, re.Pattern[str]]
    hedges: Mapping[str, re.Pattern[str]]
    units: Mapping[str, re.Pattern[str]]
    lists: Mapping[str, re.Pattern[str]]
    """Word lists by name: negation, papers, documentary, anonymous, spokesmen, people."""


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with vedette."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    classes = {name: _either(words) for name, words in content["classes"].items()}
    patterns = [
        _pattern(relation, text, classes)
        for group in (content["relations"], content["figures"])
        for relation, texts in group.items()
        for text in texts
    ]
    unknown = {pattern.relation for pattern in patterns} - set(RELATIONS)
    if unknown:
        raise AssertionError(f"lexicon.yaml names relations outside the vocabulary: {sorted(unknown)}")
    names = ("negation", "papers", "documentary", "anonymous", "spokesmen", "people")
    return Lexicon(
        tuple(patterns),
        _compiled(content["speech"]),
        _compiled(content["hedges"]),
        _compiled(content["units"]),
        _compiled({name: content[name] for name in names}),
    )


def _compiled(groups: Mapping[str, Sequence[str]]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rf"(?<![^ ]){_either(words)}(?![^ ])") for name, words in groups.items()}


def _either(words: Sequence[str]) -> str:
    listed = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(listed)})"


def _pattern(relation: str, text: str, classes: Mapping[str, str]) -> Pattern:
    body, _, barred = text.partition(" !")
    for name, either in classes.items():
        body = body.replace(f"<{name}>", either)
    conditions: dict[str, str] = {}
    pieces, at, count = [], 0, 0

    def literal(piece: str) -> str:
        nonlocal count
        core = piece.strip()
        if not core:
            return piece
        count += 1
        left, right = piece[: len(piece) - len(piece.lstrip())], piece[len(piece.rstrip()) :]
        return f"{left}(?P<L{count}>{core}){right}"

    for match in _PIECE.finditer(body):
        if _depth(body[: match.start()]):
            continue
        pieces.append(literal(body[at : match.start()]))
        pieces.append(_slot(match, conditions) if match[1] else _gap(match[0]))
        at = match.end()
    pieces.append(literal(body[at:]))
    whole = re.sub(r"\s*~\s*", lambda found: _gap(found[0]), "".join(pieces))
    without = re.compile(rf"(?<![^ ]){classes[barred]}(?![^ ])") if barred else None
    return Pattern(relation, re.compile(rf"(?<![^ ]){whole}(?![^ ])"), conditions, without)


def _slot(match: re.Match[str], conditions: dict[str, str]) -> str:
    if match[2]:
        conditions[match[1]] = match[2]
    return f"{_ARTICLE}(?P<{match[1]}>{_SLOTS[match[1]]})"


def _gap(text: str) -> str:
    """The regex for up to six words, each after a blank if ``text`` begins with one, else before a blank."""
    return f"{_GAP} " if text.startswith(" ") else "(?:[^@ ;:]+ ){0,6}?"


def _depth(text: str) -> int:
    return text.count("(") - text.count(")")
