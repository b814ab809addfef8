"""The text that a reader finds in a document."""

import re
from io import BytesIO

from pypdf import PdfReader


def squeezed(text: str) -> str:
    """A text without white space, soft hyphens and marks of direction, for finding it in another."""
    return re.sub(r"[\s\u00ad\u200b-\u200f\u2066-\u2069]", "", text)


def pdf_pages(content: bytes) -> list[str]:
    """The text of each page of a PDF."""
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def pdf_bytes(content: bytes) -> bytes:
    """A PDF with every stream unpacked and without the table of places, for looking for bytes in it."""
    reader = PdfReader(BytesIO(content))
    parts = [content[: content.rindex(b"\nxref")], repr(reader.trailer).encode()]
    for number in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())) + 1):
        found = reader.get_object(number)
        if found is not None:
            parts.append(repr(found).encode())
            if hasattr(found, "get_data"):
                parts.append(found.get_data())
    return b"\n".join(parts)
