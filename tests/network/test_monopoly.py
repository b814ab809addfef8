"""The index of arms, against cases done by hand and a slow plain version."""

import csv
import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from support.fourland import CaseFolder
from support.warland import AT, claim, ledger

from vedette.network import Monopoly, by_year, drivers, monopoly

TWO = "force,status,main\narmy,state,army\nbandits,non-state,yes\n"
THREE = TWO + "militia,hybrid,yes\n"


def strength(number: int, force: str, low: int, high: int | None = None, **cells: object) -> str:
    """A claim of a headcount on the day asked about."""
    when = {"from_": AT.isoformat(), "to": AT.isoformat(), "unit": "persons", **cells}
    return claim(number, force, "strength", low=low, high=high or low, **when)


def index_of(folder: CaseFolder, rows: list[str], forces: str, draws: int = 500, **more: object) -> Monopoly:
    """The index on the day of these claims and forces."""
    as_of = more.get("as_of")
    assert as_of is None or isinstance(as_of, date)
    index = monopoly(ledger(_named(folder, str(more.get("name", "case"))), rows, forces, as_of), AT, draws, 1)
    assert index is not None
    return index


def test_state_against_bandits(case_folder: CaseFolder) -> None:
    rows = [strength(1, "army", 6000), strength(2, "police", 3000), strength(3, "bandits", 1000)]
    forces = "force,status,main\narmy,state,army\npolice,state,yes\nbandits,non-state,yes\n"
    index = index_of(case_folder, rows, forces)
    assert np.allclose(index.share, 0.9)
    assert (index.missing, index.withheld) == ((), "")
    assert index.coverage == "3 counted"


def test_a_hybrid_force_bears_arms_that_are_not_the_states(case_folder: CaseFolder) -> None:
    rows = [strength(1, "army", 5000), strength(2, "militia", 4000), strength(3, "bandits", 1000)]
    rows += [claim(4, "state", "command", "militia")]
    index = index_of(case_folder, rows, THREE)
    shares = {
        status: index.of_status(status).mean() for status in ("state", "hybrid", "non-state", "foreign")
    }
    assert shares == pytest.approx({"state": 0.5, "hybrid": 0.4, "non-state": 0.1, "foreign": 0.0})


@pytest.mark.parametrize("coding", ["state,", "non-state,elsewhere", "foreign,"])
def test_only_main_forces_count(case_folder: CaseFolder, coding: str) -> None:
    rows = [strength(1, "army", 5000), strength(2, "bandits", 5000), strength(3, "guards", 90000)]
    index = index_of(case_folder, rows, f"{TWO}guards,{coding}\n")
    assert np.allclose(index.share, 0.5)
    assert index.elsewhere == (("guards",) if "elsewhere" in coding else ())


def test_a_force_is_a_main_one_on_its_days_alone(case_folder: CaseFolder) -> None:
    rows = [strength(1, "army", 5000), strength(2, "bandits", 5000)]
    forces = "force,to,status,main\narmy,,state,army\nbandits,2013-06-29,non-state,yes\n"
    assert np.allclose(index_of(case_folder, rows, forces).share, 1.0)
    late = forces.replace("06-29", "06-30")
    assert np.allclose(index_of(case_folder, rows, late, name="late").share, 0.5)


def test_a_headcount_is_carried_for_eight_years_and_back_for_four(case_folder: CaseFolder) -> None:
    def reached(when: str, name: str) -> str:
        rows = [strength(1, "army", 5000), strength(2, "bandits", 9000, from_=when, to=when)]
        return index_of(case_folder, rows, TWO, name=name).coverage

    assert reached("2005-07-01", "far") == "1 counted, 1 carried"
    assert reached("2005-06-29", "too-far") == "1 counted, 1 missing"
    assert reached("2017-06-29", "back") == "1 counted, 1 carried"
    assert reached("2017-07-02", "too-far-back") == "1 counted, 1 missing"
    assert reached("2012-07-01", "within-a-year") == "2 counted"


