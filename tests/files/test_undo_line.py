"""A line of the log is taken back by its id, while its files are as it left them."""

from pathlib import Path

import pytest
from support.fourland import CaseFolder
from support.own_bytes import own_bytes
from support.running import Run
from support.spoken import spoken

from vedette import commands
from vedette.errors import StorageError, UsageError
from vedette.files import changing, read_log

ROW = {"source": "paper", "hedge": "reported", "subject": "bigland", "relation": "funding", "object": "guard"}
SOURCE = {"title": "Another", "publisher": "The Press", "date": "2014"}


@pytest.fixture
def folder(case_folder: CaseFolder) -> Path:
    """A case with claims."""
    return case_folder(spoken())


def test_an_earlier_line_is_taken_back_and_the_later_stays(folder: Path) -> None:
    claims = (folder / "claims.csv").read_bytes()
    commands.add_claim(str(folder), ROW)
    commands.add_source(str(folder), SOURCE)
    sources = (folder / "sources.csv").read_bytes()
    first = read_log(folder).lines[0]
    assert commands.undo(str(folder), first.id).change == first
    assert (folder / "claims.csv").read_bytes() == claims
    assert (folder / "sources.csv").read_bytes() == sources
    last = read_log(folder).lines[-1]
    assert (last.command, last.undoes) == ("undo", first.id)
    with pytest.raises(StorageError, match=rf"changed later by: undo \({last.id}\)"):
        commands.undo(str(folder), first.id)


def test_a_line_whose_file_was_changed_later_is_refused_by_name(folder: Path) -> None:
    commands.add_claim(str(folder), ROW)
    commands.add_claim(str(folder), ROW)
    first, second = read_log(folder).lines
    before = own_bytes(folder)
    with pytest.raises(
        StorageError, match=r"^The change \(add claim, .*files are not as it left them"
    ) as caught:
        commands.undo(str(folder), first.id)
    (problem,) = caught.value.problems
    assert problem.file == "claims.csv"
    assert f"changed later by: add claim ({second.id})" in problem.found
    assert own_bytes(folder) == before
    commands.undo(str(folder))
    commands.undo(str(folder), first.id)
    assert "paper-1" not in (folder / "claims.csv").read_text()


def test_a_forecast_that_was_registered_stays_and_the_refusal_says_how_to_reach_behind_it(
    folder: Path, run: Run, tmp_path: Path
) -> None:
    claims = (folder / "claims.csv").read_bytes()
    commands.add_claim(str(folder), ROW)
    with changing(folder, "forecast --register") as change:
        made = change.new_folder("entry")
        (made / "draws.csv").write_text("x")
        change.place("register/2014-01", made)
    done = run("undo", folder, home=tmp_path)
    assert done.returncode == 5
    assert "a forecast that was issued stays" in done.stderr
    assert "vedette undo CASE --line ID, with an ID that `vedette log CASE` lists" in done.stderr
    first = read_log(folder).lines[0].id
    done = run("undo", folder, "--line", first, home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Taken back" in done.stdout
    assert (folder / "claims.csv").read_bytes() == claims
    assert (folder / "register" / "2014-01" / "draws.csv").read_text() == "x"


def test_a_line_that_is_not_there_or_notes_something_is_refused(folder: Path) -> None:
    commands.add_claim(str(folder), ROW)
    (folder / "notes.md").write_text("## Where\nA thought.")
    commands.add_claim(str(folder), ROW)
    with pytest.raises(
        UsageError, match=r"--line: expected the id of a line of .*changes.log; found 'nothing'"
    ):
        commands.undo(str(folder), "nothing")
    noted = read_log(folder).lines[1]
    with pytest.raises(UsageError, match=rf"--line: {noted.id} notes what was done without a change"):
        commands.undo(str(folder), noted.id)
