"""One question, one answer: the same quantity has the same value wherever it appears."""

import json
from pathlib import Path

import pytest
from support.running import Run, figures, records

DAY = "2020-09-30"


def test_the_monopoly_on_arms_is_that_of_its_command(run: Run, iraq_brief: Path, tmp_path: Path) -> None:
    done = run("monopoly", "iraq", "--as-of", DAY, "--at", DAY, "--json", home=tmp_path)
    answer = json.loads(done.stdout)["years"][-1]
    shown = figures(iraq_brief)["monopoly"]
    for key, band in (("middle", "value"), ("low", "low"), ("high", "high")):
        assert 100 * answer[key] == pytest.approx(shown[band], abs=1e-4)
    last = records(figures(iraq_brief)["monopoly-by-year"])[-1]
    assert answer["middle"] == pytest.approx(last["middle"], abs=1e-6)


def test_beliefs_in_the_brief_are_those_of_the_network(run: Run, iraq_brief: Path, tmp_path: Path) -> None:
    words = ("--show", "ties", "--at", DAY, "--as-of", DAY, "--least", "0", "--json")
    ties = json.loads(run("network", "iraq", *words, home=tmp_path).stdout)["ties"]
    beliefs = [tie["belief"] for tie in ties]
    contested = records(figures(iraq_brief)["contested"])
    assert contested
    for row in contested:
        assert any(row["belief"] == pytest.approx(belief, abs=1e-6) for belief in beliefs), row
