"""One question, one answer: the same quantity has the same value wherever it appears."""

import json
from pathlib import Path

import pytest
from support.running import Run, figures, records

DAY = "2020-09-30"


def test_the_monopoly_on_arms_is_that_of_its_command(run: Run, iraq_brief: Path, tmp_path: Path) -> None:
    done = run("monopoly", "iraq", "--as-of", DAY, "--at", DAY, "--json", home=tmp_path)
    answer = json.loads(done.stdout)
    shown = figures(iraq_brief).get("monopoly")
    assert (shown is None) == bool(answer["index"]["withheld"])
    for key, band in (("middle", "value"), ("low", "low"), ("high", "high")):
        assert shown is None or 100 * answer["index"][key] == pytest.approx(shown[band], abs=1e-4)
    by_year = {row["year"]: row for row in records(figures(iraq_brief)["monopoly-by-year"])}
    for row in answer["years"]:
        told = by_year[int(row["at"][:4])]
        assert told["withheld"] == row["withheld"]
        assert told["middle"] == (None if row["middle"] is None else pytest.approx(row["middle"], abs=1e-6))


def test_beliefs_in_the_brief_are_those_of_the_network(run: Run, iraq_brief: Path, tmp_path: Path) -> None:
    words = ("--show", "ties", "--at", DAY, "--as-of", DAY, "--least", "0", "--json")
    ties = json.loads(run("network", "iraq", *words, home=tmp_path).stdout)["ties"]
    beliefs = {f"{100 * tie['belief']:.0f} %" for tie in ties}
    contested = records(figures(iraq_brief)["contested"])
    assert contested
    for row in contested:
        assert row["words"].partition("(")[2].removesuffix(")") in beliefs, row
