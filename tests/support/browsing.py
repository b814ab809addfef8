"""A headless Chromium that looks at a page with the network off."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

_QUIET = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --no-proxy-server"
)
_LOOPBACK_ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
MUST = "VEDETTE_TESTS_NEED_CHROMIUM"
"""The environment variable that turns the skips of tests in a browser into failures."""
_DRAWINGS = """() => Array.from(document.querySelectorAll(".drawing svg"), (svg) => {
  const { width, height } = svg.getBoundingClientRect();
  const shapes = Array.from(svg.querySelectorAll("path, text"));
  const marks = shapes.filter((s) => { const b = s.getBBox(); return b.width + b.height > 0; }).length;
  return { pane: svg.closest("figure").id, width, height, marks };
}).filter(({ width }) => width > 0)"""


@dataclass(frozen=True)
class Drawing:
    """What one pane shows: the id of its chart, its size in pixels, and how many shapes have an extent."""

    pane: str
    width: float
    height: float
    marks: int


@dataclass(frozen=True)
class Look:
    """What a browser saw: panes wanted and drawn, what the console said, what was asked for beyond the page.

    ``overflow`` is how many pixels the page is wider than the window.
    """

    wanted: int
    drawings: tuple[Drawing, ...]
    console: tuple[str, ...]
    requests: tuple[str, ...]
    overflow: int


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine; a test that needs it says that it skips where there is none.

    Where the environment sets `MUST`, it fails. No name of a host means anything to it but this machine.
    """
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if not found:
        tell = pytest.fail if os.environ.get(MUST) else pytest.skip
        tell("no chromium on this machine (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*_QUIET.split(), _LOOPBACK_ALONE])
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, page_file: Path, width: int) -> Iterator[Page]:
    """The page at a width, network off."""
    with browser.new_context(viewport={"width": width, "height": 900}, offline=True) as context:
        page = context.new_page()
        page.goto(page_file.resolve().as_uri())
        yield page


def look(browser: Browser, page_file: Path, width: int) -> Look:
    """Opens a page at a width, network off, and tells what was seen."""
    address = page_file.resolve().as_uri()
    console: list[str] = []
    requests: list[str] = []
    with browser.new_context(viewport={"width": width, "height": 900}, offline=True) as context:
        page = context.new_page()
        page.on("console", lambda message: console.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: console.append(f"exception: {error}"))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(address)
        drawings = tuple(Drawing(**drawing) for drawing in page.evaluate(_DRAWINGS))
        wanted = page.locator(".pane").count()
        wide = page.evaluate("document.documentElement.scrollWidth")
    return Look(wanted, drawings, tuple(console), tuple(u for u in requests if u != address), wide - width)
