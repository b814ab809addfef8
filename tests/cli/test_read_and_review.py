"""``vedette read`` and ``vedette review`` as a user runs them."""

import csv
import json
from pathlib import Path

import pytest
from support.running import Run

REPORT = """Iran supplied rockets to Kata'ib Hizballah in March 2019. The rain fell.

Badr denied that it had attacked the US-led coalition.
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A short report."""
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    return file


def claims(case: Path) -> list[dict[str, str]]:
    """The rows of claims.csv."""
    path = case / "claims.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_nothing_is_accepted_without_review_and_nothing_is_proposed_twice(
    run: Run, iraq_copy: Path, report: Path, tmp_path: Path
) -> None:
    before = claims(iraq_copy)
    done = run("read", iraq_copy, report, "--json", home=tmp_path)
    assert done.returncode == 0, done.stderr
    first = json.loads(done.stdout)
    assert [one["relation"] for one in first["proposals"]] == ["weapons", "attacked"]
    assert first["added"] == 2
    kept = (iraq_copy / "claims.proposed.csv").read_bytes()
    again = json.loads(run("read", iraq_copy, report, "--json", home=tmp_path).stdout)
    assert again["added"] == 0
    assert (iraq_copy / "claims.proposed.csv").read_bytes() == kept
    assert claims(iraq_copy) == before
    span = first["proposals"][1]
    paragraph = REPORT.split("\n\n")[int(span["paragraph"]) - 1]
    assert paragraph[int(span["start"]) : int(span["end"])] == span["span"]


def test_a_person_accepts_edits_and_rejects(run: Run, iraq_copy: Path, report: Path, tmp_path: Path) -> None:
    run("read", iraq_copy, report, "--source", "paper-that-is-not", home=tmp_path)
    before = (iraq_copy / "claims.csv").read_bytes() if (iraq_copy / "claims.csv").exists() else b""
    run("read", iraq_copy, report, home=tmp_path)
    source = "ap-2008-11-09-awakening"
    answers = f"e relation hugs\na\n{source}\ne relation weapons\ne hedge claimed\na\nr\n"
    done = run("review", iraq_copy, given=answers, home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "expected a relation of the vocabulary; found 'hugs'" in done.stdout
    assert "Accepted 1, rejected 1, still open 0." in done.stdout
    row = claims(iraq_copy)[-1]
    assert (row["subject"], row["object"], row["hedge"], row["from"], row["source"]) == (
        *("iran", "kataib-hezbollah", "claimed", "2019-03"),
        source,
    )
    assert (iraq_copy / "claims.csv").read_bytes().startswith(before)
    assert run("check", iraq_copy, home=tmp_path).returncode == 0
    assert json.loads(run("read", iraq_copy, report, "--json", home=tmp_path).stdout)["added"] == 0


def test_a_source_that_is_not_there_leaves_claims_as_they_were(
    run: Run, iraq_copy: Path, report: Path, tmp_path: Path
) -> None:
    run("read", iraq_copy, report, home=tmp_path)
    before = claims(iraq_copy)
    done = run("review", iraq_copy, given="a\nno-such-paper\nq\n", home=tmp_path)
    assert "sources.csv" in done.stdout
    assert "still open 2" in done.stdout
    assert claims(iraq_copy) == before


def test_an_end_of_answers_quits(run: Run, iraq_copy: Path, report: Path, tmp_path: Path) -> None:
    run("read", iraq_copy, report, home=tmp_path)
    assert "still open 2" in run("review", iraq_copy, given="", home=tmp_path).stdout


def test_a_shipped_case_is_read_but_its_claims_are_not_changed(
    run: Run, report: Path, tmp_path: Path
) -> None:
    assert run("read", "iraq", report, home=tmp_path).returncode == 0
    assert (tmp_path / "iraq" / "claims.proposed.csv").is_file()
    assert len(json.loads(run("review", "iraq", "--json", home=tmp_path).stdout)) == 2
    done = run("review", "iraq", home=tmp_path)
    assert done.returncode == 2
    assert "comes with vedette and stays as it is. Copy it and work on the copy: cp -r" in done.stderr


def test_a_model_needs_an_address(run: Run, report: Path, tmp_path: Path) -> None:
    done = run("read", "iraq", report, "--model", "tiny", home=tmp_path)
    assert done.returncode == 2
    assert "--model-address and --model go together" in done.stderr
