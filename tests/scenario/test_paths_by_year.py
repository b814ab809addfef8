"""Factors by the year since a threshold was passed: planted paths are found month by month."""

import numpy as np
import pytest
from support.fourland import CaseFolder
from support.small_mechanism import flat, lay, read

from vedette.errors import CaseError
from vedette.scenario import Ensemble, run
from vedette.scenario.language.distributions import Distribution

ROWS = ((8.0, 1.0, 0.125), (2.0, 2.0, 16.0))
"""The level of the first is 1, of the second 4."""
GIVEN = "author: tester, source: none, why: planted"
SIZE = "distribution: {form: paths, rows: [[8, 1, 0.125], [2, 2, 16]]}"
MECHANISM = f"""\
base: stay
start: 2015-01
end: 2018-12
assumptions:
  - {{id: departure, name: Deaths after, unit: number, {SIZE}, {GIVEN}}}
  - {{id: line, name: Line, unit: people, distribution: {{form: point, value: 500}}, {GIVEN}}}
levers:
  - {{id: troops, name: Troops, unit: people, who: bigland}}
  - {{id: others, name: Others, unit: people, who: bigland}}
events:
  - {{id: rebel-deaths, name: Deaths by rebels, strata: [rebels]}}
effects:
  - {{id: leaving, from: troops, to: rebel-deaths, form: threshold, size: departure, at: line, side: below}}
outcomes:
  - {{id: deaths, name: Deaths, of: rebel-deaths, read: total, unit: deaths, good: down}}
"""
WHILE = MECHANISM.replace("side: below}", "side: below,\n     while: {lever: others, above: line}}")


def scenario(name: str, troops: str, others: str = "1000") -> str:
    given = f"id: {name}\nname: {name}\nauthor: t\nsource: none\n"
    return f"{given}levers:\n  troops: {troops}\n  others: {others}\n"


SCENARIOS = {
    "stay": scenario("stay", "1000"),
    "leave": scenario("leave", "{path: {2015-01: 1000, 2015-04: 0}, between: step}"),
    "return": scenario("return", "{path: {2015-01: 0, 2016-07: 900, 2016-09: 0}, between: step}"),
    "others-leave": scenario(
        "others-leave", "0", "{path: {2015-01: 1000, 2015-03: 0, 2015-05: 1000}, between: step}"
    ),
}


def made(case_folder: CaseFolder, mechanism: str, draws: int = 8) -> Ensemble:
    files = {"mechanisms.yaml": mechanism, **{f"scenarios/{n}.yaml": t for n, t in SCENARIOS.items()}}
    mechanism_read = read(lay(case_folder(), files))
    return run(mechanism_read, list(SCENARIOS), flat(mechanism_read), draws=draws, seed=1)


def factors(found: Ensemble, name: str) -> np.ndarray:
    """The factor on the forecast in each draw and month, (D, T)."""
    return np.asarray(found.path("*rebel-deaths")[found.index(name)])


def test_a_planted_path_is_followed_by_year(case_folder: CaseFolder) -> None:
    """Three months with troops, then twelve of each year's factor, then the last one on."""
    found = made(case_folder, MECHANISM)
    level = found.quantities["departure"]
    assert sorted(level.round(9)) == [1.0] * 4 + [4.0] * 4
    for draw, row in enumerate(ROWS[int(each > 2)] for each in level):
        expected = np.repeat((1.0, *row), (3, 12, 12, 21))
        np.testing.assert_allclose(factors(found, "leave")[draw], expected, rtol=1e-6)
        back = np.repeat((*row[:2], 1.0, *row), (12, 6, 2, 12, 12, 4))
        np.testing.assert_allclose(factors(found, "return")[draw], back, rtol=1e-6)
    np.testing.assert_array_equal(factors(found, "stay"), 1.0)


