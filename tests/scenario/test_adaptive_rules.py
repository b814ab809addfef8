"""Adaptive rules: what they do in a run by hand, and what is wrong with one."""

import numpy as np
import pytest
from support.fourland import CaseFolder
from support.small_mechanism import FILES, LEAVE, STAY, flat, lay, read

from vedette.errors import CaseError, UsageError
from vedette.scenario import Ensemble, run
from vedette.scenario.answers.rules_acted import rules_acted

RULED = """\
id: ruled
name: Bigland leaves and returns
author: tester
source: none
levers:
  troops: {path: {2015-01: 1000, 2015-06: 0}, between: step}
rules:
"""
RETURN = """\
  - id: return
    when: {sign: deaths, above: 1, for: 3, first: 2015-04}
    levers: {troops: {to: 800, over: 2}}
    why: deaths rise
"""
THERE = """\
  - {id: there, name: Troops, of: troops, read: last, unit: people, good: up}
signs:
"""
AGAIN = """\
  - when: {sign: deaths, above: 1, for: 2, lag: 2, after: return}
    levers: {troops: 100}
"""


def files(rules: str) -> dict[str, str]:
    return {**FILES, "scenarios/ruled.yaml": RULED + rules}


def ensemble(
    case_folder: CaseFolder, rules: str, names: tuple[str, ...] = ("ruled",), name: str = "fourland"
) -> Ensemble:
    text = FILES["mechanisms.yaml"].replace("signs:\n", THERE)
    mechanism = read(lay(case_folder(name=name), {**files(rules), "mechanisms.yaml": text}))
    return run(mechanism, names, flat(mechanism, 10.0), draws=4, seed=1)


def test_a_rule_acts_once_its_months_are_over(case_folder: CaseFolder) -> None:
    """Deaths lie above 1 throughout: April, May and June count, so July is the first month of the return."""
    made = ensemble(case_folder, RETURN)
    troops = made.path("there")[0]
    assert np.unique(made.fired).tolist() == [6]
    assert (troops == troops[0]).all()
    assert troops[0, :10].tolist() == [1000, 1000, 1000, 1000, 1000, 0, 400, 800, 800, 800]
    assert troops[0, -1] == 800


def test_a_rule_after_another_counts_from_its_month(case_folder: CaseFolder) -> None:
    """July and August count; August is known two months later, in October, when the last rule counts."""
    made = ensemble(case_folder, RETURN + AGAIN)
    assert made.fired[0, 0].tolist() == [6, 9]
    assert made.path("there")[0, 0, 6:12].tolist() == [400, 800, 800, 100, 100, 100]


def test_a_rule_that_never_acts_changes_nothing(case_folder: CaseFolder) -> None:
    made = ensemble(case_folder, RETURN.replace("above: 1", "above: 100000"))
    assert np.unique(made.fired).tolist() == [-1]
    assert made.path("there")[0, 0, 5:].max() == 0


def test_as_many_months_must_count_as_are_needed(case_folder: CaseFolder) -> None:
    """Two months must be met of those that count: one alone is a mistake, two suffice."""
    rules = RETURN.replace("sign: deaths, above: 1, for: 3, first: 2015-04", "sign: deaths, above: 1, for: 2")
    rules = rules.replace("for: 2", "for: 2, last: 2015-01")
    with pytest.raises(CaseError, match="1 mistake"):
        ensemble(case_folder, rules)
    made = ensemble(case_folder, rules.replace("last: 2015-01", "last: 2015-02"), name="two")
    assert np.unique(made.fired).tolist() == [2]


def test_how_often_rules_acted(case_folder: CaseFolder) -> None:
    made = ensemble(case_folder, RETURN + AGAIN.replace("above: 1", "above: 100000"), ("stay", "ruled"))
    rows = rules_acted(made)
    assert rows.select("scenario", "low", "high", "month").rows() == [
        ("ruled", 1.0, 1.0, "2015-07"),
        ("ruled", 0.0, 0.0, ""),
    ]
    assert rows["rule"][0] == (
        "Troops of Bigland 800 within 2 months once Deaths by rebels are above 1 for 3 months in a row"
    )


def test_scenarios_without_rules_are_the_same_beside_one_with_rules(case_folder: CaseFolder) -> None:
    alone = ensemble(case_folder, RETURN, ("stay", "leave"))
    beside = ensemble(case_folder, RETURN, ("stay", "leave", "ruled"), "beside")
    assert alone.fired.shape == (2, 4, 0)
    assert (beside.fired[:2] == -1).all()
    np.testing.assert_array_equal(alone.paths, beside.paths[:2])


