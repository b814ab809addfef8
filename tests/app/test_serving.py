"""The server as it starts: whoever is told where it is can come in."""

import re
import socket
from pathlib import Path

import pytest
from support.fourland import CaseFolder
from support.secrets_of_fourland import SECRET_FILES

from vedette.app import Served, __main__, serve


@pytest.fixture
def serves(monkeypatch: pytest.MonkeyPatch) -> list[Served]:
    """What the process was told to serve; nothing is opened."""
    told: list[Served] = []
    monkeypatch.setattr(__main__, "serve", lambda case, **_: told.append(case))
    return told


class Seen(Exception):
    """Ends a server that has said where it is."""


def test_the_address_answers_as_soon_as_it_is_told(
    case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VEDETTE_HOME", str(tmp_path / "home"))

    def come(said: str) -> None:
        port = int(re.findall(r"open-(\d+)", said)[0])
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        raise Seen

    with pytest.raises(Seen):
        serve(Served(str(case_folder())), port=0, browser=False, say=come)
    assert [*(tmp_path / "home" / "running").iterdir()] == []


@pytest.mark.parametrize(
    ("asked", "without", "served"),
    [(None, "nothing", "internal"), (None, "{id: internal", None), ("public", "nothing", "public")],
)
def test_an_edition_in_which_a_case_can_be_changed_is_served_unless_one_is_named(
    serves: list[Served], case_folder: CaseFolder, asked: str | None, without: str, served: str | None
) -> None:
    lines = str(SECRET_FILES["case.yaml"]).splitlines(keepends=True)
    settings = "".join(line for line in lines if without not in line)
    folder = case_folder({**SECRET_FILES, "case.yaml": settings, "notes.md": None})
    words = {"edition": asked, "as_of": None, "port": 0, "browser": False, "link": False, "hosting": None}
    assert __main__.main({"case": str(folder), **words}) == 0
    assert [each.edition for each in serves] == [served]


def test_to_others_the_first_edition_is_served_unless_one_is_named(
    serves: list[Served], case_folder: CaseFolder
) -> None:
    folder = case_folder({**SECRET_FILES, "notes.md": None})
    words = {"edition": None, "as_of": None, "port": 0, "browser": False, "link": False}
    assert __main__.main({"case": str(folder), **words, "hosting": {"host": "127.0.0.1"}}) == 0
    assert [each.edition for each in serves] == [None]