def test_a_threshold_holds_only_while_another_lever_does(case_folder: CaseFolder) -> None:
    """The others are away in March and April: no factor, and the years begin anew when they are back."""
    found = made(case_folder, WHILE)
    for draw, row in enumerate(ROWS[int(each > 2)] for each in found.quantities["departure"]):
        expected = np.repeat((row[0], 1.0, *row), (2, 2, 12, 12, 20))
        np.testing.assert_allclose(factors(found, "others-leave")[draw], expected, rtol=1e-6)


def test_a_threshold_holds_only_while_another_lever_is_below(case_folder: CaseFolder) -> None:
    below = made(case_folder, WHILE.replace("above: line", "below: line"))
    np.testing.assert_array_equal(factors(below, "leave"), 1.0)
    assert (factors(below, "others-leave")[:, [1, 4]] == 1.0).all()
    assert (factors(below, "others-leave")[:, 2:4] != 1.0).all()


def test_rows_are_drawn_whole_and_their_order_is_irrelevant() -> None:
    chance = (np.arange(50) + 0.5) / 50
    rng = np.random.default_rng(3)
    rows = np.exp(rng.normal(0, 1, (25, 3)))
    one, other = (Distribution(form="paths", rows=r.tolist()) for r in (rows, rows[::-1]))
    levels = one.quantile(chance)
    np.testing.assert_array_equal(levels, other.quantile(chance))
    np.testing.assert_allclose(
        np.exp(np.log(rows).mean(axis=1)), levels[np.argsort(levels)][::2][_rank(rows)]
    )
    drawn = levels[:, None] * one.by_year(levels)
    again = Distribution(form="paths", rows=rows.tolist())
    assert (one == again, one != other, hash(one) == hash(again)) == (True, True, True)
    np.testing.assert_array_equal(drawn, levels[:, None] * other.by_year(levels))
    np.testing.assert_allclose(np.unique(drawn[:, 0]), np.unique(rows[:, 0]))
    assert all(np.isclose(drawn, row).all(axis=1).sum() == 2 for row in rows)


def test_paths_of_one_level_are_all_drawn() -> None:
    both = Distribution(form="paths", rows=((2.0, 0.5), (0.5, 2.0), (1.0, 1.0)))
    levels = both.quantile(np.array([0.1, 0.5, 0.9]))
    drawn = (levels[:, None] * both.by_year(levels)).round(6).tolist()
    assert sorted(drawn) == [[0.5, 2.0], [1.0, 1.0], [2.0, 0.5]]


def _rank(rows: np.ndarray) -> np.ndarray:
    return np.argsort(np.argsort(np.log(rows).mean(axis=1)))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[[8, 1, 0.125], [2, 2, 16]]", "[[8, 1], [2, 2, 16]]", "two paths or more of one length"),
        ("[[8, 1, 0.125], [2, 2, 16]]", "[[8, 1, 0], [2, 2, 16]]", "factors above 0; found 0"),
        ("form: threshold", "form: elasticity, reference: 10", "no at of a elasticity"),
        (
            "form: threshold, size: departure, at: line, side: below}",
            "form: elasticity, size: departure}",
            "a size that is one number, for elasticity; found departure, which has a factor for each of 3",
        ),
        ("lever: others", "lever: other", "the id of a lever; found 'other'. Did you mean 'others'?"),
        ("above: line}", "above: departure}", "found number (departure)"),
        ("above: line}", "above: line, below: line}", "either above or below"),
    ],
)
def test_mistakes(case_folder: CaseFolder, old: str, new: str, told: str) -> None:
    text = WHILE if old in WHILE else MECHANISM
    assert old in text
    with pytest.raises(CaseError) as raised:
        made(case_folder, text.replace(old, new))
    assert told in str(raised.value)


def test_a_branch_sets_no_quantity_by_year(case_folder: CaseFolder) -> None:
    branches = """\
alternatives:
  - id: view
    name: View
    unweighted: true
    branches:
      - {id: one, name: One, sets: {departure: {form: point, value: 2}}, author: a, source: b, why: c}
      - {id: two, name: Two, author: a, source: b, why: c}
outcomes:
"""
    with pytest.raises(CaseError, match="quantities that are one number; found departure, by year"):
        made(case_folder, MECHANISM.replace("outcomes:\n", branches))
