"""The runner of mutants: it kills what a test would notice, and reports what none does."""

from pathlib import Path

import pytest
from mutants import equivalents, key, report
from mutation import Mutant, mutants_of, sample
from mutation_runs import Room, Verdict, judge

CODE = '''\
"""A room with one function that is tested at its edge, and one that is tested nowhere near it."""

GROWN = 18


def grown(age: int) -> bool:
    """Whether somebody is of age."""
    return age >= GROWN


def old(age: int) -> bool:
    """Whether somebody is old."""
    return age >= 65
'''
TESTS = """\
from room.ages import grown, old


def test_grown() -> None:
    assert grown(18)
    assert not grown(17)


def test_old() -> None:
    assert old(90)
    assert not old(1)
"""
ROOM = Room("ages", ("room",), ("tests",))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository of one room and its tests."""
    folder = tmp_path / "repository"
    for name, text in (("room/__init__.py", ""), ("room/ages.py", CODE), ("tests/test_ages.py", TESTS)):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def mutant(root: Path, after: str) -> Mutant:
    """The mutant of a line."""
    (found,) = [each for each in mutants_of(root, "room/ages.py") if each.after == after]
    return found


def test_a_planted_mistake_is_killed_and_one_that_nothing_tests_survives(root: Path, tmp_path: Path) -> None:
    planted = [mutant(root, line) for line in ("return age > GROWN", "GROWN = 19", "return age > 65")]
    told: list[str] = []
    work = tmp_path / "work"
    verdicts = judge(root, [(ROOM, each) for each in planted], work, 1, 10, told.append)
    assert [each.fate for each in verdicts] == ["killed", "killed", "survived"]
    assert [line.split()[0] for line in told] == ["killed", "killed", "survived"]
    assert (root / "room/ages.py").read_text(encoding="utf-8") == CODE
    said = report(verdicts)
    assert said[0] == "\nroom/ages.py:13\n- return age >= 65\n+ return age > 65"
    assert said[-1].split() == ["all", "2", "1", "0", "0", "33.3%"]


def test_a_room_whose_tests_fail_anyway_proves_nothing(root: Path, tmp_path: Path) -> None:
    (root / "tests/test_ages.py").write_text(TESTS.replace("grown(18)", "grown(1)"), encoding="utf-8")
    with pytest.raises(RuntimeError, match=r"ages: .* fail without a mutant \(exit code 1\)"):
        judge(root, [(ROOM, mutant(root, "GROWN = 19"))], tmp_path / "work", 1, 10, print)


def test_no_mutant_is_begun_after_the_time_allowed(root: Path, tmp_path: Path) -> None:
    (left,) = judge(root, [(ROOM, mutant(root, "GROWN = 19"))], tmp_path / "work", 1, 0, print)
    assert left.fate == "not run"


def test_a_sample_is_the_same_for_the_same_seed(root: Path) -> None:
    files = ROOM.files(root)
    assert files == ["room/__init__.py", "room/ages.py"]
    everything = sample(root, files, 100, 1)
    assert len({each.source for each in everything}) == len(everything) == 5
    assert sample(root, files, 3, 1) == sample(root, files, 3, 1)
    assert sample(root, files, 3, 1) != sample(root, files, 3, 2)


def test_an_equivalent_mutant_is_listed_with_its_reason_and_no_longer_when_its_line_is_gone(
    root: Path, tmp_path: Path
) -> None:
    listed = tmp_path / "equivalent.yaml"
    entry = "- {file: room/ages.py, before: GROWN = 18, after: GROWN = 19, reason: nobody is 18}\n"
    listed.write_text(entry, encoding="utf-8")
    planted = mutant(root, "GROWN = 19")
    assert equivalents(listed, root) == {key(planted): "nobody is 18"}
    said = report([Verdict("ages", planted, "equivalent")])
    assert said[-1].split() == ["all", "0", "0", "1", "0", "0.0%"]
    (root / "room/ages.py").write_text(CODE.replace("18", "21"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"ages.py has no line .GROWN = 18.; take the entry out"):
        equivalents(listed, root)
