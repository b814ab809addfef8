"""What is wrong with a page in a browser: each check returns its faults as words."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

WATCHING = (Path(__file__).parent / "watching.js").read_text(encoding="utf-8")
"""The script that every page runs first; see there what each of its functions finds."""

STRUCTURE = ("heading-order", "landmark-one-main", "landmark-unique", "page-has-heading-one", "region")
"""Rules of axe about headings and landmarks, which it takes to be of little impact."""

_BEYOND_A_DATE, _ROUND = 4, 2
"""Stops of Tab within a field for a date besides the field, and between the end of a page and its start."""


class Watched:
    """A page that is watched: what its console says, and what it asks for beyond its server."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        context.add_init_script(WATCHING)
        self.page = context.new_page()
        self.address = address
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(f"console {message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"exception: {error}"))
        self.page.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        if not url.startswith((f"{self.address}/", "data:")):
            self.said.append(f"asked for {url}")

    def go(self, path: str) -> Page:
        """Opens a page of the server with all that is folded, and forgets what the last one said."""
        self.said.clear()
        self.page.goto(self.address + path)
        tell(self.page, "unfold()")
        return self.page

    def faults(self, path: str, phone: int) -> list[str]:
        """Returns all that is wrong with a page; ``phone`` is the width of the narrow window."""
        page = self.go(path)
        found = [
            *structure_faults(page),
            *still_faults(page),
            *axe_faults(page),
            *keyboard_faults(page),
            *narrow_faults(page, phone),
            *self.complaints(),
        ]
        return [f"{path}: {each}" for each in found]

    def complaints(self) -> list[str]:
        """Returns what the page said, and each violation of its policy."""
        return [*self.said, *(f"violation: {each}" for each in tell(self.page, "violations"))]


def tell(page: Page, of: str) -> Any:
    """Returns what the watching script knows: a name of it, or a call."""
    return page.evaluate(f"window.__tests.{of}")


def axe_faults(page: Page) -> list[str]:
    """Returns what axe takes to be serious or worse, in light and in dark, and faults of structure."""
    page.emulate_media(color_scheme="light")
    found = Axe().run(page).response["violations"]
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate("axe.run({runOnly: ['color-contrast'], resultTypes: ['violations']})")["violations"]
    page.emulate_media(color_scheme="light")
    return [*_grave(found, "light"), *_grave(dark, "dark")]


def _grave(found: list[Mapping[str, Any]], scheme: str) -> Iterator[str]:
    for rule in found:
        if rule["impact"] in ("serious", "critical") or rule["id"] in STRUCTURE:
            yield f"axe {scheme}: {rule['id']}: {rule['nodes'][0]['html'][:120]}"


def keyboard_faults(page: Page) -> list[str]:
    """Presses Tab through a page: what it does not reach, and what does not show that it has the focus."""
    dates = page.locator("input[type=date], input[type=month]").count()
    page.evaluate("document.activeElement.blur()")
    for _ in range(tell(page, "controls().length") + dates * _BEYOND_A_DATE + _ROUND):
        page.keyboard.press("Tab")
    return [
        *(f"Tab does not reach {each}" for each in tell(page, "unreached()")),
        *(f"no outline at {each}" for each in tell(page, "pale")),
    ]


def narrow_faults(page: Page, width: int) -> list[str]:
    """Returns what is too wide for a window of a width."""
    before = page.viewport_size
    assert before
    page.set_viewport_size({"width": width, "height": before["height"]})
    found: list[str] = tell(page, "overflow()")
    page.set_viewport_size(before)
    return found


def still_faults(page: Page) -> list[str]:
    """Returns what moves although less motion was asked for."""
    return [f"moves: {each}" for each in tell(page, "moving()")]


def structure_faults(page: Page) -> list[str]:
    """Returns headings that skip a level, and what is missing or doubled of what each page has once."""
    return [f"structure: {each}" for each in tell(page, "outline()")]
