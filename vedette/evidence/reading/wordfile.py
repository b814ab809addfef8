"""Reads the paragraphs of Word files (.docx), with a limit on their unpacked size."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from vedette.evidence.reading.document import unreadable

LARGEST_XML = 60_000_000
"""The largest size of the unpacked text of a docx, in bytes."""
MOST_RATIO = 200
"""The largest ratio of unpacked to packed size; a part above it and above one megabyte is a zip bomb."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARKS = {f"{_W}tab": "\t", f"{_W}br": " "}
_UNSEEN = frozenset(
    {
        f"{_W}del",
        f"{_W}moveFrom",
        f"{_W}p",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
"""What is deleted or moved away; a paragraph within a paragraph (a text box) comes on its own."""
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")


def paragraphs_of_docx(path: Path, content: bytes) -> list[tuple[int, list[str]]]:
    """Paragraphs of the text, then of the notes; the format has no page numbers.

    Raises:
        DataError: it is no docx, broken, without text, or a zip bomb.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = [name for name in _PARTS if name in packed.namelist()]
            parts = [_unpacked(path, packed, name) for name in names]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        cure = "Open it in Word or LibreOffice and save it as .docx again (an old .doc too)."
        raise unreadable(path, "a Word file (.docx)", f"a broken one ({error})", cure) from error
    if _PARTS[0] not in names:
        cure = "Save it as .docx from Word or LibreOffice."
        raise unreadable(path, f"a Word file with {_PARTS[0]}", "none inside", cure)
    texts = [text for part in parts for text in _paragraphs(path, part)]
    if not any(text.strip() for text in texts):
        raise unreadable(
            path, "some words", "a document without text", "Scanned pages need recognition first."
        )
    return [(0, texts)]


def _unpacked(path: Path, packed: zipfile.ZipFile, name: str) -> bytes:
    """A part of the archive, unpacked to at most the limit, since its header may state a wrong size."""
    with packed.open(name) as stream:
        data = stream.read(LARGEST_XML + 1)
    ratio = len(data) / max(packed.getinfo(name).compress_size, 1)
    if len(data) > LARGEST_XML or (len(data) > 1_000_000 and ratio > MOST_RATIO):
        size = f"more than {LARGEST_XML / 1e6:.0f}" if len(data) > LARGEST_XML else f"{len(data) / 1e6:.0f}"
        fault = f"{name} unpacks to {size} MB, {ratio:,.0f} times its packed size: a zip bomb"
        cure = "Do not open it elsewhere; ask its sender for a PDF or text file."
        expected = f"at most {LARGEST_XML / 1e6:.0f} MB of text, packed no tighter than {MOST_RATIO} to 1"
        raise unreadable(path, expected, fault, cure)
    return data


def _paragraphs(path: Path, part: bytes) -> list[str]:
    try:
        root = fromstring(part, forbid_dtd=True)
    except (ParseError, DefusedXmlException) as error:
        cure = "Open it in Word or LibreOffice and save it again."
        raise unreadable(path, "well-formed XML inside", f"{type(error).__name__}: {error}", cure) from error
    return ["".join(_shown(one)) for one in root.iter(f"{_W}p")]


def _shown(element: Element) -> Iterator[str]:
    """The text of a paragraph that a reader sees: not what is hidden, deleted or moved away."""
    for node in element:
        if node.tag == f"{_W}t":
            yield node.text or ""
        elif node.tag in _MARKS:
            yield _MARKS[node.tag]
        elif node.tag not in _UNSEEN and not _hidden(node):
            yield from _shown(node)


def _hidden(node: Element) -> bool:
    """Whether a run is formatted as hidden text."""
    mark = node.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "true") not in ("0", "false", "off")
