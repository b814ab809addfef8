"""Whom a backer builds up, by hand."""

from datetime import date, timedelta

import pytest
from support.fourland import CaseFolder
from support.warland import AT, claim, ledger

from vedette.cli.text.network import _begun, bodies_in_words
from vedette.network import (
    backing,
    bodies_of,
    dependence,
    faded,
    network_at,
    shared_reports,
    substitution,
    support,
    without_claims,
)

SURE = {"source": "totals"}
"""A source graded A: one documented claim of credibility 1 gives odds of 1/9 times 20."""


def test_recipients_are_counted_by_status_with_their_kinds(case_folder: CaseFolder) -> None:
    found = ledger(
        case_folder,
        [
            claim(1, "north", "training", "army", **SURE),
            claim(2, "guards", "weapons", "militia", **SURE),
            claim(3, "north", "weapons", "militia", **SURE),
            claim(4, "north", "funding", "police", **SURE),
            claim(5, "south", "funding", "bandits", **SURE),
            claim(6, "south", "weapons", "bandits", source="paper"),  # C: 3/9, one chance in four
        ],
    )
    table = backing(found, [AT])
    rows = {(row["backer"], row["status"]): row for row in table.iter_rows(named=True)}
    assert set(rows) == {("north", "state"), ("north", "hybrid"), ("south", "non-state")}
    state, hybrid = rows["north", "state"], rows["north", "hybrid"]
    assert (state["recipients"], state["kinds"], state["names"]) == (2, "funding;training", "army;police")
    assert (hybrid["recipients"], hybrid["kinds"], hybrid["said"]) == (1, "weapons", AT)
    assert rows["south", "non-state"]["kinds"] == "funding"
    assert not [
        name for name, kind in table.schema.items() if kind.is_float()
    ]  # nothing is a share of belief


def test_one_statement_about_many_recipients_is_one_report(case_folder: CaseFolder) -> None:
    voice = {"speaker": "A general", "speaker_kind": "named", "origin": "briefing", **SURE}
    rows = [
        claim(1, "north", "weapons", "militia", **voice),
        claim(2, "north", "weapons", "brigade", **voice),  # a part of the militia
        claim(3, "north", "weapons", "bandits", **voice),
        claim(4, "south", "weapons", "militia", origin="table", **SURE),
        claim(5, "south", "weapons", "bandits", origin="table", **SURE),
    ]
    told = ledger(case_folder, rows)
    counts = {
        (row["backer"], row["status"]): (row["recipients"], row["reports"])
        for row in backing(told, [AT]).iter_rows(named=True)
    }
    assert counts["north", "hybrid"] == (1, 1)  # the widest counts
    assert counts["north", "non-state"] == (1, 1)
    assert counts["south", "hybrid"] == counts["south", "non-state"] == (1, 1)
    (one,) = shared_reports(told, support(told, AT), AT).iter_rows(named=True)
    assert (one["backer"], one["origin"], one["recipients"], one["counted"]) == ("north", "briefing", 3, 2)
    assert dict(dependence(told, AT).select("force", "widest").iter_rows())["brigade"] is False


def test_a_second_origin_makes_a_part_a_recipient_of_its_own(case_folder: CaseFolder) -> None:
    rows = [
        claim(1, "north", "weapons", "militia", origin="briefing", **SURE),
        claim(2, "north", "weapons", "brigade", origin="briefing", **SURE),
        claim(3, "north", "weapons", "brigade", origin="another", **SURE),
    ]
    (row,) = backing(ledger(case_folder, rows), [AT]).iter_rows(named=True)
    assert row["names"] == "brigade;militia"


def test_what_is_recalled_expected_or_given_by_the_own_state_is_no_backing(case_folder: CaseFolder) -> None:
    found = ledger(
        case_folder,
        [
            claim(1, "north", "training", "army", hedge="proposed"),
            claim(2, "north", "funding", "army", hedge="expected"),
            claim(3, "south", "weapons", "army", source="", basis="recalled", credibility=6, said=2012),
            claim(4, "state", "funding", "militia"),
        ],
    )
    assert support(found, AT, 0).is_empty()
    assert network_at(found, AT, least=0).ties["subject"].to_list() == ["state"]


