"""Mistakes in forces.csv: one status at a time, one tree, and what the index of arms needs."""

import pytest
from support.fourland import CaseFolder
from support.spoken import Cells, spoken, table

from vedette.case import read_case
from vedette.case.schema.rows import Force
from vedette.errors import CaseError, Problem


def mistakes(folder: CaseFolder, *rows: Cells) -> list[Problem]:
    """What is wrong with a case of these rows of forces.csv."""
    with pytest.raises(CaseError) as caught:
        read_case(folder({**spoken(), "forces.csv": table(Force, rows)}))
    return list(caught.value.problems)


def accepted(folder: CaseFolder, *rows: Cells) -> int:
    """How many rows of forces.csv a case of these has."""
    return read_case(folder({**spoken(), "forces.csv": table(Force, rows)})).forces.height


def row(force: str, part_of: str = "", status: str = "state", **cells: object) -> Cells:
    """A row of forces.csv."""
    named = {name.rstrip("_"): str(value) for name, value in cells.items()}
    return {"force": force, "status": status, "part_of": part_of, **named}


def test_two_statuses_at_one_time(case_folder: CaseFolder) -> None:
    rows = [row("guard", from_=2010, to=2014), row("guard", status="hybrid", from_=2012, to=2016)]
    (problem,) = mistakes(case_folder, *rows)
    assert (problem.file, problem.row, problem.column) == ("forces.csv", 3, "status")
    assert "one status at a time; found hybrid, and state in row 2. Let one interval end before" in str(
        problem
    )


def test_two_places_in_the_tree_at_one_time(case_folder: CaseFolder) -> None:
    rows = [row("state"), row("rebels"), row("guard", "state", to=2013), row("guard", "rebels", from_=2012)]
    (problem,) = mistakes(case_folder, *rows)
    assert (problem.row, problem.column) == (5, "part_of")
    assert "one force above at a time; found rebels, and state in row 4" in str(problem)


def test_rows_that_meet_in_a_year_are_fine(case_folder: CaseFolder) -> None:
    rows = [row("state"), row("rebels"), row("guard", "state", to=2012), row("guard", "rebels", from_=2012)]
    assert accepted(case_folder, *rows) == 4


def test_a_ring(case_folder: CaseFolder) -> None:
    rows = [row("guard", "state"), row("state", "rebels"), row("rebels", "guard")]
    (problem,) = mistakes(case_folder, *rows)
    assert (problem.row, problem.column) == (2, "part_of")
    assert "no ring; found guard - state - rebels - guard. Take one of these links out." in str(problem)


def test_a_force_within_itself(case_folder: CaseFolder) -> None:
    (problem,) = mistakes(case_folder, row("guard", "guard"))
    assert "found guard - guard" in str(problem)


def test_a_ring_is_one_of_a_day(case_folder: CaseFolder) -> None:
    turned = [row("guard", "rebels", to=2012), row("guard", from_=2013)]
    turned += [row("rebels", to=2012), row("rebels", "guard", from_=2013)]
    assert accepted(case_folder, *turned) == 4
    late = [row("guard", "rebels"), row("rebels", to="2012-05"), row("rebels", "guard", from_="2012-06")]
    assert "found guard - rebels - guard" in str(mistakes(lambda files: case_folder(files, "late"), *late)[0])


def test_a_tree_that_names_no_force(case_folder: CaseFolder) -> None:
    (problem,) = mistakes(case_folder, row("guard", "rebles"), row("rebels"))
    assert (problem.row, problem.column) == (2, "part_of")
    assert "found 'rebles'. Did you mean 'rebels'? Or give rebles a row in forces.csv." in str(problem)


def test_a_main_force_within_another(case_folder: CaseFolder) -> None:
    rows = [row("state", main="yes"), row("rebels", "state"), row("guard", "rebels", main="army")]
    (problem,) = mistakes(case_folder, *rows)
    assert (problem.row, problem.column) == (4, "main")
    assert "main forces apart from each other; found guard within state, both main" in str(problem)
    apart = [row("state", main="elsewhere"), row("guard", "state", main="army")]
    assert accepted(lambda files: case_folder(files, "apart"), *apart) == 2


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"most": 100, "main": "yes"}, "expected who holds that it is at most 100; found nothing"),
        ({"author": "vedette", "main": "yes"}, "expected nothing without a most; found 'vedette'"),
        ({"most": 100, "author": "vedette"}, "nothing, as only main forces have a most; found 100.0"),
        ({"most": 0, "author": "x", "main": "yes"}, "a number of persons above 0"),
        ({"main": "no"}, "expected 'army', 'yes' or 'elsewhere'; found 'no'"),
        ({"main": "yes", "status": "foreign"}, "nothing, as foreign troops are not in the index"),
        ({"status": "allied"}, "found 'allied'"),
    ],
)
def test_what_the_index_needs(case_folder: CaseFolder, cells: Cells, words: str) -> None:
    (problem,) = mistakes(
        case_folder, {**row("guard"), **{name: str(value) for name, value in cells.items()}}
    )
    assert words in str(problem)
