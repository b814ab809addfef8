"""The page in a real browser, from disk, with the network off."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from support.browsing import chromium, look, opened
from support.sample_brief import CHARTS, fourland_brief

from vedette.brief.page import to_html

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "brief.html"
    path.write_text(to_html(fourland_brief(CHARTS)), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1440, 768, 390])
def test_every_chart_is_drawn_and_nothing_is_asked_for(browser: Browser, page_file: Path, width: int) -> None:
    seen = look(browser, page_file, width)
    assert seen.console == ()
    assert seen.requests == ()
    assert seen.overflow == 0
    assert seen.wanted == len(seen.drawings) == 24
    for drawing in seen.drawings:
        assert drawing.marks > 0, drawing
        assert 200 < drawing.width <= width, drawing
        assert drawing.height > 60, drawing


def test_a_phone_gets_charts_drawn_for_it(browser: Browser, page_file: Path) -> None:
    shown = "n => getComputedStyle(document.querySelector('#fan-fresh .drawing.' + n)).display !== 'none'"
    with opened(browser, page_file, 1200) as page:
        assert page.evaluate(shown, "wide")
        assert not page.evaluate(shown, "phone")
        page.set_viewport_size({"width": 400, "height": 900})
        assert page.evaluate(shown, "phone")
        assert not page.evaluate(shown, "wide")
        assert page.evaluate("document.documentElement.scrollWidth") == 400


def test_a_mark_leads_to_the_chain_of_its_figure(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file, 1200) as page:
        page.emulate_media(reduced_motion="reduce")
        page.locator("a.mark.assumed").first.click()
        top = page.evaluate("document.getElementById('figure-cut').getBoundingClientRect().top")
        assert 0 <= top < 900
        assert "A. Planner" in page.locator("li", has=page.locator("#figure-cut")).inner_text()


def test_print_hides_the_data_tables(browser: Browser, page_file: Path, tmp_path: Path) -> None:
    with opened(browser, page_file, 1440) as page:
        page.emulate_media(media="print")
        assert page.locator("#figure-total").is_visible()
        assert not page.locator(".data").first.is_visible()
        assert not page.locator("nav.contents").is_visible()
        assert page.pdf(path=tmp_path / "brief.pdf", prefer_css_page_size=True).startswith(b"%PDF")


def test_text_in_the_data_stays_text(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file, 800) as page:
        assert page.locator("h1").inner_text().startswith("Fourland </script><script>alert(1)</script>")
        assert page.get_by_text("bold", exact=True).count() == 0
        assert page.locator("a[href^=javascript]").count() == 0


def test_the_keyboard_reaches_the_text_first(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file, 800) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]


def test_a_screen_reader_hears_a_name_for_every_link_chart_and_region(
    browser: Browser, page_file: Path
) -> None:
    with opened(browser, page_file, 1200) as page:
        nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    heard = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"] and "value" in node.get("role", {})
    ]
    named = ("link", "image", "region", "navigation", "complementary", "heading", "columnheader")
    assert [role for role, name in heard if role in named and not name.strip()] == []
    assert sum(role == "image" for role, _ in heard) == len(CHARTS)
    assert not any("graphics" in role for role, _ in heard)


@pytest.mark.parametrize(("width", "media"), [(1280, "screen"), (390, "screen"), (1280, "print")])
def test_axe_finds_nothing_serious(
    browser: Browser, page_file: Path, width: int, media: Literal["screen", "print"]
) -> None:
    with opened(browser, page_file, width) as page:
        page.emulate_media(media=media, color_scheme="light", reduced_motion="reduce")
        found = Axe().run(page).response
    rules = {rule["id"] for rule in (*found["passes"], *found["violations"])}
    assert {"color-contrast", "html-has-lang", "link-name"} <= rules, "axe looked at the page"
    assert [rule["id"] for rule in found["violations"] if rule["impact"] in ("serious", "critical")] == []


def test_axe_finds_a_text_that_is_too_pale(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file, 1280) as page:
        page.add_style_tag(content="h1 { color: #ddd !important }")
        found = Axe().run(page).response["violations"]
    assert "color-contrast" in {rule["id"] for rule in found if rule["impact"] == "serious"}
