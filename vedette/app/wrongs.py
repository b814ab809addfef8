"""Errors as pages: what is wrong, and what to do about it."""

from collections.abc import Mapping, Sequence

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from vedette.app.bare_pages import bare_page, is_for_programs, told_to_programs
from vedette.app.mistakes import lines_of, status_of
from vedette.app.policy import HEADERS
from vedette.app.site import page
from vedette.errors import VedetteError

_TITLES: Mapping[int, str] = {
    401: "This workbench is closed to you",
    403: "That is not for you",
    404: "Nothing is here",
    405: "Nothing is here",
    408: "That took too long",
    413: "That is too large",
    429: "Wait a while",
}


def show_errors(app: FastAPI) -> None:
    """Has an application answer every error with a page, and none with a trace of its own files."""
    app.add_exception_handler(VedetteError, _told)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _failed)


def _told(request: Request, error: Exception) -> Response:
    """What is wrong and how to mend it, as on the command line."""
    assert isinstance(error, VedetteError)
    lines = lines_of(error, request.app.state.held)
    return _wrong(request, status_of(error), "That cannot be shown", lines)


def _unfit(request: Request, error: Exception) -> Response:
    """A filter in the address that is none."""
    assert isinstance(error, RequestValidationError)
    lines = [f"{each['loc'][-1]}: {each['msg']}; found {each.get('input')!r}." for each in error.errors()]
    return _wrong(request, 400, "That address asks for something else", lines)


def _refused(request: Request, error: Exception) -> Response:
    """An address at which there is nothing, or not for this visitor."""
    assert isinstance(error, HTTPException)
    title = _TITLES.get(error.status_code, "That cannot be done")
    return _wrong(request, error.status_code, title, [error.detail])


def _failed(_: Request, __: Exception) -> Response:
    """A fault of vedette; it is printed where the server runs."""
    lines = ["This is a fault of vedette. What went wrong is printed where vedette serve runs."]
    answer = bare_page(500, "That went wrong", lines)
    answer.headers.update({**HEADERS, "Cache-Control": "no-store"})
    return answer


def _wrong(request: Request, status: int, title: str, lines: Sequence[str]) -> Response:
    if is_for_programs(request.scope):
        return told_to_programs(status, lines)
    if "session" not in request.scope.get("state", {}):
        return bare_page(status, title, lines)
    try:
        return page(request, "wrong.html", status=status, title=title, lines=lines)
    except VedetteError:  # the case itself cannot be read
        return bare_page(status, title, lines)
