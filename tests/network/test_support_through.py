"""Support reaches state forces through those above them, and enters no sum there."""

import polars as pl
import pytest
from support.fourland import CaseFolder
from support.warland import AT, ledger
from support.warland import claim as row_of

from vedette.cli.text.network import through_in_words
from vedette.evidence import Ledger
from vedette.network import backing, dependence, flows, inherited_support, network_at

FORCES = """\
force,from,to,status,part_of
state,,,state,
police,,,state,state
army,,,state,police
brigade,,,state,army
militia,,,hybrid,army
bandits,,,state,militia
guard,2014,,state,army
"""


def claim(number: int, subject: str, relation: str, object_: str, **cells: object) -> str:
    """A claim that is believed far enough to count: from a source graded A."""
    return row_of(number, subject, relation, object_, **{"source": "totals", **cells})


GIVEN = claim(1, "guards", "training", "army", low=5, high=5, unit="people trained", from_="2012")


def through(found: Ledger) -> list[tuple[str, str, str, str]]:
    """Force, through which, backer and relation of the support that reaches forces on the day."""
    columns = ("force", "through", "backer", "relation")
    return sorted(inherited_support(found, AT).select(columns).iter_rows())


def test_it_runs_down_from_a_force_to_the_state_forces_within_it(case_folder: CaseFolder) -> None:
    rows = [GIVEN, claim(2, "south", "weapons", "police")]
    assert through(ledger(case_folder, rows, FORCES)) == [
        ("army", "police", "south", "weapons"),
        ("brigade", "army", "north", "training"),
        ("brigade", "police", "south", "weapons"),
    ]


def test_it_is_told_in_one_line_for_each_force_above(case_folder: CaseFolder) -> None:
    rows = [GIVEN, claim(2, "south", "weapons", "police"), claim(3, "south", "training", "police")]
    lines = through_in_words(inherited_support(ledger(case_folder, rows, FORCES), AT), {"north": "Northland"})
    assert lines["brigade"] == [
        "Through army, counted there: Northland (training).",
        "Through police, counted there: south (training, weapons).",
    ]


@pytest.mark.parametrize("recipient", ["state", "militia", "brigade", "bandits"])
def test_it_runs_neither_from_the_state_nor_from_or_through_a_hybrid(
    case_folder: CaseFolder, recipient: str
) -> None:
    assert through(ledger(case_folder, [claim(1, "north", "funding", recipient)], FORCES)) == []


def test_it_runs_through_a_ministry_and_not_to_it(case_folder: CaseFolder) -> None:
    ministry = "ministry,The Ministry,institution,state,,,,,,,,\n"
    forces = "force,status,part_of\npolice,state,\nministry,state,police\narmy,state,ministry\n"
    rows = [claim(1, "north", "funding", "police"), claim(2, "south", "funding", "ministry")]
    found = ledger(case_folder, rows, forces, people=ministry)
    assert through(found) == [
        ("army", "ministry", "south", "funding"),
        ("army", "police", "north", "funding"),
    ]


def test_it_follows_the_tree_of_the_day(case_folder: CaseFolder) -> None:
    forces = "force,from,to,status,part_of\narmy,,,state,\npolice,,2012,state,army\npolice,2013,,state,\n"
    assert through(ledger(case_folder, [GIVEN], forces)) == []


def test_a_child_in_the_tree_changes_no_total(case_folder: CaseFolder) -> None:
    rows = [GIVEN, claim(2, "south", "weapons", "police"), claim(3, "south", "funding", "brigade")]
    flat = FORCES.replace(",state,army\nmilitia", ",state,\nmilitia")
    fewer, more = ledger(case_folder, rows, flat), ledger(_named(case_folder, "more"), rows, FORCES)
    assert inherited_support(more, AT).height > inherited_support(fewer, AT).height
    for table in (backing, dependence, flows):
        assert _total(table, fewer).equals(_total(table, more))
    assert network_at(fewer, AT).ties.equals(network_at(more, AT).ties)


def _total(table: object, found: Ledger) -> pl.DataFrame:
    if table is backing:
        return backing(found, [AT])
    return dependence(found, AT) if table is dependence else flows(found, AT.replace(year=2012), AT)


def _named(folder: CaseFolder, name: str) -> CaseFolder:
    return lambda files: folder(files, name)
