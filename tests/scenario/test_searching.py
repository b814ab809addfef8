"""The search for robust choices: its criterion by hand, a known front, and the same bytes from one seed."""

import numpy as np
import pytest
from support.fourland import CaseFolder
from support.small_mechanism import flat, lay, read

from vedette.errors import UsageError
from vedette.scenario import run
from vedette.scenario.drivers.choices import choices_of
from vedette.scenario.searching.robust import robust_values, undominated, worst_mean
from vedette.scenario.searching.search import Front, search
from vedette.scenario.searching.space import space_of

MECHANISM = """\
base: stay
start: 2015-01
end: 2015-12
levers:
  - {id: a, name: Arms, unit: index, who: bigland}
  - {id: b, name: Boldness, unit: index, who: guard}
rates:
  - {id: armed, name: Armed, unit: index, product: [a, b]}
outcomes:
  - {id: armed-last, name: Armed, of: armed, read: last, unit: index, good: down}
  - {id: arms-last, name: Arms, of: a, read: last, unit: index, good: up}
signs:
  - {id: deaths, name: Deaths, of: armed-last, measured: {deaths: [rebels]}, who: UCDP, alarm: {above: 1}}
"""
SIGNS = MECHANISM.index("signs:")
SCENARIOS = {
    "scenarios/stay.yaml": "id: stay\nname: Stay\nauthor: t\nsource: none\nlevers: {a: 0.2, b: 0.1}\n",
    "scenarios/arm.yaml": "id: arm\nname: Arm\nauthor: t\nsource: none\nlevers: {a: 1}\n",
    "scenarios/bold.yaml": "id: bold\nname: Bold\nauthor: t\nsource: none\nlevers: {b: 0.9}\n",
}
NAMES = ["stay", "arm", "bold"]
BOTH = ["armed-last", "arms-last"]


def found(case_folder: CaseFolder, outcomes: list[str], seed: int = 1, name: str = "fourland") -> Front:
    made = read(lay(case_folder(name=name), {"mechanisms.yaml": MECHANISM[:SIGNS], **SCENARIOS}))
    baseline = flat(made)
    return search(made, NAMES, "bigland", outcomes, baseline, 48, 4, seed, lambda _: None)


def test_the_worst_twentieth_by_hand() -> None:
    cost = np.arange(40.0)[None, :]
    np.testing.assert_array_equal(worst_mean(cost), [38.5])
    np.testing.assert_array_equal(worst_mean(cost[:, :10]), [9.0])


def test_the_robust_value_is_that_of_the_worst_world(case_folder: CaseFolder) -> None:
    """Armed is a b, and b is .9 where the guard is bold; arms do not depend on the guard."""
    made = read(lay(case_folder(), {"mechanisms.yaml": MECHANISM[:SIGNS], **SCENARIOS}))
    choices = choices_of(made, [made.scenario(name) for name in NAMES], "bigland")
    ensemble = run(made, ["stay"], flat(made), draws=4, seed=1)
    values = robust_values(ensemble, choices, choices.options, BOTH)
    np.testing.assert_allclose(values, [[0.18, 0.2], [0.9, 1.0]], rtol=1e-5)


def test_one_outcome_has_one_best_option(case_folder: CaseFolder) -> None:
    front = found(case_folder, ["armed-last"])
    np.testing.assert_allclose(front.values, [[0.18]] * len(front.options), rtol=1e-5)
    assert front.given[0]
    assert [setting.scenario for setting, _ in front.beaten] == ["arm"]


def test_two_outcomes_against_each_other_make_a_front(case_folder: CaseFolder) -> None:
    """More arms are better in the one, worse in the other by .9 times as much: all steps are on the front."""
    front = found(case_folder, BOTH)
    assert not front.beaten
    assert front.fell == 0
    assert len(front.options) > 5
    armed, arms = front.values.T
    np.testing.assert_allclose(armed, 0.9 * arms, rtol=1e-5)
    assert (np.diff(armed) >= 0).all()
    assert {"stay", "arm"} <= {each.scenario for each in front.options}


def test_the_same_seed_gives_the_same_front(case_folder: CaseFolder) -> None:
    one, same = found(case_folder, BOTH), found(case_folder, BOTH, name="again")
    other = found(case_folder, BOTH, seed=2, name="other")
    assert one.values.tobytes() == same.values.tobytes()
    assert one.values.tobytes() != other.values.tobytes()
    assert 24 <= one.tried <= one.budget


def test_undominated_rows_by_hand() -> None:
    costs = np.array([[1.0, 3.0], [2.0, 2.0], [3.0, 1.0], [2.0, 3.0], [2.0, 2.0]])
    assert undominated(costs).tolist() == [True, True, True, False, True]


def test_a_point_of_the_space_in_words(case_folder: CaseFolder) -> None:
    rule = "rules:\n  - {when: {sign: deaths, above: 0.4, for: 2}, levers: {a: 0.6}}\n"
    files = {**SCENARIOS, "scenarios/arm.yaml": SCENARIOS["scenarios/arm.yaml"] + rule}
    text = (
        MECHANISM.replace("armed-last, measured", "deaths, measured")
        .replace(
            "  - {id: arms-last",
            "  - {id: deaths-mean, name: D, of: deaths, unit: deaths/month, good: down}\n  - {id: arms-last",
        )
        .replace("rates:\n", "events:\n  - {id: deaths, name: Deaths, strata: [rebels]}\nrates:\n")
    )
    made = read(lay(case_folder(), {"mechanisms.yaml": text, **files}))
    space = space_of(made, "bigland", [made.scenario("arm")])
    assert space.ranges == {"a": (0.2, 1.0)}
    assert space.sizes == {"a to": 20, "a by": 2, "0 follow": 1, "0 level": 6, "0 for": 11, "0 a": 20}
    point = {"a to": 10, "a by": 1, "0 follow": 1, "0 level": 6, "0 for": 3, "0 a": 5}
    setting = space.setting(point, "x")
    np.testing.assert_allclose(setting.paths["a"][:8], [0.2 + 0.4 * min(m / 6, 1) for m in range(8)])
    (rule_found,) = setting.rules
    assert (rule_found.entry.when.above, rule_found.entry.when.months) == (0.8, 4)
    np.testing.assert_allclose(rule_found.entry.levers["a"].to, 0.4)
    assert space.setting({**point, "0 follow": 0}, "x").rules == ()


def test_too_small_a_budget(case_folder: CaseFolder) -> None:
    made = read(lay(case_folder(), {"mechanisms.yaml": MECHANISM[:SIGNS], **SCENARIOS}))
    with pytest.raises(UsageError, match="at least 48 evaluations; found 47"):
        search(made, NAMES, "bigland", BOTH, flat(made), 47, 4, 1, lambda _: None)
