"""``vedette serve`` in a process of its own, and a browser that comes in as its user does."""

import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, StorageState

_ENTRY = re.compile(r"file://\S+")


@dataclass(frozen=True)
class LiveWorkbench:
    """A workbench that runs: the case it serves, its address, and the number of its process."""

    case: Path
    home: Path
    address: str
    process: int
    entry: str

    def come_in(self, browser: Browser) -> StorageState:
        """Opens the file that the server named, and returns the cookies of the session that it opened."""
        with browser.new_context() as context:
            page = context.new_page()
            page.goto(self.entry)
            page.wait_for_url(f"{self.address}/")
            return context.storage_state()

    def enter(self) -> str:
        """Posts the token of that file without a browser, and returns the cookie of the session."""
        token = re.findall(r'name="token" value="([^"]+)"', Path(self.entry[7:]).read_text(encoding="utf-8"))[
            0
        ]
        form = urllib.parse.urlencode({"token": token}).encode()
        with urllib.request.urlopen(f"{self.address}/login", data=form) as answer:
            return str(answer.headers["set-cookie"]).partition(";")[0]


def cookie_of(session: StorageState) -> str:
    """Returns the cookies of a browser's session as a request sends them."""
    return "; ".join(f"{each['name']}={each['value']}" for each in session["cookies"])


@contextmanager
def live_workbench(case: Path, home: Path, *words: str) -> Iterator[LiveWorkbench]:
    """Serves a case on a free port until the end of the block.

    ``home`` is where its user's own files are, ``words`` are typed after ``vedette serve CASE``.
    """
    command = [sys.executable, "-m", "vedette", "serve", str(case), "--port", "0", "--no-browser", *words]
    environment = {**os.environ, "VEDETTE_HOME": str(home), "PYTHONUNBUFFERED": "1", "COLUMNS": "400"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as started:
        try:
            assert started.stdout
            said = started.stdout.readline()
            entry = _ENTRY.search(said)
            assert entry, said
            port = re.findall(r"\d+", entry[0])[-1]
            yield LiveWorkbench(case, home, f"http://127.0.0.1:{port}", started.pid, entry[0])
        finally:
            started.terminate()
