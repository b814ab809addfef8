"""The log of a case tells every change, undo takes the last one back, and neither leaves the case."""

import json
from pathlib import Path

import pytest
from support.event_files import ged, write
from support.fourland import CaseFolder
from support.own_bytes import own_bytes
from support.running import Run
from support.spoken import spoken

from vedette import commands
from vedette.case import read_case, write_case
from vedette.errors import CaseError, StorageError, UsageError
from vedette.events import load, open_events
from vedette.evidence import edition_of
from vedette.files import LOG, read_log

ROW = {"source": "paper", "hedge": "reported", "subject": "bigland", "relation": "funding", "object": "guard"}
SECRET = "the-cook-of-the-palace"


@pytest.fixture
def folder(case_folder: CaseFolder) -> Path:
    """A case with claims."""
    return case_folder(spoken())


def holding(folder: Path, words: str) -> list[Path]:
    """The files in a folder that hold some words."""
    return [path for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def test_a_line_says_who_when_what_and_which_rows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "layla")
    commands.add_claim(str(folder), {**ROW, "statement": "two,\nlines"})
    (line,) = commands.log(str(folder)).document()["changes"]
    assert (line["who"], line["command"]) == ("layla", "add claim")
    (edit,) = line["edits"]
    assert edit["file"] == "claims.csv"
    assert list(edit["rows"]["before"]) == []
    (row,) = edit["rows"]["after"]
    assert row["name"] == "paper-1"
    assert row["text"].startswith("paper-1,paper,")
    assert '"two, lines"' in row["text"]
    assert len(edit["before"]) == len(edit["after"]) == 64


def test_undo_takes_back_to_the_byte_and_can_be_taken_back(folder: Path) -> None:
    states = [own_bytes(folder)]
    commands.add_claim(str(folder), ROW)
    states.append(own_bytes(folder))
    commands.add_source(str(folder), {"title": "Another", "publisher": "The Press", "date": "2014"})
    states.append(own_bytes(folder))
    assert commands.undo(str(folder)).change.command == "add source"
    assert own_bytes(folder) == states[1]
    assert commands.undo(str(folder)).change.command == "undo"
    assert own_bytes(folder) == states[2]
    commands.undo(str(folder))
    assert own_bytes(folder) == states[1]
    lines = read_log(folder).lines
    assert [line.command for line in lines] == ["add claim", "add source", "undo", "undo", "undo"]
    assert [line.undoes for line in lines[2:]] == [line.id for line in lines[1:4]]


def test_undo_refuses_where_the_file_is_not_as_it_was_left(folder: Path) -> None:
    commands.add_claim(str(folder), ROW)
    claims = folder / "claims.csv"
    claims.write_text(claims.read_text().replace("paper-1,paper,,,,,,reported", "paper-1,paper,,,,,,alleged"))
    before = own_bytes(folder)
    with pytest.raises(
        StorageError, match=r"\(add claim, .*cannot be taken back: files are not as it left"
    ) as caught:
        commands.undo(str(folder))
    (problem,) = caught.value.problems
    assert problem.file == "claims.csv"
    assert "not in it as they were: paper-1" in problem.found
    assert own_bytes(folder) == before


def test_undo_refuses_what_would_break_the_case(folder: Path) -> None:
    commands.add_source(str(folder), {"id": "new", "title": "New", "date": "2014"})
    claims = folder / "claims.csv"
    claims.write_text(claims.read_text().replace("c1,paper,", "c1,new,"))
    before = own_bytes(folder)
    with pytest.raises(CaseError, match="would have 2 mistakes; nothing was written"):
        commands.undo(str(folder))
    assert own_bytes(folder) == before


def test_nothing_to_take_back_is_told(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"changes.log holds no change that could be taken back"):
        commands.undo(str(folder))


def test_an_edit_made_outside_is_noted_once(folder: Path) -> None:
    commands.add_claim(str(folder), ROW)
    notes = folder / "notes.md"
    notes.write_text("## Where\nA thought.")
    (folder / "totals.csv").unlink()
    commands.add_claim(str(folder), ROW)
    commands.add_claim(str(folder), ROW)
    lines = read_log(folder).lines
    assert [line.command for line in lines] == ["add claim", "changed outside", "add claim", "add claim"]
    assert [(e.file, e.before is None, e.after is None) for e in lines[1].edits] == [
        ("notes.md", True, False),
        ("totals.csv", False, True),
    ]
    commands.undo(str(folder))
    assert read_log(folder).lines[-1].undoes == lines[3].id


@pytest.mark.parametrize("cut", [1, 40])
def test_a_line_cut_short_is_told_and_tolerated(folder: Path, run: Run, tmp_path: Path, cut: int) -> None:
    for _ in range(2):
        commands.add_claim(str(folder), ROW)
    log = folder / LOG
    log.write_bytes(log.read_bytes()[:-cut] if cut > 1 else log.read_bytes() + b'{"id": "x"')
    done = run("log", folder, home=tmp_path)
    number = 3 if cut == 1 else 2
    assert done.returncode == 0
    assert f"changes.log, line {number}: cut short" in done.stderr
    commands.add_claim(str(folder), ROW)
    found = read_log(folder)
    assert found.broken == (number,)
    assert found.lines[-1].command == "add claim"


