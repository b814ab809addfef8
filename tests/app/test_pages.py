"""Every page that another leads to opens, holds nothing inline, and shows what its edition may."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from threading import Barrier, Thread
from unittest.mock import Mock
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.testclient import TestClient
from support import secrets_of_fourland as seeded
from support.fourland import CaseFolder
from support.served import Opened, state_of
from support.spoken import spoken

from vedette import commands
from vedette.app.served import Held, Served

pytestmark = pytest.mark.usefixtures("idle_jobs")

_LINK = re.compile(r'(?:href|src|action)="(/[^"]*)"')
_DAY = re.compile(r"at=\d{4}-\d\d-\d\d")
_INLINE = re.compile(r'\sstyle="|\son[a-z]+="|<style|<script(?![^>]*\ssrc=)|javascript:')


def pages_of(client: TestClient) -> Iterator[tuple[str, str]]:
    """Each address that can be reached by links from the first page, with its text; one of those alike."""
    waiting, seen = ["/"], {"/", "/logout"}
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.text[-300:])
        yield address, answer.text
        for found in map(unescape, _LINK.findall(answer.text)):
            path = found.split("#")[0]
            if (alike := _any(path)) not in seen and not path.endswith(("/stop", "/again")):
                seen.add(alike)
                waiting.append(path)


def _any(path: str) -> str:
    """What an address has in common with those of another day, or of another place and month of violence."""
    if not path.startswith("/violence"):
        return _DAY.sub("at=", path)
    asked = dict(parse_qsl(urlsplit(path).query))
    return f"{urlsplit(path).path} {asked.get('chart')} {asked.get('form')} {'place' in asked}"


@pytest.fixture
def spoken_client(opened: Opened) -> TestClient:
    return opened(spoken(), "internal")


def test_every_page_opens_and_holds_nothing_inline(spoken_client: TestClient) -> None:
    pages = dict(pages_of(spoken_client))
    assert {"/network", "/actors", "/evidence", "/sources", "/case", "/log", "/jobs"} <= {*pages}
    assert any(address.startswith("/tie?") for address in pages)
    assert [address for address, text in pages.items() if _INLINE.search(text)] == []


def test_the_public_edition_shows_no_secret_on_any_page(opened: Opened) -> None:
    client = opened(seeded.SECRET_FILES, "public")
    for address, text in pages_of(client):
        found = [word for word in seeded.secrets() for form in seeded.escaped(word) if form in text]
        assert found == [], address


@pytest.mark.parametrize("address", ["/case", "/log"])
def test_an_edition_that_withholds_has_neither_check_nor_log(opened: Opened, address: str) -> None:
    answer = opened(seeded.SECRET_FILES, "public").get(address)
    assert answer.status_code == 400
    assert "--edition" in answer.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/actors/nobody", 400),
        ("/evidence/nothing", 400),
        ("/evidence?relation=likes", 400),
        ("/network?kind=love", 400),
        ("/network?least=7", 400),
        ("/network?at=yesterday", 400),
        ("/tie?subject=state", 400),
        ("/jobs/none/progress", 404),
        ("/nothing", 404),
    ],
)
def test_an_address_that_asks_for_nothing_says_what_is_wrong(
    spoken_client: TestClient, address: str, status: int
) -> None:
    answer = spoken_client.get(address)
    assert answer.status_code == status
    assert '<p class="wrong">' in answer.text
    assert "Traceback" not in answer.text


def test_a_table_comes_as_csv(spoken_client: TestClient) -> None:
    answer = spoken_client.get("/evidence?form=csv")
    assert answer.headers["content-type"].startswith("text/csv")
    lines = answer.text.splitlines()
    ledger = commands.ledger_of(state_of(spoken_client).held.served.case, edition="internal")
    assert len(lines) == ledger.claims.height + 1


def test_text_of_a_case_is_shown_as_text(opened: Opened) -> None:
    evil = "<script>alert(1)</script>"
    files = dict(spoken())
    files["actors.csv"] = files["actors.csv"].replace("Bigland", evil)
    text = opened(files, "internal").get("/actors").text
    assert evil not in text


def test_readers_who_come_together_wait_for_one_reading(
    case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(Served(str(case_folder(spoken()))))
    read = Mock(side_effect=commands.ledger_of)
    monkeypatch.setattr(commands, "ledger_of", read)
    together = Barrier(8)

    def ask() -> None:
        together.wait()
        held.ledger()

    readers = [Thread(target=ask) for _ in range(8)]
    for each in readers:
        each.start()
    for each in readers:
        each.join()
    assert read.call_count == 1


def test_a_case_that_changed_on_disk_is_read_anew(case_folder: CaseFolder) -> None:
    folder = case_folder(spoken())
    held = Held(Served(str(folder), "internal"))
    before = held.ledger().claims.height
    claims = folder / "claims.csv"
    lines = claims.read_text(encoding="utf-8").splitlines(keepends=True)
    claims.write_text("".join(lines[:-1]), encoding="utf-8")
    assert held.ledger().claims.height == before - 1


def test_every_icon_and_style_is_served_from_here() -> None:
    static = Path(commands.__file__).parents[1] / "app" / "static"
    texts = [path.read_text(encoding="utf-8") for path in static.glob("*.*")]
    assert not any(re.search(r"https?://|@import", text) for text in texts)
