"""Ties age: what nobody has said for long, or what is only denied, is in no count and no drawing."""

from datetime import date

import polars as pl
import pytest
from support.fourland import CaseFolder
from support.spoken import claim, spoken

from vedette.case import read_case
from vedette.case.schema import RelationKind
from vedette.evidence import Ledger, edition_of, read_ledger
from vedette.network import backing, dependence, faded, faded_support, hybrids, network_at, positions, support
from vedette.network.bodies import of_backers

DAYS = (date(2006, 6, 30), date(2014, 9, 1), date(2017, 6, 1), date(2020, 9, 1))
TIE = ("subject", "relation", "object")


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return read_ledger(edition_of(read_case("iraq"), None))


def counting_for(ledger: Ledger, day: date) -> set[tuple[str, str, str]]:
    """The ties for which a claim counts on a day, by the days of the claims alone."""
    told = ledger.tied.filter(pl.col("ratio") > 0, pl.col("counts_from") <= day, pl.col("counts_to") >= day)
    return set(told.select(*TIE).iter_rows())


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_aggregate_holds_a_tie_that_is_denied_only_or_faded(ledger: Ledger, day: date) -> None:
    claimed, least = counting_for(ledger, day), ledger.case.weights.least
    believed = {row[:3]: row[3] for row in ledger.holding(day).select(*TIE, "belief").iter_rows()}
    sure = {tie for tie in claimed if believed[tie] >= least}
    ties = set(network_at(ledger, day).ties.select(*TIE).iter_rows())
    assert ties == sure
    given = support(ledger, day)
    rooted = of_backers(ledger)
    assert set(given.select("backer", "relation", "recipient").iter_rows()) <= counting_for(rooted, day)
    assert (given["belief"] >= least).all()
    pairs = {(subject, object_) for subject, _, object_ in sure}
    for table, names in ((dependence(ledger, day), "force"), (backing(ledger, [day]), "names")):
        held = {name for row in table[names] for name in row.split(";")}
        assert held <= set(given["recipient"])
    stands = set(positions(ledger, day).select("actor", "towards").iter_rows())
    assert stands <= pairs | {(other, one) for one, other in pairs}
    assert set(hybrids(ledger, day).select("by", "relation", "force").iter_rows()) <= claimed


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_faded_tie_is_listed_with_the_day_it_was_last_said(ledger: Ledger, day: date) -> None:
    ties = faded(ledger, day, [RelationKind.SUPPORT])
    below = set(faded_support(ledger, day).select(*TIE).iter_rows())
    assert below.isdisjoint(support(ledger, day).select("backer", "relation", "recipient").iter_rows())
    assert ties.height
    told = ledger.tied.filter(pl.col("ratio") > 0, pl.col("first") <= day).select(*TIE).unique()
    begun = ties.join(told, on=list(TIE), how="semi")
    assert (begun["said"] <= day).all()
    listed = set(ties.select(*TIE).iter_rows())
    assert listed.isdisjoint(network_at(ledger, day).ties.select(*TIE).iter_rows())


def test_as_of_and_at_are_two_questions(case_folder: CaseFolder) -> None:
    tie = ("bigland", "training", "rebels")
    rows = [
        claim("early", *tie, from_="2008", said="2009-06-30", reliability="A"),
        claim("late", *tie, from_="2008", said="2013-06-30", reliability="A", origin="another"),
    ]
    case = read_case(case_folder(dict(spoken(rows)) | {"forces.csv": None}))
    then, now = read_ledger(case, date(2012, 1, 1)), read_ledger(case)
    day = date(2013, 6, 30)
    for known, said in ((then, date(2009, 6, 30)), (now, day)):
        (row,) = known.holding(day).iter_rows(named=True)
        assert row["said"] == said
    assert then.holding(day)["belief"].item() < now.holding(day)["belief"].item()
    assert then.holding(date(2009, 1, 1))["belief"].item() == pytest.approx(1 / (1 + 9 / 20**0.8))
