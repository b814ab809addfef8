"""Other places stand in for a place only where this intervention and all in the window passed them by."""

import pytest
from support.fourland import CaseFolder

from vedette import commands
from vedette.case import read_case
from vedette.effect import DonorAnswer
from vedette.errors import CaseError

HEAD = "id,name,from,to,kind,what,source,places\n"


def asked(folder: CaseFolder, rows: str, on: str = "FO-A", months: int = 6) -> DonorAnswer:
    case = folder({"interventions.csv": HEAD + rows})
    result = commands.effect(str(case), "push", on=on, months=months, model="conflictology-12", draws=50)
    assert result.changed.donors
    return result.changed.donors


def test_what_was_done_everywhere_leaves_no_place_without_it(case_folder: CaseFolder) -> None:
    found = asked(case_folder, "push,A push,2013-08,,push,A push,paper,\n")
    assert found.missing == "it was done in the whole country, and no place was without it"


def test_places_of_interventions_in_the_window_are_left_out_by_name(case_folder: CaseFolder) -> None:
    rows = (
        "push,A push,2013-08,,push,A push,paper,FO-A;FO-B\n"
        "raid,A raid,2013-10,,raid,A raid,paper,FO-C\n"
        "late,Later,2014-06,,raid,Later,paper,FO-D\n"
    )
    found = asked(case_folder, rows)
    named = {name: why for name, why in (found.left_out or {}).items() if why != "too quiet"}
    assert named == {"Bravo": "A push", "Charlie": "A raid"}
    assert "can stand in, where 5 are needed" in found.missing


@pytest.mark.parametrize("on", ["rebels", "north"])
def test_a_stratum_or_region_is_no_one_place(case_folder: CaseFolder, on: str) -> None:
    found = asked(case_folder, "push,A push,2013-08,,push,A push,paper,FO-A\n", on)
    assert found.missing == "it is asked of no one place"


def test_a_short_window_is_told(case_folder: CaseFolder) -> None:
    found = asked(case_folder, "push,A push,2013-08,,push,A push,paper,FO-A\n", months=5)
    assert found.missing == "18 months before and 6 after are needed; 19 and 5 are known"


def test_an_unknown_place_is_a_mistake_of_its_row(case_folder: CaseFolder) -> None:
    rows = "push,A push,2013-08,,push,A push,paper,FO-A;FO-Z\n"
    with pytest.raises(CaseError) as raised:
        read_case(case_folder({"interventions.csv": HEAD + rows}))
    (problem,) = raised.value.problems
    assert (problem.file, problem.row, problem.column) == ("interventions.csv", 2, "places")
    assert problem.expected == "ids of places, joined by ;"
    assert "FO-Z" in problem.found
