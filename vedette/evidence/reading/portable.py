"""Reads the text layer of PDF reports, page by page."""

import io
import logging
import re
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from vedette.evidence.reading.document import LONGEST, unreadable
from vedette.plurals import counted
from vedette.progress import Report

MOST_PAGES = 2000
_BROKEN = (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, OSError, RecursionError)
_FEW = 20
"""A page with a picture and fewer letters than this counts as scanned."""


def paragraphs_of_pdf(path: Path, content: bytes, report: Report) -> list[tuple[int, list[str]]]:
    """Paragraphs of each page.

    Raises:
        DataError: no PDF, broken, locked by a password, too long, or scanned images without text.
    """
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    reader = _opened(path, content)
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise unreadable(path, f"at most {MOST_PAGES} pages", f"{count:,}", "Split the PDF.")
    pages, size, scanned = [], 0, []
    for number in range(1, count + 1):
        text = _text(reader, number)
        size += len(text)
        if size > LONGEST:
            raise unreadable(path, f"at most {LONGEST:,} characters", "more", "Split the PDF.")
        if len(text.strip()) < _FEW:
            scanned.append(number)
        pages.append((number, _paragraphs(text)))
        report("Reading pages", number / count)
    if len(scanned) == count:
        cure = (
            "Run it through text recognition first (for example `ocrmypdf in.pdf out.pdf`), then read that."
        )
        fault = f"{counted(count, 'page')} without text: scanned images"
        raise unreadable(path, "a PDF with a text layer", fault, cure)
    return pages


def _opened(path: Path, content: bytes) -> PdfReader:
    if b"%PDF-" not in content[:1024]:
        raise unreadable(path, "a PDF", "a file that does not begin like one", "Download or save it again.")
    try:
        reader = PdfReader(io.BytesIO(content))
        locked = reader.is_encrypted and not reader.decrypt("")
        if not locked:
            len(reader.pages)
    except _BROKEN as error:
        cure = "Download it again, or open it in a viewer and print it to a new PDF."
        raise unreadable(path, "a whole PDF", f"a broken one ({error})", cure) from error
    if locked:
        raise unreadable(path, "a PDF without password", "a locked one", "Save a copy without password.")
    return reader


def _text(reader: PdfReader, number: int) -> str:
    """The text of a page; empty if the page is broken."""
    try:
        return reader.pages[number - 1].extract_text()
    except _BROKEN:
        return ""


def _paragraphs(text: str) -> list[str]:
    """Joins the lines of a page into paragraphs: a full stop at the end of a short line ends one."""
    joined = re.sub(r"(\w)-\n(?=[a-z])", r"\1", text)
    paragraphs: list[str] = []
    for piece in re.split(r"\n\s*\n", joined):
        lines = [line.strip() for line in piece.split("\n") if line.strip()]
        width = max((len(line) for line in lines), default=0)
        run: list[str] = []
        for line in lines:
            run.append(line)
            if line.endswith((".", "!", "?", "”", '"')) and len(line) < 0.8 * width:
                paragraphs.append(" ".join(run))
                run = []
        if run:
            paragraphs.append(" ".join(run))
    return paragraphs
