"""What drives a comparison is kept: the same as worked out, for the same draws alone, edition by edition."""

from typing import Any

import pytest
from support.fourland import CaseFolder
from support.small_mechanism import lay

from vedette import commands
from vedette.cache import cache
from vedette.commands.scenarios import ScenarioComparison
from vedette.scenario.drivers import all_drivers

TABLES = ("inputs", "tipping", "boxes")


def test_kept_drivers_are_those_that_are_worked_out(
    case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = lay(case_folder())

    def compared(draws: int = 60, seed: int = 1) -> ScenarioComparison:
        return commands.compare(commands.ensemble(str(folder), ("stay", "leave"), draws=draws, seed=seed))

    comparison = compared()
    anew = all_drivers.what_drives(
        comparison.ensemble, comparison.outcomes, comparison.months, lambda _: None
    )
    asked: list[str] = []
    work_out = cache._watched

    def working(work: Any, inputs: Any, named: Any) -> Any:
        asked.append(work.__name__)
        return work_out(work, inputs, named)

    monkeypatch.setattr(cache, "_watched", working)
    for again in (comparison, compared()):
        told = commands.what_drives(again)
        assert all(getattr(told, name).equals(getattr(anew, name)) for name in TABLES)
        assert [getattr(told, name).schema for name in TABLES] == [
            getattr(anew, name).schema for name in TABLES
        ]
    assert asked == ["what_drives"]
    commands.what_drives(compared(draws=61))
    commands.what_drives(compared(seed=2))
    assert asked.count("what_drives") == 3
