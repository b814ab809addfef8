"""Fetching from a web server on this machine that is slow, cuts off, redirects, or sends something else."""

import errno
import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar
from urllib.request import Request

import pytest
from support.event_files import ged

from vedette.case import Case, Download
from vedette.errors import FetchError, StorageError
from vedette.events import fetch, load

CONTENT = ged(*({"id": n} for n in range(1, 2000))).encode()
IRAQ = "data/iraq/ucdp_ged_irq_1989_2018_hdx.csv"


@dataclass
class Site:
    """A web server: what it serves and what it was asked.

    Each behaviour is a function of the handler and of how many requests came before.
    """

    content: bytes
    behave: Callable[["Site", BaseHTTPRequestHandler, int], None]
    tag: str
    kind: str
    asked: list[Message] = field(default_factory=list)
    address: str = ""

    def answer(self, handler: BaseHTTPRequestHandler, upto: int | None = None, pause: float = 0.0) -> None:
        """Sends the file, or the part asked for; only ``upto`` bytes of it, in pieces with a pause."""
        start = 0
        asked = handler.headers.get("Range", "")
        if asked and handler.headers.get("If-Range") == self.tag:
            start = int(asked.removeprefix("bytes=").rstrip("-"))
        body = self.content[start:]
        handler.send_response(206 if start else 200)
        handler.send_header("Content-Type", self.kind)
        handler.send_header("Content-Length", str(len(body)))
        if self.tag:
            handler.send_header("ETag", self.tag)
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(self.content) - 1}/{len(self.content)}")
        handler.end_headers()
        sent = body[:upto]
        for at in range(0, len(sent), 1 << 18):
            handler.wfile.write(sent[at : at + (1 << 18)])
            handler.wfile.flush()
            time.sleep(pause)


def whole(site: Site, handler: BaseHTTPRequestHandler, before: int) -> None:
    """Sends the file."""
    site.answer(handler)


def slow(site: Site, handler: BaseHTTPRequestHandler, before: int) -> None:
    """Sends the file bit by bit."""
    site.answer(handler, pause=0.02)


def cut(site: Site, handler: BaseHTTPRequestHandler, before: int) -> None:
    """Breaks off the first two times."""
    site.answer(handler, upto=len(site.content) // 3 if before < 2 else None)


def always_cut(site: Site, handler: BaseHTTPRequestHandler, before: int) -> None:
    """Breaks off after a little more each time."""
    site.answer(handler, upto=1000)


def stalled(site: Site, handler: BaseHTTPRequestHandler, before: int) -> None:
    """Falls silent in the middle the first time."""
    if before:
        site.answer(handler)
    else:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(site.content)))
        handler.send_header("ETag", site.tag)
        handler.end_headers()
        handler.wfile.write(site.content[:5000])
        handler.wfile.flush()
        time.sleep(1.0)


def chunked_and_cut(site: Site, handler: BaseHTTPRequestHandler, before: int) -> None:
    """Sends no length, in chunks, and breaks off the first time."""
    handler.protocol_version = "HTTP/1.1"
    handler.send_response(200)
    handler.send_header("Content-Type", site.kind)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    body = site.content if before else site.content[:5000]
    handler.wfile.write(f"{len(body):x}\r\n".encode() + body + b"\r\n" + (b"0\r\n\r\n" if before else b""))
    handler.close_connection = True


def onward(target: Callable[[Site, int], str], status: int = 302) -> Callable[..., None]:
    """Redirects to where ``target`` says; the file is at ``/file``."""

    def behave(site: Site, handler: BaseHTTPRequestHandler, before: int) -> None:
        if handler.path == "/file":
            site.answer(handler)
            return
        handler.send_response(status)
        handler.send_header("Location", target(site, before))
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return behave


class QuietServer(ThreadingHTTPServer):
    """A server that says nothing when a client hangs up."""

    def handle_error(self, *_: object) -> None:
        pass


Serve = Callable[..., Site]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Starts a web server that behaves in a certain way: ``serve(cut)``."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    running: list[ThreadingHTTPServer] = []

    def start(
        behave: Callable[..., None] = whole,
        content: bytes = CONTENT,
        tag: str = '"one"',
        kind: str = "text/csv",
    ) -> Site:
        site = Site(content, behave, tag, kind)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.headers)
                site.behave(site, self, len(site.asked) - 1)

            def log_message(self, *_: object) -> None:
                pass

        server = QuietServer(("127.0.0.1", 0), Handler)
        running.append(server)
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        site.address = f"http://127.0.0.1:{server.server_port}"
        return site

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def download(site: Site, path: str = "/events.csv") -> Download:
    """What a case declares about the file of a site."""
    return Download("ucdp", site.address + path, "events.csv")


