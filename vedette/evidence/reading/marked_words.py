"""Proposals for words that a person marked in the text of a report."""

import re

from vedette.case import Case
from vedette.errors import UsageError
from vedette.evidence.reading.document import Passage
from vedette.evidence.reading.grammar import SentenceClaim, parse
from vedette.evidence.reading.proposals import BY_HAND, Proposal, proposal
from vedette.evidence.reading.texts import KeptText
from vedette.evidence.reading.vocabulary import vocabulary_of


def by_hand(case: Case, text: KeptText, paragraph: int, words: str) -> Proposal:
    """A proposal for words of a report, with the first two names in them as subject and object.

    ``paragraph`` is the number of the one that they stand in; 0 for the first that has them.

    Raises:
        UsageError: the words do not stand there.
    """
    passage, span = _found(text, paragraph, words)
    vocabulary = vocabulary_of(case)
    names = [one.ids for one in parse(passage.text[slice(*span)], vocabulary).mentions]
    actors = [ids for ids in names if ids[0] in vocabulary.actor_ids]
    subject = actors[0] if actors else ()
    others = [ids for ids in names if ids != subject]
    claim = SentenceClaim(subject, "", others[0] if others else (), "reported", "+", confidence="")
    return proposal(text.document, passage, span, claim, text.source, vocabulary, BY_HAND)


def _found(text: KeptText, paragraph: int, words: str) -> tuple[Passage, tuple[int, int]]:
    """The paragraph with some words and where they stand in it, blanks counted as one."""
    wanted = words.split()
    if not wanted:
        raise UsageError("expected words of the report; found nothing. Mark them in the text, or copy them.")
    passages = [each for each in text.passages if paragraph in (0, each.paragraph)]
    for passage in passages:
        span = _span(passage.text, wanted)
        if span:
            return passage, span
    where = f"in paragraph {paragraph}" if paragraph else "in the text"
    cure = "Copy them from one paragraph as they stand."
    raise UsageError(f"expected words that stand {where}; found {' '.join(wanted)[:80]!r}. {cure}")


def _span(text: str, wanted: list[str]) -> tuple[int, int] | None:
    match = re.search(r"\s+".join(map(re.escape, wanted)), text)
    return match.span() if match else None
