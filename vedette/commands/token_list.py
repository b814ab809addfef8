"""Tokens with which programs read a served case: made, listed, revoked; kept as hashes."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from vedette.commands.account_names import account_name, name_key
from vedette.commands.kept_privately import changing_entries, entries_of, private_list
from vedette.errors import UsageError
from vedette.problems import did_you_mean

TOKEN_DAYS = 90
"""Days that a token is good for, unless another number is given."""
LONGEST_LIFE = 3660
_START = "vedette-"


@dataclass(frozen=True)
class ApiToken:
    """A token: what it is called, the days from which and to which it is good, the hash of its text."""

    name: str
    since: date
    until: date
    hash: str

    def document(self) -> Mapping[str, Any]:
        """Returns name and days; nothing of the token itself."""
        return {"name": self.name, "since": str(self.since), "until": str(self.until)}


@dataclass(frozen=True)
class TokenList:
    """The tokens that there are."""

    tokens: tuple[ApiToken, ...]

    def document(self) -> list[Mapping[str, Any]]:
        """Returns a row for each token; nothing of the tokens themselves."""
        return [each.document() for each in self.tokens]

    def find(self, text: str, today: date) -> ApiToken | None:
        """Returns the token of a text; None if it is none, or no longer good.

        The hash is looked up, not the text: how long that takes says nothing of a text of 32 random bytes.
        """
        digest = _digest(text)
        return next((each for each in self.tokens if each.hash == digest and today <= each.until), None)


def tokens_file() -> Path:
    """Returns the file of the tokens: ``$VEDETTE_HOME/tokens.json``, which its owner alone may read."""
    return private_list("tokens.json")


def api_tokens() -> TokenList:
    """Returns the tokens for the workbenches that this user serves.

    Raises:
        StorageError: their file can be read by others, or cannot be read.
    """
    return TokenList(tuple(map(_token, entries_of(tokens_file()))))


def add_token(name: str, *, days: int = TOKEN_DAYS) -> tuple[ApiToken, str]:
    """Returns a token that is made, and its text, which is kept nowhere.

    Raises:
        UsageError: there is one of that name, or the name is refused.
        StorageError: the file cannot be written; it stays as it was.
    """
    kept, text, today = account_name(name), _START + secrets.token_urlsafe(32), date.today()
    made = ApiToken(kept, today, today + timedelta(days=days), _digest(text))
    with changing_entries(tokens_file()) as entries:
        if name_key(kept) in [name_key(each["name"]) for each in entries]:
            raise UsageError(
                f"There is a token {kept!r}, or one that looks like it. Choose another name, or revoke it: "
                f"vedette tokens remove {kept!r}"
            )
        entries.append({**made.document(), "hash": made.hash})
    return made, text


def remove_token(name: str) -> ApiToken:
    """Revokes a token.

    Raises:
        UsageError: there is none of that name.
    """
    with changing_entries(tokens_file()) as entries:
        names = [each["name"] for each in entries]
        if name not in names:
            cure = did_you_mean(name, names)
            raise UsageError(f"There is no token {name!r}. {cure} To list them: vedette tokens list")
        return _token(entries.pop(names.index(name)))


def _token(entry: Mapping[str, Any]) -> ApiToken:
    since, until = (date.fromisoformat(entry[name]) for name in ("since", "until"))
    return ApiToken(entry["name"], since, until, entry["hash"])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
