"""Every page of the workbench in a real browser: quiet, legible, by keyboard, without scripts, on a phone."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Route, StorageState, ViewportSize, expect
from pypdf import PdfReader
from support.all_commands import lay
from support.browsing import chromium
from support.live_workbench import LiveWorkbench, cookie_of, live_workbench
from support.month_walk import Errand, Walker, walker
from support.page_faults import Watched, axe_faults, narrow_faults, tell
from support.walking import Walk, walked

from vedette.app import Served, workbench
from vedette.app.tokens import Doorkeeper

pytestmark = pytest.mark.browser

WIDE, PHONE = 1440, 390
WINDOW: ViewportSize = {"width": WIDE, "height": 900}
NOTE = "Bigland has trained the Party Brigades since June 2014, an officer said.\n\nHe named no other.\n"
POSTURE = """date,precision,backer,kind,value,unit,series,source,basis,note
2014-08-01,month,Bigland,troops,800,persons,main,paper,page,
"""
SPOILS = """<h5>Deep</h5><p style="color: red">Red</p><img src="https://example.org/a.png">
<button tabindex="-1">Lost</button><script>alert(1)</script>
<p class="day">{}</p>""".format("wide " * 80)
"""What no page may hold."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def live(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveWorkbench]:
    """A small case with claims, a mechanism and a report, served to its analyst."""
    desk = tmp_path_factory.mktemp("desk")
    lay(desk)
    with live_workbench(desk / "fourland", desk / "home", "--edition", "internal") as served:
        yield served


@pytest.fixture(scope="module")
def session(browser: Browser, live: LiveWorkbench) -> StorageState:
    return live.come_in(browser)


@pytest.fixture(scope="module")
def month(browser: Browser, live: LiveWorkbench, session: StorageState) -> Iterator[Walker]:
    """Somebody who does the month's work in the case."""
    desk = live.home.parent
    report, sheet = desk / "note.txt", desk / "posture.csv"
    report.write_text(NOTE, encoding="utf-8")
    sheet.write_text(POSTURE, encoding="utf-8")
    errand = Errand(
        sheet=sheet,
        report=report,
        title="A note from Alfa",
        date="2014-09-01",
        tie=("bigland", "training", "brigades"),
        since="2014-05",
        notes=("seen by one", "seen by the other"),
        lever=("stay", "troops", "900"),
        note=("Who backs whom", "More than this is not known."),
    )
    made = walker(browser, session, live.address, errand)
    yield made
    made.context.close()


@pytest.fixture(scope="module")
def walk(live: LiveWorkbench, session: StorageState) -> Walk:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VEDETTE_HOME", str(live.home))
        app = workbench(Served(str(live.case), "internal"), Doorkeeper())
        return walked(live.address, cookie_of(session), app)


@pytest.fixture
def watched(browser: Browser, live: LiveWorkbench, session: StorageState) -> Iterator[Watched]:
    """A wide window of somebody who wants less motion."""
    with browser.new_context(storage_state=session, viewport=WINDOW, reduced_motion="reduce") as context:
        yield Watched(context, live.address)


def test_a_month_is_done_from_new_rows_to_an_issued_brief(month: Walker, live: LiveWorkbench) -> None:
    month.what_changed()
    month.take_in()
    assert "2014-08-01,month,Bigland,troops,800" in (live.case / "posture.csv").read_text(encoding="utf-8")
    before = month.belief()
    month.read()
    month.accept()
    accepted = month.belief()
    assert before == 0
    assert accepted > 0
    assert month.undo_and_redo() == (before, accepted)
    month.two_editors("c2")
    assert "seen by one" in (live.case / "claims.csv").read_text(encoding="utf-8")
    month.what_if()
    month.write_note()
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(month.issue())).pages).split())
    assert "More than this is not known." in text
    assert "A note from Alfa" not in text


def test_every_page_is_quiet_legible_and_reached_by_keyboard(watched: Watched, walk: Walk) -> None:
    assert {"/", "/network", "/actors/{actor}", "/evidence/{claim}", "/case", "/jobs"} <= {*walk.pages}
    assert [fault for path in walk.pages.values() for fault in watched.faults(path, PHONE)] == []


def test_without_scripts_a_page_shows_as_much_and_holds_nothing_that_does_nothing(
    browser: Browser, live: LiveWorkbench, session: StorageState, walk: Walk, watched: Watched
) -> None:
    faults = []
    with browser.new_context(storage_state=session, viewport=WINDOW, java_script_enabled=False) as context:
        bare = Watched(context, live.address)
        for path in walk.pages.values():
            more, less = (tell(each.go(path), "shown()") for each in (watched, bare))
            dead = tell(bare.page, "dead()")
            faults += [f"{path}: fewer of {kind}" for kind in more if less[kind] < more[kind]]
            faults += [f"{path}: does nothing: {each}" for each in dead]
    assert faults == []


def test_what_is_wrong_with_a_page_is_found(watched: Watched) -> None:
    def spoiled(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</main>", f"{SPOILS}</main>"))

    watched.page.route("**/network", spoiled)
    found = "\n".join(watched.faults("/network", PHONE))
    for told in (
        "structure: <h5> Deep after h2",
        "axe light: image-alt",
        "axe light: heading-order",
        "Tab does not reach <button> Lost",
        "pixels too wide: <p>",
        "violation: script-src-elem: inline",
        "violation: style-src-attr: inline",
        "violation: img-src: https://example.org",
        "console error",
    ):
        assert told in found, found


def test_axe_looks_at_the_dark_colours(watched: Watched) -> None:
    def pale(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("--ink: #e4e9ed", "--ink: #222"))

    watched.page.route("**/static/workbench.css", pale)
    found = axe_faults(watched.go("/network"))
    assert {each[:25] for each in found} == {"axe dark: color-contrast:"}


def test_the_skip_link_leads_past_the_menu(watched: Watched) -> None:
    page = watched.go("/evidence")
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_an_address_with_a_mistake_is_answered_by_a_page_like_the_others(watched: Watched) -> None:
    faults = watched.faults("/actors/nobody", PHONE)
    assert [each for each in faults if "status of 400" not in each] == []


def test_long_work_is_followed_until_its_answer_is_there(live: LiveWorkbench, watched: Watched) -> None:
    (live.case / "case.yaml").touch()
    page = watched.go("/case")
    expect(page.locator("progress")).to_be_visible()
    assert [*axe_faults(page), *narrow_faults(page, PHONE), *watched.complaints()] == []
    expect(page.locator(".remarks li").first).to_be_visible(timeout=60_000)


def test_who_has_no_session_sees_how_to_come_in(browser: Browser, live: LiveWorkbench) -> None:
    with browser.new_context(viewport=WINDOW) as context:
        stranger = Watched(context, live.address)
        page = stranger.go("/evidence")
        assert "vedette serve --link" in page.locator("main").inner_text()
        assert axe_faults(page) == []
