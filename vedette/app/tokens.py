"""Who may come in: tokens of a running server, each spent once, and the sessions that they open."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from threading import Lock

_BYTES = 32


@dataclass
class Doorkeeper:
    """Knows the tokens that were spent and the sessions that are open.

    Attributes:
        secret: what tokens are signed with; whoever holds it can make one.
    """

    secret: bytes = field(default_factory=lambda: secrets.token_bytes(_BYTES), repr=False)
    _spent: set[str] = field(default_factory=set, repr=False)
    _sessions: dict[str, str] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def enter(self, token: str) -> str | None:
        """Returns the key of a session opened with a token; None if it is no token, or spent.

        >>> door = Doorkeeper()
        >>> token = new_token(door.secret)
        >>> door.enter(token) is None, door.enter(token) is None
        (False, True)
        """
        nonce, _, signature = token.partition(".")
        if not hmac.compare_digest(_signature(self.secret, nonce).encode(), signature.encode()):
            return None
        with self._lock:
            if nonce in self._spent:
                return None
            self._spent.add(nonce)
            key = secrets.token_urlsafe(_BYTES)
            self._sessions[_digest(key)] = secrets.token_urlsafe(_BYTES)
            return key

    def knows(self, key: str) -> bool:
        """Whether a key opens a session."""
        return _digest(key) in self._sessions

    def form_token(self, key: str) -> str:
        """Returns what each form of a session posts along, so that no other site can post for it."""
        return self._sessions[_digest(key)]

    def leave(self, key: str) -> None:
        """Ends a session."""
        self._sessions.pop(_digest(key), None)


def new_token(secret: bytes) -> str:
    """Returns a token for the server that holds a secret."""
    nonce = secrets.token_urlsafe(_BYTES)
    return f"{nonce}.{_signature(secret, nonce)}"


def _signature(secret: bytes, nonce: str) -> str:
    return hmac.new(secret, nonce.encode(), hashlib.sha256).hexdigest()


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
