"""Opens a session with a token, posted once."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from vedette.app.access import LOGIN, cookie_of, must_match, refused, session_key
from vedette.app.tokens import Doorkeeper

router = APIRouter()

_OPEN = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>vedette</title>
<meta http-equiv="refresh" content="0; url=/"></head>
<body><p><a href="/">Open the workbench</a></p></body></html>
"""
"""A page in between: the cookie is sent from a page of this server only, and the token came from a file."""


@router.get(LOGIN)
def show() -> Response:
    """Says how to come in."""
    return refused()


@router.post(LOGIN)
def enter(request: Request, token: Annotated[str, Form()] = "") -> Response:
    """Opens a session and leads to the first page; a token that was spent opens none."""
    door: Doorkeeper = request.app.state.door
    key = door.enter(token)
    if key is None:
        return refused()
    answer = HTMLResponse(_OPEN)
    answer.set_cookie(
        cookie_of(request.scope), key, httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )
    return answer


@router.post("/logout")
def leave(request: Request, form_token: Annotated[str, Form()] = "") -> Response:
    """Ends the session."""
    must_match(request, form_token)
    door: Doorkeeper = request.app.state.door
    door.leave(session_key(request.scope))
    return RedirectResponse(LOGIN, status_code=303)
