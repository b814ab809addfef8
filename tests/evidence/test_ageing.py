"""Ties age: belief against a plain slow reckoning on random ledgers, and by hand at the edges of the rule."""

import math
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.fourland import CaseFolder
from support.spoken import Cells, claim, spoken

from vedette.case import read_case
from vedette.case.checking.tables import schema
from vedette.case.schema.judgement import Weights
from vedette.case.schema.rows import Claim
from vedette.errors import CaseError
from vedette.evidence import Ledger, belief_in, read_ledger, spells

TIE = ("bigland", "training", "guard")
YEAR = 365.25
START = math.log(0.1 / 0.9)
STRONG = math.log(8) * 0.8
"""The ratio of a documented claim graded B2."""
_case = read_case("iraq")
_people = pl.DataFrame(
    {"id": ["bigland", "guard"], "from": ["", ""], "to": ["", ""]}, schema_overrides={"from": pl.String}
)
_people = pl.concat([_case.actors.clear(), _people], how="diagonal").fill_null("")


def planted(rows: list[Cells], day: str = "2011", **weights: object) -> Ledger:
    """A ledger of claims that were never in a file, from a source of a day."""
    cells = [Claim.model_validate(dict(row)).model_dump(by_alias=True) for row in rows]
    frame = pl.DataFrame(cells, schema=schema(Claim))
    sources = pl.DataFrame({"id": ["paper"], "date": [day], "reliability": [""], "handling": [""]})
    made = Weights.model_validate(weights)
    return read_ledger(replace(_case, claims=frame, sources=sources, actors=_people, weights=made))


def belief(ledger: Ledger, day: date) -> float:
    """The log-odds of the tie, by the one function that users meet first."""
    return belief_in(ledger, *TIE, day).log_odds


def chance(log_odds: float) -> float:
    """The plain logistic."""
    return 1 / (1 + math.exp(-log_odds))


def fade(log_odds: float, days: float, years: float = 2) -> float:
    """Belief moved towards the prior of .1, as the design has it."""
    moved = 0.1 + (chance(log_odds) - 0.1) * 2 ** (-days / (years * YEAR))
    return math.log(moved / (1 - moved))


PlainClaim = tuple[date, date, bool, bool, str, float]
"""First, last, whether a beginning and an end are stated, origin, ratio."""


def plain(claims: list[PlainClaim], day: date, years: float) -> float:
    """The log-odds of a tie with nothing but loops: what stands in the design, day by day."""

    def away(one: PlainClaim) -> int:
        first, last, *_ = one
        return (day - last).days if day > last else min(0, (day - first).days)

    def open_there(one: PlainClaim) -> bool:
        distance = away(one)
        return distance == 0 or (distance > 0 and not one[3]) or (distance < 0 and not one[2])

    told = []
    for origin in {one[4] for one in claims}:
        for sign in (1, -1):
            some = [one for one in claims if one[4] == origin and one[5] * sign > 0 and open_there(one)]
            held = [one for one in some if away(one) == 0]
            past, coming = [one for one in some if away(one) > 0], [one for one in some if away(one) < 0]
            nearest = held or past or coming
            if nearest:
                close = min(abs(away(one)) for one in nearest)
                told.append(
                    max((one for one in nearest if abs(away(one)) == close), key=lambda one: abs(one[5]))
                )
    log_odds = sum(one[5] for one in told if away(one) == 0)
    for side in (1, -1):
        ages = sorted({abs(away(one)) for one in told if away(one) * side > 0}, reverse=True)
        walked = START
        for number, age in enumerate(ages):
            if number:
                walked = fade(walked, ages[number - 1] - age, years)
            walked += sum(one[5] for one in told if away(one) * side == age)
        log_odds += fade(walked, ages[-1], years) - START if ages else 0.0
    return START + log_odds


graded = st.fixed_dictionaries(
    {
        "reliability": st.sampled_from("ABC"),
        "credibility": st.sampled_from("1235"),
        "hedge": st.sampled_from(["documented", "reported", "claimed", "alleged"]),
        "polarity": st.sampled_from("++-"),
    }
)
told_claims = st.lists(
    st.tuples(
        graded, st.integers(0, 4), st.integers(0, 3000), st.integers(0, 900), st.integers(0, 400),
        st.sampled_from(["open", "from", "to", "both"]),
    ),
    min_size=1,
    max_size=9,
)  # fmt: skip


