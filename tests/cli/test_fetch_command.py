"""`vedette events fetch` against a server on this machine that hands out a ZIP archive of real records."""

import hashlib
import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from support.running import Run


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


def point(case: Path, address: str) -> None:
    """Lets the case name an address of this machine instead of the publisher's."""
    settings = (case / "case.yaml").read_text(encoding="utf-8")
    (case / "case.yaml").write_text(settings.replace("https://ucdp.uu.se/downloads/ged", address))


@pytest.fixture
def served(iraq_files: tuple[Path, Path], tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "served"
    folder.mkdir()
    with ZipFile(folder / "ged191-csv.zip", "w", ZIP_DEFLATED) as archive:
        archive.write(iraq_files[0], "ged191.csv")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_release_is_fetched_unpacked_and_loaded(
    run: Run, iraq_copy: Path, served: str, tmp_path: Path
) -> None:
    settings = iraq_copy / "case.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("https://ucdp.uu.se/downloads/ged", served)
    )
    done = run("events", "fetch", iraq_copy, "ucdp", "--json", home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    (file,) = told["files"]
    archive = (tmp_path / "served" / "ged191-csv.zip").read_bytes()
    sha256 = hashlib.sha256(archive).hexdigest()
    assert told["fetched"] == {"file": "ged191-csv.zip", "bytes": len(archive), "sha256": sha256}
    assert (file["name"], file["events"], file["best"]) == ("ged191.csv", 7473, 120631)
    assert not list((iraq_copy / ".vedette" / "downloads").iterdir())
    again = run("events", "fetch", iraq_copy, "ucdp", home=tmp_path / "home")
    assert f"{len(archive):,} bytes, sha256 {sha256}" in again.stdout
    assert "there already, nothing changed" in again.stdout


def test_an_address_without_the_file_is_an_error_with_a_cure(
    run: Run, iraq_copy: Path, served: str, tmp_path: Path
) -> None:
    point(iraq_copy, f"{served}/gone")
    done = run("events", "fetch", iraq_copy, "ucdp", home=tmp_path / "home")
    assert done.returncode == 6
    assert "404" in done.stderr
    assert "Traceback" not in done.stderr
