"""An error says who, wanted, got, do: all mistakes together, each with file, row, column and cure."""

import re

from support.fourland import INTERVENTIONS, POSTURE, SITES, SOURCES, TOTALS, CaseFolder
from support.running import Run

LINE = re.compile(r"  (?P<who>\S+\.(csv)), row \d+, column [\w-]+: expected .+?; found .+?\. [A-Z].+")
PLANTED = {
    "sources.csv": SOURCES.replace(",B,clear", ",Q,clear"),
    "sites.csv": SITES.replace(",0.5,0.25,", ",north,0.25,"),
    "posture.csv": POSTURE.replace("1500", "many"),
    "totals.csv": TOTALS.replace("2015-01,", "2015-13,"),
    "interventions.csv": INTERVENTIONS.replace("2012-03,", "2012-3rd,"),
}


def test_all_mistakes_are_told_at_once_each_with_its_place_and_cure(
    run: Run, case_folder: CaseFolder
) -> None:
    folder = case_folder(PLANTED)
    done = run("check", folder, home=folder.parent)
    assert done.returncode == 3
    lines = [line for line in done.stderr.splitlines() if line.startswith("  ")]
    assert {match["who"] for line in lines if (match := LINE.fullmatch(line))} == set(PLANTED)
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert "Traceback" not in done.stderr
