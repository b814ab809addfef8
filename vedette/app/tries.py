"""How often somebody may try to come in: a wait that doubles after each failure, by name and by address."""

import ipaddress
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

from vedette.app.sessions import seconds

FREE: Mapping[str, int] = {"name": 5, "address": 20}
"""Failures in a row that cost no wait: of one name, and of all who ask from one address."""
LONGEST = 900.0
"""Seconds of the longest wait."""
FORGOTTEN = 3600.0
"""Seconds after the last failure in which all are forgotten."""
_MOST = 10_000
_NETWORK = 64


@dataclass
class _Failures:
    count: int = 0
    until: float = 0.0
    last: float = 0.0


class Tries:
    """The failures of late, by name and by address."""

    def __init__(self, now: Callable[[], float] = seconds) -> None:
        self._now = now
        self._failures: OrderedDict[tuple[str, str], _Failures] = OrderedDict()
        self._lock = Lock()

    def ask(self, name: str, address: str) -> float:
        """Returns the seconds to wait before a try, which is not made then; 0 for one that is.

        A try counts as a failure until `succeeded` says otherwise, so that many at once win nothing.

        >>> tries = Tries(lambda: 0.0)
        >>> [tries.ask("zahra", "10.0.0.1") for _ in range(6)]
        [0.0, 0.0, 0.0, 0.0, 0.0, 2.0]
        """
        now = self._now()
        with self._lock:
            found = {key: self._find(key, now) for key in _keys(name, address)}
            wait = max(each.until - now for each in found.values())
            if wait > 0:
                return wait
            for (kind, _), each in found.items():
                each.count, each.last = each.count + 1, now
                if each.count >= FREE[kind]:
                    each.until = now + min(2.0 ** min(each.count - FREE[kind] + 1, 30), LONGEST)
        return 0.0

    def succeeded(self, name: str, address: str) -> None:
        """Forgets the failures of a name, and takes the try back from those of its address."""
        with self._lock:
            own, shared = _keys(name, address)
            self._failures.pop(own, None)
            if shared in self._failures:
                each = self._failures[shared]
                each.count, each.until = max(each.count - 1, 0), 0.0

    def _find(self, key: tuple[str, str], now: float) -> _Failures:
        found = self._failures.pop(key, None)
        if found is None or now - found.last > FORGOTTEN:
            found = _Failures()
        self._failures[key] = found
        while len(self._failures) > _MOST:
            self._failures.popitem(last=False)
        return found


def _keys(name: str, address: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("name", name), ("address", _network(address))


def _network(address: str) -> str:
    """The address, or of IPv6 the network that one line has."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, _NETWORK), strict=False)) if found.version == 6 else address