def left(folder: Path) -> list[str]:
    """Names of the files in a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


def test_the_real_file_comes_whole_and_loads(serve: Serve, iraq: Case, shared: Path, tmp_path: Path) -> None:
    content = (shared / IRAQ).read_bytes()
    site = serve(cut, content)
    path = fetch(replace(download(site), bytes=len(content)), tmp_path / "new" / "folder")
    assert path.read_bytes() == content
    assert load(iraq, [path]).files[0].events == 7473


@pytest.mark.parametrize("behave", [whole, slow, cut, stalled, chunked_and_cut])
def test_the_file_comes_whole(serve: Serve, tmp_path: Path, behave: Callable[..., None]) -> None:
    site = serve(behave)
    path = fetch(download(site), tmp_path, timeout=0.4)
    assert path == tmp_path / "events.csv"
    assert path.read_bytes() == CONTENT
    assert left(tmp_path) == ["events.csv"]


def test_nothing_is_sent_but_the_request(serve: Serve, tmp_path: Path) -> None:
    site = serve()
    fetch(download(site), tmp_path)
    (asked,) = site.asked
    assert set(asked.keys()) == {"Accept-Encoding", "Host", "User-Agent", "Connection"}
    assert (asked["User-Agent"], asked["Accept-Encoding"]) == ("vedette", "identity")


def test_progress_size_and_hash_are_told(serve: Serve, tmp_path: Path) -> None:
    heard: list[tuple[str, float]] = []
    fetch(download(serve()), tmp_path, report=lambda what, done: heard.append((what, done)))
    digest = hashlib.sha256(CONTENT).hexdigest()
    assert heard[-1] == (f"events.csv: {len(CONTENT):,} bytes, sha256 {digest}", 1.0)
    progress = [done for what, done in heard if what == "Fetching events.csv"]
    assert progress == sorted(progress)
    assert progress[-1] == 1.0


def test_a_cut_is_taken_up_where_it_stopped(serve: Serve, tmp_path: Path) -> None:
    site = serve(cut)
    fetch(download(site), tmp_path)
    third = len(CONTENT) // 3
    assert [asked.get("Range") for asked in site.asked] == [None, f"bytes={third}-", f"bytes={2 * third}-"]
    assert [asked.get("If-Range") for asked in site.asked] == [None, '"one"', '"one"']


def test_what_came_before_a_lasting_cut_is_kept_for_the_next_call(serve: Serve, tmp_path: Path) -> None:
    site = serve(always_cut)
    with pytest.raises(FetchError, match=r"was cut off 5 times. Run the same command again to go on"):
        fetch(download(site), tmp_path)
    assert left(tmp_path) == [".events.csv.part", ".events.csv.part.json"]
    assert (tmp_path / ".events.csv.part").read_bytes() == CONTENT[:5000]
    site.behave = whole
    assert fetch(download(site), tmp_path).read_bytes() == CONTENT
    assert site.asked[-1]["Range"] == "bytes=5000-"
    assert left(tmp_path) == ["events.csv"]


def test_a_file_that_changed_meanwhile_is_fetched_from_the_start(serve: Serve, tmp_path: Path) -> None:
    site = serve(always_cut)
    with pytest.raises(FetchError):
        fetch(download(site), tmp_path)
    site.behave, site.content, site.tag = whole, CONTENT[::-1], '"two"'
    assert fetch(download(site), tmp_path).read_bytes() == CONTENT[::-1]


@pytest.mark.parametrize("tag", ["", 'W/"weak"'])
def test_without_proof_that_it_is_the_same_file_nothing_is_pieced_together(
    serve: Serve, tmp_path: Path, tag: str
) -> None:
    site = serve(cut, tag=tag)
    assert fetch(download(site), tmp_path).read_bytes() == CONTENT
    assert all("Range" not in asked for asked in site.asked)


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json", "image/png"])
def test_another_kind_of_thing_is_refused(serve: Serve, tmp_path: Path, kind: str) -> None:
    site = serve(kind=kind)
    with pytest.raises(
        FetchError, match=rf"gives {kind.split(';')[0]} where events.csv should come"
    ) as caught:
        fetch(download(site), tmp_path)
    assert "put the address of the file itself in case.yaml" in str(caught.value)
    assert left(tmp_path) == []


@pytest.mark.parametrize("status", [404, 403, 500, 304])
def test_a_refusal_is_told(serve: Serve, tmp_path: Path, status: int) -> None:
    site = serve(lambda site, handler, before: handler.send_error(status))
    with pytest.raises(
        FetchError, match=rf"answers {status} .*Look whether the address still holds the file"
    ):
        fetch(download(site), tmp_path)
    assert left(tmp_path) == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(serve: Serve, tmp_path: Path, status: int) -> None:
    site = serve(onward(lambda site, before: "/file" if before == 4 else f"/step{before}", status))
    assert fetch(download(site), tmp_path).read_bytes() == CONTENT
    assert len(site.asked) == 6


def test_a_loop_ends(serve: Serve, tmp_path: Path) -> None:
    site = serve(onward(lambda site, before: "/events.csv"))
    with pytest.raises(FetchError, match=r"redirects more than 5 times. Correct it in case.yaml"):
        fetch(download(site), tmp_path)
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:text/csv,id", "javascript:1"]
)
def test_only_web_addresses_are_followed(serve: Serve, tmp_path: Path, target: str) -> None:
    site = serve(onward(lambda site, before: target))
    with pytest.raises(FetchError, match=r"leads to .*, which is no web address"):
        fetch(download(site), tmp_path)
    assert left(tmp_path) == []


def test_encryption_is_never_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Redirecting:
        """Stands for a server that speaks HTTPS, and sends on to one that does not."""

        status = 302
        headers: ClassVar = {"Location": "http://example.org/events.csv"}

        def open(self, request: Request, timeout: float) -> "Redirecting":
            asked.append(request.full_url)
            return self

        def close(self) -> None:
            pass

    monkeypatch.setattr("vedette.events.download._opener", Redirecting)
    with pytest.raises(FetchError, match=r"leads to http://example.org/events.csv, which is not encrypted"):
        fetch(Download("ucdp", "https://example.org/old", "events.csv"), tmp_path)
    assert asked == ["https://example.org/old"]


def test_a_file_larger_than_declared_is_not_even_begun(serve: Serve, tmp_path: Path) -> None:
    site = serve()
    with pytest.raises(FetchError, match=rf"gives {len(CONTENT):,} bytes where 1,000 bytes are allowed"):
        fetch(replace(download(site), bytes=1000), tmp_path)
    assert left(tmp_path) == []


def test_an_endless_file_is_stopped(serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(site: Site, handler: BaseHTTPRequestHandler, before: int) -> None:
        handler.send_response(200)
        handler.end_headers()
        with suppress(OSError):
            while True:
                handler.wfile.write(b"x" * 100_000)

    monkeypatch.setattr("vedette.events.download.LARGEST", 1_000_000)
    with pytest.raises(FetchError, match=r"gives more where 1,000,000 bytes are allowed"):
        fetch(download(serve(endless)), tmp_path)
    assert left(tmp_path) == []


def test_a_file_without_a_length_is_taken(serve: Serve, tmp_path: Path) -> None:
    def bare(site: Site, handler: BaseHTTPRequestHandler, before: int) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(site.content)

    assert fetch(download(serve(bare)), tmp_path).read_bytes() == CONTENT


def test_the_declared_size_and_hash_are_checked(serve: Serve, tmp_path: Path) -> None:
    site = serve()
    digest = hashlib.sha256(CONTENT).hexdigest()
    good = replace(download(site), bytes=len(CONTENT), sha256=digest)
    (tmp_path / "events.csv").write_bytes(b"old")
    with pytest.raises(FetchError, match=rf"bytes where the case declares {len(CONTENT) + 1:,}"):
        fetch(replace(good, bytes=len(CONTENT) + 1), tmp_path)
    with pytest.raises(FetchError, match=rf"sha256 {digest} where the case declares 0{{64}}"):
        fetch(replace(good, sha256="0" * 64), tmp_path)
    assert left(tmp_path) == ["events.csv"]
    assert (tmp_path / "events.csv").read_bytes() == b"old"
    assert fetch(good, tmp_path).read_bytes() == CONTENT


def test_packed_content_is_refused(serve: Serve, tmp_path: Path) -> None:
    def packed(site: Site, handler: BaseHTTPRequestHandler, before: int) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/csv")
        handler.send_header("Content-Encoding", "gzip")
        handler.end_headers()

    with pytest.raises(FetchError, match=r"gives text/csv packed with gzip"):
        fetch(download(serve(packed)), tmp_path)


def test_a_server_that_is_not_there_is_told(serve: Serve, tmp_path: Path) -> None:
    site = serve()
    with pytest.raises(FetchError, match=r"cannot be reached .*Check the network"):
        fetch(Download("ucdp", f"{site.address}0/events.csv", "events.csv"), tmp_path)


def test_a_full_disk_is_told(serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = serve()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StorageError, match=r"No space left on device. Free some space"):
        fetch(download(site), tmp_path)
    assert "events.csv" not in left(tmp_path)


def test_a_file_in_the_way_of_the_folder_is_told(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("in the way")
    with pytest.raises(StorageError, match=r"folder: expected a folder; found a file\. Move it away"):
        fetch(download(serve()), tmp_path / "folder")
