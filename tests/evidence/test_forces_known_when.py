"""Statuses of forces and dates of actors as they could have been known on a day."""

from datetime import date

import pytest
from support.fourland import CaseFolder
from support.warland import claim, ledger

from vedette.evidence import Ledger, profile
from vedette.network import Standing

LAID_DOWN = claim(1, "state", "payroll", "militia", from_="2013", known="2014-03-10")
FORCES = """\
force,from,to,status,part_of,known,claim
militia,2009-02,2012-12,non-state,,,
militia,2013,,hybrid,army,,c1
army,,,state,,,
police,2011-05,,state,army,2010-01,
brigade,2012,2013-06,state,army,,
brigade,2013-07,,non-state,,,
"""
PEOPLE = "late,The Late,force,state,2012-04,2013-05,,,,,,\n"


def known(folder: CaseFolder, as_of: date) -> Ledger:
    """The ledger as known on a day."""
    return ledger(folder, [LAID_DOWN], FORCES, as_of, people=PEOPLE)


def status(found: Ledger, force: str, at: date) -> str:
    """The status of a force on a day."""
    return Standing(found.case, at).status(force)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2009, 2, 27), []),  # known at the end of the month in which it begins
        (date(2009, 2, 28), [("2009-02", "", "non-state")]),
        (date(2012, 12, 30), [("2009-02", "", "non-state")]),
        (date(2014, 3, 9), [("2009-02", "", "non-state")]),  # what follows is not known yet
        (date(2014, 3, 10), [("2009-02", "2012-12", "non-state"), ("2013", "", "hybrid")]),
    ],
)
def test_a_status_is_known_with_its_claim_or_its_beginning(
    case_folder: CaseFolder, as_of: date, expected: list[tuple[str, str, str]]
) -> None:
    rows = profile(known(case_folder, as_of), "militia").statuses
    assert list(rows.select("from", "to", "status").iter_rows()) == expected


def test_known_goes_before_the_beginning(case_folder: CaseFolder) -> None:
    assert status(known(case_folder, date(2010, 1, 31)), "police", date(2011, 6, 1)) == "state"
    early = known(_named(case_folder, "early"), date(2010, 1, 30))
    assert "police" not in Standing(early.case, date(2011, 6, 1)).coded


def test_a_day_after_is_judged_by_what_was_known(case_folder: CaseFolder) -> None:
    later = date(2014, 6, 1)
    assert status(known(case_folder, date(2013, 1, 1)), "militia", later) == "non-state"
    assert status(known(_named(case_folder, "now"), date(2014, 12, 1)), "militia", later) == "hybrid"


def test_an_end_is_known_once_it_is_over(case_folder: CaseFolder) -> None:
    def ends(as_of: date, name: str) -> list[str]:
        rows = profile(known(_named(case_folder, name), as_of), "brigade").statuses
        return rows["to"].to_list()

    assert ends(date(2013, 6, 29), "before") == [""]
    assert ends(date(2013, 7, 31), "after") == ["2013-06", ""]


def test_dates_of_actors_that_are_to_come_are_left_out(case_folder: CaseFolder) -> None:
    def dates(as_of: date, name: str) -> tuple[str, str]:
        actor = profile(known(_named(case_folder, name), as_of), "late").actor
        return actor["from"], actor["to"]

    assert dates(date(2012, 4, 29), "before") == ("", "")
    assert dates(date(2012, 4, 30), "begun") == ("2012-04", "")
    assert dates(date(2013, 5, 31), "over") == ("2012-04", "2013-05")


def test_a_row_of_later_days_moves_no_earlier_answer(case_folder: CaseFolder) -> None:
    day = date(2012, 6, 30)
    before = known(case_folder, day)
    files = FORCES + "bandits,2013-01,,hybrid,militia,,\nguard,,2013-05,state,,,\nguard,2013-06,,hybrid,,,\n"
    after = ledger(_named(case_folder, "after"), [LAID_DOWN], files, day, people=PEOPLE)
    kept = after.case.forces.filter(after.case.forces["force"] != "guard")
    assert kept.equals(before.case.forces)
    assert after.case.forces.filter(after.case.forces["force"] == "guard")["to"].to_list() == [""]


def _named(folder: CaseFolder, name: str) -> CaseFolder:
    return lambda files: folder(files, name)