def as_rows(
    told: list[tuple[dict[str, str], int, int, int, int, str]],
) -> tuple[list[Cells], list[PlainClaim]]:
    """The same claims as cells of a table, and as what a plain reckoning needs of them."""
    rows: list[Cells] = []
    plainly: list[PlainClaim] = []
    for number, (grade, origin, begun, length, later, stated) in enumerate(told):
        first = date(2003, 1, 1) + timedelta(days=begun)
        last = first + timedelta(days=length)
        said = last if stated in ("open", "from") else last + timedelta(days=later)
        cells: dict[str, str] = {
            "from_": str(first) if stated in ("from", "both") else "",
            "to": str(last) if stated in ("to", "both") else "",
        }
        rows.append(claim(f"c{number}", *TIE, origin=f"o{origin}", said=str(said), **{**cells, **grade}))
        ratio = math.log({"A": 20, "B": 8, "C": 3}[grade["reliability"]])
        ratio *= {"1": 1, "2": 0.8, "3": 0.5, "5": -0.5}[grade["credibility"]]
        ratio *= {"documented": 1, "reported": 0.8, "claimed": 0.6, "alleged": 0.4}[grade["hedge"]]
        ratio = -ratio if grade["polarity"] == "-" else ratio
        begins, ends = stated in ("from", "both"), stated in ("to", "both") and later > 0
        if not begins:
            first = min(said, last)
        plainly.append((first, last, begins, ends, f"o{origin}", ratio))
    return rows, plainly


@given(told_claims, st.floats(0.2, 20), st.integers(-900, 5000))
def test_belief_is_that_of_a_plain_slow_reckoning(
    told: list[tuple[dict[str, str], int, int, int, int, str]], years: float, when: int
) -> None:
    rows, plainly = as_rows(told)
    ledger = planted(rows, half_life={"training": years})
    for day in (date(2003, 1, 1) + timedelta(days=when + more) for more in (0, 1, 400)):
        expected = plain(plainly, day, years)
        found = belief_in(ledger, *TIE, day)
        assert found.log_odds == pytest.approx(expected, abs=1e-9)
        held = ledger.holding(day)
        assert held.is_empty() == (not found.reports)
        for row in held.iter_rows(named=True):
            if found.claims.filter(pl.col("ratio") != 0).height:
                assert row["log_odds"] == pytest.approx(expected, abs=1e-9)
            assert (row["supported"], row["said"]) == (found.supported, found.said)


@given(told_claims, st.floats(0.05, 0.9))
def test_a_stretch_ends_where_belief_crosses_the_level(
    told: list[tuple[dict[str, str], int, int, int, int, str]], least: float
) -> None:
    rows, _ = as_rows(told)
    ledger = planted(rows, half_life={"training": 0.5})
    (found,) = spells(ledger, ledger.tied, least).values()
    for one, other in pairwise(found):
        assert one.last is not None
        assert other.first is not None
        assert one.last + timedelta(days=1) < other.first
    days = {date(2001, 6, 1) + timedelta(days=211 * step) for step in range(25)}
    days |= {
        day + timedelta(days=step) for s in found for day in (s.first, s.last) if day for step in (-1, 0, 1)
    }
    for day in days:
        inside = [s for s in found if (s.first or day) <= day <= (s.last or day)]
        said = belief_in(ledger, *TIE, day)
        assert bool(inside) == (said.supported and said.probability >= least), day
        if inside:
            assert said.probability <= inside[0].belief + 1e-12
            if day == inside[0].last:
                assert inside[0].belief_last == pytest.approx(said.probability)
                assert said.said is not None
                assert inside[0].said >= said.said


def test_what_was_last_said_holds_until_then_and_fades_from_there(case_folder: CaseFolder) -> None:
    ledger = planted([claim("a", *TIE, from_="2010", said="2011-03-31")])
    assert belief(ledger, date(2009, 12, 31)) == START
    for day in (date(2010, 1, 1), date(2011, 3, 31)):
        assert belief(ledger, day) == pytest.approx(START + STRONG)
    days = (date(2015, 3, 31) - date(2011, 3, 31)).days
    assert belief(ledger, date(2015, 3, 31)) == pytest.approx(fade(START + STRONG, days))
    assert belief_in(ledger, *TIE, date(2015, 3, 31)).said == date(2011, 3, 31)


def test_ten_old_claims_fade_like_one() -> None:
    one = planted([claim("a", *TIE, from_="2010", said="2011-01-01", reliability="A", credibility="1")])
    ten = planted([claim(f"c{n}", *TIE, origin=f"o{n}", from_="2010", said="2011-01-01") for n in range(10)])
    for ledger in (one, ten):
        then, later = (chance(belief(ledger, day)) for day in (date(2011, 1, 1), date(2015, 1, 1)))
        left = 2 ** (-(date(2015, 1, 1) - date(2011, 1, 1)).days / (2 * YEAR))
        assert (later - 0.1) / (then - 0.1) == pytest.approx(left)


