"""Lets requests in: with the cookie of a session, or to the page where one is opened."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request, cookie_parser
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from vedette.app.bare_pages import bare_page, is_for_programs, told_to_programs
from vedette.app.sessions import Visitor
from vedette.app.tokens import Doorkeeper, same

COOKIE = "vedette"
LOGIN = "/login"
_USUAL_PORTS = (80, 443)

_CLOSED = "This workbench is closed to you"
_NO_TOKEN = (
    "This takes a token: Authorization: Bearer TOKEN. Make one where vedette runs: vedette tokens add NAME"
)
_AT_HOME = (
    "Open it with the file that vedette serve prints. For another one, type vedette serve --link on the "
    "machine where it runs."
)


class Gate:
    """Answers 401 to whoever has no session, whatever the address; only the login is open.

    Where others may come in, what does not come over TLS is answered 400.
    """

    def __init__(self, app: ASGIApp, door: Doorkeeper) -> None:
        self.app = app
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request that has a session, or that asks for one."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if self.door.from_afar and scope.get("scheme") != "https":
            lines = ["This workbench is open over https alone. A proxy must say so in X-Forwarded-Proto."]
            await bare_page(400, "Not over this line", lines)(scope, receive, send)
            return
        key = session_key(scope)
        session = self.door.session(key)
        visitor = session.visitor if session else self._program(scope)
        if visitor is not None:
            scope.setdefault("state", {}).update(session=key if session else "", visitor=visitor)
        if visitor is not None or scope["path"] == LOGIN:
            await self.app(scope, receive, send)
        elif is_for_programs(scope):
            await told_to_programs(401, [_NO_TOKEN])(scope, receive, send)
        else:
            await refused(self.door)(scope, receive, send)

    def _program(self, scope: Scope) -> Visitor | None:
        """The program whose token comes with a request that reads; None if there is none."""
        scheme, _, text = Headers(scope=scope).get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not is_for_programs(scope) or scope["method"] not in ("GET", "HEAD"):
            return None
        return self.door.program(text.strip())


def refused(door: Doorkeeper) -> Response:
    """Returns the answer to whoever may not come in."""
    if door.from_afar:
        return bare_page(401, _CLOSED, [], link=(LOGIN, "Come in"))
    return bare_page(401, _CLOSED, [_AT_HOME])


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
