"""The page in a real browser, from disk, with the network off."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Look
from playwright.sync_api import Browser

from vedette.brief import Brief
from vedette.brief.page import to_html

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page_file(brief: Brief, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "brief.html"
    path.write_text(to_html(brief), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1440, 768, 390])
def test_every_chart_is_drawn_and_nothing_is_asked_for(
    look: Callable[[Path, int], Look], page_file: Path, width: int
) -> None:
    seen = look(page_file, width)
    assert seen.console == ()
    assert seen.requests == ()
    assert seen.overflow == 0
    assert seen.wanted == len(seen.drawings) == 18
    for drawing in seen.drawings:
        assert drawing.marks > 0, drawing
        assert 200 < drawing.width <= width, drawing
        assert drawing.height > 80, drawing


def test_charts_follow_the_width_of_the_window(chromium: Browser, page_file: Path) -> None:
    page = chromium.new_page(viewport={"width": 1200, "height": 900})
    page.goto(page_file.as_uri())
    page.wait_for_selector("html[data-drawn]")
    page.set_viewport_size({"width": 400, "height": 900})
    page.wait_for_function(
        "Array.from(document.querySelectorAll('.drawing svg')).every(s => s.width.baseVal.value < 400)"
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 400
    page.close()


def test_a_mark_leads_to_the_chain_of_its_figure(chromium: Browser, page_file: Path) -> None:
    page = chromium.new_page(viewport={"width": 1200, "height": 900})
    page.goto(page_file.as_uri())
    page.wait_for_selector("html[data-drawn]")
    assert not page.locator("#figure-cut").is_visible()
    page.locator("a.mark.assumed").first.click()
    assert page.locator("#figure-cut").is_visible()
    assert "A. Planner" in page.locator("#figure-cut").inner_text()
    page.close()


def test_print_shows_the_chains_and_hides_the_data_tables(
    chromium: Browser, page_file: Path, tmp_path: Path
) -> None:
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(page_file.as_uri())
    page.wait_for_selector("html[data-drawn]")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#figure-total").is_visible()
    assert not page.locator(".data").first.is_visible()
    assert not page.locator("nav.contents").is_visible()
    assert page.pdf(path=tmp_path / "brief.pdf", prefer_css_page_size=True).startswith(b"%PDF")
    page.close()


def test_text_in_the_data_stays_text(chromium: Browser, page_file: Path) -> None:
    page = chromium.new_page()
    page.goto(page_file.as_uri())
    page.wait_for_selector("html[data-drawn]")
    assert page.locator("h1").inner_text().startswith("Fourland </script><script>alert(1)</script>")
    assert page.locator("main b", has_text="bold").count() == 0
    assert page.locator("a[href^=javascript]").count() == 0
    page.close()
