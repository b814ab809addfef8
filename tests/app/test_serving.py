"""The server as it starts: whoever is told where it is can come in."""

import re
import socket
from pathlib import Path

import pytest
from support.fourland import CaseFolder

from vedette.app import Served, serve


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
