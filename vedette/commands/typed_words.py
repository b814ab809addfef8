"""Words that somebody typed, as a file of the case may hold them."""

import re

from vedette.case.checking.letters import unprintable, unseen
from vedette.errors import UsageError

LONGEST = 2000
"""Letters of a name or a reason at most."""

_BLANKS = re.compile(r"\s+")


def typed(option: str, text: str, *, needed: bool = True) -> str:
    """Returns typed words on one line, blanks made one.

    Raises:
        UsageError: nothing where something is needed, too much, or a character that no reader sees.
    """
    words = _BLANKS.sub(" ", text).strip()
    if needed and not words:
        raise UsageError(f"{option}: expected some text; found nothing. Write it.")
    if len(words) > LONGEST:
        raise UsageError(f"{option}: expected at most {LONGEST:,} letters; found {len(words):,}. Shorten it.")
    if letter := unseen(words):
        found, cure = unprintable(letter)
        raise UsageError(f"{option}: expected letters that can be seen; found {found}. {cure}")
    return words
