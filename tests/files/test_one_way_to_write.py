"""Every write of a full run goes through vedette/files."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from support.event_files import ged
from support.killed_commands import prepared
from support.small_mechanism import lay

TESTS = Path(__file__).parents[1]


class _Ged(BaseHTTPRequestHandler):
    """Gives one event file."""

    def do_GET(self) -> None:
        content = ged({"id": 99}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/csv")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """The address of an event file on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Ged) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/ged.csv"
        server.shutdown()


def test_a_full_run_writes_through_one_room_alone(tmp_path: Path, address: str) -> None:
    root = tmp_path / "root"
    prepared(root)
    lay(root / "fourland")
    settings = root / "fourland" / "case.yaml"
    settings.write_text(settings.read_text().replace("https://example.org/ged.csv", address))
    rows = "".join(f"2014-{month:02d},A,{month % 3}\n" for month in range(1, 13))
    (root / "counts.csv").write_text(f"period,unit,count\n{rows}")
    environment = {
        **{key: value for key, value in os.environ.items() if not _is_of_the_tests(key)},
        **{"HOME": str(root / "home"), "TMPDIR": str(root / "tmp"), "VEDETTE_HOME": str(root / "home" / "v")},
        **{"PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(TESTS)]), "PYTHONDONTWRITEBYTECODE": "1"},
    }
    command = [sys.executable, "-m", "support.watched_run", str(root)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    *failed, last = [json.loads(line) for line in done.stdout.splitlines()] or [{"broken": done.stderr}]
    assert failed == []
    assert "broken" not in last, last
    assert last["faults"] == []
    assert last["seen"] > 200
    assert list((root / "tmp").iterdir()) == []
    assert [path.name for path in (root / "home").rglob("*")] == ["v", ".cache-key"]
    left = [path for path in root.rglob(".vedette-*") if path.name != ".vedette-lock"]
    assert left == []


def _is_of_the_tests(name: str) -> bool:
    """Whether a variable is set for the tests alone: a proxy, or the cache of what JAX compiles."""
    return name.lower().endswith("_proxy") or name.startswith("JAX_")
