"""Names of accounts: which are allowed, and which are the same to a reader."""

import re
import unicodedata

from vedette.errors import UsageError
from vedette.letters import fold_letters
from vedette.plurals import counted

_MOST = 64
_SIGNS = " ._@-"
_SCRIPTS = ("LATIN", "ARABIC")


def account_name(text: str) -> str:
    """Returns the name of an account as it is kept.

    Raises:
        UsageError: it is empty or too long, or holds signs that hide in a list or look like others.

    >>> account_name("  Zahra al-Amin ")
    'Zahra al-Amin'
    """
    name = re.sub(" +", " ", unicodedata.normalize("NFC", text)).strip(" ")
    wrong = [letter for letter in name if not _allowed(letter)]
    if not name or len(name) > _MOST or wrong:
        found = f"U+{ord(wrong[0]):04X}" if wrong else counted(len(name), "character")
        raise UsageError(
            f"Name of an account: expected 1 to {_MOST} Latin or Arabic letters, digits, blanks and any of "
            f"{_SIGNS.strip()}; found {found}. Choose a name like zahra.amin."
        )
    if len({script for letter in name if (script := _script(letter))}) > 1:
        raise UsageError(
            f"Name of an account: expected letters of one script; found Latin and Arabic ones in {name!r}. "
            "Write it in one of them."
        )
    return name


def name_key(name: str) -> str:
    """Returns what two names share that a reader would take for the same.

    >>> name_key("Zahra.Amin") == name_key("zahra amin"), name_key("l1") == name_key("Il")
    (True, True)
    """
    plain = fold_letters(unicodedata.normalize("NFKC", name)).casefold()
    return re.sub(r"[\W_]", "", plain).translate(str.maketrans("01i5", "olls"))


def _allowed(letter: str) -> bool:
    if letter.isascii():
        return letter.isalnum() or letter in _SIGNS
    return bool(_script(letter)) and unicodedata.category(letter) in ("Lu", "Ll", "Lo")


def _script(letter: str) -> str:
    """The script of a letter; empty for digits and signs."""
    if not letter.isalpha():
        return ""
    return next((each for each in _SCRIPTS if unicodedata.name(letter, "").startswith(f"{each} ")), "")