def test_between_two_headcounts_the_number_goes_from_one_to_the_other(case_folder: CaseFolder) -> None:
    rows = [
        strength(1, "army", 5000),
        strength(2, "bandits", 1000, from_="2012-06-30", to="2012-06-30"),
        strength(3, "bandits", 16000, from_="2016-06-30", to="2016-06-30"),
    ]
    index = index_of(case_folder, rows, TWO, draws=20000)
    (bandits,) = [part for part in index.parts if part.force == "bandits"]
    assert np.median(bandits.strength) == pytest.approx(
        2000, rel=0.02
    )  # a year of four: the fourth root of 16
    assert np.log(bandits.strength).std() == pytest.approx(0.15 * math.sqrt(1 * 3 / 4), rel=0.05)
    assert (bandits.claims, round(bandits.years or 0, 2)) == (("c2", "c3"), 1.0)


def test_recalled_planned_and_later_headcounts_are_not_used(case_folder: CaseFolder) -> None:
    rows = [
        strength(1, "army", 5000),
        strength(2, "bandits", 5000, source="", basis="recalled", credibility=6, said="2012"),
        strength(3, "bandits", 5000, known="2015-01"),
        strength(4, "bandits", 5000, hedge="expected"),
        strength(5, "bandits", 5000, unit="persons trained"),
    ]
    index = index_of(case_folder, rows, TWO, as_of=date(2014, 12, 31))
    assert index.missing == ("bandits",)


def test_an_assumed_strength_makes_a_range(case_folder: CaseFolder) -> None:
    rows = [strength(1, "army", 9000), strength(2, "police", 1000)]
    forces = (
        "force,status,main,most,author\narmy,state,army,,\npolice,non-state,yes,,\n"
        "bandits,non-state,yes,2000,a test\nguards,state,yes,1000,a test\n"
    )
    index = index_of(case_folder, rows, forces, draws=4000)
    low, middle, high = index.quantiles
    assert low == pytest.approx(9000 / 12000)  # bandits at their most, guards at nothing
    assert high == pytest.approx(10000 / 11000)
    assert index.assumed_width == pytest.approx(high - low)  # nothing else is uncertain
    assert low < middle < high
    assert [(part.force, part.basis, part.ends()) for part in index.assumed] == [
        ("bandits", "assumed", (0.0, 2000.0)),
        ("guards", "assumed", (0.0, 1000.0)),
    ]
    assert index.coverage == "2 counted, 2 assumed"


def test_a_headcount_goes_before_the_most(case_folder: CaseFolder) -> None:
    rows = [strength(1, "army", 5000), strength(2, "bandits", 5000)]
    forces = "force,status,main,most,author\narmy,state,army,,\nbandits,non-state,yes,100,a test\n"
    index = index_of(case_folder, rows, forces)
    assert np.allclose(index.share, 0.5)
    assert index.assumed == ()


def test_how_much_of_a_range_is_assumed(case_folder: CaseFolder) -> None:
    rows = [strength(1, "army", 5000), strength(2, "police", 1000, 4000)]
    forces = "force,status,main,most,author\narmy,state,army,,\npolice,non-state,yes,,\n"
    without = index_of(case_folder, rows, forces, draws=4000)
    with_ = index_of(
        case_folder, rows, forces + "bandits,non-state,yes,10,a test\n", draws=4000, name="assumed"
    )
    assert without.assumed_width == 0
    width = with_.quantiles[2] - with_.quantiles[0]
    assert 0 < with_.assumed_width < 0.01 < width


@pytest.mark.parametrize(
    ("forces", "rows", "why"),
    [
        (TWO, [strength(2, "bandits", 10)], "the army is missing"),
        (TWO.replace("army\n", "yes\n", 1), [strength(1, "army", 10)], "the army is missing"),
        (THREE, [strength(1, "army", 10)], "2 main forces are missing"),
        (THREE, [strength(1, "army", 10), strength(2, "bandits", 10)], ""),
        (TWO, [strength(1, "army", 100), strength(2, "bandits", 1, 10000)], "is wider than 30 points"),
    ],
)
def test_when_it_is_withheld(case_folder: CaseFolder, forces: str, rows: list[str], why: str) -> None:
    index = index_of(case_folder, rows, forces, draws=2000)
    assert why in index.withheld
    assert bool(index.withheld) == bool(why)


