"""Checks whether a file is readable text in UTF-8, with the cure if it is not."""

import codecs
from pathlib import Path

from vedette.counts.file_kinds import other_kind
from vedette.errors import EventsError, Problem

TAKE_AGAIN = "Take the file from the publisher again."

_HEAD_BYTES = 1 << 20
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONVERT = "Convert it: iconv -f {} -t UTF-8 FILE > NEW; or save it from the spreadsheet as CSV UTF-8."


def first_text(path: Path) -> str:
    """The first megabyte of a file as text, up to a line end, without a byte order mark.

    Raises:
        EventsError: the file is empty or not text in UTF-8.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    _refuse_other_kinds(path, head)
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        raise EventsError(f"{path.name} cannot be read", [bad_byte(path)]) from None
    return text if len(head) < _HEAD_BYTES else text.rpartition("\n")[0] or text


def bad_byte(path: Path) -> Problem:
    """The problem of the first byte of a file that is not UTF-8.

    Raises:
        ValueError: all of the file is UTF-8.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    offset, line = 0, 1
    with path.open("rb") as file:
        while chunk := file.read(_HEAD_BYTES):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                begun = len(error.object) - len(chunk)
                line += error.object[begun : error.start].count(b"\n")
                return _not_utf8(path.name, error.object[error.start], offset - begun + error.start, line)
            offset += len(chunk)
            line += chunk.count(b"\n")
    raise ValueError(f"{path.name} is UTF-8")


def refused(name: str, expected: str, fault: str, cure: str) -> EventsError:
    """The error for a file that cannot be read for one reason."""
    return EventsError(f"{name} cannot be read", [Problem(name, 0, "", expected, fault, cure)])


def _refuse_other_kinds(path: Path, head: bytes) -> None:
    name = path.name
    if not head.strip():
        found = "a file of 0 bytes" if not head else "only blank lines"
        raise refused(name, "a header and events", found, TAKE_AGAIN)
    if other := other_kind(path, head):
        raise refused(name, "a table as text (CSV UTF-8)", *other)
    if head[:2] in _UTF16 or b"\x00" in head[:1024]:
        found = f"UTF-16, or no text at all (first bytes {head[:2].hex(' ')})"
        raise refused(name, "text in UTF-8", found, _CONVERT.format("UTF-16"))


def _not_utf8(name: str, byte: int, offset: int, line: int) -> Problem:
    found = f"byte 0x{byte:02X} at offset {offset} (line {line}), most likely Windows-1252 or Latin-1"
    return Problem(name, 0, "", "text in UTF-8", found, _CONVERT.format("WINDOWS-1252"))
