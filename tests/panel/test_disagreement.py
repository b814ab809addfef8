"""Where event files and observed.csv are both there, every cell in which they differ is told."""

from pathlib import Path

import pytest
from support.event_files import ged, write
from support.fourland import CaseFolder

from vedette import commands
from vedette.case import read_case
from vedette.events import load
from vedette.panel import disagreements, gather
from vedette.panel.holdings import FILES
from vedette.periods import Step, parse


@pytest.mark.parametrize(("best", "differ"), [("4", False), ("5", True)])
def test_a_cell_that_differs_stands_with_both_numbers(
    case_folder: CaseFolder, tmp_path: Path, best: str, differ: bool
) -> None:
    folder = case_folder({"observed.csv": None})
    load(read_case(folder), [write(tmp_path, "a.csv", ged({"best": "4", "low": "4", "high": "9"}))])
    commands.aggregate(str(folder))
    text = (folder / "observed.csv").read_text()
    (folder / "observed.csv").write_text(text.replace(",4,4,9", f",4,{best},9"))
    case = read_case(folder)
    holdings = gather(case)
    assert FILES in holdings.origins.values()
    found = disagreements(case, holdings, parse("2030-01", Step.MONTH))
    assert found.height == int(differ)
    if differ:
        assert found.select("best", "best_observed").row(0) == (4, 5)
        assert disagreements(case, holdings, parse("1990-01", Step.MONTH)).is_empty()
