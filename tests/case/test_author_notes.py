"""notes.md: the author's own words, by section, with a handling mark each, and the mistakes in it."""

from pathlib import Path

import pytest
from support.fourland import CASE_FILES, CaseFolder

from vedette.brief.sections.author import TITLE
from vedette.case import AuthorNote, check_case, read_case
from vedette.case.author_notes import SECTIONS, written
from vedette.case.writing.folder import write_case
from vedette.errors import CaseError
from vedette.evidence import edition_of

NOTES = """# Notes of March

## Where
Erbil is *quiet*.

```
## not a heading
```

## who backs whom?

handling: internal
A colleague says otherwise.

## Where
handling: green
Second thoughts.
"""


def noted(case_folder: CaseFolder, text: str) -> Path:
    return case_folder({**CASE_FILES, "notes.md": text})


def problems(case_folder: CaseFolder, text: str) -> list[str]:
    with pytest.raises(CaseError) as caught:
        read_case(noted(case_folder, text))
    return [str(problem) for problem in caught.value.problems]


def test_notes_are_read_by_section_with_their_marks(case_folder: CaseFolder) -> None:
    case = read_case(noted(case_folder, NOTES))
    assert case.notes == (
        AuthorNote("where", "Erbil is *quiet*.\n\n```\n## not a heading\n```", "clear"),
        AuthorNote("backers", "A colleague says otherwise.", "red"),
        AuthorNote("where", "Second thoughts.", "green"),
    )


def test_a_case_without_notes_has_none(case_folder: CaseFolder) -> None:
    assert read_case(case_folder(CASE_FILES)).notes == ()


def test_an_edition_has_the_notes_that_it_may_show_and_nothing_else_differs(case_folder: CaseFolder) -> None:
    case = read_case(noted(case_folder, NOTES))
    public, internal = edition_of(case, "public"), edition_of(case, "internal")
    assert [note.text[:5] for note in public.notes] == ["Erbil"]
    assert internal.notes == case.notes
    assert not public.withheld
    assert public.public_ids == {}


def test_an_edition_written_as_a_folder_has_its_notes_alone(case_folder: CaseFolder, tmp_path: Path) -> None:
    case = read_case(noted(case_folder, NOTES))
    public = write_case(edition_of(case, "public"), tmp_path / "public")
    assert (public / "notes.md").read_text(encoding="utf-8") == written(edition_of(case, "public").notes)
    assert "colleague" not in (public / "notes.md").read_text(encoding="utf-8")
    whole = write_case(case, tmp_path / "whole")
    assert (whole / "notes.md").read_bytes() == (case.folder / "notes.md").read_bytes()
    (case.folder / "notes.md").write_text("## Where\nhandling: red\nNot for you.\n", encoding="utf-8")
    hidden = read_case(case.folder)
    assert not (write_case(edition_of(hidden, "public"), tmp_path / "bare") / "notes.md").exists()


def test_written_notes_read_as_they_were(case_folder: CaseFolder) -> None:
    case = read_case(noted(case_folder, NOTES))
    (case.folder / "notes.md").write_text(written(case.notes), encoding="utf-8")
    assert read_case(case.folder).notes == case.notes


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "## Where to?\nText.\n",
            "notes.md, line 1: expected one of: From the author; What changed; What is happening; Where; ",
        ),
        ("## Wher\nText.\n", "found 'Wher'. Did you mean 'Where'?"),
        ("## Zzzz\nText.\n", "found 'Zzzz'. Take one of these headings, or a ### below one."),
        (
            "## Where\n\nhandling: purple\nText.\n",
            "notes.md, line 3: expected one of: clear, green, amber, amber+strict, red, public, internal; "
            "found 'purple'. Correct the mark, or leave the line out: the note is then clear.",
        ),
        (
            "Before.\n## Where\nText.\n",
            "notes.md, line 1: expected a heading before any text; found 'Before.'",
        ),
        ("## Where\nhandling: red\n\n", "notes.md, line 1: expected text below the heading; found none."),
        ("## Where\nA\u202eb\n", "notes.md, line 2: expected text that readers see; found right-to-left"),
    ],
)
def test_a_mistake_says_where_it_is_and_what_to_do(case_folder: CaseFolder, text: str, message: str) -> None:
    (found,) = problems(case_folder, text)
    assert message in found


def test_a_file_in_another_encoding_is_a_mistake(case_folder: CaseFolder) -> None:
    folder = noted(case_folder, "## Where\nText.\n")
    (folder / "notes.md").write_bytes(b"## Where\ncaf\xe9\n")
    with pytest.raises(CaseError, match=r"notes.md: expected text in UTF-8; found byte 0xE9 in line 2"):
        read_case(folder)


def test_a_file_that_is_nearly_named_so_is_pointed_out(case_folder: CaseFolder) -> None:
    folder = case_folder({**CASE_FILES, "notes.txt": "## Where\nText.\n"})
    with pytest.raises(CaseError, match=r"expected notes.md, the name that is read; found 'notes.txt'"):
        check_case(folder)


def test_the_first_heading_is_the_section_that_opens_the_annex() -> None:
    assert next(iter(SECTIONS)) == TITLE
