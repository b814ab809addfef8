"""Files that come in through the browser: shown before they are taken, whole or not at all, then removed."""

import re
import shutil
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from support.event_files import ged
from support.forms import FORM, case_of, fields_of, form_token
from support.served import Opened
from support.spoken import spoken

from vedette import commands
from vedette.app.pages import imports
from vedette.commands import import_files

SOURCES = b"id,title,publisher\nnew-one,A report,The Press\n"


@pytest.fixture
def importer(opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A client of a small case, whose uploads lie in a folder of the test."""
    monkeypatch.setenv("VEDETTE_HOME", str(tmp_path / "private"))
    return opened(spoken(), "internal")


def kept() -> list[Path]:
    """The files of uploads that lie on the disk."""
    return [path for path in import_files._home().rglob("file/*") if path.is_file()]


def post(client: TestClient, content: bytes, name: str = "sources.csv", **said: str) -> str:
    """Uploads a file; gives the page that follows."""
    data = {"form_token": form_token(client), "kind": "sheet", **said}
    return client.post("/import", data=data, files={"file": (name, content)}).text


def press(client: TestClient, text: str, button: str, **typed: str) -> str:
    """Presses a button of a page."""
    form = next(form for form in FORM.findall(text) if f">{button}</button>" in form)
    action = re.search(r'action="([^"]+)"', form)
    assert action
    return client.post(action[1], data={**fields_of(form), **typed}).text


def test_a_sheet_is_shown_then_taken_as_one_change_and_removed(importer: TestClient) -> None:
    case = str(case_of(importer))
    text = post(importer, SOURCES)
    assert "sources.csv: 1 new, 0 changed" in text
    assert commands.log(case).changes == ()
    (file,) = kept()
    assert (file.stat().st_mode & 0o777, file.parent.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert "Taken in as one change" in press(importer, text, "Take it in")
    assert commands.row_of(case, "new-one").cells["title"] == "A report"
    assert [line.command for line in commands.log(case).changes] == ["import sheet"]
    assert kept() == []


def test_a_discarded_file_is_removed_and_changes_nothing(importer: TestClient) -> None:
    text = post(importer, SOURCES)
    press(importer, text, "Discard the file")
    assert kept() == []
    assert commands.log(str(case_of(importer))).changes == ()


def test_what_is_taken_is_what_was_shown(importer: TestClient) -> None:
    case = str(case_of(importer))
    text = post(importer, SOURCES)
    commands.add_source(case, {"id": "new-one", "title": "Of somebody else"})
    assert "nothing was written" in press(importer, text, "Take it in")
    assert commands.row_of(case, "new-one").cells["title"] == "Of somebody else"


def test_columns_that_nobody_knows_are_asked(importer: TestClient) -> None:
    text = post(importer, b"Nombre,Editor\nUn informe,La Prensa\n", "liste.csv", table="sources")
    assert "Take it in" not in text
    text = press(importer, text, "Read it so", **{"field.1": "title", "field.2": "publisher"})
    assert "1 new" in text


WRONG = {
    "no sheet": (b"\x81\x8d\x00\xff", "sources.csv", "sheet"),
    "old workbook": (b"x", "sources.xls", "sheet"),
    "no workbook": (b"PK\x03\x04broken", "sources.xlsx", "sheet"),
    "empty": (b"", "sources.csv", "sheet"),
    "no kind": (SOURCES, "sources.csv", "love"),
    "no table": (SOURCES, "love.csv", "sheet"),
    "no entities": (b"{", "entities.json", "followthemoney"),
    "a path": (b"\xff\x81", "../../../etc/passwd", "sheet"),
    "script": (b"\xff\x81", "<script>alert(1)</script>.csv", "sheet"),
}


@pytest.mark.parametrize(("content", "name", "kind"), WRONG.values(), ids=WRONG)
def test_a_file_that_cannot_be_taken_says_why(
    importer: TestClient, content: bytes, name: str, kind: str
) -> None:
    before = {path: path.read_bytes() for path in case_of(importer).glob("*.csv")}
    text = post(importer, content, name, kind=kind)
    assert '<p class="wrong">' in text
    assert "Take it in" not in text
    assert "<script>alert" not in text
    assert str(import_files._home()) not in text
    assert all(path.is_relative_to(import_files._home()) for path in kept())
    assert {path: path.read_bytes() for path in case_of(importer).glob("*.csv")} == before


def test_event_files_are_rehearsed_then_loaded(importer: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "_large", lambda _: False)
    case = case_of(importer)
    content = ged({"id": 5}, {"id": 6}).encode()
    text = post(importer, content, "ged.csv", kind="events")
    assert "2 events" in text
    assert not (case / "events").exists()
    press(importer, text, "Take it in")
    assert (case / "events" / "ged.csv").read_bytes() == content


def test_an_event_file_that_is_refused_names_row_column_and_cure(
    importer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "_large", lambda _: False)
    text = post(importer, ged({"id": 5, "best": "many"}).encode(), "ged.csv", kind="events")
    assert re.search(r"ged.csv, row 2, column best: expected .*; found &#39;many&#39;", text)


def test_an_upload_that_waited_for_a_day_is_removed(
    importer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(importer, SOURCES)
    later = time.time() + 100_000
    monkeypatch.setattr(time, "time", lambda: later)
    post(importer, SOURCES)
    assert len(kept()) == 1


def test_a_full_disk_leaves_nothing_of_an_upload(
    importer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    text = post(importer, SOURCES)
    assert "No space left on device. Free some space and repeat" in text
    assert kept() == []
