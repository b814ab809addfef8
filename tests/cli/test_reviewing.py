"""What a reviewer sees and may do: neighbours, edits that keep words and tie together, undo, checks, gaps."""

import json
from pathlib import Path

import pytest
from support.fourland import CaseFolder
from support.own_bytes import own_bytes
from support.running import typed
from support.spoken import spoken

from vedette import commands
from vedette.case import read_case
from vedette.errors import UsageError

REPORT = """The rain fell. Bigland trains the Home Guard. It snowed later.

Bigland attacked the Rebel Front in March 2013. Nobody knows why.

The end.
"""


@pytest.fixture
def folder(case_folder: CaseFolder, tmp_path: Path) -> Path:
    """Fourland with two proposals of a report."""
    folder = case_folder(spoken())
    (tmp_path / "report.txt").write_text(REPORT)
    done = typed("read", folder, tmp_path / "report.txt", "--source", "paper")
    assert "2 proposals" in done.stdout
    return folder


def review(folder: Path, answers: str, *more: str) -> str:
    """What a review prints for some answers, blanks and line ends as one blank."""
    done = typed("review", folder, *more, given=answers, environment={"COLUMNS": "200", "NO_COLOR": "1"})
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def test_the_whole_sentence_is_shown_between_its_neighbours(folder: Path) -> None:
    shown = review(folder, "s\ns\n")
    assert "report.txt, paragraph 1 (rules" in shown
    assert "The rain fell. Bigland trains the Home Guard. It snowed later." in shown
    assert "It snowed later. Bigland attacked the Rebel Front in March 2013. Nobody knows why." in shown


def test_a_long_sentence_is_kept_whole(case_folder: CaseFolder, tmp_path: Path) -> None:
    folder = case_folder(spoken())
    long = "Bigland trains the Home Guard" + ", as was told at length" * 30 + "."
    (tmp_path / "long.txt").write_text(long)
    typed("read", folder, tmp_path / "long.txt", "--source", "paper")
    (one,) = commands.open_proposals(str(folder)).proposals
    assert (one.cells["span"], one.cells["before"], one.cells["after"]) == (long, "", "")


def test_a_drafted_statement_follows_the_tie(folder: Path) -> None:
    shown = review(folder, "s\ne object guard\ne polarity -\na\n")
    assert "Accepted 1" in shown
    row = read_case(folder).claims.tail(1).row(0, named=True)
    assert (row["object"], row["polarity"]) == ("guard", "-")
    assert row["statement"] == "It is not so that Bigland attacked Home Guard"


def test_a_statement_in_own_words_stays_and_is_pointed_at(folder: Path) -> None:
    shown = review(folder, "s\ne statement Planes hit the front\ne object guard\na\n")
    assert "The statement still says: Planes hit the front. Edit it too if it must change." in shown
    row = read_case(folder).claims.tail(1).row(0, named=True)
    assert (row["object"], row["statement"]) == ("guard", "Planes hit the front")


def test_a_judgement_is_taken_back_and_judged_anew(folder: Path) -> None:
    before = own_bytes(folder)
    shown = review(folder, "a\nr\nu\nu\nu\nq\n")
    assert shown.count("Taken back:") == 2
    assert "Nothing of this review to take back." in shown
    assert "Accepted 0, rejected 0, still open 2." in shown
    assert own_bytes(folder) == before
    assert "Accepted 1, rejected 1, still open 0." in review(folder, "r\nu\na\nr\n")


def test_a_claim_that_is_there_already_is_told(folder: Path) -> None:
    review(folder, "a\nq\n")
    commands.edit(str(folder), "c1", changes={"from": "", "to": ""}, was={})
    text = commands.claims_to_check(str(folder)).claims[0].claim
    cells = {name: cell for name, cell in text.items() if name != "id"}
    assert set(commands.add_claim(str(folder), cells).repeats) == {text["id"], "c1"}


def test_a_second_person_checks_what_another_added(folder: Path) -> None:
    review(folder, "a\nq\n")
    key = read_case(folder).claims["id"].to_list()[-1]
    waiting = json.loads(typed("review", folder, "--check", "--json").stdout)
    assert [row["id"] for row in waiting] == [key, *(f"c{number}" for number in range(10, 0, -1))]
    adder = waiting[0]["added_by"]
    assert adder
    with pytest.raises(UsageError, match=f"{adder} added it; a second person checks it"):
        commands.check_claim(str(folder), key, by=adder)
    shown = review(folder, "c\nu\nc\ns\nq\n", "--check", "--by", "Anna")
    assert f"{key}, added by {adder}" in shown
    assert "The rain fell. Bigland trains the Home Guard. It snowed later." in shown
    assert "Checked 1, still unchecked 10." in shown
    assert read_case(folder).claims["checked_by"].to_list()[-2:] == ["", "Anna"]
    assert len(commands.claims_to_check(str(folder)).claims) == 10
    shown = review(folder, "c\ne credibility 1\nc\nq\n", "--check", "--by", "Anna", "--source", "atlas")
    assert "c9" in shown
    commands.retract(str(folder), "c8", why="w")
    assert "c8" not in [one.claim["id"] for one in commands.claims_to_check(str(folder)).claims]


def test_a_gap_is_noted_with_what_it_came_up_at(folder: Path) -> None:
    (folder / "notes.md").write_text("# Mine\n\n## Where\n\nWords.\n")
    before = own_bytes(folder)
    shown = review(folder, "g Who pays the trainers?\ng\nHow many?\nq\n")
    assert shown.count("Noted in notes.md.") == 2
    text = (folder / "notes.md").read_text()
    assert text.startswith("# Mine\n\n## Where\n\nWords.\n\n## Information gaps\n\n- 20")
    assert text.endswith(": How many? (report.txt, paragraph 1)\n")
    assert ": Who pays the trainers? (report.txt, paragraph 1)\n" in text
    for line in reversed(commands.log(str(folder)).changes[-2:]):
        commands.undo(str(folder), line.id)
    assert own_bytes(folder) == before
    (folder / "notes.md").write_text("## Information gaps\n\n- old\n\n## What if\n\nMore.\n")
    commands.note_gap(str(folder), "new", about="c1")
    lines = (folder / "notes.md").read_text().splitlines()
    assert (lines[2], lines[3][-10:], lines[5]) == ("- old", ": new (c1)", "## What if")
    with pytest.raises(UsageError, match="expected what is not known"):
        commands.note_gap(str(folder), " ", about="c1")
