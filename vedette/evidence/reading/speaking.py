"""Separates the speaker of a sentence from its content, and determines its hedge."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vedette.evidence.reading.lexicon import Lexicon, lexicon

_DETERMINERS = frozenset(["the", "a", "an"])
_MARKS = frozenset(",.;:!?()")
_PRONOUNS = ("it", "they", "he", "she", "we", "its")
_GROUPS = ("group", "party", "movement", "militia", "organisation", "organization", "country", "government")
_LOOSE = ("asserted", "claimed", "alleged", "accused")
_MOST = 9
_SINGLE = re.compile(r"(?:a|an|one|two|three|four|five|several|some|many|unnamed|western|senior|\d+)")


@dataclass(frozen=True)
class Item:
    """A word or a slot of a sentence, in lower case, at words ``first`` to ``last``.

    Slots read @3@ for actor mention 3, #3# for a site or place, %3% for a figure, *0* for a date.
    """

    first: int
    last: int
    text: str

    @property
    def actor(self) -> bool:
        """Whether the item is an actor."""
        return self.text.startswith("@")


@dataclass(frozen=True)
class Voice:
    """The speaker of a sentence, the hedge of the verb of saying (empty: none), and the content."""

    speaker: tuple[Item, ...]
    hedge: str
    content: tuple[Item, ...]
    around: tuple[Item, ...] = ()
    """Words about the speaker that are not its name, such as: on condition of anonymity."""


def voice_of(items: Sequence[Item]) -> Voice:
    """The speaker and the content of a sentence; without a speaker all of it is content."""
    lex = lexicon()
    plain = [item for item in items if item.text not in ('"', "“", "”", "«", "»", "'", "‘", "’")]
    voice = _according(plain, lex) or _closing(plain, lex) or _opening(plain, lex) or _inverted(plain, lex)
    return voice or Voice((), "", tuple(plain))


def kind_of(voice: Voice) -> str:
    """The kind of a speaker: document, named, group or anonymous."""
    lex = lexicon()
    if not voice.speaker:
        return "document"
    text = _text(voice.speaker)
    bare = [item for item in voice.speaker if item.text not in _DETERMINERS]
    if lex.lists["anonymous"].search(_text((*voice.speaker, *voice.around))):
        return "anonymous"
    if all(item.actor for item in bare) or lex.lists["spokesmen"].search(text):
        return "named"
    if _is_paper(voice.speaker, lex):
        return "document"
    return "anonymous" if _SINGLE.fullmatch(voice.speaker[0].text) else "group"


def _according(items: list[Item], lex: Lexicon) -> Voice | None:
    for at in range(len(items) - 2):
        if items[at].text == "according" and items[at + 1].text == "to":
            end = next((k for k in range(at + 2, len(items)) if items[k].text in _MARKS), len(items))
            speaker = _phrase(items[at + 2 : end])
            rest = [*items[:at], *items[end + 1 :]]
            paper = _is_paper(speaker, lex)
            hedge = "reported" if paper else "asserted"
            if paper and lex.lists["documentary"].search(_text(speaker)):
                hedge = "documented"
            around = tuple(items[at + 2 + len(speaker) : end])
            return Voice(tuple(speaker), hedge, tuple(rest), around) if speaker else None
    return None


def _closing(items: list[Item], lex: Lexicon) -> Voice | None:
    """A speaker at the end: '..., officials said on condition of anonymity'."""
    for comma in range(len(items) - 1, 0, -1):
        if items[comma].text != ",":
            continue
        for verb in range(comma + 2, min(comma + 2 + _MOST, len(items))):
            hedge = _says(items, verb, lex)
            speaker = items[comma + 1 : verb]
            if hedge and _speaks(speaker, lex) and _is_tail(items[verb + 1 :]):
                hedge = _weighed(hedge, speaker, lex)
                return Voice(tuple(_phrase(speaker)), hedge, tuple(items[:comma]), tuple(items[verb + 1 :]))
    return None


def _opening(items: list[Item], lex: Lexicon) -> Voice | None:
    """A speaker at the beginning: 'Kadhimi said that ...', 'Washington accused Tehran of ...'."""
    for verb in range(1, min(len(items), _MOST + 4)):
        hedge = _says(items, verb, lex)
        if not hedge:
            continue
        start = max((k + 1 for k in range(verb) if items[k].text in (",", "and", "but")), default=0)
        speaker = items[start:verb]
        after = items[verb + 1 :]
        if not after or len(speaker) > _MOST or not _speaks(speaker, lex) or not _follows(hedge, after):
            continue
        content = _said(speaker, after, hedge)
        return Voice(tuple(_phrase(speaker)), _weighed(hedge, speaker, lex), (*items[:start], *content))
    return None


def _inverted(items: list[Item], lex: Lexicon) -> Voice | None:
    """A verb of saying before its subject, as in Arabic."""
    hedge = next((h for h, words in lex.speech.items() if items and words.fullmatch(items[0].text)), "")
    if not hedge or len(items) < 3 or not items[1].actor or not _follows(hedge, items[2:]):
        return None
    return Voice((items[1],), hedge, tuple(_said(items[1:2], items[2:], "denied")))


def _says(items: Sequence[Item], verb: int, lex: Lexicon) -> str:
    text = items[verb].text
    if items[verb - 1].text in ("is", "are", "was", "were", "be", "been", "to", "a", "the", "of"):
        return ""
    if text == "described":
        return "claimed"
    return next((hedge for hedge, words in lex.speech.items() if words.fullmatch(text)), "")


def _speaks(speaker: Sequence[Item], lex: Lexicon) -> bool:
    text = _text(speaker)
    heads = (lex.lists[name].search(text) for name in ("people", "papers", "spokesmen", "anonymous"))
    return bool(speaker) and (any(item.actor for item in speaker) or any(heads))


def _follows(hedge: str, after: Sequence[Item]) -> bool:
    """Whether the words after a verb make it a verb of saying."""
    one = after[0].text
    if one == "that" or "that" in [item.text for item in after[:4]]:
        return True
    if hedge == "denied":
        return one.endswith("ing") or one in (
            *_PRONOUNS,
            "claims",
            "allegations",
            "reports",
            "انها",
            "أنها",
            "ان",
        )
    if hedge == "accused":
        return any(item.text in ("of", "for") for item in after[:6])
    if hedge in _LOOSE:
        return one not in ("for", "on", "at", ".")
    return False


def _said(speaker: Sequence[Item], after: Sequence[Item], hedge: str) -> list[Item]:
    """The content, with the speaker in place of a pronoun or of a missing subject."""
    content = list(after)
    while content and content[0].text in (
        "that",
        "claims",
        "allegations",
        "reports",
        "reporters",
        "انها",
        "أنها",
    ):
        content.pop(0)
    if "that" in [item.text for item in content[:3]]:
        content = content[[item.text for item in content].index("that") + 1 :]
    who = next((item for item in speaker if item.actor), None)
    if hedge == "accused":
        return [replace(item, text="") if item.text == "of" else item for item in content]
    if who is None or not content:
        return content
    if content[0].text in _PRONOUNS:
        return [who, *content[1:]]
    if content[0].text == "the" and len(content) > 1 and content[1].text in _GROUPS:
        return [who, *content[2:]]
    if content[0].text == "to" or content[0].text.endswith("ing") or hedge == "denied":
        return [who, *content]
    return content


def _is_tail(rest: Sequence[Item]) -> bool:
    """Whether only an aside follows the verb of saying, as in 'told reporters on Monday'."""
    return len(rest) <= 8 and not any(item.actor for item in rest)


def _weighed(hedge: str, speaker: Sequence[Item], lex: Lexicon) -> str:
    """The hedge, adapted to the speaker: documents that record are "documented", other papers "reported"."""
    if _is_paper(speaker, lex):
        if hedge in ("documented", "reported", "asserted"):
            return "documented" if lex.lists["documentary"].search(_text(speaker)) else "reported"
        return "proposed" if hedge == "alleged" else hedge
    return "asserted" if hedge in ("documented", "reported") else hedge


def _is_paper(speaker: Sequence[Item], lex: Lexicon) -> bool:
    text = _text(speaker)
    return bool(lex.lists["papers"].search(text)) and not lex.lists["people"].search(text)


def _phrase(speaker: Sequence[Item]) -> list[Item]:
    """The words of the speaker, without those about time."""
    items: list[Item] = []
    for item in speaker:
        if item.text.startswith("*"):
            while items and items[-1].text in ("in", "on", "from", "of", "since"):
                items.pop()
            break
        items.append(item)
    while items and items[0].text in ("but", "and", "however", "while", "as"):
        items.pop(0)
    return items


def _text(items: Sequence[Item]) -> str:
    return " ".join(item.text for item in items)
