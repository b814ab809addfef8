"""Opens a session: with a token of this machine, posted once, or with the password of an account."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from vedette.app.access import LOGIN, cookie_of, must_match, refused, session_key
from vedette.app.bare_pages import bare
from vedette.app.reception import Reception, WaitFirst
from vedette.app.tokens import Doorkeeper
from vedette.errors import UsageError

if TYPE_CHECKING:
    from vedette.app.sign_on import SignOn

router = APIRouter()

_OPEN = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>vedette</title>
<meta http-equiv="refresh" content="0; url=/"></head>
<body><p><a href="/">Open the workbench</a></p></body></html>
"""
"""A page in between: the cookie is sent from a page of this server only, and the token came from a file."""
_WRONG = "Name or password are wrong."


@router.get(LOGIN)
def show(request: Request, part: str = "", by: str = "", state: str = "", code: str = "") -> Response:
    """Shows how to come in: the form for name and password where others may.

    With ``by`` the browser is sent to the provider of the organisation, from which it comes back with
    ``state`` and ``code``.
    """
    if part == "style":
        return Response(_style(), media_type="text/css")
    door: Doorkeeper = request.app.state.door
    if not isinstance(door, Reception):
        return refused(door)
    if door.sign_on and by == "oidc":
        return _sent(request, door.sign_on)
    if door.sign_on and state:
        return _returned(request, door, door.sign_on, state=state, code=code)
    return _form(door)


def _sent(request: Request, sign_on: "SignOn") -> Response:
    address, browser = sign_on.begin(_back(request))
    answer = RedirectResponse(address, status_code=303)
    answer.set_cookie(_returning(request), browser, max_age=600, httponly=True, samesite="lax", secure=True)
    return answer


def _returned(request: Request, door: Reception, sign_on: "SignOn", *, state: str, code: str) -> Response:
    browser = request.cookies.get(_returning(request), "")
    request.state.entered = None
    try:
        found = sign_on.finish(_back(request), state=state, code=code, browser=browser)
    except UsageError as error:
        return _form(door, status=401, wrong=str(error))
    answer = opened(request, door.sessions.open(found))
    answer.delete_cookie(_returning(request), httponly=True, samesite="lax", secure=True)
    return answer


def _back(request: Request) -> str:
    """The address to which a provider sends a browser back."""
    return f"{request.url.scheme}://{request.url.netloc}{LOGIN}"


def _returning(request: Request) -> str:
    """The name of the cookie that binds a sign-on to the browser that began it."""
    return f"{cookie_of(request.scope)}-sign-on"


@router.post(LOGIN)
def enter(
    request: Request,
    token: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
) -> Response:
    """Opens a session and leads to the first page; a token that was spent opens none."""
    door: Doorkeeper = request.app.state.door
    if not isinstance(door, Reception):
        key = door.enter(token)
        return opened(request, key) if key else refused(door)
    address = request.client.host if request.client else ""
    request.state.tried = door.known(name)
    try:
        key = door.sign_in(name, password, address)
    except WaitFirst as error:
        answer = _form(door, status=429, wrong=str(error), name=name)
        answer.headers["Retry-After"] = str(error.seconds)
        return answer
    return opened(request, key) if key else _form(door, status=401, wrong=_WRONG, name=name)


@router.post("/logout")
def leave(request: Request, form_token: Annotated[str, Form()] = "") -> Response:
    """Ends the session."""
    must_match(request, form_token)
    door: Doorkeeper = request.app.state.door
    door.leave(session_key(request.scope))
    return RedirectResponse(LOGIN, status_code=303)


def opened(request: Request, key: str) -> Response:
    """Returns the answer that hands over the cookie of a session, and leads to the first page."""
    door: Doorkeeper = request.app.state.door
    if session := door.session(key):
        request.state.entered = session.visitor
    answer = HTMLResponse(_OPEN)
    secure = request.url.scheme == "https"
    answer.set_cookie(cookie_of(request.scope), key, httponly=True, samesite="strict", secure=secure)
    return answer


def _form(door: Reception, *, status: int = 200, wrong: str = "", name: str = "") -> Response:
    called = door.sign_on.called if door.sign_on else ""
    passwords = bool(door.accounts.now().accounts)
    return bare("login.html", status=status, wrong=wrong, name=name, sign_on=called, passwords=passwords)


@cache
def _style() -> str:
    """The style of pages that are shown without a session, which no other address may give."""
    return (Path(__file__).parent / "static" / "workbench.css").read_text(encoding="utf-8")