def test_the_widest_range_that_is_printed(case_folder: CaseFolder) -> None:
    def withheld(most: int, name: str) -> str:
        forces = f"force,status,main,most,author\narmy,state,army,,\nbandits,non-state,yes,{most},a test\n"
        return index_of(case_folder, [strength(1, "army", 7000)], forces, name=name).withheld

    assert withheld(3000, "at") == ""
    assert "69 to 100 %" in withheld(3100, "over")


def test_no_main_force(case_folder: CaseFolder) -> None:
    rows = [strength(1, "army", 5000)]
    assert monopoly(ledger(case_folder, rows, "force,status\narmy,state\n"), AT, 100, 1) is None


def test_a_claim_on_one_force_leaves_the_others_as_they_were(case_folder: CaseFolder) -> None:
    rows = [strength(1, "army", 4000, 6000), strength(2, "bandits", 500, 2000)]
    fewer = index_of(case_folder, rows[:1], TWO, draws=300)
    more = index_of(case_folder, rows, TWO, draws=300, name="again")
    (before,), (after, _) = fewer.parts, more.parts
    assert np.array_equal(before.strength, after.strength)
    assert ((more.share >= 0) & (more.share <= 1)).all()


def test_what_would_change_it_most(case_folder: CaseFolder) -> None:
    rows = [strength(1, "army", 5000, 5100), strength(2, "militia", 5000), strength(3, "bandits", 10, 20)]
    index = index_of(case_folder, rows, THREE, draws=1000)
    assert index.least_certain.force == "army"
    first = drivers(index).row(0, named=True)
    assert (first["what"], first["force"]) == ("command", "militia")
    assert first["low"] == pytest.approx(0.5, abs=0.01)
    assert first["high"] == pytest.approx(1, abs=0.01)


def test_by_year_and_what_may_be_compared(case_folder: CaseFolder) -> None:
    forces = "force,from,status,main\narmy,,state,army\nmilitia,2011,hybrid,yes\nbandits,2003,non-state,yes\n"
    rows = [strength(1, "army", 5000, from_="2012", to="2012"), strength(2, "militia", 5000)]
    rows += [strength(3, "bandits", 50, from_="2010", to="2010")]
    table = by_year(ledger(case_folder, rows, forces), range(2006, 2014), 200, 1)
    assert table["withheld"].to_list() == ["the army is missing"] * 2 + [""] * 6
    assert table["middle"].is_null().to_list() == [True] * 2 + [False] * 6
    assert table["comparable"].to_list() == ["", "", *["2008-2010"] * 3, *["2011-2013"] * 3]
    assert table["coverage"][0] == "1 carried, 1 missing"
    assert table["counted"].to_list()[-2:] == ["army;militia", "army;militia"]
    assert table["carried"][7] == "bandits"
    assert table["missing"][0] == "army"


def test_years_with_a_force_missing_are_not_comparable(case_folder: CaseFolder) -> None:
    rows = [strength(1, "army", 5000), strength(2, "bandits", 50, from_="2015-12", to="2015-12")]
    table = by_year(ledger(case_folder, rows, TWO), range(2010, 2013), 200, 1)
    assert table["comparable"].to_list() == ["2010", "2011-2012", "2011-2012"]


def test_the_year_of_the_as_of_ends_on_it(case_folder: CaseFolder) -> None:
    table = by_year(
        ledger(case_folder, [strength(1, "army", 5000)], TWO, date(2014, 5, 1)), range(2013, 2015), 99, 1
    )
    assert table["at"].to_list() == [date(2013, 12, 31), date(2014, 5, 1)]


def _plain(path: Path) -> float:
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["relation"] == "strength"]
    sizes = {row["subject"]: math.sqrt(float(row["low"]) * float(row["high"])) for row in rows}
    return sizes["army"] / (sizes["army"] + sizes["bandits"])


def test_the_middle_is_that_of_the_plain_sums(case_folder: CaseFolder) -> None:
    rows = [strength(1, "army", 4000, 9000), strength(2, "bandits", 500, 2000)]
    found = ledger(case_folder, rows, TWO)
    index = monopoly(found, AT, 20000, 1)
    assert index is not None
    assert np.median(index.share) == pytest.approx(_plain(found.case.folder / "claims.csv"), abs=0.01)


def _named(folder: CaseFolder, name: str) -> CaseFolder:
    return lambda files: folder(files, name)
