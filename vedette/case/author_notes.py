"""The author's own words, ``notes.md``: one note under each heading, which names a section of the brief."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vedette.case.checking.files import read_text
from vedette.case.checking.letters import unprintable, unseen
from vedette.case.schema.judgement import TLP, Edition
from vedette.errors import Problem
from vedette.problems import did_you_mean, shown

NOTES = "notes.md"
SECTIONS = {
    "From the author": "author",
    "What changed": "since",
    "What is happening": "happening",
    "Where": "where",
    "A closer look": "closer",
    "Who was there": "present",
    "Who backs whom": "backers",
    "Does the state alone bear arms?": "arms",
    "Bases and missions": "bases",
    "What is contested": "disputed",
    "What is likely next": "ahead",
    "What past interventions changed": "changed",
    "What if": "what-if",
    "How far to trust it": "trust",
    "What is not known": "unknown",
    "Methods": "methods",
}
"""What a heading may be, and the id of the section of the brief that it names; the first opens the annex."""
GAPS = "Information gaps"
"""The heading below which ``vedette review`` notes what is not known; no brief shows it."""
_HEADING, _MARKING, _TITLE = "## ", "handling:", "# "
_FENCES = ("```", "~~~")


@dataclass(frozen=True)
class AuthorNote:
    """One note: the id of its section, its text in Markdown, and its handling mark (a word of TLP)."""

    section: str
    text: str
    handling: str = "clear"

    @property
    def heading(self) -> str:
        """The heading that names its section."""
        return next(title for title, id_ in SECTIONS.items() if id_ == self.section)


@dataclass(frozen=True)
class NotePart:
    """The lines under one heading, the first of them ``first`` lines below the top of the file."""

    first: int
    heading: str
    lines: tuple[str, ...]

    @property
    def noted_gaps(self) -> bool:
        """Whether it lists what is not known, which no brief shows."""
        return _plain(self.heading) == _plain(GAPS)


def read_notes(folder: Path, editions: Sequence[Edition]) -> tuple[tuple[AuthorNote, ...], list[Problem]]:
    """The notes of a case folder in their order, and the mistakes in them; none of both without the file.

    Args:
        folder: of the case.
        editions: of the case; a handling mark may name one in place of a word of TLP.
    """
    if not (folder / NOTES).exists() and not (folder / NOTES).is_symlink():
        return (), []
    text = read_text(folder / NOTES)
    if isinstance(text, Problem):
        return (), [text]
    parts, problems = parts_of(text)
    notes: list[AuthorNote] = []
    for part in parts:
        if part.noted_gaps:
            continue
        note, wrong = note_of(part, editions)
        problems += wrong
        notes += [note] if note else []
    return tuple(notes), problems


def written(notes: Sequence[AuthorNote]) -> str:
    """Notes as the text of a ``notes.md``.

    >>> print(written([AuthorNote("where", "Erbil is *quiet*.")]))
    ## Where
    handling: clear
    <BLANKLINE>
    Erbil is *quiet*.
    <BLANKLINE>
    """
    return "\n".join(
        f"{_HEADING}{note.heading}\n{_MARKING} {note.handling}\n\n{note.text}\n" for note in notes
    )


def parts_of(text: str) -> tuple[list[NotePart], list[Problem]]:
    """The parts of the text of a ``notes.md`` in their order, and what in it belongs to none."""
    parts: list[NotePart] = []
    problems: list[Problem] = []
    heading, first, lines, fence = "", 0, list[str](), ""
    for number, line in enumerate(text.splitlines(), 1):
        problems += _unseen(number, line)
        fence = _fenced(line, fence)
        if not fence and line.startswith(_HEADING):
            parts += [NotePart(first, heading, tuple(lines))] if heading else []
            heading, first, lines = line.removeprefix(_HEADING).strip(), number, []
        elif heading:
            lines.append(line)
        elif line.strip() and not line.startswith(_TITLE):
            found = shown(line.strip())
            problems.append(
                Problem(
                    NOTES, number, "", "a heading before any text", found, "Put it under ## and a section."
                )
            )
            break
    parts += [NotePart(first, heading, tuple(lines))] if heading else []
    return parts, problems


def _fenced(line: str, fence: str) -> str:
    """The fence of code that is open after a line; empty for none."""
    opened = next((each for each in _FENCES if line.lstrip().startswith(each)), "")
    if not opened:
        return fence
    return "" if fence == opened else fence or opened


def _unseen(number: int, line: str) -> Iterator[Problem]:
    if letter := unseen(line.replace("\t", " ")):
        found, cure = unprintable(letter)
        yield Problem(NOTES, number, "", "text that readers see", found, cure)


def note_of(part: NotePart, editions: Sequence[Edition]) -> tuple[AuthorNote | None, list[Problem]]:
    """The note that a part is, None where it is none, and the mistakes in it."""
    marks = {**{word: word for word in TLP}, **{edition.id: edition.handling for edition in editions}}
    titles = {_plain(title): id_ for title, id_ in SECTIONS.items()}
    section = titles.get(_plain(part.heading), "")
    problems: list[Problem] = []
    if not section:
        listed = "one of: " + "; ".join(SECTIONS)
        cure = did_you_mean(part.heading, list(SECTIONS))
        cure = cure if cure.startswith("Did") else "Take one of these headings, or a ### below one."
        problems.append(Problem(NOTES, part.first, "", listed, shown(part.heading), cure))
    lines, handling = list(part.lines), "clear"
    place = next((place for place, line in enumerate(lines) if line.strip()), len(lines))
    if place < len(lines) and lines[place].strip().lower().startswith(_MARKING):
        said = lines.pop(place).strip()[len(_MARKING) :].strip()
        handling = marks.get(said.lower(), "")
        if not handling:
            expected = "one of: " + ", ".join(marks)
            cure = f"Correct the mark, or leave the line out: the note is then {TLP[0]}."
            problems.append(Problem(NOTES, part.first + place + 1, "", expected, shown(said), cure))
    text = "\n".join(lines).strip()
    if not text:
        cure = "Write something below it, or delete the heading."
        problems.append(Problem(NOTES, part.first, "", "text below the heading", "none", cure))
    return (None if problems else AuthorNote(section, text, handling)), problems


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().rstrip("?.: #").split())
