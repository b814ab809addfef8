"""How much a request may bring, how slowly, and from whose pages; the rest is refused before it is read."""

import asyncio
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vedette.app.access import LOGIN
from vedette.app.bare_pages import refusal

BODY = 1_000_000
"""Bytes of a form."""
UPLOADS: Mapping[str, int] = {"/import": 200_000_000, "/reading": 50_000_000, "/review": 50_000_000}
"""Bytes of what is posted at and below these addresses, which take files."""
PATIENCE = 20.0
"""Seconds in which a body must have come, besides those that its size takes."""
PACE = 100_000
"""Bytes a second that the slowest line must bring."""
_SAFE = ("GET", "HEAD", "OPTIONS")


class Limits:
    """Answers 413 to a body that is too large and 408 to one that comes too slowly."""

    def __init__(self, app: ASGIApp, patience: float = PATIENCE) -> None:
        self.app = app
        self.patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request whose body keeps to the limits of its address."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = limit_of(scope["path"])
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdecimal() or int(length) > most:
            await refusal(scope, 413, "That is too large", _too_large(most))(scope, receive, send)
            return
        until = asyncio.get_running_loop().time() + self.patience + most / PACE
        taken, whole = 0, False

        async def limited() -> Message:
            nonlocal taken, whole
            if whole:
                return await receive()
            message = await _within(receive, until)
            taken += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if taken > most:
                raise HTTPException(413, _too_large(most))
            return message

        await self.app(scope, limited, send)


class OwnPages:
    """Answers 403 to a post that a page of somebody else makes.

    Browsers say from where a post comes. The file that lets its user in comes from the disk: ``entry`` says
    whether it may open a session.
    """

    def __init__(self, app: ASGIApp, entry: bool = True) -> None:
        self.app = app
        self.entry = entry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves what changes nothing, and what a page of this server posts."""
        if scope["type"] == "http" and scope["method"] not in _SAFE and self._foreign(scope):
            told = "This was posted from a page of another site. Load the page here, then post it."
            await refusal(scope, 403, "That is not for you", told)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _foreign(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        origin, site = headers.get("origin", "null"), headers.get("sec-fetch-site", "same-origin")
        if origin not in ("null", f"{scope['scheme']}://{headers.get('host', '')}"):
            return True
        entering = self.entry and scope["path"] == LOGIN and origin == "null"
        return site not in ("same-origin", "none") and not entering


def limit_of(path: str) -> int:
    """Returns how many bytes may be posted to an address.

    >>> limit_of("/import"), limit_of("/important")
    (200000000, 1000000)
    """
    rooms = (size for start, size in UPLOADS.items() if path == start or path.startswith(f"{start}/"))
    return next(rooms, BODY)


async def _within(receive: Receive, until: float) -> Message:
    try:
        async with asyncio.timeout_at(until):
            return await receive()
    except TimeoutError:
        raise HTTPException(408, "What was posted came too slowly. Post it again.") from None


def _too_large(most: int) -> str:
    return f"What is posted here may have {most:,} bytes at most. Post less at once."