def test_a_renewed_a_denied_and_a_missing_claim_move_belief_as_the_formula_says() -> None:
    old = claim("old", *TIE, from_="2008", said="2008-12-31")
    day, said, again = date(2012, 12, 31), date(2008, 12, 31), date(2011, 12, 31)
    faded = fade(START + STRONG, (again - said).days)
    renewed = claim("b", *TIE, origin="another", from_="2011-12-31", said="2011-12-31")
    denied = claim("b", *TIE, origin="another", from_="2011-12-31", said="2011-12-31", polarity="-")
    same = claim("b", *TIE, from_="2011-12-31", said="2011-12-31", hedge="alleged")
    year = (day - again).days
    for row, expected in (
        (renewed, fade(faded + STRONG, year)),
        (denied, fade(faded - STRONG, year)),
        (same, fade(START + math.log(8) * 0.8 * 0.4, year)),  # the last word of an origin is its word
    ):
        assert belief(planted([old, row]), day) == pytest.approx(expected)
    assert belief(planted([old]), day) == pytest.approx(fade(START + STRONG, (day - said).days))
    assert belief_in(planted([old, renewed]), *TIE, day).without("b") == pytest.approx(
        chance(fade(START + STRONG, (day - said).days))
    )


def test_claims_of_two_names_that_are_merged_are_those_of_one_tie() -> None:
    rows = [
        claim("a", *TIE, origin="x", from_="2008", said="2009-01-01"),
        claim("b", *TIE, origin="y", from_="2008", said="2010-01-01"),
    ]
    day, step = date(2011, 1, 1), (date(2010, 1, 1) - date(2009, 1, 1)).days
    expected = fade(fade(START + STRONG, step) + STRONG, (day - date(2010, 1, 1)).days)
    assert belief(planted(rows), day) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("cells", "source", "ages"),
    [
        ({"to": "2010-06-30", "said": "2010-06-30"}, "2011", True),  # said on the last day that it speaks of
        ({"to": "2010-06-30", "said": "2010-07-01"}, "2011", False),  # looks back on the end
        ({"to": "2010-06", "said": "2010"}, "2011", True),  # 2010 may lie before the end
        ({"to": "2010-06-30"}, "2010-09-30", True),  # published within a quarter: the end of the report
        ({"to": "2010-06-30"}, "2010-10-01", False),
        ({"to": "2010-06-30", "known": "2010-08-01"}, "2015", True),  # a later edition of what was known then
        ({}, "2010-06-30", True),
    ],
)
def test_an_end_on_which_the_source_looks_back_is_an_end(
    cells: dict[str, str], source: str, ages: bool
) -> None:
    ledger = planted([claim("a", *TIE, from_="2009", **cells)], source)
    assert belief_in(ledger, *TIE, date(2010, 6, 30)).supported
    after = belief_in(ledger, *TIE, date(2011, 12, 31))
    assert after.supported == ages
    assert ledger.holding(date(2011, 12, 31)).height == ages


def test_publication_as_such_is_never_later_than_what_was_known() -> None:
    (said,) = planted([claim("a", *TIE, from_="2009", known="2010-05")], "2016").tied["said_on"]
    assert said == date(2010, 5, 31)


def test_the_same_backwards_where_no_beginning_is_stated() -> None:
    ledger = planted([claim("a", *TIE, said="2010-03-05")])
    assert belief(ledger, date(2010, 3, 5)) == pytest.approx(START + STRONG)
    before = (date(2010, 3, 5) - date(2006, 3, 5)).days
    assert belief(ledger, date(2006, 3, 5)) == pytest.approx(fade(START + STRONG, before))
    assert belief_in(ledger, *TIE, date(1, 1, 1)).probability == pytest.approx(0.1, abs=1e-9)


def test_ties_end_with_the_actor_and_with_the_next_leader(case_folder: CaseFolder) -> None:
    people = _people.with_columns(
        to=pl.when(pl.col("id") == "bigland").then(pl.lit("2012-03")).otherwise(pl.lit(""))
    )
    ledger = planted([claim("a", *TIE, from_="2009", said="2011")])
    ended = read_ledger(replace(ledger.case, actors=people))
    assert ended.holding(date(2012, 3, 31)).height == 1
    assert ended.holding(date(2012, 4, 1)).is_empty()
    assert (
        read_ledger(replace(ledger.case, actors=people), date(2012, 1, 1)).holding(date(2013, 1, 1)).height
        == 1
    )
    people = _people.with_columns(
        kind=pl.when(pl.col("id") == "bigland").then(pl.lit("person")).otherwise("kind")
    )
    killed = claim(
        "k", "guard", "killed", "bigland", from_="2012-03-05", said="2012-03-06", statement="Killed"
    )
    rows = [claim("a", *TIE, from_="2009", said="2011"), killed]
    dead = read_ledger(replace(planted(rows).case, actors=people))
    assert [dead.holding(day).height for day in (date(2012, 3, 5), date(2012, 3, 6))] == [1, 0]
    rows = [
        claim("a", "bigland", "leads", "mission", from_="2009", said="2009-05"),
        claim("b", "guard", "leads", "mission", from_="2010-02-10", said="2010-02-10"),
    ]
    days = (date(2010, 2, 9), date(2010, 2, 10))
    assert [planted(rows).holding(day)["subject"].to_list() for day in days] == [["bigland"], ["guard"]]


