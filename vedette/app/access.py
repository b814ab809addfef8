"""Lets requests in: with the cookie of a session, or to the page where one is opened."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request, cookie_parser
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from vedette.app.tokens import Doorkeeper, same

COOKIE = "vedette"
LOGIN = "/login"
_USUAL_PORTS = (80, 443)

_CLOSED = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>vedette: closed</title></head>
<body><main><h1>This workbench is closed to you</h1>
<p>Open it with the file or the address that <code>vedette serve</code> prints. For another one, type
<code>vedette serve --link</code> on the machine where it runs.</p></main></body></html>
"""


class Gate:
    """Answers 401 to whoever has no session, whatever the address; only the login is open."""

    def __init__(self, app: ASGIApp, door: Doorkeeper) -> None:
        self.app = app
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request that has a session, or that asks for one."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        key = session_key(scope)
        session = self.door.session(key)
        if session is not None:
            scope.setdefault("state", {}).update(session=key, visitor=session.visitor)
        if session is not None or scope["path"] == LOGIN:
            await self.app(scope, receive, send)
        else:
            await refused()(scope, receive, send)


def refused() -> Response:
    """Returns the answer to whoever may not come in."""
    return HTMLResponse(_CLOSED, status_code=401)


def cookie_of(scope: Scope) -> str:
    """Returns the name of the cookie of this server: browsers do not tell the ports of a machine apart.

    >>> cookie_of({"scheme": "http", "server": ("127.0.0.1", 8470)})
    'vedette-8470'
    >>> cookie_of({"scheme": "https", "server": ("10.0.0.1", 443)})
    '__Host-vedette'
    """
    port = (scope.get("server") or ("", None))[1]
    name = COOKIE if port in (*_USUAL_PORTS, None) else f"{COOKIE}-{port}"
    return f"__Host-{name}" if scope.get("scheme") == "https" else name


def session_key(scope: Scope) -> str:
    """Returns the key of the session that a request names; empty without one."""
    return cookie_parser(Headers(scope=scope).get("cookie", "")).get(cookie_of(scope), "")


def must_match(request: Request, form_token: str) -> None:
    """Refuses a form that was not made for the session that posts it.

    Raises:
        HTTPException: the token of the form is another.
    """
    door: Doorkeeper = request.app.state.door
    if not form_token or not same(door.form_token(request.state.session), form_token):
        raise HTTPException(403, "This form is not of this session. Load the page again, then post it.")
