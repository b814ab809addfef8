"""What a claim says is a whole sentence: who, what, to whom, how much, when, and that it is denied."""

from collections.abc import Mapping

import pytest

from vedette.case import read_case
from vedette.evidence import claimed, read_ledger, rivals, sentence

NAMES = {
    "us": "Government of United States of America",
    "kh": "Kataib Hezbollah",
    "k1": "K-1 base",
    "members": "Kurdish members of parliament",
    "sons": "Sons of Iraq",
    "isf": "Iraqi Security Forces",
    "crossings": "Federal border crossings",
    "muhandis": "Abu Mahdi al-Muhandis",
    "militias": "Iran-linked militias",
    "states": "Western states",
    "is": "IS",
}


def claim(tie: str, figure: tuple[float, float, str] | None = None, **cells: str) -> Mapping[str, object]:
    """A claim about ``subject relation object``, with a figure (low, high, unit)."""
    subject, relation, object_ = (*tie.split(), "")[:3]
    low, high, unit = figure or (None, None, "")
    bare = {"polarity": "+", "first": "", "last": "", "statement": ""} | cells
    bare |= {"from": bare.pop("first"), "to": bare.pop("last")}
    return {"subject": subject, "relation": relation, "object": object_, "low": low, "high": high} | {
        "unit": unit,
        **bare,
    }


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            claim("us funding sons", first="2007", last="2008-09"),
            "United States of America gives money to Sons of Iraq, from 2007 to 2008-09",
        ),
        (
            claim("members opposes us", polarity="-", first="2020-01-05"),
            "It is not so that Kurdish members of parliament oppose the presence or influence of United "
            "States of America, since 2020-01-05",
        ),
        (
            claim("isf strength", (800, 3000, "persons"), last="2012"),
            "Iraqi Security Forces have 800 to 3,000 persons under arms, until 2012",
        ),
        (
            claim(
                "crossings customs-revenue", (2.126, 2.126, "IQD billion"), first="2020-08", last="2020-08"
            ),
            "Federal border crossings took in 2.126 IQD billion of duty, in 2020-08",
        ),
        (claim("crossings leakage"), "Federal border crossings lose duty, how much is not said"),
        (claim("muhandis command kh"), "Abu Mahdi al-Muhandis commands Kataib Hezbollah"),
        (claim("militias weapons kh"), "Iran-linked militias give or sell weapons to Kataib Hezbollah"),
        (
            claim("states unknown-support isf", first="2020"),
            "Western states give support of a kind not said to Iraqi Security Forces, since 2020",
        ),
        (
            claim("us foreign-presence isf", (1e6, 1e6, "persons"), first="2014-06-01", last="2014-06-01"),
            "United States of America has forces in the country at the side of Iraqi Security Forces: "
            "1,000,000 persons, on 2014-06-01",
        ),
        (
            claim("kh attacked k1", statement="Thirty rockets kill a contractor."),
            "Kataib Hezbollah attacked K-1 base: Thirty rockets kill a contractor",
        ),
        (
            claim("militias attacked k1", statement="Militias of Basra deny thirty rockets"),
            "Iran-linked militias attacked K-1 base: Militias of Basra deny thirty rockets",
        ),
        (claim("is attacked k1", statement="Rockets at dawn"), "IS attacked K-1 base: Rockets at dawn"),
        (
            claim("us attacked k1", statement="The United States struck at dawn"),
            "The United States struck at dawn",
        ),
        (
            claim("kh attacked k1", statement="Thirty rockets hit", polarity="-"),
            "It is not so that Kataib Hezbollah attacked K-1 base: Thirty rockets hit",
        ),
        (
            claim("us withdraws k1", (2200, 2200, "persons"), statement="The United States will cut"),
            "The United States will cut (2,200 persons)",
        ),
        (
            claim("us withdraws k1", (2200, 2200, "persons"), statement="The United States pulls 2,200 out"),
            "The United States pulls 2,200 out",
        ),
    ],
)
def test_a_claim_is_a_sentence_with_what_it_holds(row: Mapping[str, object], said: str) -> None:
    assert claimed(NAMES, row) == said


def test_an_actor_without_a_name_is_called_by_its_id() -> None:
    assert sentence({}, "x", "command", "y") == "x commands y"
    assert sentence(NAMES, "us", "assesses", "") == "United States of America is assessed"


def test_every_answer_of_the_iraq_case_names_who_does_it() -> None:
    ledger = read_ledger(read_case("iraq"))
    for asked in rivals(ledger):
        for row in asked.answers.iter_rows(named=True):
            said = claimed(ledger.names, row)
            named = ledger.names[row["subject"]].removeprefix("Government of ")
            assert len(said.split()) >= 4, (row["id"], said)
            assert row["statement"] or named in said, (row["id"], said)


@pytest.mark.parametrize("led", ["Iraq", "NATO Mission Iraq"])
def test_who_leads_a_state_or_a_mission_is_told_by_one_verb(led: str) -> None:
    assert sentence({"x": "Canada", "y": led}, "x", "leads", "y") == f"Canada leads {led}"