def test_what_is_done_is_done() -> None:
    ledger = planted([claim("a", "bigland", "renamed-to", "guard", from_="2009-05-05", said="2009-06-01")])
    (row,) = ledger.holding(date(2040, 1, 1)).iter_rows(named=True)
    assert row["log_odds"] == pytest.approx(START + STRONG)
    assert row["said"] == date(2009, 6, 1)


def test_a_page_is_an_origin_of_its_own() -> None:
    rows = [claim("a", *TIE, page="12"), claim("b", *TIE, page="14"), claim("c", *TIE, page="14")]
    assert planted(rows).tied["origin"].to_list() == ["paper, 12", "paper, 14", "paper, 14"]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("half_life: {support: 0}", "belief.half_life.support"),
        ("half_life: {support: -2}", "belief.half_life.support"),
        ("half_life: {support: .inf}", "belief.half_life.support"),
        ("half_life: {suport: 2}", "support"),
        ("half_life: {attacked: 2}", "half_life.attacked"),
        ("least: 1.5", "belief.least"),
    ],
)
def test_a_half_life_that_cannot_be_is_refused(case_folder: CaseFolder, entry: str, message: str) -> None:
    files = dict(spoken())
    files["case.yaml"] = str(files["case.yaml"]) + f"belief: {{{entry}}}\n"
    with pytest.raises(CaseError) as refused:
        read_case(case_folder(files))
    assert message in str(refused.value)


def test_half_lives_come_from_the_case_else_from_ten_ended_spells_else_from_what_is_assumed() -> None:
    def ended(number: int, years: int) -> Cells:
        return claim(f"e{number}", "bigland", "training", f"force-{number}", from_="2000-01-01",
                     to=f"{2000 + years}-01-01", said="2015")  # fmt: skip

    nine, ten = ([ended(n, n + 1) for n in range(count)] for count in (9, 10))
    going_on = [claim("g", "bigland", "weapons", "guard", from_="2000-01-01", said="2012-01-01")]
    few = planted(nine).half_lives["training"]
    assert (few.years, few.mark, few.author, few.ended) == (2.0, "assumed", "vedette", 9)
    many = planted([*ten, *going_on]).half_lives["weapons"]
    assert (many.mark, many.author, many.spells, many.ended) == ("estimated", "", 11, 10)
    assert many.years == pytest.approx(6, abs=0.01)  # of 11 at risk, 6 have ended after six years
    own = planted(ten, half_life={"support": 7}).half_lives["training"]
    assert (own.years, own.mark, own.author) == (7.0, "assumed", "the case")


def test_figures_events_and_ties_of_unknown_beginning_are_no_spells() -> None:
    from vedette.evidence.half_lives import spells_of_ties

    rows = [
        claim("a", *TIE, from_="2008", to="2009", said="2015", low="1", high="2", unit="persons"),
        claim("b", *TIE, from_="2008-01-01", to="2008-01-31", said="2015"),
        claim("c", *TIE, to="2009", said="2015"),
    ]
    assert list(spells_of_ties(planted(rows).tied)) == []
    joined = [
        claim("d", *TIE, from_="2008-01-01", said="2008-06-01"),
        claim("e", *TIE, from_="2009-01-01", said="2010-01-01", origin="x"),
        claim("f", *TIE, from_="2011-01-01", said="2011-01-01", polarity="-", origin="y"),
    ]
    (spell,) = spells_of_ties(planted(joined).tied)
    assert spell == ("support", float((date(2011, 1, 1) - date(2008, 1, 1)).days), True)
    (spell,) = spells_of_ties(planted(joined[:2]).tied)
    assert spell == ("support", float((date(2010, 1, 1) - date(2008, 1, 1)).days), False)


def test_half_lives_know_nothing_said_later() -> None:
    rows = [
        claim(f"e{n}", "bigland", "training", f"force-{n}", from_="2000", to="2005", said="2015")
        for n in range(12)
    ]
    case = planted(rows).case
    assert read_ledger(case, date(2014, 12, 31)).half_lives["training"].mark == "assumed"
    assert read_ledger(case, date(2015, 12, 31)).half_lives["training"].mark == "estimated"