def test_a_rule_changes_a_path_that_another_scenario_sets(case_folder: CaseFolder) -> None:
    only = "id: return\nname: R\nauthor: t\nsource: none\nrules:\n" + RETURN
    mechanism = read(lay(case_folder(), {**files(RETURN), "scenarios/return.yaml": only}))
    made = run(mechanism, ["leave+return"], flat(mechanism, 10.0), draws=4, seed=1)
    assert np.unique(made.fired).tolist() == [6]
    with pytest.raises(UsageError, match=r"found troops set by rules of both ruled and return"):
        mechanism.scenario("ruled+return")


WRONG = {
    "sign: deaths": (
        "sign: death",
        "rules[0].when.sign: expected the id of a sign; found 'death'. Did you mean 'deaths'?",
    ),
    "above: 1,": ("above: 1, below: 2,", "rules[0].when: expected either above or below; found [1.0, 2.0]"),
    "for: 3,": ("for: 0,", "rules[0].when.for: expected 1 month or more; found 0. Say how many months"),
    "for: 3, ": (
        "for: 33, ",
        "rules[0].when.for: expected at most 32 months, so that the rule can act by 2017-12; found for 33, "
        "with a lag of 1 from 2015-04 on. Shorten it, or let it begin earlier.",
    ),
    "first: 2015-04": (
        "first: 2018-04",
        "rules[0].when.first: expected a month of the run, 2015-01 to 2017-12; found '2018-04'. Correct it",
    ),
    "first: 2015-04}": (
        "first: 2015-04, last: 2015-02}",
        "rules[0].when.last: expected a month not before first (2015-04); found '2015-02'. Swap the two.",
    ),
    ", first: 2015-04": (
        ", lag: 0",
        "rules[0].when.lag: expected a month of the past; found 'a lag of 0'. A rule sees only months that "
        "are over",
    ),
    ", first: 2015-04}": (
        ", lag: -3}",
        "rules[0].when.lag: expected a month of the past; found 'a lag of -3'.",
    ),
    "3, first: 2015-04}": (
        "3, after: return}",
        "rules[0].when.after: expected the id of an earlier rule of this scenario; found return, the rule "
        "itself. Leave it out, or name an earlier rule.",
    ),
    "{troops: {": (
        "{troop: {",
        "rules[0].levers.troop: expected the id of a lever; found 'troop'. Did you mean 'troops'?",
    ),
    "to: 800": ("to: -1", "rules[0].levers.troops: expected people from 0 up; found -1. Correct it."),
    "over: 2": ("over: 0", "rules[0].levers.troops.over: expected 1 month or more; found 0."),
}


@pytest.mark.parametrize(("old", "mistake"), WRONG.items(), ids=[new for new, _ in WRONG.values()])
def test_a_mistake_in_a_rule(case_folder: CaseFolder, old: str, mistake: tuple[str, str]) -> None:
    new, said = mistake
    text = RULED + RETURN.replace(old, new, 1)
    with pytest.raises(CaseError) as error:
        read(lay(case_folder(), {**FILES, "scenarios/ruled.yaml": text}))
    (problem,) = map(str, error.value.problems)
    line = problem.split("line ")[1].split(",")[0]
    assert problem == f"scenarios/ruled.yaml, line {line}, column {said}" or said in problem
    assert new.strip(", {}").split(":")[0].split(",")[0] in text.splitlines()[int(line) - 1]


def test_a_rule_after_a_later_one(case_folder: CaseFolder) -> None:
    with pytest.raises(CaseError) as error:
        read(lay(case_folder(), files(AGAIN + RETURN)))
    (problem,) = map(str, error.value.problems)
    assert "found return, which stands later. Move return up: rules act in their order." in problem


def test_a_rule_that_answers_to_itself(case_folder: CaseFolder) -> None:
    with pytest.raises(CaseError) as error:
        ensemble(case_folder, RETURN.replace("sign: deaths", "sign: troops"))
    (problem,) = map(str, error.value.problems)
    assert "found troops, which is the lever troops that the rule sets. Watch something else" in problem


def test_the_base_has_no_rules(case_folder: CaseFolder) -> None:
    with pytest.raises(CaseError) as error:
        read(lay(case_folder(), {**FILES, "scenarios/stay.yaml": STAY + "rules:\n" + RETURN}))
    (problem,) = map(str, error.value.problems)
    assert (
        "column rules: expected no rules in the base scenario; found 1 rule. Write a scenario of its"
        in problem
    )


def test_a_scenario_may_have_rules_alone(case_folder: CaseFolder) -> None:
    text = LEAVE.split("levers:")[0] + "rules:\n" + RETURN
    assert read(lay(case_folder(), {**FILES, "scenarios/leave.yaml": text})).scenario("leave").rules
