"""Walks a running workbench by its links: one page of each kind of address."""

import re
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPResponse
from urllib.error import HTTPError

from fastapi import FastAPI
from starlette.routing import BaseRoute, Match

from vedette.app.jobs import Jobs, JobStanding

_LINK = re.compile(r'href="(/[^"#]*)')
_EACH = 3
"""Pages of a kind that are looked at to find the fullest of them."""
_MOST_SECONDS = 280
_ELSEWHERE = ("/brief/files/", "/brief/issues/", "form=")
"""What parts of an address say that it is no page: documents and pictures, which other tests open."""
_PAGE = "/static/workbench.css"
"""What each page of the workbench links to."""


@dataclass
class Walk:
    """What a walk found: the fullest page of each kind of address, and which waited for long work."""

    pages: dict[str, str] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    waited: dict[str, str] = field(default_factory=dict)


def walked(address: str, cookie: str, app: FastAPI) -> Walk:
    """Returns one page of each kind that links reach, once the long work that pages ask for is done.

    ``cookie`` is that of a session, ``app`` a workbench of the same case and edition: its routes are the
    kinds, its jobs those of the one that runs.
    """

    def ask(path: str) -> str:
        request = urllib.request.Request(address + path, headers={"Cookie": cookie})
        with _opened(request) as answer:
            html = answer.headers["content-type"].startswith("text/html")
            text: str = answer.read().decode() if html else ""
            return text if _PAGE in text else ""

    walk = Walk()
    while True:
        before = dict(walk.pages)
        walk = _round(ask, lambda path: _kind(app, path), walk.waited)
        if not _finish(app.state.jobs) and walk.pages.keys() == before.keys():
            return walk


def _round(ask: Callable[[str], str], kind: Callable[[str], str], waited: dict[str, str]) -> Walk:
    walk, waiting, looked = Walk(waited=waited), ["/"], dict[str, int]()
    seen = {*waiting}
    while waiting:
        path = waiting.pop(0)
        of = kind(path)
        if looked.get(of, 0) == _EACH:
            continue
        looked[of] = looked.get(of, 0) + 1
        text = ask(path)
        if not text:
            continue
        if 'data-progress="' in text:
            walk.waited[of] = path
            looked[of] = _EACH
        if len(text) > walk.lengths.get(of, 0):
            walk.pages[of], walk.lengths[of] = path, len(text)
        found = [unescape(each) for each in _LINK.findall(text)]
        wanted = [each for each in found if not any(part in each for part in _ELSEWHERE)]
        waiting += dict.fromkeys(each for each in wanted if each not in seen)
        seen |= {*found}
    return walk


def _opened(request: urllib.request.Request) -> HTTPResponse:
    """The answer to a request that a link leads to; a link that leads nowhere fails the test."""
    try:
        answer: HTTPResponse = urllib.request.urlopen(request, timeout=60)
    except HTTPError as error:
        raise AssertionError(f"{request.full_url}: {error}") from error
    return answer


def _kind(app: FastAPI, path: str) -> str:
    """The route that an address belongs to."""
    scope = {"type": "http", "method": "GET", "path": path.partition("?")[0], "headers": []}
    for route in _routes(app.routes):
        if route.matches(scope)[0] is Match.FULL:
            return str(getattr(route, "path", path))
    return path


def _routes(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    """Every route, those of routers that an application includes among them."""
    for route in routes:
        included = getattr(route, "original_router", None)
        yield from _routes(included.routes) if included else [route]


def _finish(jobs: Jobs) -> bool:
    """Waits until no job runs; gives whether one did."""
    ran, began = False, time.monotonic()
    while any(job.state.standing is JobStanding.RUNNING for job in jobs.all()):
        ran = True
        assert time.monotonic() - began < _MOST_SECONDS, "a job does not end"
        time.sleep(0.2)
    return ran
