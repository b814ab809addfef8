"""Runs the workbench on this machine, and lets its user in."""

import errno
import json
import os
import signal
import socket
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import uvicorn

from vedette.app.application import workbench
from vedette.app.listening import settings
from vedette.app.served import Served
from vedette.app.tokens import Doorkeeper, new_token
from vedette.commands import private_folder, write_private
from vedette.errors import UsageError

LOCAL = "127.0.0.1"
PORT = 8470

_ENTRY = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>vedette</title></head>
<body><form method="post" action="http://{host}:{port}/login">
<input type="hidden" name="token" value="{token}"><button>Open the workbench</button></form>
<script>document.forms[0].submit()</script></body></html>
"""
"""Posts a token to the server: no token stands in an address or in a list of processes."""


@dataclass(frozen=True)
class WayIn:
    """A way in: the file to open in a browser, which lets one session in, once."""

    file: Path
    port: int


def serve(
    served: Served, *, port: int = PORT, browser: bool = True, say: Callable[[str], None] = print
) -> None:
    """Serves a case on this machine until it is stopped.

    Raises:
        UsageError: the port is taken.
    """
    door = Doorkeeper()
    app = workbench(served, door)
    app.state.held.ledger()
    listening = _listen(port)
    bound = listening.getsockname()[1]
    state = _state_file(bound)
    write_private(state, json.dumps({"secret": door.secret.hex()}))
    try:
        entry = new_entry(bound)
        say(f"The workbench of {served.case} is open. In your browser, open: {entry.file.as_uri()}")
        if browser:
            webbrowser.open(entry.file.as_uri())
        signal.signal(signal.SIGTERM, _leave)
        uvicorn.Server(uvicorn.Config(app, proxy_headers=False, **settings())).run(sockets=[listening])
    finally:
        listening.close()
        for file in (state, _entry_file(bound)):
            file.unlink(missing_ok=True)


def new_entry(port: int = PORT) -> WayIn:
    """Returns a new way into the server that runs on a port, for its own user.

    Raises:
        UsageError: none of this user runs there.
    """
    try:
        secret = bytes.fromhex(json.loads(_state_file(port).read_text(encoding="utf-8"))["secret"])
    except FileNotFoundError:
        raise UsageError(
            f"--link: no workbench of yours runs on port {port}. Start one: vedette serve CASE"
        ) from None
    file = _entry_file(port)
    write_private(file, _ENTRY.format(host=LOCAL, port=port, token=escape(new_token(secret))))
    return WayIn(file, port)


def _leave(*_: object) -> None:
    """Ends the process in order, so that no way in stays behind."""
    raise SystemExit(0)


def _listen(port: int) -> socket.socket:
    """A socket that listens on a port of this machine: whoever comes before the server runs waits for it.

    It names TCP, without which asyncio leaves Nagle's algorithm on and each answer waits 40 ms.
    """
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((LOCAL, port))
        made.listen()
    except OSError as error:
        made.close()
        raise UsageError(f"--port {port}: cannot be used ({_why_not(error, port)}") from None
    return made


def _why_not(error: OSError, port: int) -> str:
    """Why a port cannot be used, and what to do."""
    another = "choose another port, or 0 for any that is free."
    if error.errno == errno.EADDRINUSE and _state_file(port).exists():
        link = f"vedette serve --link --port {port}"
        return f"a workbench of yours runs there). To open it: {link}; or {another}"
    return f"{os.strerror(error.errno or 0)}). {another.capitalize()}"


def _state_file(port: int) -> Path:
    return private_folder() / f"serving-{port}.json"


def _entry_file(port: int) -> Path:
    return private_folder() / f"open-{port}.html"
