"""How connections are taken: heads of a limited size, in a limited time, and no more than can be served."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

HEAD_BYTES = 32_768
"""Bytes of the line and the headers of a request, cookies included."""
HEAD_SECONDS = 10.0
"""Seconds in which they must have come."""
KEPT_OPEN = 15
"""Seconds for which a connection stays open without a request."""
MOST = 500
"""Connections at once; one more is answered 503."""
LAST_ANSWERS = 3
"""Seconds that a server which is stopped gives to answers under way."""


class PromptProtocol(H11Protocol):
    """HTTP of connections that must send their first head in `HEAD_SECONDS`."""

    _awaited: asyncio.TimerHandle | None = None
    _answered: RequestResponseCycle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins to wait for a head."""
        super().connection_made(transport)
        self._await_head()

    def handle_events(self) -> None:
        """Takes what came; a head that is whole is waited for no longer."""
        super().handle_events()
        if self.cycle is not self._answered:
            self._answered = self.cycle
            self._stop_waiting()

    def data_received(self, data: bytes) -> None:
        """Takes bytes; the first after an answer begin another head."""
        if self._awaited is None and self.cycle is not None and self.cycle.response_complete:
            self._await_head()
        super().data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """Waits no more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        self._awaited = self.loop.call_later(HEAD_SECONDS, self._late)

    def _stop_waiting(self) -> None:
        if self._awaited is not None:
            self._awaited.cancel()
            self._awaited = None

    def _late(self) -> None:
        if not self.transport.is_closing():
            self.transport.abort()


def settings() -> dict[str, Any]:
    """Returns the settings of a server that keep it from being held by slow or large requests."""
    return {
        "http": PromptProtocol,
        "ws": "none",
        "h11_max_incomplete_event_size": HEAD_BYTES,
        "limit_concurrency": MOST,
        "timeout_keep_alive": KEPT_OPEN,
        "timeout_graceful_shutdown": LAST_ANSWERS,
        "server_header": False,
        "access_log": False,
        "log_level": "warning",
    }
