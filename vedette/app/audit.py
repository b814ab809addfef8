"""The audit log: who came in, failed to, was refused, and posted what; no contents and no secrets."""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vedette.app.access import LOGIN

MOST = 5_000_000
"""Bytes of a file; then another is begun."""
KEPT = 5
"""Files that are kept beside it."""
_OWNER_ALONE = 0o600
_REFUSALS = (400, 401, 403, 408, 413, 429)


class AuditLog:
    """A file of JSON lines that its owner alone may read; full ones move to ``.1``, ``.2`` and so on."""

    def __init__(self, file: Path, most: int = MOST, kept: int = KEPT) -> None:
        self.file = file
        self._most, self._kept = most, kept
        self._lock = Lock()

    def note(self, **facts: object) -> None:
        """Adds a line with the time. What cannot be written is said on standard error; the server goes on."""
        line = json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), **facts}, ensure_ascii=True)
        try:
            with self._lock:
                self._turn()
                handle = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _OWNER_ALONE)
                with os.fdopen(handle, "a", encoding="ascii") as file:
                    file.write(line + "\n")
        except OSError as error:
            print(f"The audit log cannot be written ({error.strerror}): {line}", file=sys.stderr, flush=True)

    def _turn(self) -> None:
        if not self.file.exists() or self.file.stat().st_size < self._most:
            return
        for number in range(self._kept - 1, 0, -1):
            if (older := self._older(number)).exists():
                older.replace(self._older(number + 1))
        self.file.replace(self._older(1))

    def _older(self, number: int) -> Path:
        return self.file.with_name(f"{self.file.name}.{number}")


class Audit:
    """Notes each request that opens a session, is refused, or posts."""

    def __init__(self, app: ASGIApp, log: AuditLog) -> None:
        self.app = app
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request, and notes what became of it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._note(scope, message["status"])
            await send(message)

        await self.app(scope, receive, sent)

    def _note(self, scope: Scope, status: int) -> None:
        posted = scope["method"] not in ("GET", "HEAD", "OPTIONS")
        entering = scope["path"] == LOGIN and (posted or "entered" in scope["state"])
        if entering:
            what = "came in" if scope["state"].get("entered") else "did not come in"
        elif status in _REFUSALS:
            what = "was refused"
        elif posted:
            what = "posted"
        else:
            return
        visitor = scope["state"].get("entered" if entering else "visitor")
        self.log.note(
            what=what,
            who=visitor.name if visitor else scope["state"].get("tried", ""),
            role=visitor.role.value if visitor else "",
            address=(scope.get("client") or ("",))[0],
            method=scope["method"],
            path=scope["path"],
            status=status,
        )
