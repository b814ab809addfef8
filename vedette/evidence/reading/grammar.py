"""Extracts claims from one sentence by rules and the names of the case; ambiguous ones are left out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vedette.case.schema import ALONE, UNTIED
from vedette.evidence.reading.lexicon import Lexicon, Pattern, lexicon
from vedette.evidence.reading.quantities import FigureInText, When, dates, figures
from vedette.evidence.reading.speaking import Item, Voice, kind_of, voice_of
from vedette.evidence.reading.traps import counterfactual, crosses_aside, misleads, without_relative
from vedette.evidence.reading.vocabulary import Mention, Vocabulary
from vedette.evidence.words import Word, words_of

_SLOT_MARKS = re.compile("[@#%*]")
"""The characters that mark slots; they are removed from ordinary words."""

_ARMED = frozenset(
    [
        "force",
        "forces",
        "group",
        "groups",
        "men",
        "wing",
        "wings",
        "conflict",
        "faction",
        "factions",
        "branch",
    ]
)

SURE, FAIR, POOR = "high", "medium", "low"


@dataclass(frozen=True)
class SentenceClaim:
    """A claim extracted from one sentence.

    ``subject`` and ``object`` list every id that the name may mean: one if it is clear, several if a person
    must choose, none if the relation takes no object. ``start`` and ``end`` are dates as text.
    """

    subject: tuple[str, ...]
    relation: str
    object: tuple[str, ...]
    hedge: str
    polarity: str
    speaker: str = ""
    speaker_kind: str = "document"
    speaker_of: str = ""
    low: float | None = None
    high: float | None = None
    unit: str = ""
    start: str = ""
    end: str = ""
    place: str = ""
    confidence: str = FAIR

    @property
    def sure(self) -> bool:
        """Whether subject and object are unambiguous."""
        return len(self.subject) == 1 and len(self.object) <= 1


@dataclass(frozen=True)
class Parsed:
    """A sentence: its words, the names in it, the dates, the figures."""

    sentence: str
    words: list[Word]
    mentions: list[Mention]
    whens: list[When]
    figures: list[FigureInText]


@dataclass(frozen=True)
class _Hit:
    pattern: Pattern
    subjects: tuple[int, ...]
    objects: tuple[int, ...]
    figure: int | None
    start: int
    end: int
    triggers: frozenset[int]
    text: str
    order: tuple[int, ...]
    """The mentions in the slots, in the order of the sentence."""


def parse(sentence: str, vocabulary: Vocabulary) -> Parsed:
    """Finds the names, dates and figures of a sentence."""
    words = words_of(sentence)
    whens = dates(words)
    mentions = vocabulary.mentions(words)
    return Parsed(sentence, words, mentions, whens, figures(words, whens, lexicon().units))


def claims_in(sentence: str, vocabulary: Vocabulary) -> list[SentenceClaim]:
    """The claims in a sentence, in the order of the sentence.

    Ambiguous names are kept with all ids that they may mean. No claim relates an actor to itself.
    """
    parsed = parse(sentence, vocabulary)
    if not parsed.mentions:
        return []
    lex = lexicon()
    voice = voice_of(_items(parsed))
    text = without_relative(" ".join(filter(None, (item.text for item in voice.content))))
    hits = _with_earlier_subject(_distinct(_hits(text, parsed, vocabulary, lex)), text)
    claims = [
        claim
        for hit in sorted(hits, key=lambda hit: hit.start)
        for claim in _claims(hit, text, voice, parsed, vocabulary, lex)
    ]
    whole = " ".join(item.text for item in _items(parsed))
    if misleads(whole):
        kept = () if counterfactual(whole) else UNTIED
        claims = [claim for claim in claims if claim.polarity == "-" or claim.hedge in kept]
    return list(dict.fromkeys(claims))


def _items(parsed: Parsed) -> list[Item]:
    """The words of a sentence with its names, dates and figures as slots; joined names share one."""
    at: dict[int, Item] = {}
    for number, mention in enumerate(parsed.mentions):
        mark = "@" if mention.actor else "#"
        at[mention.first] = Item(mention.first, mention.last, f"{mark}{number}{mark}")
    for number, when in enumerate(parsed.whens):
        at.setdefault(when.first, Item(when.first, when.last, f"*{number}*"))
    for number, figure in enumerate(parsed.figures):
        at.setdefault(figure.first, Item(figure.first, figure.last, f"%{number}%"))
    items, index = [], 0
    while index < len(parsed.words):
        item = at.get(index) or Item(index, index, _word(parsed.words, index))
        items.append(item)
        index = item.last + 1
    return _joined(items)


def _word(words: Sequence[Word], index: int) -> str:
    """A word in small letters; `armed` before forces, groups or men is no giving of arms."""
    low = _SLOT_MARKS.sub("·", words[index].low)
    after = words[index + 1].low if index + 1 < len(words) else ""
    return f"·{low}" if low == "armed" and after in _ARMED else low


def _joined(items: list[Item]) -> list[Item]:
    """Merges lists of actors such as 'Britain, Denmark and the KRG' into one slot."""
    joined: list[Item] = []
    index = 0
    while index < len(items):
        item = items[index]
        if item.actor and joined and joined[-1].actor is False:
            back = len(joined)
            while back and joined[back - 1].text in (",", "and", "or", "the", "&"):
                back -= 1
            between = [one.text for one in joined[back:]]
            if (
                back
                and joined[back - 1].actor
                and between
                and set(between) - {"the"}
                and _joins(joined, items, index)
            ):
                both = joined[back - 1].text.strip("@") + "+" + item.text.strip("@")
                joined[back - 1 :] = [Item(joined[back - 1].first, item.last, f"@{both}@")]
                index += 1
                continue
        joined.append(item)
        index += 1
    return joined


def _joins(earlier: list[Item], items: list[Item], index: int) -> bool:
    """Whether the words before an actor join it to the list before.

    A comma does so only if an 'and' follows: 'A, B and C', not 'In A, B did'.
    """
    between = earlier[-1].text if earlier[-1].text != "the" or len(earlier) < 2 else earlier[-2].text
    if between in ("and", "or", "&"):
        return True
    following = [one.text for one in items[index + 1 : index + 3]]
    return "and" in following or "," in following


def _hits(text: str, parsed: Parsed, vocabulary: Vocabulary, lex: Lexicon) -> Iterator[_Hit]:
    for pattern in lex.patterns:
        start = 0
        while match := pattern.regex.search(text, start):
            hit = _hit(pattern, match, parsed, vocabulary)
            if hit and not crosses_aside(text, match.start(), match.end()):
                yield hit
            start = match.start() + 1


def _hit(pattern: Pattern, match: re.Match[str], parsed: Parsed, vocabulary: Vocabulary) -> _Hit | None:
    slots = {name: text for name, text in match.groupdict().items() if text and name in "SOXAN"}
    if pattern.without and pattern.without.search(match[0]):
        return None
    order = tuple(
        number
        for name in sorted((name for name in slots if name != "N"), key=match.start)
        for number in _numbers(slots[name])
    )
    other = next((slots[name] for name in "OXA" if name in slots), "")
    figure = _numbers(slots["N"])[0] if "N" in slots else None
    if figure is not None and not _is_unit(parsed.figures[figure], pattern.kinds["N"]):
        return None
    for name, kind in pattern.kinds.items():
        if name != "N" and not all(
            _is_kind(parsed.mentions[n], kind, vocabulary) for n in _numbers(slots[name])
        ):
            return None
    subjects = _numbers(slots.get("S", ""))
    objects = _numbers(other)
    if not objects and figure is None:
        subjects, objects = subjects[:1], subjects[1:]
    if not subjects or not (objects or pattern.relation in ALONE):
        return None
    return _Hit(
        pattern,
        subjects,
        objects,
        figure,
        match.start(),
        match.end(),
        pattern.triggers(match),
        match[0],
        order,
    )


def _numbers(slot: str) -> tuple[int, ...]:
    return tuple(map(int, slot.strip("@#%").split("+"))) if slot else ()


def _is_unit(figure: FigureInText, unit: str) -> bool:
    return figure.money if unit == "money" else figure.unit == unit


def _is_kind(mention: Mention, kind: str, vocabulary: Vocabulary) -> bool:
    if kind == "site":
        return set(mention.ids) <= vocabulary.site_ids
    return kind in {vocabulary.kinds.get(key, "") for key in mention.ids}


def _distinct(hits: Iterator[_Hit]) -> list[_Hit]:
    """Of hits that share trigger words and an actor, the one with the most specific pattern."""
    distinct: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: (-_weight(hit), hit.end - hit.start)):
        pair = {*hit.subjects, *hit.objects}
        rivals = [one for one in distinct if pair & {*one.subjects, *one.objects}]
        if not any(hit.triggers & one.triggers or not hit.triggers for one in rivals):
            distinct.append(hit)
    return distinct


def _weight(hit: _Hit) -> int:
    literals = [text for name, text in _literals(hit)]
    return (
        sum(len(text.split()) for text in literals) + 2 * (hit.figure is not None) + bool(hit.pattern.kinds)
    )


def _literals(hit: _Hit) -> list[tuple[str, str]]:
    match = hit.pattern.regex.fullmatch(hit.text)
    return [(n, t) for n, t in match.groupdict().items() if n[0] == "L" and t] if match else []


def _with_earlier_subject(hits: list[_Hit], text: str) -> list[_Hit]:
    """Hits with the subject of the clause before: in 'A belongs to B but obeys C' A obeys, not B."""
    items = []
    for hit in hits:
        first = hit.order[0] if hit.order else None
        earlier = next((one for one in hits if one is not hit and first in one.order[1:]), None)
        after = re.match(r"\S+(?: ,)? (?:and|but|then) ", text[hit.start :])
        if earlier and after and first in (*hit.subjects, *hit.objects):
            swap = {first: earlier.order[0]}
            items.append(
                replace(
                    hit,
                    subjects=tuple(swap.get(n, n) for n in hit.subjects),
                    objects=tuple(swap.get(n, n) for n in hit.objects),
                )
            )
        else:
            items.append(hit)
    return items


def _claims(
    hit: _Hit, text: str, voice: Voice, parsed: Parsed, vocabulary: Vocabulary, lex: Lexicon
) -> Iterator[SentenceClaim]:
    speaker_of = _speaker_of(voice, parsed)
    negative = _negated(hit, text, lex)
    for subject in hit.subjects:
        for other in hit.objects or (None,):
            ids = parsed.mentions[subject].ids
            objects = parsed.mentions[other].ids if other is not None else ()
            if set(ids) & set(objects):
                continue
            hedge, polarity = _hedge_and_polarity(voice, text, negative, {*ids, *objects} & {speaker_of}, lex)
            claim = _spoken(
                SentenceClaim(ids, hit.pattern.relation, objects, hedge, polarity), voice, speaker_of, parsed
            )
            claim = replace(claim, confidence=_confidence(hit, claim))
            yield _dated(_measured(_placed(claim, hit, parsed), hit, parsed), parsed)


def _speaker_of(voice: Voice, parsed: Parsed) -> str:
    actors = [number for item in voice.speaker if item.actor for number in _numbers(item.text)]
    ids = parsed.mentions[actors[0]].ids if actors else ()
    return ids[0] if len(ids) == 1 else ""


def _spoken(claim: SentenceClaim, voice: Voice, speaker_of: str, parsed: Parsed) -> SentenceClaim:
    kind = kind_of(voice)
    if not voice.speaker:
        return claim
    words = parsed.words
    start, end = words[voice.speaker[0].first].start, words[voice.speaker[-1].last].end
    return replace(claim, speaker=parsed.sentence[start:end], speaker_kind=kind, speaker_of=speaker_of)


def _negated(hit: _Hit, text: str, lex: Lexicon) -> bool:
    before = " ".join(text[: hit.start].split()[-5:])
    inside = text[hit.start : hit.end]
    return bool(lex.lists["negation"].search(inside) or lex.lists["negation"].search(before))


def _hedge_and_polarity(
    voice: Voice, text: str, negative: bool, own: set[str], lex: Lexicon
) -> tuple[str, str]:
    """Hedge and polarity of a claim.

    Decided by a verb of denial or accusation, else by hedging words in the content, else by the verb of
    saying.
    """
    if voice.hedge == "denied":
        return "denied", "-"
    inner = next((hedge for hedge, words in lex.hedges.items() if words.search(text)), "")
    hedge = voice.hedge if voice.hedge == "accused" else (inner or voice.hedge or "reported")
    if negative and own and hedge == "asserted":
        return "denied", "-"
    return hedge, "-" if negative else "+"


def _confidence(hit: _Hit, claim: SentenceClaim) -> str:
    gap = len(hit.text.split()) - _weight(hit)
    if not claim.sure or gap > 9:
        return POOR
    return SURE if gap <= 4 else FAIR


def _placed(claim: SentenceClaim, hit: _Hit, parsed: Parsed) -> SentenceClaim:
    places = [m.ids for n, m in enumerate(parsed.mentions) if not m.actor and n not in hit.objects]
    sure = [ids[0] for ids in places if len(ids) == 1]
    return replace(claim, place=sure[0]) if sure else claim


def _measured(claim: SentenceClaim, hit: _Hit, parsed: Parsed) -> SentenceClaim:
    number = hit.figure if hit.figure is not None else (0 if parsed.figures else None)
    if number is None:
        return claim
    figure = parsed.figures[number]
    return replace(claim, low=figure.low, high=figure.high, unit=figure.unit)


def _dated(claim: SentenceClaim, parsed: Parsed) -> SentenceClaim:
    since = next((when.text for when in parsed.whens if not when.until), "")
    until = next((when.text for when in parsed.whens if when.until), "")
    return replace(claim, start=since, end=until if until[: len(since)] >= since[: len(until)] else "")
