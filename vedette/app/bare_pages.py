"""Pages that show nothing of the case: for whoever has no session, and where the case cannot be read."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse


def bare_page(
    status: int, title: str, lines: Iterable[str], *, link: tuple[str, str] | None = None
) -> HTMLResponse:
    """Returns a page of a title and lines, and a link as address and words."""
    return bare("bare.html", status=status, title=title, lines=lines, link=link)


def bare(template: str, *, status: int = 200, **shown: Any) -> HTMLResponse:
    """Returns a page made from a template that shows nothing of the case."""
    return HTMLResponse(_environment().get_template(template).render(**shown), status)


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("vedette.app"), autoescape=True, undefined=StrictUndefined)
