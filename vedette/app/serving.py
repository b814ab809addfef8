"""Runs the workbench on this machine, and lets its user in."""

import errno
import json
import os
import signal
import socket
import webbrowser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn
from fastapi import FastAPI

from vedette.app.application import workbench
from vedette.app.audit import AuditLog
from vedette.app.hosting import Hosting
from vedette.app.listening import settings
from vedette.app.reception import Reception
from vedette.app.served import Served
from vedette.app.tokens import Doorkeeper, new_token
from vedette.commands import private_folder, write_private
from vedette.errors import UsageError

if TYPE_CHECKING:
    from vedette.app.sign_on import SignOn

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
    served: Served,
    *,
    port: int = PORT,
    browser: bool = True,
    hosting: Hosting | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """Serves a case until the server is stopped: to the user of this machine, or to those with an account.

    Raises:
        UsageError: the port is taken, or something that ``hosting`` takes is missing.
    """
    if hosting:
        _serve_to_others(served, hosting, port=port, say=say)
    else:
        _serve_here(served, port=port, browser=browser, say=say)


def _serve_here(served: Served, *, port: int, browser: bool, say: Callable[[str], None]) -> None:
    door = Doorkeeper()
    app = workbench(served, door, audit=_audit())
    listening = _listen(LOCAL, port)
    bound = listening.getsockname()[1]
    state = _state_file(bound)
    signal.signal(signal.SIGTERM, _leave)
    try:
        write_private(state, json.dumps({"secret": door.secret.hex()}))
        entry = new_entry(bound)
        say(f"The workbench of {served.case} is open. In your browser, open: {entry.file.as_uri()}")
        if browser:
            webbrowser.open(entry.file.as_uri())
        _run(app, listening, {"proxy_headers": False})
    finally:
        listening.close()
        for file in (state, _entry_file(bound)):
            file.unlink(missing_ok=True)


def _serve_to_others(served: Served, hosting: Hosting, *, port: int, say: Callable[[str], None]) -> None:
    sign_on = _sign_on(hosting.oidc)
    app = workbench(served, Reception(sign_on=sign_on), hosting.hosts, _audit())
    case = app.state.held.ledger().case
    hosting.check(withheld=case.withheld, edition=case.edition, others=sign_on is not None)
    listening = _listen(hosting.host, port)
    bound = listening.getsockname()[1]
    at = "behind the proxy" if hosting.proxy else f"at https://{hosting.hosts[0]}:{bound}/"
    say(f"The {case.edition} edition of {served.case} is open {at}, to those with an account.")
    _run(app, listening, hosting.settings())


def _sign_on(file: str | None) -> "SignOn | None":
    if file is None:
        return None
    from vedette.app.sign_on import sign_on_of  # the libraries of OpenID Connect, which few servers need

    return sign_on_of(Path(file))


def _run(app: FastAPI, listening: socket.socket, line: Mapping[str, Any]) -> None:
    uvicorn.Server(uvicorn.Config(app, **settings(), **line)).run(sockets=[listening])


def _audit() -> AuditLog:
    return AuditLog(private_folder() / "audit.log")


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


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens on a port of this machine: whoever comes before the server runs waits for it.

    It names TCP, without which asyncio leaves Nagle's algorithm on and each answer waits 40 ms.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen()
    except OSError as error:
        made.close()
        if error.errno == errno.EADDRNOTAVAIL:
            raise UsageError(
                f"--host {host}: is no address of this machine. Name one that it has, or 0.0.0.0 for all."
            ) from None
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
