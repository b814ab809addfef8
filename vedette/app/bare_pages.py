"""Pages that show nothing of the case: for whoever has no session, and where the case cannot be read."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Scope


def bare_page(
    status: int, title: str, lines: Iterable[str], *, link: tuple[str, str] | None = None
) -> HTMLResponse:
    """Returns a page of a title and lines, and a link as address and words."""
    return bare("bare.html", status=status, title=title, lines=lines, link=link)


def bare(template: str, *, status: int = 200, **shown: Any) -> HTMLResponse:
    """Returns a page made from a template that shows nothing of the case."""
    return HTMLResponse(_environment().get_template(template).render(**shown), status)


def is_for_programs(scope: Scope) -> bool:
    """Whether an address answers programs, with JSON."""
    return str(scope["path"]).startswith("/api/")


def told_to_programs(status: int, lines: Iterable[str]) -> Response:
    """Returns an error as JSON: what is wrong, and, as its last sentence says it, what to do."""
    message, *problems = [line.strip() for line in lines]
    sentences = re.split(r"(?<=[.?!]) (?=[A-Z])", message)
    cure = sentences.pop() if len(sentences) > 1 else ""
    told = {"message": " ".join(sentences), "cure": cure, "problems": [{"line": each} for each in problems]}
    answer = JSONResponse({"error": told}, status)
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def refusal(scope: Scope, status: int, title: str, line: str) -> Response:
    """Returns the answer to what is refused before it reaches a page: JSON for programs, else a page."""
    return told_to_programs(status, [line]) if is_for_programs(scope) else bare_page(status, title, [line])


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("vedette.app"), autoescape=True, undefined=StrictUndefined)