def test_forgetting_a_row_removes_its_text_everywhere(folder: Path, run: Run, tmp_path: Path) -> None:
    commands.add_claim(str(folder), {**ROW, "id": "secret", "statement": SECRET})
    commands.add_claim(str(folder), ROW)
    claims = folder / "claims.csv"
    claims.write_text("".join(row for row in claims.read_text().splitlines(True) if SECRET not in row))
    done = run("log", folder, "--forget", "secret", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (
        "Removed the text of secret from 1 place of the log. The history that git keeps is not touched"
        in done.stdout
    )
    assert holding(folder, SECRET) == []
    commands_logged = [line.command for line in read_log(folder).lines]
    assert commands_logged == ["add claim", "add claim", "changed outside", "log --forget"]
    with pytest.raises(UsageError, match="holds no text of a row 'secret'"):
        commands.forget_row(str(folder), "secret")


def test_a_change_whose_row_was_forgotten_is_not_taken_back(folder: Path) -> None:
    commands.add_claim(str(folder), {**ROW, "id": "secret"})
    assert commands.forget_row(str(folder), "secret").standing == ("claims.csv",)
    with pytest.raises(UsageError, match=r"a row of the change \w+ \(add claim\) was forgotten"):
        commands.undo(str(folder))


def test_a_load_is_one_line_without_events_and_can_be_taken_back(
    case_folder: CaseFolder, tmp_path: Path
) -> None:
    case = read_case(case_folder())
    load(case, [write(tmp_path, "a.csv", ged({"headline": SECRET}))], release="14.1")
    load(case, [write(tmp_path, "b.csv", ged({"id": 2, "headline": SECRET}))], release="15.1")
    first, second = read_log(case.folder).lines
    assert [edit.file for edit in second.edits] == ["events/b.csv", "events/options.json"]
    assert second.about["files"] == {"b.csv": {"events": 1, "standing": 1}}
    assert SECRET not in (case.folder / LOG).read_text()
    assert {len(numbers) for numbers in first.about["months"].values()} == {4}
    commands.undo(str(case.folder))
    assert open_events(case).table("ucdp", None)["source_id"].to_list() == ["1"]
    assert not (case.folder / "events" / "b.csv").exists()
    commands.undo(str(case.folder))
    assert open_events(case).table("ucdp", None)["source_id"].to_list() == ["2"]
    commands.undo(str(case.folder))
    for path in (case.folder / ".vedette" / "removed").iterdir():
        path.unlink()
    with pytest.raises(UsageError, match=r"b.csv: no copy of it is left.*Load it again"):
        commands.undo(str(case.folder))


def test_log_lock_and_journal_are_in_no_edition_package_or_copy(folder: Path, tmp_path: Path) -> None:
    commands.add_claim(str(folder), {**ROW, "statement": SECRET})
    commands.undo(str(folder))
    (folder / ".vedette-journal-old").mkdir()
    written = [
        write_case(read_case(folder), tmp_path / "whole"),
        write_case(edition_of(read_case(folder), "internal"), tmp_path / "internal"),
        commands.export_case(str(folder), tmp_path / "package", edition="internal", package=True).folder,
    ]
    for place in written:
        names = {path.name for path in place.rglob("*")}
        assert "claims.csv" in names
        assert not {name for name in names if name == LOG or name.startswith(".vedette")}
        assert not [
            path for path in place.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()
        ]


def entity(key: str, schema: str, **properties: str) -> dict[str, object]:
    """An entity of FollowTheMoney with one value each."""
    return {"id": key, "schema": schema, "properties": {name: [value] for name, value in properties.items()}}


def test_a_repeated_import_adds_nothing_and_no_line(folder: Path, tmp_path: Path) -> None:
    entities = [
        entity("d", "Document", title="A leak", publisher="The Press", date="2014"),
        entity("p", "Person", name="Zed Newman"),
        entity("q", "Organization", name="New Front"),
        entity("l", "Membership", member="p", organization="q", proof="d"),
    ]
    file = tmp_path / "found.json"
    file.write_text("\n".join(json.dumps(entity) for entity in entities))
    first = commands.bring_in(str(folder), file, form="followthemoney").proposed
    assert [len(rows) for rows in (first.actors, first.sources, first.claims)] == [2, 1, 1]
    before, lines = own_bytes(folder), len(read_log(folder).lines)
    again = commands.bring_in(str(folder), file, form="followthemoney").proposed
    assert (again.actors, again.sources, again.claims, again.known) == ((), (), (), 4)
    assert own_bytes(folder) == before
    assert len(read_log(folder).lines) == lines
    assert commands.undo(str(folder)).change.command == "import followthemoney"
    assert {edit.file for edit in read_log(folder).lines[-1].edits} == {
        "actors.csv",
        "sources.csv",
        "claims.csv",
    }


def test_upgrade_is_logged_and_taken_back_and_a_later_case_is_refused(
    folder: Path, run: Run, tmp_path: Path
) -> None:
    before = own_bytes(folder)
    assert commands.upgrade(str(folder)).document() == {
        "before": 1,
        "after": 2,
        "files": ["case.yaml", ".gitattributes", ".gitignore"],
    }
    assert (folder / "case.yaml").read_text().startswith("schema: 2\nid: fourland\n")
    assert commands.upgrade(str(folder)).files == ()
    assert commands.undo(str(folder)).change.command == "upgrade"
    assert own_bytes(folder) == before
    (folder / "case.yaml").write_text("schema: 3\nanything: new\n")
    done = run("check", folder, home=tmp_path)
    assert done.returncode == 3
    assert (
        "case.yaml, column schema: expected a number from 1 to 2; found 3. A later vedette wrote this"
        in done.stderr
    )
    assert run("upgrade", folder, home=tmp_path).returncode == 3