def test_denied_and_faded_ties_are_in_no_aggregate_and_faded_ones_are_listed(case_folder: CaseFolder) -> None:
    rows = [
        claim(1, "north", "training", "army", polarity="-", **SURE),
        claim(2, "north", "funding", "army", to="2010-06-30", said="2010-06-30", **SURE),
        claim(3, "south", "weapons", "army", **SURE),
    ]
    told = ledger(case_folder, rows)
    assert dependence(told, AT)["backer"].to_list() == ["south"]
    assert backing(told, [AT])["backer"].to_list() == ["south"]
    assert network_at(told, AT).ties["relation"].to_list() == ["weapons"]
    (row,) = faded(told, AT).iter_rows(named=True)
    assert (row["subject"], row["relation"], row["said"]) == ("north", "funding", date(2010, 6, 30))
    assert "army" not in without_claims(told, AT)
    assert {"police", "militia"} <= set(without_claims(told, AT))


def test_later_claims_leave_an_earlier_answer_alone(case_folder: CaseFolder) -> None:
    early, late = (
        claim(1, "north", "training", "army", **SURE),
        claim(2, "south", "training", "army", known="2016-01", **SURE),
    )
    told = ledger(case_folder, [early, late], as_of=date(2013, 12, 31))
    assert support(told, AT)["backer"].to_list() == ["north"]


def test_a_pause_is_a_gap(case_folder: CaseFolder) -> None:
    rows = [
        claim(1, "north", "training", "army", **SURE),
        claim(2, "north", "training", "army", from_="2013-01", to="2013-03", said="2013-06", polarity="-",
              origin="other", **SURE),
    ]  # fmt: skip
    found = ledger(case_folder, rows)
    during, after = (support(found, day, 0) for day in (date(2013, 2, 1), AT))
    assert during["belief"][0] == pytest.approx(0.1)
    assert during["contested"][0]
    assert after["belief"][0] == pytest.approx(20 / 29)


def test_figures_of_one_unit_that_overlap_are_not_added(case_folder: CaseFolder) -> None:
    rows = [
        claim(1, "north", "training", "army", from_="2011-03", **SURE),
        claim(2, "south", "training", "army", **SURE),
        claim(3, "guards", "funding", "army", **SURE),
    ]
    table = dependence(ledger(case_folder, rows), AT)
    told = {(row["backer"], row["relation"]): row for row in table.iter_rows(named=True)}
    assert {key: row["alone"] for key, row in told.items()} == {
        ("north", "training"): False,
        ("south", "training"): False,
        ("north", "funding"): True,
    }
    training, funding = told["north", "training"], told["north", "funding"]
    assert (training["since"], training["said"], training["low"]) == (date(2011, 3, 1), AT, None)
    assert training["belief"] == pytest.approx(20 / 29)
    assert funding["backer"] == "north"
    assert "share" not in table.columns


def test_the_newest_figure_stands_beside_a_tie_and_no_request(case_folder: CaseFolder) -> None:
    rows = [
        claim(
            1, "north", "funding", "army", low=3, high=4, unit="USD million", from_="2012", to="2012", **SURE
        ),
        claim(
            2,
            "north",
            "funding",
            "army",
            low=5,
            high=5,
            unit="USD million",
            from_="2013-01",
            to="2013-05",
            **SURE,
        ),
        claim(
            3,
            "north",
            "funding",
            "army",
            low=9,
            high=9,
            unit="USD million requested",
            from_="2013-02",
            **SURE,
        ),
    ]
    (row,) = dependence(ledger(case_folder, rows), AT).iter_rows(named=True)
    assert (row["low"], row["high"], row["unit"]) == (5, 5, "USD million")
    assert (row["first"], row["last"]) == (date(2013, 1, 1), date(2013, 5, 31))


def test_who_turned_to_whom(case_folder: CaseFolder) -> None:
    broke = claim(
        1, "north", "broke-promise", "militia", from_="2014", to="2014", said=2014, statement="No arms came"
    )
    asked = claim(2, "militia", "asked-help", "south", from_="2014", said=2014, statement="They went south")
    later = claim(3, "south", "weapons", "militia", from_="2018", said="2018")
    (row,) = substitution(ledger(case_folder, [broke, asked, later])).to_dicts()
    assert (row["force"], row["lost"], row["turned_to"], row["months"]) == ("militia", "north", "south", 0)
    assert (row["loss"], row["gain"]) == ("c1", "c2")


def test_the_end_of_reporting_is_no_loss_and_a_claim_that_it_ended_is(case_folder: CaseFolder) -> None:
    ended = claim(1, "north", "weapons", "militia", from_="2012", to="2012-12-31", said="2013-06", **SURE)
    turned = claim(2, "south", "weapons", "militia", from_="2013-02", **SURE)
    said = claim(3, "north", "weapons", "militia", from_="2013-01", polarity="-", **SURE)
    denied = claim(3, "north", "weapons", "militia", from_="2013-01", polarity="-", hedge="denied", **SURE)

    def told(name: str, *rows: str) -> list[tuple[str, str, str, str]]:
        found = ledger(lambda files: case_folder(files, name), rows)
        return substitution(found).select("lost", "what", "turned_to", "gain").rows()

    assert told("report", ended, turned) == []
    assert told("denial", ended, turned, denied) == []
    assert told("never", said, turned) == []  # what was never given is not lost
    assert told("loss", ended, turned, said) == [("north", "weapons", "south", "c2")]


