"""Alignment, balance, hybrids and missions, by hand."""

from hypothesis import given
from hypothesis import strategies as st
from support.fourland import ACTORS, CaseFolder
from support.warland import AT, PEOPLE, claim, ledger

from vedette.network import alignment, balance, hybrids, missions, network_at, positions
from vedette.network.graph import Network

SURE = {"source": "totals"}


def test_positions_and_alignment(case_folder: CaseFolder) -> None:
    rows = [
        claim(1, "north", "training", "army", **SURE),
        claim(2, "north", "training", "police", **SURE),
        claim(3, "bandits", "hostility", "army", **SURE),
        claim(4, "bandits", "hostility", "police", **SURE),
    ]
    told = ledger(case_folder, rows)
    stands = {
        (row["actor"], row["towards"]): row["position"] for row in positions(told, AT).iter_rows(named=True)
    }
    assert stands["army", "north"] == "friendly"
    assert stands["bandits", "police"] == "hostile"
    alike = {frozenset(row[:2]): row[2:4] for row in alignment(told, AT).iter_rows()}
    assert alike[frozenset({"army", "police"})] == (1.0, 2)
    assert alike[frozenset({"north", "bandits"})] == (-1.0, 2)


def test_a_denied_or_faded_opposition_is_no_position(case_folder: CaseFolder) -> None:
    rows = [
        claim(1, "bandits", "opposes", "north", polarity="-", **SURE),
        claim(2, "army", "opposes", "north", to="2010-06-30", said="2010-06-30", **SURE),
        claim(3, "police", "opposes", "north", **SURE),
    ]
    found = positions(ledger(case_folder, rows), AT)
    assert set(found["actor"]) == {"police", "north"}
    assert found["said"].unique().to_list() == [AT]


def test_friends_and_foes_at_once_are_neither_in_alignment(case_folder: CaseFolder) -> None:
    rows = [
        claim(1, "north", "training", "army", **SURE),
        claim(2, "north", "hostility", "army", **SURE),
        claim(3, "south", "training", "army", **SURE),
    ]
    told = ledger(case_folder, rows)
    (row,) = positions(told, AT).filter(actor="north").iter_rows(named=True)
    assert (row["position"], row["friendly"], row["hostile"]) == ("both", "training", "hostility")
    assert alignment(told, AT).is_empty()


def test_no_attribute_of_an_actor_moves_its_alignment(case_folder: CaseFolder) -> None:
    rows = [claim(1, "north", "training", "army", **SURE), claim(2, "north", "favours", "bandits", **SURE)]
    plain = alignment(ledger(case_folder, rows), AT)
    header, *known = ACTORS.strip().split("\n")
    people = f"{header},groups,handling\n" + "\n".join(f"{row},," for row in known) + "\n" + PEOPLE
    marked = people.replace("The Bandits,armed-group", "The Bandits,tribe").replace(
        "army,Fourland Army", "army,The Sect"
    )
    changed = ledger(lambda files, name="other": case_folder({**files, "actors.csv": marked}, name), rows)
    assert alignment(changed, AT).equals(plain)


def test_balanced_and_unbalanced_triangles(case_folder: CaseFolder) -> None:
    rows = [
        claim(1, "north", "alliance", "south", **SURE),
        claim(2, "south", "alliance", "army", **SURE),
        claim(3, "north", "hostility", "army", **SURE),
        claim(4, "bandits", "hostility", "army", **SURE),
        claim(5, "bandits", "hostility", "south", **SURE),
    ]
    found = balance(network_at(ledger(case_folder, rows), AT))
    assert found.triangles == 2
    assert found.balanced == 1
    assert found.unbalanced == (("army", "north", "south"),)
    assert (found.frustration, found.exact) == (1, True)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.booleans()), max_size=14))
def test_two_camps_are_always_balanced(edges: list[tuple[int, int, bool]]) -> None:
    import polars as pl

    camps = [name % 2 for name in range(7)]
    rows = [
        (f"a{one}", "alliance", "structure", f"a{other}", 1 if camps[one] == camps[other] else -1, 0.9)
        for one, other, _ in edges
        if one != other
    ]
    schema = {
        **dict.fromkeys(("subject", "relation", "kind", "object"), pl.String),
        **{"sign": pl.Int64, "belief": pl.Float64},
    }
    found = balance(Network(AT, pl.DataFrame(), pl.DataFrame(rows, schema=schema, orient="row")))
    assert found.balanced == found.triangles
    assert found.frustration == 0


def test_command_payroll_and_designation_stand_side_by_side(case_folder: CaseFolder) -> None:
    rows = [
        claim(1, "state", "payroll", "militia", **SURE),
        claim(2, "south", "command", "militia", **SURE),
        claim(3, "north", "designation", "militia", **SURE),
        claim(4, "state", "payroll", "army", **SURE),
    ]
    table = hybrids(ledger(case_folder, rows), AT)
    assert {(row["force"], row["relation"], row["by"]) for row in table.iter_rows(named=True)} == {
        ("militia", "payroll", "state"),
        ("militia", "command", "south"),
        ("militia", "designation", "north"),
    }


def test_missions_show_their_lead_and_how_it_is_said(case_folder: CaseFolder) -> None:
    rows = [
        claim(1, "north", "leads", "guards", from_="2012", to="2013", **SURE),
        claim(2, "south", "leads", "guards", from_="2013-11", hedge="expected", **SURE),
    ]
    table = missions(ledger(case_folder, rows))
    assert table.select("lead", "hedge").rows() == [("north", "documented"), ("south", "expected")]
