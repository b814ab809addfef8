"""Whom a backer builds up, by hand."""

from datetime import date

import pytest
from support.fourland import CaseFolder
from support.warland import AT, claim, ledger

from vedette.network import backing, dependence, flows, network_at, substitution, support

HIGH = 1 / (1 + 9 / 8)
"""Belief of one documented claim of credibility 1 from a source graded B: odds 1/9 times 8."""


def test_shares_by_status(case_folder: CaseFolder) -> None:
    found = ledger(
        case_folder,
        [
            claim(1, "north", "training", "army"),
            claim(2, "guards", "weapons", "militia"),
            claim(3, "north", "weapons", "militia", source="paper"),
            claim(4, "south", "funding", "bandits", source="paper"),
        ],
    )
    shares = {row["backer"]: row for row in backing(found, [AT]).iter_rows(named=True)}
    assert shares["north"]["support"] == pytest.approx(
        2 * HIGH
    )  # the weaker word for the weapons adds nothing
    assert shares["north"]["state"] == pytest.approx(0.5)
    assert shares["north"]["hybrid"] == pytest.approx(0.5)
    assert shares["south"]["non-state"] == 1.0
    for row in shares.values():
        assert sum(row[name] for name in ("state", "hybrid", "non-state", "unknown")) == pytest.approx(1)


def test_what_is_recalled_expected_or_given_by_the_own_state_is_no_backing(case_folder: CaseFolder) -> None:
    found = ledger(
        case_folder,
        [
            claim(1, "north", "training", "army", hedge="proposed"),
            claim(2, "north", "funding", "army", hedge="expected"),
            claim(3, "south", "weapons", "army", source="", basis="recalled", credibility=6, known=2012),
            claim(4, "state", "funding", "militia"),
        ],
    )
    assert support(found, AT).is_empty()
    assert network_at(found, AT, least=0).ties["subject"].to_list() == ["state"]


def test_later_claims_leave_an_earlier_answer_alone(case_folder: CaseFolder) -> None:
    early, late = (
        claim(1, "north", "training", "army"),
        claim(2, "south", "training", "army", known="2016-01"),
    )
    told = ledger(case_folder, [early, late], as_of=date(2013, 12, 31))
    assert support(told, AT)["provider"].to_list() == ["north"]


def test_a_pause_is_a_gap(case_folder: CaseFolder) -> None:
    rows = [
        claim(1, "north", "training", "army", from_="2012"),
        claim(2, "north", "training", "army", from_="2013-01", to="2013-03", polarity="-", origin="other"),
    ]
    found = ledger(case_folder, rows)
    during, after = (support(found, day) for day in (date(2013, 2, 1), AT))
    assert during["belief"][0] == pytest.approx(0.1)
    assert during["contested"][0]
    assert after["belief"][0] == pytest.approx(HIGH)


def test_figures_of_one_unit_that_overlap_are_not_added(case_folder: CaseFolder) -> None:
    money = {"unit": "USD million"}
    rows = [
        claim(1, "north", "funding", "army", low=10, high=12, from_="2012-01", to="2012-06", **money),
        claim(2, "north", "funding", "army", low=5, high=5, from_="2012-07", to="2012-12", **money),
        claim(3, "north", "funding", "army", low=3, high=3, unit="EUR million", from_="2012", to="2012"),
        claim(4, "north", "funding", "militia", low=1, high=1, from_="2012", to="2012", **money),
        claim(5, "north", "funding", "militia", low=2, high=2, from_="2012-05", to="2012-06", **money),
        claim(
            6,
            "north",
            "funding",
            "army",
            low=99,
            high=99,
            from_="2012",
            to="2012",
            unit="USD million requested",
        ),
    ]
    table = flows(ledger(case_folder, rows), date(2012, 1, 1), date(2012, 12, 31))
    told = {(row["status"], row["unit"]): row for row in table.iter_rows(named=True)}
    assert told["state", "USD million"]["total"] == (15 + 17) / 2
    assert told["state", "EUR million"]["total"] == 3
    assert told["hybrid", "USD million"]["why_no_total"] == "overlapping"
    assert told["hybrid", "USD million"]["total"] is None
    assert len(told) == 3


def test_what_a_force_would_lose(case_folder: CaseFolder) -> None:
    rows = [
        claim(1, "north", "training", "army"),
        claim(2, "south", "training", "army"),
        claim(3, "north", "weapons", "army", credibility=1),
    ]
    reliable = [
        row.replace(",atlas,", ",totals,") for row in rows
    ]  # graded A: odds 20/9, belief above a half
    table = dependence(ledger(case_folder, reliable), AT)
    shares = {row["backer"]: row for row in table.iter_rows(named=True)}
    assert shares["north"]["share"] == pytest.approx(2 / 3)
    assert shares["north"]["alone"] == "weapons"
    assert shares["south"]["alone"] == ""


def test_who_turned_to_whom(case_folder: CaseFolder) -> None:
    broke = claim(1, "north", "broke-promise", "militia", from_="2014", to="2014", statement="No arms came")
    asked = claim(2, "militia", "asked-help", "south", from_="2014", statement="They went south")
    later = claim(3, "south", "weapons", "militia", from_="2018")
    (row,) = substitution(ledger(case_folder, [broke, asked, later])).to_dicts()
    assert (row["force"], row["lost"], row["turned_to"], row["months"]) == ("militia", "north", "south", 0)
    assert (row["loss"], row["gain"]) == ("c1", "c2")
