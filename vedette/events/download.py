"""Downloads a file from an address that the case names, over HTTP.

This is the only place from which vedette reaches the network, and only when the user asks. The request
carries no more than it must. What comes is kept in a ``.part`` file, which a later call goes on with
if the server says that its file is still the same; the file itself appears only when it is whole.
"""

import hashlib
from collections.abc import Mapping
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

from vedette.case import Download
from vedette.errors import FetchError
from vedette.events.disk import storing
from vedette.files import PartialFile
from vedette.progress import Report, quiet

LARGEST = 2_000_000_000
"""Bytes of the largest file taken where the case does not declare a size."""

MOST_REDIRECTS = 5
ATTEMPTS = 5
"""The number of attempts to resume a transfer in one call."""

_CHUNK = 1 << 16
_REDIRECTS = (301, 302, 303, 307, 308)
_TYPES = {
    *("", "text/csv", "text/plain", "text/tab-separated-values", "text/comma-separated-values"),
    *("application/csv", "application/octet-stream", "binary/octet-stream", "application/vnd.ms-excel"),
}
_ARCHIVES = {"application/zip", "application/x-zip-compressed"}
_URL_SIGNS = "%/:=&?~#+!$,;'@()*[]"
_GO_ON = "Run the same command again to go on where it stopped."


def fetch(
    download: Download,
    folder: Path,
    report: Report = quiet,
    timeout: float = 30.0,
    home: Path | None = None,
) -> Path:
    """Fetches a file into a folder.

    Args:
        download: its address, name and, where known, size in bytes and hash.
        folder: where to put it; made if need be.
        report: told of progress; the last word names size and hash.
        timeout: seconds to wait for the next bytes.
        home: the folder of a case whose strictest table limits who may read the file.

    Returns:
        Where the file lies.

    Raises:
        FetchError: what came is not the file, too large, or did not come whole.
        StorageError: the disk stands in the way.
    """
    part = PartialFile(folder / download.file, home)
    with storing():
        for _ in range(ATTEMPTS):
            if _transfer(download, part, report, timeout):
                break
        else:
            raise FetchError(f"{download.url} was cut off {ATTEMPTS} times. {_GO_ON}")
        digest = _checked(download, part)
        report(f"{download.file}: {part.size():,} bytes, sha256 {digest}", 1.0)
        return part.finish()


def _transfer(download: Download, part: PartialFile, report: Report, timeout: float) -> bool:
    """Downloads from the end of the part; returns whether the file is complete."""
    with _opened(download.url, _request(part, download.url), timeout) as response:
        if response.status == 416:
            part.drop()
            return False
        start = _start(response, part)
        _refuse_other(download, response)
        expected = _expected(response, start)
        limit = download.bytes or LARGEST
        if expected is not None and expected > limit:
            part.drop()
            raise _too_large(download, f"{expected:,} bytes", limit)
        if not start:
            part.describe(_described(download.url, response))
        with part.opened(append=start > 0) as file:
            received = start
            while chunk := _next(response):
                received += len(chunk)
                if received > limit:
                    part.drop()
                    raise _too_large(download, "more", limit)
                file.write(chunk)
                report(f"Fetching {download.file}", received / expected if expected else 0.0)
            return chunk is not None and expected in (None, received)


def _request(part: PartialFile, url: str) -> dict[str, str]:
    """The headers of a request for the rest; none without a validator that it is the same file."""
    note = part.note()
    if not part.size() or note.get("url") != url or not note.get("validator"):
        return {}
    return {"Range": f"bytes={part.size()}-", "If-Range": note["validator"]}


def _described(url: str, response: HTTPResponse) -> Mapping[str, str]:
    """The address of a file and the validator that later shows whether the server's file is the same."""
    tag = response.headers.get("ETag", "")
    validator = tag if tag.startswith('"') else response.headers.get("Last-Modified", "")
    return {"url": url, "validator": validator}


def _opened(url: str, headers: dict[str, str], timeout: float) -> HTTPResponse:
    """The response to a request, redirects followed."""
    first = url
    for _ in range(MOST_REDIRECTS + 1):
        if urlsplit(url).scheme not in ("http", "https"):
            raise FetchError(f"{first} leads to {url}, which is no web address. Correct it in case.yaml.")
        try:
            response: HTTPResponse = _opener().open(Request(url, headers=headers), timeout=timeout)
        except (OSError, HTTPException, UnicodeError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            raise FetchError(f"{url} cannot be reached ({reason}). Check the network. {_GO_ON}") from error
        if response.status not in _REDIRECTS:
            return response
        response.close()
        onward = urljoin(url, quote(response.headers.get("Location", ""), safe=_URL_SIGNS))
        if urlsplit(url).scheme == "https" and urlsplit(onward).scheme == "http":
            raise FetchError(f"{url} leads to {onward}, which is not encrypted. Correct it in case.yaml.")
        url = onward
    raise FetchError(f"{first} redirects more than {MOST_REDIRECTS} times. Correct it in case.yaml.")


def _opener() -> OpenerDirector:
    """An opener of web addresses only: no files, no cookies, no passwords."""
    opener = OpenerDirector()
    opener.addheaders = [("User-Agent", "vedette")]
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler()):
        opener.add_handler(handler)
    return opener


def _next(response: HTTPResponse) -> bytes | None:
    """The next bytes; none at the end, and None where the connection breaks."""
    try:
        return response.read(_CHUNK)
    except (OSError, HTTPException):
        return None


def _start(response: HTTPResponse, part: PartialFile) -> int:
    """The offset at which the response starts: the end of the part, or 0."""
    if response.status == 200:
        return 0
    wanted = f"bytes {part.size()}-"
    if response.status == 206 and response.headers.get("Content-Range", "").startswith(wanted):
        return part.size()
    raise FetchError(
        f"{response.url} answers {response.status} {response.reason}. "
        "Look whether the address still holds the file."
    )


def _expected(response: HTTPResponse, start: int) -> int | None:
    """The size of the whole file by the server's headers, in bytes."""
    length = response.headers.get("Content-Length", "")
    return start + int(length) if length.isdigit() else None


def _refuse_other(download: Download, response: HTTPResponse) -> None:
    kind = response.headers.get_content_type() if response.headers.get("Content-Type") else ""
    coded = response.headers.get("Content-Encoding", "identity")
    known = _TYPES | _ARCHIVES if download.file.endswith(".zip") else _TYPES
    if kind not in known or coded != "identity":
        found = kind if kind not in known else f"{kind} packed with {coded}"
        raise FetchError(
            f"{download.url} gives {found} where {download.file} should come: most likely a page about the "
            "file. Open the address in a browser and put the address of the file itself in case.yaml."
        )


def _checked(download: Download, part: PartialFile) -> str:
    """The hash of the file, once it is what the case declares."""
    with part.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = part.size()
    wrong = []
    if download.bytes is not None and size != download.bytes:
        wrong.append(f"{size:,} bytes where the case declares {download.bytes:,}")
    if download.sha256 is not None and digest != download.sha256:
        wrong.append(f"sha256 {digest} where the case declares {download.sha256}")
    if wrong:
        part.drop()
        raise FetchError(
            f"{download.url} gives {' and '.join(wrong)}. If the publisher has a new file, correct case.yaml."
        )
    return digest


def _too_large(download: Download, found: str, limit: int) -> FetchError:
    return FetchError(
        f"{download.url} gives {found} where {limit:,} bytes are allowed. "
        "If that is right, declare its size as `bytes` in case.yaml."
    )
