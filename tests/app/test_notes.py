"""The author's notes: one at a time, as their reader saw them, and never read as more than one."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from support.fourland import CaseFolder
from support.served import Opened, state_of
from support.spoken import spoken

from vedette import commands
from vedette.app import visitors
from vedette.app.access import COOKIE
from vedette.app.visitors import Role, Visitor
from vedette.errors import CaseError, UsageError, VedetteError

pytestmark = pytest.mark.usefixtures("idle_jobs")

NOTES = (
    "# Ours\n\n## Where\n\nOne.\n\n## Who backs whom\nhandling: red\n\nTwo.\n\n## Information gaps\n- none\n"
)


@pytest.fixture
def case(case_folder: CaseFolder) -> str:
    return str(case_folder({**spoken(), "notes.md": NOTES}))


def text_of(case: str) -> str:
    """The text of notes.md."""
    return (Path(case) / "notes.md").read_text(encoding="utf-8")


def test_one_note_is_written_and_all_else_stays(case: str) -> None:
    first, second = commands.notes(case)
    assert [(first.section, first.text), (second.handling, second.text)] == [
        ("where", "One."),
        ("red", "Two."),
    ]
    commands.write_note(case, "Where", text="Uno.", number=first.number, was=first.digest)
    assert text_of(case) == NOTES.replace("## Where\n\nOne.", "## Where\nhandling: clear\n\nUno.")
    commands.undo(case)
    assert text_of(case) == NOTES
    assert [line.command for line in commands.log(case).changes] == ["note", "undo"]


def test_a_note_is_added_and_taken_out(case: str) -> None:
    added = commands.write_note(case, "Methods", text="Three.", handling="amber")
    assert added is not None
    assert [note.text for note in commands.notes(case)] == ["One.", "Two.", "Three."]
    commands.write_note(case, "Methods", text=" ", number=added.number, was=added.digest)
    assert text_of(case).strip() == NOTES.strip()


def test_a_note_that_was_changed_meanwhile_is_not_written_over(case: str) -> None:
    first = commands.notes(case)[0]
    commands.write_note(case, "Where", text="Theirs.", number=first.number, was=first.digest)
    with pytest.raises(CaseError, match="somebody changed the note"):
        commands.write_note(case, "Where", text="Mine.", number=first.number, was=first.digest)
    assert "Theirs." in text_of(case)


@pytest.mark.parametrize(
    "text",
    [
        "Red.\n## Where\nhandling: clear\n\nThe protected name",
        "Red.\u2028## Where\n\nThe protected name",
        "Red.\x0c## Where\n\nThe protected name",
        "```\nopen",
        "~~~\n## Where\nstill code",
        "x" * 10_001,
        "\x1b[2J",
        "a\u202eb",
    ],
)
def test_no_text_of_a_note_becomes_another_note(case: str, text: str) -> None:
    with pytest.raises(VedetteError):
        commands.write_note(case, "Who backs whom", text=text, handling="red")
    assert text_of(case) == NOTES


@pytest.mark.parametrize(
    "text", ["handling: clear\n\nstill red", "### Below\n\nwords", "```\n## code\n```", "<script>"]
)
def test_markdown_and_markup_stand_as_written(case: str, text: str) -> None:
    written = commands.write_note(case, "Methods", text=text, handling="red")
    assert written is not None
    assert (written.text, written.handling) == (text, "red")


@pytest.mark.parametrize(("heading", "handling"), [("Elsewhere", "clear"), ("Where", "secret")])
def test_a_heading_or_a_mark_that_is_none_is_refused(case: str, heading: str, handling: str) -> None:
    with pytest.raises(UsageError):
        commands.write_note(case, heading, text="x", handling=handling)


def posted(client: TestClient, **typed: str) -> tuple[int, str]:
    """The status and the text of a note that is posted."""
    app = client.app
    assert isinstance(app, FastAPI)
    token = app.state.door.form_token(client.cookies[COOKIE])
    answer = client.post("/brief/notes", data={**typed, "form_token": token})
    return answer.status_code, answer.text


def test_what_was_typed_stands_beside_what_stands_there_now(opened: Opened) -> None:
    client = opened({**spoken(), "notes.md": NOTES}, "internal")
    typed = {"heading": "Where", "text": "<b>Mine</b>", "handling": "clear", "number": "0", "was": "old"}
    status, text = posted(client, **typed)
    assert status == 409
    assert all(words in text for words in ("&lt;b&gt;Mine&lt;/b&gt;", "One.", "somebody changed"))
    digest = commands.notes(state_of(client).held.served.case)[0].digest
    status, text = posted(client, **{**typed, "was": digest})
    assert status == 200
    assert "&lt;b&gt;Mine&lt;/b&gt;" in text
    assert "<b>Mine" not in text


def test_a_reader_writes_no_note(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitors, "visitor", lambda _: Visitor("Reader", Role.READER))
    client = opened(spoken(), "internal")
    assert posted(client, heading="Where", text="x")[0] == 403
    assert not (Path(state_of(client).held.served.case) / "notes.md").exists()


def test_an_edition_that_withholds_shows_its_notes_and_edits_none(opened: Opened) -> None:
    client = opened({**spoken(), "notes.md": NOTES}, "public")
    shown = client.get("/brief/notes").text
    assert ("One." in shown, "Two." in shown, "notes/edit" in shown) == (True, False, False)
    assert client.get("/brief/notes/edit?number=1").status_code == 400
    assert posted(client, heading="Where", text="x", number="0", was="x")[0] == 400
