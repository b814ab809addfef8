"""The author's own words in the brief: read them, and change one."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from vedette.case import find_case, read_case
from vedette.case.author_notes import NOTES, SECTIONS, AuthorNote, NotePart, note_of, parts_of
from vedette.case.schema.judgement import TLP, Edition
from vedette.case.writing import changing_case
from vedette.case.writing.changing import check_change
from vedette.case.writing.noting import MOST_LETTERS, digest_of_part, with_note
from vedette.errors import CaseError, UsageError
from vedette.files import current
from vedette.problems import did_you_mean

NOTE_HEADINGS = tuple(SECTIONS)
"""What a heading of ``notes.md`` may be: the sections of the annex, and the words that open it."""
MOST_NOTE_LETTERS = MOST_LETTERS
"""Letters of a note at most."""
NOTE_MARKS = TLP
"""The handling marks of a note."""


@dataclass(frozen=True)
class NoteText:
    """A note as it stands in ``notes.md``.

    ``number`` counts the parts of the file from 0; ``digest`` names its state, for `write_note`.
    """

    number: int
    section: str
    heading: str
    handling: str
    text: str
    digest: str

    def document(self) -> dict[str, Any]:
        """Returns the same as JSON."""
        return asdict(self)


def notes(case: str) -> tuple[NoteText, ...]:
    """Returns the notes of a case in their order, each with the section of the brief that it opens.

    Raises:
        CaseError: the case holds mistakes.
    """
    home = find_case(case)
    editions = read_case(home).editions
    path = current(home, NOTES)
    return tuple(_texts(path.read_text(encoding="utf-8") if path.is_file() else "", editions))


def write_note(
    case: str,
    heading: str,
    *,
    text: str,
    handling: str = "clear",
    number: int | None = None,
    was: str = "",
) -> NoteText | None:
    """Writes one note of a case; all other lines of ``notes.md`` stay as they are. Returns it as it stands.

    Args:
        case: a case of the user's own.
        heading: one of `NOTE_HEADINGS`.
        text: Markdown of at most 10,000 letters; empty takes the note out, and None is returned.
        handling: one of `NOTE_MARKS`; an edition that may not hold the note has no trace of it.
        number: of the note that it replaces; None for one more.
        was: the digest of that note as it was read.

    Raises:
        UsageError: no such heading, mark or note; a text that would be read as more than one note; the case
            comes with vedette.
        CaseError: somebody changed the note meanwhile, or the case would hold mistakes; nothing is written.
        StorageError: the folder cannot be locked or written.
    """
    written = "\n".join(text.splitlines()).strip()
    note = AuthorNote(_section(heading), written, _mark(handling)) if written else None
    with changing_case(case, "note") as change:
        editions = read_case(change.home).editions
        before = (change.read(NOTES) or b"").decode("utf-8")
        if number is not None:
            _must_be_as_read(parts_of(before)[0], number, was=was)
        after = with_note(before, number, note, editions)
        if after:
            change.write(NOTES, after.encode("utf-8"))
        elif before:
            change.remove(NOTES)
        check_change(change)
    found = list(_texts(after, editions))
    same = [each for each in found if note and (each.section, each.text) == (note.section, note.text)]
    return same[-1] if same else None


def _texts(text: str, editions: Sequence[Edition]) -> Iterator[NoteText]:
    for number, part in enumerate(parts_of(text)[0]):
        note = None if part.noted_gaps else note_of(part, editions)[0]
        if note:
            digest = digest_of_part(part)
            yield NoteText(number, note.section, note.heading, note.handling, note.text, digest)


def _must_be_as_read(parts: Sequence[NotePart], number: int, *, was: str) -> None:
    """Refuses to replace a note that is not what its reader saw."""
    if not 0 <= number < len(parts) or parts[number].noted_gaps:
        raise UsageError(f"there is no note {number + 1} in {NOTES} any more. Load the notes again.")
    if digest_of_part(parts[number]) != was:
        raise CaseError(
            f"{NOTES}: somebody changed the note on {parts[number].heading!r} meanwhile; nothing was "
            "written. Read what stands there now, then save yours again."
        )


def _section(heading: str) -> str:
    if heading not in SECTIONS:
        raise UsageError(f"{heading!r} is no heading of {NOTES}. {did_you_mean(heading, list(SECTIONS))}")
    return SECTIONS[heading]


def _mark(handling: str) -> str:
    if handling not in TLP:
        raise UsageError(f"handling: expected one of {', '.join(TLP)}; found {handling!r}.")
    return handling
