"""Belief against sums done by hand, and what moves it."""

import math
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.fourland import CASE_FILES, CaseFolder
from support.spoken import Cells, spoken
from support.spoken import claim as row_of

from vedette.case import read_case
from vedette.case.checking.tables import schema
from vedette.case.schema.judgement import Weights
from vedette.case.schema.rows import Claim
from vedette.errors import UsageError
from vedette.evidence import Ledger, belief_in, read_ledger, sensitivity

DAY = date(2012, 6, 15)
TIE = ("bigland", "training", "guard")
START = math.log(0.1 / 0.9)


def ledger_of(case_folder: CaseFolder, *rows: Cells, without: tuple[str, ...] = (), **more: Any) -> Ledger:
    files = dict(spoken(rows)) | {"forces.csv": "force,status,main\nguard,state,army\n"}
    return read_ledger(read_case(case_folder(files, **more)), without=without)


def claim(key: str, *tie: str, **more: str) -> Cells:
    """A claim that holds on the day: since 2010, and said in 2014."""
    return row_of(key, *tie, **{"from_": "2010", "said": "2014", **more})


def chance(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def test_one_claim(case_folder: CaseFolder) -> None:
    # B2, reported: ln 8 = 2.0794415, times .8 (credibility 2), times .8 (reported) = 1.3308426
    # logit .1 = -2.1972246; sum -0.8663820; belief 1 / (1 + e^.8663820) = .2960
    ledger = ledger_of(case_folder, claim("a", *TIE, hedge="reported"))
    belief = belief_in(ledger, *TIE, DAY)
    assert belief.log_odds == pytest.approx(-0.8663820, abs=1e-7)
    assert belief.probability == pytest.approx(0.2960, abs=5e-5)


def test_for_and_against(case_folder: CaseFolder) -> None:
    # A1 documented: ln 20 = 2.9957323; C3 denied: -ln 3 * .5 * .6 = -0.3295837
    # logit .1 = -2.1972246; sum .4689240; belief .61513
    rows = [
        claim("a", *TIE, reliability="A", credibility="1"),
        claim("b", *TIE, source="atlas", reliability="C", credibility="3", hedge="denied", polarity="-"),
    ]
    belief = belief_in(ledger_of(case_folder, *rows), *TIE, DAY)
    assert belief.log_odds == pytest.approx(0.4689240, abs=1e-7)
    assert belief.probability == pytest.approx(0.61513, abs=5e-6)
    assert belief.contested


def test_five_reports_of_one_origin_are_one(case_folder: CaseFolder) -> None:
    # the strongest of the five is B2 documented: ln 8 * .8 = 1.6635532
    hedges = ("documented", "reported", "claimed", "alleged", "suspected")
    rows = [claim(f"c{n}", *TIE, origin="agency", hedge=hedge) for n, hedge in enumerate(hedges)]
    belief = belief_in(ledger_of(case_folder, *rows), *TIE, DAY)
    assert belief.log_odds == pytest.approx(-2.1972246 + 1.6635532, abs=1e-7)
    (report,) = belief.reports
    assert report.claims == ("c0", "c1", "c2", "c3", "c4")


def test_claims_of_one_source_are_one_report_and_two_sources_are_two(case_folder: CaseFolder) -> None:
    one = ledger_of(case_folder, claim("a", *TIE), claim("b", *TIE))
    two = ledger_of(case_folder, claim("a", *TIE), claim("b", *TIE, source="atlas"), name="two")
    assert belief_in(one, *TIE, DAY).log_odds == pytest.approx(START + math.log(8) * 0.8)
    assert belief_in(two, *TIE, DAY).log_odds == pytest.approx(START + 2 * math.log(8) * 0.8)


def test_an_origin_that_says_yes_and_no_counts_once_each_way(case_folder: CaseFolder) -> None:
    rows = [
        claim("a", *TIE),
        claim("b", *TIE, polarity="-", hedge="alleged"),
        claim("c", *TIE, hedge="reported"),
    ]
    belief = belief_in(ledger_of(case_folder, *rows), *TIE, DAY)
    # + ln 8 * .8 * 1 (a over c), - ln 8 * .8 * .4 (b)
    assert belief.log_odds == pytest.approx(START + math.log(8) * 0.8 * (1 - 0.4))
    assert belief.contested


@pytest.mark.parametrize("hedge", ["expected", "proposed"])
def test_what_has_not_happened_makes_no_tie(case_folder: CaseFolder, hedge: str) -> None:
    ledger = ledger_of(case_folder, claim("a", *TIE, hedge=hedge))
    assert belief_in(ledger, *TIE, DAY).probability == pytest.approx(0.1)
    assert ledger.holding(DAY).is_empty()
    assert ledger.claims.height == 1


def test_no_basis_to_judge_moves_nothing(case_folder: CaseFolder) -> None:
    rows = [claim("a", *TIE, reliability="F"), claim("b", *TIE, source="atlas", credibility="6")]
    belief = belief_in(ledger_of(case_folder, *rows), *TIE, DAY)
    assert belief.probability == pytest.approx(0.1)
    assert not belief.contested


def test_credibility_5_speaks_against(case_folder: CaseFolder) -> None:
    ledger = ledger_of(case_folder, claim("a", *TIE, credibility="5"))
    assert belief_in(ledger, *TIE, DAY).log_odds == pytest.approx(START - 0.5 * math.log(8))


def test_the_table_of_the_case_counts(case_folder: CaseFolder) -> None:
    files = dict(spoken([claim("a", *TIE)])) | {"forces.csv": None}
    files["case.yaml"] = str(files["case.yaml"]) + (
        "belief: {prior: {default: .1, support: .5}, reliability: {B: 4}, credibility: {2: 1}}\n"
    )
    belief = belief_in(read_ledger(read_case(case_folder(files))), *TIE, DAY)
    assert belief.probability == pytest.approx(0.8)  # odds 1 times 4


def test_without_a_source_or_a_claim(case_folder: CaseFolder) -> None:
    rows = (claim("a", *TIE), claim("b", *TIE, source="atlas"))
    whole = ledger_of(case_folder, *rows)
    for number, left_out in enumerate(("atlas", "b")):
        less = ledger_of(case_folder, *rows, without=(left_out,), name=f"less{number}")
        assert belief_in(less, *TIE, DAY).probability == belief_in(whole, *TIE, DAY).without("b")
    with pytest.raises(UsageError, match=r"--without atlass: no claim comes .* Did you mean 'atlas'"):
        ledger_of(case_folder, *rows, without=("atlass",), name="wrong")


def test_sensitivity_stretches_the_ratios_and_leaves_the_prior(case_folder: CaseFolder) -> None:
    belief = belief_in(ledger_of(case_folder, claim("a", *TIE)), *TIE, DAY)
    moved = math.log(8) * 0.8
    assert sensitivity(belief) == pytest.approx((chance(START + moved / 2), chance(START + moved * 2)))


graded = st.fixed_dictionaries(
    {
        "reliability": st.sampled_from("ABCDEF"),
        "credibility": st.sampled_from("123456"),
        "hedge": st.sampled_from(["documented", "reported", "claimed", "alleged", "suspected", "assessed"]),
        "polarity": st.sampled_from("+-"),
    }
)
_case = read_case("iraq")


def planted(rows: list[Cells]) -> Ledger:
    """A ledger of claims that were never in a file: as many as hypothesis likes, without a folder each."""
    cells = [Claim.model_validate(dict(row)).model_dump(by_alias=True) for row in rows]
    frame = pl.DataFrame(cells, schema=schema(Claim))
    sources = pl.DataFrame({"id": ["paper"], "date": ["2014"], "reliability": [""], "handling": [""]})
    return read_ledger(replace(_case, claims=frame, sources=sources, weights=Weights()))


@given(st.lists(graded, min_size=1, max_size=12), st.data())
def test_removing_a_claim_of_its_own_origin_moves_log_odds_by_its_ratio(
    grades: list[dict[str, str]], data: st.DataObject
) -> None:
    rows = [claim(f"c{n}", *TIE, origin=f"o{n}", **grade) for n, grade in enumerate(grades)]
    belief = belief_in(planted(rows), *TIE, DAY)
    fallen = data.draw(st.sampled_from(belief.claims["id"].to_list()))
    ratio = belief.claims.filter(pl.col("id") == fallen)["ratio"].item()
    left = belief_in(planted([row for row in rows if row["id"] != fallen]), *TIE, DAY)
    assert belief.log_odds - left.log_odds == pytest.approx(ratio, abs=1e-9)
    assert belief.without(fallen) == pytest.approx(left.probability, abs=1e-12)


@given(st.lists(st.tuples(graded, st.integers(0, 3)), min_size=1, max_size=12))
def test_every_reckoning_agrees_with_the_plain_one(given_: list[tuple[dict[str, str], int]]) -> None:
    rows = [claim(f"c{n}", *TIE, origin=f"o{o}", **grade) for n, (grade, o) in enumerate(given_)]
    ledger = planted(rows)
    by_origin: dict[str, list[float]] = {}
    for origin, ratio in ledger.claims.select("origin", "ratio").iter_rows():
        by_origin.setdefault(origin, []).append(ratio)
    plain = START + sum(max(0, *ratios) + min(0, *ratios) for ratios in by_origin.values())
    (row,) = ledger.holding(DAY).iter_rows(named=True)
    assert belief_in(ledger, *TIE, DAY).log_odds == pytest.approx(plain)
    assert row["log_odds"] == pytest.approx(plain)
    assert row["contested"] == belief_in(ledger, *TIE, DAY).contested


def test_the_files_of_fourland_hold(case_folder: CaseFolder) -> None:
    assert "claims.csv" not in CASE_FILES
    assert read_case(case_folder(spoken())).claims.height == 10
