"""Open proposals may quote anything: only an edition that holds everything says how many there are."""

from pathlib import Path

import pytest
from support.fourland import CASE_FILES, CaseFolder
from support.spoken import spoken

from vedette import commands
from vedette.case import read_case
from vedette.changes.reading import read_next
from vedette.evidence import edition_of, read_ledger
from vedette.periods import parse_day


@pytest.mark.parametrize(("edition", "told"), [("public", None), ("internal", (("report.txt", 1),))])
def test_proposals_are_told_by_editions_that_hold_everything(
    case_folder: CaseFolder, tmp_path: Path, edition: str, told: tuple[tuple[str, int], ...] | None
) -> None:
    folder, report = case_folder({**CASE_FILES, **spoken()}), tmp_path / "report.txt"
    report.write_text("Bigland trains the Home Guard.\n", encoding="utf-8")
    commands.read_report(str(folder), report, source="paper")
    case, day = edition_of(read_case(folder), edition), parse_day("2014-09-30")
    assert read_next(case, read_ledger(case, day), day).proposals == told
