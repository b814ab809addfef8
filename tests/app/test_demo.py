"""`vedette demo` copies a shipped case once and never touches the copy again."""

import json
from pathlib import Path

import pytest
from support.running import typed

from vedette import commands
from vedette.errors import UsageError


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VEDETTE_HOME", str(tmp_path))
    return tmp_path


def test_the_copy_is_made_once_and_keeps_edits(home: Path) -> None:
    first = commands.demo_case()
    readme = first.folder / "README.md"
    readme.write_text("Mine.\n", encoding="utf-8")
    again = commands.demo_case()
    assert (first.folder, first.made, again.made) == (home / "demo" / "iraq", True, False)
    assert readme.read_text(encoding="utf-8") == "Mine.\n"


def test_the_copy_holds_what_is_shipped_and_can_be_edited(home: Path) -> None:
    copy, shipped = commands.demo_case().folder, commands.folder_of("iraq")
    tables = sorted(path.name for path in shipped.glob("*.*"))
    assert [(copy / name).read_bytes() for name in tables] == [
        (shipped / name).read_bytes() for name in tables
    ]
    edition = commands.edition_without_gaps(str(copy))
    assert not commands.ledger_of(str(copy), edition=edition).case.withheld


def test_a_folder_of_something_else_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear", encoding="utf-8")
    with pytest.raises(UsageError, match="Name a folder that does not exist yet"):
        commands.demo_case(folder=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_what_is_not_shipped_is_opened_itself(tmp_path: Path, case_folder: object) -> None:
    assert callable(case_folder)
    folder = case_folder()
    with pytest.raises(UsageError, match=f"vedette serve {folder}"):
        commands.demo_case(str(folder))


def test_the_command_says_where_and_serves_the_copy(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("os.execve", lambda _, words, __: started.append(words))
    done = typed("demo", "--port", 0, "--no-browser", environment={"VEDETTE_HOME": str(home)})
    asked = json.loads(started[0][-1])
    assert done.stdout == f"Made a copy of Iraq: {home / 'demo' / 'iraq'}\n"
    assert asked["case"] == str(home / "demo" / "iraq")
    assert (asked["edition"], asked["port"], asked["browser"]) == (None, 0, False)