def test_a_gain_must_say_when_it_began(case_folder: CaseFolder) -> None:
    broke = claim(1, "north", "broke-promise", "militia", from_="2012", to="2012", statement="No arms came")
    unknown = claim(2, "south", "weapons", "militia", from_="")
    assert substitution(ledger(case_folder, [broke, unknown])).is_empty()


def test_what_a_body_gives_its_backer_gives(case_folder: CaseFolder) -> None:
    rows = [
        claim(1, "north", "weapons", "militia", source="paper"),  # C: one chance in four
        claim(2, "guards", "weapons", "militia"),  # B: odds 8/9
        claim(3, "guards", "weapons", "militia", polarity="-", origin="another"),
        claim(4, "guards", "training", "army", **SURE),
        claim(5, "guards", "training", "army", polarity="-", origin="another", **SURE),
    ]
    told = ledger(case_folder, rows)
    beliefs = dict(support(told, AT, 0).select("relation", "belief").iter_rows())
    # 1/9 times 3 times 8; what is denied of the guards alone says nothing of the rest of the backer
    assert beliefs["weapons"] == pytest.approx(24 / 33)
    assert beliefs["training"] == pytest.approx(0.1)  # nobody speaks of another body


def test_a_figure_of_before_the_spell_is_none_of_it(case_folder: CaseFolder) -> None:
    old = {"from_": "2001", "to": "2002", "low": 7, "high": 7, "unit": "people trained"}
    open_ended = claim(2, "north", "training", "army", **{**SURE, "from_": "2012"})
    found = ledger(case_folder, [claim(1, "north", "training", "army", **{**SURE, **old}), open_ended])
    (row,) = dependence(found, AT).iter_rows(named=True)
    assert (row["since"], row["stated"], row["low"]) == (date(2012, 1, 1), True, None)


def test_a_beginning_within_a_year_may_be_after_the_day(case_folder: CaseFolder) -> None:
    rows = [
        claim(1, "north", "training", "army", **{**SURE, "from_": str(AT.year)}),
        claim(2, "north", "weapons", "army", **{**SURE, "from_": f"{AT - timedelta(1)}"}),
        claim(3, "north", "funding", "army", **{**SURE, "from_": f"{AT}", "known": f"{AT}"}),  # so when said
    ]
    table = dependence(ledger(case_folder, rows), AT)
    assert dict(table.select("relation", "begun").iter_rows()) == {
        "training": date(AT.year, 12, 31),
        "weapons": AT - timedelta(1),
        "funding": None,
    }
    told = [_begun(row, AT) for row in table.iter_rows(named=True)]
    assert told == [f"by {AT}", f"{AT.year}, perhaps after this day", f"{AT - timedelta(1)}"]


def test_a_kind_that_another_gives_to_a_part_or_to_the_whole_is_from_no_one_alone(
    case_folder: CaseFolder,
) -> None:
    rows = [
        claim(1, "north", "training", "militia", **SURE),
        claim(2, "south", "training", "brigade", **SURE),  # a part of the militia
        claim(3, "north", "weapons", "army", **SURE),
        claim(4, "south", "weapons", "bandits", **SURE),
    ]
    alone = {
        (row["force"], row["relation"]): row["alone"]
        for row in dependence(ledger(case_folder, rows), AT).iter_rows(named=True)
    }
    assert alone == {
        ("militia", "training"): False,
        ("brigade", "training"): False,
        ("army", "weapons"): True,
        ("bandits", "weapons"): True,
    }


def test_bodies_that_count_as_their_backer_are_named(case_folder: CaseFolder) -> None:
    rows = [
        claim(1, "north", "training", "army", **SURE),
        claim(2, "guards", "weapons", "militia", **SURE),
        claim(3, "south", "weapons", "bandits", **SURE),
    ]
    bodies = bodies_of(ledger(case_folder, rows), {"north", "south"})
    assert bodies == {"north": ["guards"]}
    told = bodies_in_words(bodies, {"north": "Northland", "guards": "The Guards"})
    assert told == "Counted as the one they belong to: The Guards as Northland."
