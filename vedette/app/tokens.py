"""Who may come in on this machine: tokens of a running server, each spent once."""

import getpass
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import ClassVar

from vedette import commands
from vedette.app.kept_now import KeptNow
from vedette.app.sessions import Role, Session, Sessions, Visitor

_BYTES = 32


def _programs() -> KeptNow[commands.TokenList]:
    return KeptNow(commands.tokens_file(), commands.api_tokens)


@dataclass
class Doorkeeper:
    """Knows the tokens that were spent and the sessions that are open.

    Attributes:
        secret: what tokens are signed with; whoever holds it can make one.
        sessions: those that are open.
        programs: the tokens with which programs read.
        from_afar: whether others than the user of this machine may come in.
    """

    from_afar: ClassVar[bool] = False
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(_BYTES), repr=False)
    sessions: Sessions = field(default_factory=Sessions, repr=False)
    programs: KeptNow[commands.TokenList] = field(default_factory=_programs, repr=False)
    _spent: set[str] = field(default_factory=set, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def enter(self, token: str) -> str | None:
        """Returns the key of a session opened with a token; None if it is no token, or spent.

        >>> door = Doorkeeper()
        >>> token = new_token(door.secret)
        >>> door.enter(token) is None, door.enter(token) is None
        (False, True)
        """
        nonce, _, signature = token.partition(".")
        if not same(_signature(self.secret, nonce), signature):
            return None
        with self._lock:
            if nonce in self._spent:
                return None
            self._spent.add(nonce)
        return self.sessions.open(Visitor(_user(), Role.LEAD))

    def session(self, key: str) -> Session | None:
        """Returns the session of a key; None if it opens none."""
        return self.sessions.find(key)

    def form_token(self, key: str) -> str:
        """Returns what each form of a session posts along, so that no other site can post for it."""
        found = self.session(key)
        return found.form_token if found else ""

    def program(self, text: str) -> Visitor | None:
        """Returns the visitor that a token for programs stands for; None if it is none that is good today."""
        found = self.programs.now().find(text, date.today())
        return Visitor(f"{found.name} (token)", Role.READER) if found else None

    def leave(self, key: str) -> None:
        """Ends a session."""
        self.sessions.close(key)


def new_token(secret: bytes) -> str:
    """Returns a token for the server that holds a secret."""
    nonce = secrets.token_urlsafe(_BYTES)
    return f"{nonce}.{_signature(secret, nonce)}"


def same(one: str, other: str) -> bool:
    """Whether two secrets are the same, in a time that does not tell where they differ.

    >>> same("a", "a"), same("a", "\\xe9")
    (True, False)
    """
    return hmac.compare_digest(one.encode(errors="replace"), other.encode(errors="replace"))


def _signature(secret: bytes, nonce: str) -> str:
    return hmac.new(secret, nonce.encode(errors="replace"), hashlib.sha256).hexdigest()


def _user() -> str:
    """The name of the user of this machine; their number where the system knows no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
