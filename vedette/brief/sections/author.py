"""The author's own words in the annex: at the top of the section that each note names."""

from collections.abc import Sequence
from dataclasses import replace

from vedette.brief.blocks import Authored, Section
from vedette.case import AuthorNote
from vedette.message import say

AUTHOR = "author"
TITLE = say("From the author")
MARK = "The author's own words"


def with_notes(annex: Sequence[Section], notes: Sequence[AuthorNote]) -> tuple[Section, ...]:
    """The annex with each note at the top of its section.

    Notes of the author in general open the annex, and so do those of a section that this brief does not have, under
    its heading.
    """
    present = {section.id for section in annex}
    placed = [replace(section, blocks=(*_words(section.id, notes), *section.blocks)) for section in annex]
    astray = [note for note in notes if note.section not in present]
    if not astray:
        return tuple(placed)
    opening = tuple(
        Authored(MARK if note.section == AUTHOR else f"{MARK}, on “{note.heading}”", note.text)
        for note in sorted(astray, key=lambda note: note.section != AUTHOR)
    )
    return (Section(AUTHOR, TITLE, opening), *placed)


def _words(section: str, notes: Sequence[AuthorNote]) -> tuple[Authored, ...]:
    return tuple(Authored(MARK, note.text) for note in notes if note.section == section)
