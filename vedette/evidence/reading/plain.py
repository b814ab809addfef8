"""Reads text files, detecting the encoding."""

import re
from pathlib import Path

from charset_normalizer import CharsetMatch, CharsetMatches, from_bytes

from vedette.evidence.reading.document import LONGEST, unreadable
from vedette.plurals import counted

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE = 200_000


def paragraphs_of_text(path: Path, content: bytes) -> list[tuple[int, list[str]]]:
    """Paragraphs: lines between blank lines; form feeds do not count as page breaks.

    Raises:
        DataError: the bytes are no text, or too many.
    """
    text = decoded(path, content)
    if len(text) > LONGEST:
        size = counted(len(text), "character")
        raise unreadable(path, f"at most {LONGEST:,} characters", size, "Split the file.")
    return [(0, [" ".join(piece.split("\n")) for piece in re.split(r"\n[ \t\f]*\n", text)])]


def without_markdown(text: str) -> str:
    """A paragraph of Markdown without marks of emphasis, headings and the addresses of links.

    >>> without_markdown("**Iran** trained [Badr](http://example.org).")
    'Iran trained Badr.'
    """
    plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"^\s*(#+|>|[-*+]|\d+\.)\s+|(\*\*|__|`)", "", plain)


def decoded(path: Path, content: bytes) -> str:
    """Decodes bytes: UTF-8 if they are valid UTF-8, else the encoding that fits best.

    Raises:
        DataError: they contain zero bytes or fit no encoding.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _lines(content.decode(name, errors="replace"))
    if b"\0" in content[:_SAMPLE]:
        cure = "Open it in the program that made it and save it as text, PDF or docx."
        raise unreadable(path, "text", "bytes that are no text", cure)
    try:
        return _lines(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        best = _western_first(from_bytes(content[:_SAMPLE]))
    if best is None:
        raise unreadable(path, "text in a known encoding", "an unknown one", "Save it as UTF-8.")
    return _lines(content.decode(best.encoding, errors="replace"))


def _western_first(matches: CharsetMatches) -> CharsetMatch | None:
    """The best match; of equally good ones a Western encoding, since nearly all such files use one."""
    best = matches.best()
    if best is None:
        return None
    return next((m for m in matches if m.encoding == "cp1252" and m.chaos <= best.chaos), best)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
