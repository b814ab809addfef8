"""Sessions: who they are of, and how long they last."""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from vedette.commands import Role as Role

_BYTES = 32
_HOUR = 3600.0


@dataclass(frozen=True)
class Visitor:
    """Somebody whose session is open: under which name changes are logged, and in which role."""

    name: str
    role: Role


@dataclass(frozen=True)
class Lifetime:
    """Seconds after which a session ends: without a request, and in any case."""

    idle: float
    longest: float


AT_HOME = Lifetime(24 * _HOUR, 7 * 24 * _HOUR)
"""Of the user of this machine."""
FROM_AFAR = Lifetime(1 * _HOUR, 12 * _HOUR)
"""Of somebody with an account."""


def seconds() -> float:
    """Returns the seconds that this machine has run, asleep or not; no change of its clock moves them."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


@dataclass
class Session:
    """An open session: its visitor, what its forms post along, and when it was opened and last used.

    ``stamp`` names the state of the account that it rests on; the session ends when that changes.
    """

    visitor: Visitor
    stamp: str
    opened: float
    seen: float
    form_token: str = field(default_factory=lambda: secrets.token_urlsafe(_BYTES), repr=False)


class Sessions:
    """The sessions that are open, by the hash of their key."""

    def __init__(self, lifetime: Lifetime = AT_HOME, now: Callable[[], float] = seconds) -> None:
        self.lifetime = lifetime
        self._now = now
        self._open: dict[str, Session] = {}
        self._lock = Lock()

    def open(self, visitor: Visitor, stamp: str = "") -> str:
        """Returns the key of a session that is opened."""
        key, now = secrets.token_urlsafe(_BYTES), self._now()
        with self._lock:
            self._open = {name: each for name, each in self._open.items() if not self._over(each, now)}
            self._open[_digest(key)] = Session(visitor, stamp, now, now)
        return key

    def find(self, key: str) -> Session | None:
        """Returns the session of a key, which is used by that; None if there is none, or it has ended."""
        name, now = _digest(key), self._now()
        with self._lock:
            found = self._open.get(name)
            if found is None or self._over(found, now):
                self._open.pop(name, None)
                return None
            found.seen = now
            return found

    def close(self, key: str) -> None:
        """Ends a session."""
        with self._lock:
            self._open.pop(_digest(key), None)

    def _over(self, session: Session, now: float) -> bool:
        return now - session.seen > self.lifetime.idle or now - session.opened > self.lifetime.longest


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()
