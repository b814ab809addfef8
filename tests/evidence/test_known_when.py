"""The ledger of a day knows nothing said later, and holds a date no more exactly than it was written."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from support.fourland import CaseFolder
from support.spoken import claim, spoken

from vedette.case import read_case
from vedette.evidence import belief_in, lineage, present_of, profile, read_ledger, rivals

TIE = ("bigland", "training", "guard")
DAY = date(2014, 6, 1)


@pytest.mark.parametrize(
    ("said", "known", "day"),
    [
        ("2014-05-31", "", date(2014, 5, 31)),
        ("2014-05", "", date(2014, 5, 31)),
        ("2014", "", date(2014, 12, 31)),
        ("2014-02", "", date(2014, 2, 28)),
        ("2013", "2014-03-01", date(2014, 3, 1)),
        ("", "", date(2014, 3, 2)),  # the date of the paper
    ],
)
def test_a_claim_is_known_at_the_end_of_what_its_date_may_mean(
    case_folder: CaseFolder, said: str, known: str, day: date
) -> None:
    files = dict(spoken([claim("a", *TIE, said=said, known=known)])) | {"forces.csv": None}
    ledger = read_ledger(read_case(case_folder(files)))
    assert ledger.claims["known_on"].item() == day


def test_the_ledger_of_june_2014_knows_nothing_said_later(case_folder: CaseFolder) -> None:
    early = [
        claim("early", *TIE, said="2014-05"),
        claim("early-answer", "guard", "can-hold", "rebels", question="hold", statement="yes", said="2013"),
    ]
    late = [
        claim("late", *TIE, said="2014-06-02", polarity="-", reliability="A"),
        claim("late-year", *TIE, said="2014", origin="another", reliability="A"),
        claim("late-known", *TIE, said="2014-05", known="2016", origin="a third"),
        claim("late-tie", "bigland", "weapons", "brigades", said="2015", from_="2010"),
        claim("late-answer", "guard", "can-hold", "rebels", question="hold", statement="no", said="2015"),
    ]
    before = dict(spoken(early)) | {"forces.csv": None}
    after = dict(spoken([*early, *late])) | {"forces.csv": None}
    then = read_ledger(read_case(case_folder(before, "before")), DAY)
    now = read_ledger(read_case(case_folder(after, "after")), DAY)
    at = date(2013, 1, 1)
    assert now.claims.to_dicts() == then.claims.to_dicts()
    assert now.holding(at).to_dicts() == then.holding(at).to_dicts()
    assert belief_in(now, *TIE, at).log_odds == belief_in(then, *TIE, at).log_odds
    assert profile(now, "guard").ties == profile(then, "guard").ties
    assert [one.answers["id"].to_list() for one in rivals(now)] == [["early-answer"]]
    assert read_ledger(read_case(case_folder(after, "later"))).claims.height == 7


@pytest.mark.parametrize(
    ("from_", "to", "days"),
    [  # the paper is of 2 March 2014
        ("2012", "2013-06", ["2012-01-01", "2013-06-30", "2012-01-01", "2013-06-30"]),
        ("2012-06", "2012-06", ["2012-06-01", "2012-06-30", "2012-06-01", "2012-06-30"]),
        ("2012", "2013", ["2012-01-01", "2013-12-31", "2012-01-01", "9999-12-31"]),
        ("2012-06-15", "", ["2012-06-15", "2014-03-02", "2012-06-15", "9999-12-31"]),
        ("", "2012", ["2012-01-01", "2012-12-31", "0001-01-01", "2012-12-31"]),
        ("", "", ["2014-03-02", "2014-03-02", "0001-01-01", "9999-12-31"]),
        ("2015", "", ["2015-01-01", "2015-01-01", "2015-01-01", "9999-12-31"]),
    ],
)
def test_a_claim_speaks_for_every_day_that_its_dates_may_mean(
    case_folder: CaseFolder, from_: str, to: str, days: list[str]
) -> None:
    files = dict(spoken([claim("a", "bigland", "training", "rebels", from_=from_, to=to)])) | {
        "forces.csv": None
    }
    claims = read_ledger(read_case(case_folder(files))).claims
    (found,) = claims.select("first", "last", "counts_from", "counts_to").iter_rows()
    assert [day.isoformat() for day in found] == days


def test_recalled_claims_are_flagged_and_move_nothing(case_folder: CaseFolder) -> None:
    ledger = read_ledger(read_case(case_folder(spoken())))
    ties = ledger.holding(DAY).filter(pl.col("recalled"))
    assert ties.select("subject", "belief").rows() == [("rebels", pytest.approx(0.1))]


def test_the_as_of_day_itself_is_known(case_folder: CaseFolder) -> None:
    rows = [claim("before", *TIE, said="2014-05-31"), claim("that-day", *TIE, said="2014-06-01")]
    files = dict(spoken([*rows, claim("after", *TIE, said="2014-06-02")])) | {"forces.csv": None}
    case = read_case(case_folder(files))
    assert read_ledger(case, DAY).claims["id"].to_list() == ["before", "that-day"]
    assert read_ledger(case, date(2014, 5, 31)).claims["id"].to_list() == ["before"]


def test_the_present_is_that_of_the_ledger_else_of_the_case_else_of_the_last_claim(
    case_folder: CaseFolder,
) -> None:
    files = dict(spoken([claim("a", *TIE, said="2013-05-02"), claim("b", *TIE, said="2012")]))
    dated = read_case(case_folder(files | {"forces.csv": None}))
    undated = replace(dated, as_of=None)
    assert present_of(read_ledger(undated)) == date(2013, 5, 2)
    assert present_of(read_ledger(undated, DAY)) == DAY
    assert present_of(read_ledger(dated)) == dated.as_of
    assert present_of(read_ledger(undated, date(1990, 1, 1))) == date(1990, 1, 1)


def test_the_lineage_of_an_actor_holds_what_it_became_and_what_it_came_from(case_folder: CaseFolder) -> None:
    rows = [
        claim("new", "rebels", "renamed-to", "bigland", said="2014-01", from_="2013"),
        claim("old", "guard", "split-from", "rebels", said="2014-01", from_="2012"),
        claim("else", "guard", "renamed-to", "bigland", said="2014-01"),
        claim("tie", "bigland", "training", "rebels", said="2014-01"),
    ]
    files = dict(spoken(rows)) | {"forces.csv": None}
    found = lineage(read_ledger(read_case(case_folder(files))), "rebels")
    assert found["id"].to_list() == ["old", "new"]
