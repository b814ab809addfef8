"""Mutated cases and files end in mistakes or in what the other commands accept: no traceback, no silence.

The long form is ``make fuzz``.
"""

from pathlib import Path

import pytest
from support.fuzz.cases import KINDS, bases, lopsided, tally, verdicts
from support.fuzz.files import file_verdicts
from support.fuzz.mutant import Fate, Mutant
from support.fuzz.trial import Verdict, tried


def faults(found: list[Verdict]) -> list[str]:
    """What went wrong, with what was done."""
    return [f"{one.mutant.kind} ({one.mutant.what}): {fault}" for one in found for fault in one.faults]


def test_forty_mutated_cases(tmp_path: Path) -> None:
    found = list(verdicts(tmp_path, 40, 2, bases(tmp_path, ("fourland", "new")), every=1000))
    assert faults(found) == []
    assert {one.mutant.kind for one in found} == {kind.name for kind in KINDS}
    accepted = sum(one.accepted for one in found)
    assert 40 / 3 <= accepted <= 80 / 3


def test_twenty_mutated_files(tmp_path: Path) -> None:
    found = list(file_verdicts(tmp_path, 20, 1))
    assert faults(found) == []
    accepted = sum(one.accepted for one in found)
    assert 20 / 3 <= accepted <= 40 / 3


@pytest.mark.parametrize(
    ("file", "before", "after", "fate", "moved", "words"),
    [
        ("posture.csv", b"1500", b"1501", Fate.REFUSED, 0, "accepted in silence"),
        ("posture.csv", b"1500", b"many", Fate.ACCEPTED, 0, "refused though right"),
        ("observed.csv", b"1,1,2,2,4,6", b"1,1,2,2,5,6", Fate.ACCEPTED, 0, "deaths of the country: expected"),
    ],
)
def test_the_trial_notices_what_is_wrong(
    tmp_path: Path, file: str, before: bytes, after: bytes, fate: Fate, moved: int, words: str
) -> None:
    (start,) = bases(tmp_path, ("fourland",))
    assert before in start.files[file]
    changed = {**start.files, file: start.files[file].replace(before, after, 1)}
    verdict = tried(Mutant("cells", "one", changed, fate, moved=moved), tmp_path / "m", start.deaths)
    assert any(words in fault for fault in verdict.faults)


def test_a_generator_that_makes_one_sort_alone_is_told(tmp_path: Path) -> None:
    mutant = Mutant("cells", "", {}, Fate.ACCEPTED)
    del tmp_path
    assert lopsided(tally([Verdict(mutant, accepted=True)] * 30)) == ["cells: 30 accepted, 0 refused"]
    assert lopsided(tally([Verdict(mutant, accepted=n % 2 == 0) for n in range(30)])) == []
