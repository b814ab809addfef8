"""One note of ``notes.md`` in place of another; all other lines stay as they are written."""

from collections.abc import Sequence

from vedette.case.author_notes import AuthorNote, NotePart, note_of, parts_of, written
from vedette.case.schema.judgement import Edition
from vedette.errors import UsageError
from vedette.files import hash_bytes

MOST_LETTERS = 10_000
"""Letters of a note at most."""


def digest_of_part(part: NotePart) -> str:
    """The SHA-256 of a part as it is written, heading and text."""
    return hash_bytes("\n".join((part.heading, *part.lines)).encode())


def with_note(text: str, number: int | None, note: AuthorNote | None, editions: Sequence[Edition]) -> str:
    """The text of a ``notes.md`` with a note in place of part ``number``, or at its end.

    Args:
        text: of the file; empty where there is none.
        number: of the part that goes, counted from 0; None for none.
        note: what comes; None for nothing.
        editions: of the case.

    Raises:
        UsageError: the note is too long, or would be read as more than one note, or as another.
    """
    lines, parts = text.splitlines(), parts_of(text)[0]
    before, after = lines, list[str]()
    if number is not None:
        part = parts[number]
        before, after = lines[: part.first - 1], lines[part.first + len(part.lines) :]
    made = written([note]).splitlines() if note else []
    blank = [""] if made and before and before[-1].strip() else []
    gap = [""] if made and after and after[0].strip() else []
    whole = "\n".join([*before, *blank, *made, *gap, *after]).strip("\n")
    whole = f"{whole}\n" if whole else ""
    _must_be_one(whole, note, len(parts) - (number is not None), len(before), editions)
    return whole


def _must_be_one(
    whole: str, note: AuthorNote | None, others: int, before: int, editions: Sequence[Edition]
) -> None:
    """Refuses a note whose text ends it and begins another, or that opens a fence and swallows the rest."""
    if note is None:
        return
    if len(note.text) > MOST_LETTERS:
        raise UsageError(
            f"A note has at most {MOST_LETTERS:,} letters; found {len(note.text):,}. Shorten it: "
            "readers have two pages."
        )
    parts = parts_of(whole)[0]
    own = [part for part in parts if part.first > before]
    read = note_of(own[0], editions)[0] if own else None
    closed = len(parts_of(f"{written([note])}\n## {note.heading}\n")[0]) == 2
    if len(parts) != others + 1 or read != note or not closed:
        raise UsageError(
            "The text would be read as more than this note: a line in it begins with ##, or a fence (```) is "
            "not closed. Begin headings of your own with ###, and close each fence. Nothing was written."
        )
