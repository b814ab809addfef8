"""Figures before and after: done by hand on a few clashing claims."""

from datetime import date

import numpy as np
import pytest
from support.fourland import CaseFolder

from vedette.case import Case, read_case
from vedette.effect import BeforeAfter, before_and_after
from vedette.errors import DataError
from vedette.evidence import read_ledger
from vedette.periods import Step, parse

START = parse("2013-07", Step.MONTH)
HEAD = "id,source,hedge,subject,relation,low,high,unit,from,to,origin,said,credibility\n"
CLAIMS = HEAD + "\n".join(
    f"{key},paper,reported,{whose},customs-revenue,{low},{high},{unit},{start},{end},{origin},{said},{grade}"
    for key, whose, low, high, unit, start, end, origin, said, grade in (
        ("half", "state", 60, 60, "million", "2013-01", "2013-06", "", "2013-07", 2),
        ("range", "state", 5, 15, "million a month", "2012", "2012", "", "2013", 3),
        ("old", "state", 1, 1, "million", "2008", "2008", "", "2009", 1),
        ("july", "state", 20, 20, "million", "2013-07", "2013-07", "board", "2013-08", 1),
        ("again", "state", 20, 20, "million", "2013-07", "2013-07", "board", "2013-08", 1),
        ("wild", "state", 100, 100, "million", "2013-07", "2013-07", "", "2013-08", 5),
        ("year", "state", 180, 180, "million", "2013", "2013", "", "2014-02", 2),
        ("late", "state", 30, 30, "million", "2015-07", "2015-07", "", "2015-08", 2),
        ("day", "state", 2, 2, "million", "2013-07-03", "2013-07-03", "", "2013-08", 2),
        ("dollars", "state", 9, 9, "thousand", "2013-08", "2013-08", "", "2013-09", 2),
        ("rise", "state", 9, 9, '"million, rise"', "2013-08", "2013-08", "", "2013-09", 2),
        ("theirs", "rebels", 3, 3, "million", "2013-08", "2013-08", "", "2013-09", 2),
    )
)


@pytest.fixture
def case(case_folder: CaseFolder) -> Case:
    return read_case(case_folder({"claims.csv": CLAIMS + "\n"}))


def asked(case: Case, as_of: date, months: int = 12, subject: str = "") -> BeforeAfter:
    return before_and_after(read_ledger(case, as_of), "customs-revenue", subject, START, months, 4000, 1)


def test_figures_are_a_month_and_stand_on_their_side(case: Case) -> None:
    found = asked(case, date(2014, 12, 31))
    rows = {row["claims"]: (row["side"], row["low"], row["high"]) for row in found.figures.to_dicts()}
    assert rows == {
        "range": ("before", 5.0, 15.0),
        "half": ("before", 10.0, 10.0),
        "july": ("after", 20.0, 20.0),
        "again": ("after", 20.0, 20.0),
        "wild": ("after", 100.0, 100.0),
        "year less half": ("after", 20.0, 20.0),
    }
    assert (found.subject, found.unit) == ("state", "million")
    assert (found.monthly("before"), found.monthly("after")) == (0, 1)


def test_what_does_not_fit_is_named_with_its_reason(case: Case) -> None:
    assert dict(asked(case, date(2014, 12, 31)).left_out) == {
        "day": "of 2013-07-03 to 2013-07-03, no whole months",
        "dollars": "in thousand",
        "rise": "in million, rise",
    }


def test_weights_follow_the_grades_and_one_origin_counts_once(case: Case) -> None:
    rows = asked(case, date(2013, 12, 31)).figures
    weight = dict(rows.select("claims", "weight").iter_rows())
    one, wild = 3 ** (0.8 * 1.0), 3 ** (0.8 * -0.5)  # a C source: ratio 3; reported: .8
    assert weight["july"] == weight["again"] == pytest.approx(one / 2 / (one + wild))
    assert weight["wild"] == pytest.approx(wild / (one + wild))
    assert sum(weight.values()) == pytest.approx(2.0)


def test_draws_are_figures_and_never_means_of_figures_that_clash(case: Case) -> None:
    found = asked(case, date(2013, 12, 31))
    assert set(found.after.tolist()) == {20.0, 100.0}
    assert 5.0 <= found.before.min() < found.before.max() <= 15.0
    assert np.mean(found.after == 100.0) == pytest.approx(0.644 / 3.055, abs=0.03)
    assert found.ratios == pytest.approx(found.after / found.before)


def test_what_was_said_later_changes_nothing(case: Case) -> None:
    early = asked(case, date(2013, 12, 31))
    assert "year" not in "".join(early.figures["claims"])
    assert "year less half" in asked(case, date(2014, 2, 28)).figures["claims"].to_list()


def test_a_side_without_figures_is_said(case: Case) -> None:
    with pytest.raises(DataError, match=r"of state: no figure in million after 2013-07 was known"):
        asked(case, date(2013, 7, 31))
    with pytest.raises(DataError, match=r"of rebels: no figure in million before 2013-07"):
        asked(case, date(2014, 12, 31), subject="rebels")
    with pytest.raises(DataError, match=r"no claim known by then gives a figure of rebel. Did you mean 'reb"):
        asked(case, date(2014, 12, 31), subject="rebel")
