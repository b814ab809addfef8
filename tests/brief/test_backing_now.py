"""Who backs whom now, on page two: the backers that the question names first, beliefs with their words."""

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import polars as pl
import pytest

from vedette.brief.blocks import Shown
from vedette.brief.inputs.ledger import Evidence, evidence_on
from vedette.brief.pages.backing_now import MOST, backing_now
from vedette.brief.prose import Paragraph
from vedette.case import Case, read_case
from vedette.evidence import edition_of

DAY = date(2020, 9, 30)


@pytest.fixture(scope="module")
def case() -> Case:
    return edition_of(read_case("iraq"))


@pytest.fixture(scope="module")
def evidence(case: Case) -> Evidence:
    found = evidence_on(case, DAY, seed=1)
    assert found is not None
    return found


def test_the_handful_is_of_the_network_on_the_day(case: Case, evidence: Evidence) -> None:
    section = backing_now(cast(Any, SimpleNamespace(case=case, evidence=evidence)))
    (table,) = section.blocks
    assert isinstance(table, Shown)
    rows = table.figure.records()
    backers = list(dict.fromkeys(row["backer"] for row in rows))
    assert set(backers[:3]) == {"United States", "Iran", "NATO"}
    assert len(rows) <= MOST
    support = evidence.support.with_columns(
        pl.col("backer").replace_strict(evidence.names), pl.col("recipient").replace_strict(evidence.names)
    )
    for row in rows:
        recipient, status = str(row["recipient"]).removesuffix(")").rsplit(" (", 1)
        ties = support.filter(backer=row["backer"], recipient=recipient)
        assert ties["status"].unique().to_list() == [status]
        best = ties.sort("belief").row(-1, named=True)
        assert f"({100 * best['belief']:.0f} %)" in str(row["belief"])
        assert str(row["said"]) == str(ties["said"].max())
        assert set(str(row["kinds"]).split(", ")) <= {kind.replace("-", " ") for kind in ties["relation"]}
    assert table.figure.claims


def test_ties_that_faded_are_told_where_none_counts(case: Case) -> None:
    later = evidence_on(case, date(2060, 1, 1), seed=1)
    assert later is not None
    assert later.support.is_empty()
    section = backing_now(cast(Any, SimpleNamespace(case=case, evidence=later)))
    assert section.title == "No foreign support is believed far enough to count"
    (paragraph,) = section.blocks
    assert isinstance(paragraph, Paragraph)
    assert str(paragraph.pieces[0]).startswith("Claimed, but believed too little by now: ")
    assert "last said 6 May 2021" in str(paragraph.pieces[0])
