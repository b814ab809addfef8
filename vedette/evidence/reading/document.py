"""A report as text: paragraphs with their page and position."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from vedette.errors import DataError, Problem

LARGEST = 100_000_000
"""The largest file that is read, in bytes; a report that a person can review is far smaller."""
LONGEST = 20_000_000
"""The largest number of characters taken from one file."""


@dataclass(frozen=True)
class Passage:
    """One paragraph: its page (from 1; 0 where the format has none), its number from 1, its text."""

    page: int
    paragraph: int
    text: str


@dataclass(frozen=True)
class Document:
    """A report: the name of its file, the SHA-256 of its bytes, its paragraphs in order."""

    file: str
    digest: str
    passages: tuple[Passage, ...]


def bytes_of(path: Path) -> bytes:
    """The bytes of a report.

    Raises:
        DataError: it is not there, no file, empty, too large, or cannot be read.
    """
    if path.is_dir():
        raise unreadable(path, "a report (.txt, .html, .pdf or .docx)", "a folder", "Name one file.")
    try:
        refuse_size(path, path.stat().st_size)
        content = path.read_bytes()
    except OSError as error:
        reason = "nothing there" if isinstance(error, FileNotFoundError) else str(error.strerror)
        raise unreadable(
            path, "a file that can be read", reason, "Check the path and permissions."
        ) from error
    return content


def refuse_size(path: Path, size: int) -> None:
    """Raises where a report is empty or larger than any that is read.

    Raises:
        DataError: it is; the message says what to do.
    """
    if size > LARGEST:
        cure = "Split the report, or save it without pictures."
        raise unreadable(path, f"at most {LARGEST / 1e6:.0f} MB", f"{size / 1e6:,.0f} MB", cure)
    if not size:
        raise unreadable(path, "some content", "an empty file", "Save or download the report again.")


def passages(pages: list[tuple[int, list[str]]]) -> tuple[Passage, ...]:
    """Paragraphs with consecutive numbers, from lists of texts by page; blank ones are left out."""
    texts = [(page, text) for page, paragraphs in pages for text in paragraphs if text.strip()]
    return tuple(Passage(page, number, text) for number, (page, text) in enumerate(texts, start=1))


def digest(content: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def unreadable(path: Path, expected: str, found: str, cure: str) -> DataError:
    """The error for a report that cannot be read: file, expected, found, cure."""
    return DataError("The report cannot be read.", [Problem(str(path), 0, "", expected, found, cure)])
