"""Characters that no reader sees: control characters, and invisible ones that change what is shown."""

import re
import unicodedata

UNSEEN = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Invisible characters: of zero width, or for the direction of writing.

The two joiners (200C, 200D) are left out: Persian and Kurdish need them.
"""

CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
"""Control characters, which a terminal may obey; tabs and ends of lines are none here."""

NOT_SEEN = rf"[{UNSEEN}{CONTROL}]"
_NOT_SEEN = re.compile(NOT_SEEN)


def unseen(text: str) -> str | None:
    """The first character of a text that no reader sees; None where there is none.

    >>> unseen("Iraq"), unseen("Ir\\x1baq")
    (None, '\\x1b')
    """
    found = _NOT_SEEN.search(text)
    return found[0] if found else None


def unprintable(letter: str) -> tuple[str, str]:
    """A character that no reader sees as a message names it, and the cure.

    >>> unprintable("\\u202e")[0]
    'right-to-left override (U+202E)'
    """
    name = unicodedata.name(letter, "a control character").lower()
    return f"{name} (U+{ord(letter):04X})", "Delete that character, or type the text anew."
