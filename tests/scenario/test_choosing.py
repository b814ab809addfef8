"""Regret, satisficing and trade-offs of one decision-maker, by hand, and odds that answer its choice."""

import numpy as np
import pytest
from support.fourland import CaseFolder
from support.small_mechanism import flat, lay, read

from vedette.errors import CaseError, UsageError
from vedette.scenario import Ensemble, Mechanism, run
from vedette.scenario.drivers import what_each_may_choose, what_to_choose

MECHANISM = """\
base: stay
start: 2015-01
end: 2015-03
levers:
  - {id: a, name: Arms, unit: index, who: bigland}
  - {id: c, name: Cash, unit: index, who: bigland}
  - {id: d, name: Drill, unit: index, who: bigland}
  - {id: b, name: Boldness, unit: index, who: guard}
  - {id: e, name: Ease, unit: index, who: guard}
rates:
  - {id: armed, name: Armed, unit: index, product: [a, b]}
  - {id: drilled, name: Drilled, unit: index, product: [d, e]}
  - {id: loss, name: Loss, unit: index, sum: [armed, drilled, c]}
outcomes:
  - {id: loss-mean, name: Loss, of: loss, unit: index, good: down, threshold: {name: ruin, above: 0.7}}
  - {id: cash, name: Cash, of: c, unit: index, good: down}
"""
REACTIONS = """\
reactions:
  - who: guard
    to: bigland
    author: ann
    date: 2014-12-01
    source: judgement
    why: w
    odds:
      stay: {stay: 0.5, bold: 0.5}
      arm: {stay: 0.1, bold: 0.9}
"""


def scenario(name: str, levers: str) -> dict[str, str]:
    return {
        f"scenarios/{name}.yaml": f"id: {name}\nname: {name}\nauthor: t\nsource: none\nlevers: {{{levers}}}\n"
    }


FILES = {
    **scenario("stay", "a: 0.2, c: 0.5, d: 0, b: 0.1, e: 0.9"),
    **scenario("arm", "a: 0.8, c: 0.1"),
    **scenario("drill", "a: 0, c: 0, d: 1"),
    **scenario("bold", "b: 0.9, e: 0.1"),
}
"""Loss is a b + d e + c: where the guard stays .52, .18 and .9; where it is bold .68, .82 and .1."""


def mechanism(case_folder: CaseFolder, text: str = MECHANISM) -> Mechanism:
    return read(lay(case_folder(), {"mechanisms.yaml": text, **FILES}))


def ensemble(case_folder: CaseFolder, names: list[str], text: str = MECHANISM) -> Ensemble:
    made = mechanism(case_folder, text)
    return run(made, names, flat(made), draws=4, seed=1)


OUTCOMES = ["loss-mean", "cash"]


def test_regret_by_hand_without_odds(case_folder: CaseFolder) -> None:
    chosen = what_to_choose(ensemble(case_folder, ["stay", "arm", "bold"]), "Bigland", OUTCOMES)
    own = chosen.regret.filter(outcome="loss-mean")
    assert own["option"].to_list() == ["stay", "arm"]
    np.testing.assert_allclose(own["largest"], [0.34, 0.14], rtol=1e-5)
    np.testing.assert_allclose(own["tail"], [0.34, 0.14], rtol=1e-5)
    assert own["world"].to_list() == ["guard: stay", "guard: bold"]
    assert chosen.expected.is_empty()
    assert chosen.missing == ("how Home Guard answers Bigland",)


def test_a_scenario_of_others_is_no_option(case_folder: CaseFolder) -> None:
    """`bold` sets levers of the guard alone: Bigland does in it what it does in the first."""
    chosen = what_to_choose(ensemble(case_folder, ["bold", "arm"]), "bigland", OUTCOMES)
    assert [each.scenario for each in chosen.choices.options] == ["bold", "arm"]
    assert [each.scenario for each in chosen.choices.others["guard"]] == ["bold", "arm"]


def test_expected_regret_by_hand(case_folder: CaseFolder) -> None:
    """The guard stays after both up to .1, after staying alone up to .5, and is bold after both from there.

    .52 against .18, then .52 against .82, then .68 against .82.
    """
    made = ensemble(case_folder, ["stay", "arm", "bold"], MECHANISM + REACTIONS)
    chosen = what_to_choose(made, "bigland", OUTCOMES)
    own = chosen.expected.filter(outcome="loss-mean", author="ann")
    np.testing.assert_allclose(own["expected"], [0.1 * 0.34, 0.4 * 0.30 + 0.5 * 0.14], rtol=1e-5)


def test_settings_that_only_the_odds_name(case_folder: CaseFolder) -> None:
    made = ensemble(case_folder, ["stay", "arm"], MECHANISM + REACTIONS)
    chosen = what_to_choose(made, "bigland", OUTCOMES)
    assert [each.scenario for each in chosen.choices.others["guard"]] == ["stay", "bold"]
    np.testing.assert_allclose(
        chosen.expected.filter(outcome="loss-mean")["expected"], [0.034, 0.19], rtol=1e-5
    )


def test_two_authors_apart_and_with_equal_weights(case_folder: CaseFolder) -> None:
    bob = (
        REACTIONS.replace("reactions:\n", "")
        .replace("ann", "bob")
        .replace("0.5, bold: 0.5", "0.7, bold: 0.3")
    )
    text = MECHANISM + REACTIONS + bob
    chosen = what_to_choose(ensemble(case_folder, ["stay", "arm"], text), "bigland", ["loss-mean"])
    assert [odds.author for odds in chosen.odds] == ["all, with equal weights", "ann", "bob"]
    np.testing.assert_allclose(chosen.odds[0].rows["guard"], [[0.6, 0.4], [0.1, 0.9]])
    stay = chosen.expected.filter(option="arm")["expected"]
    np.testing.assert_allclose(stay, [0.5 * 0.3 + 0.4 * 0.14, 0.19, 0.6 * 0.3 + 0.3 * 0.14], rtol=1e-5)


def test_an_option_without_a_row_has_no_expected_regret(case_folder: CaseFolder) -> None:
    made = ensemble(case_folder, ["stay", "arm", "drill"], MECHANISM + REACTIONS)
    chosen = what_to_choose(made, "bigland", OUTCOMES)
    assert chosen.missing == ("how Home Guard answers “drill”",)
    assert chosen.expected.is_empty()
    assert chosen.within["by_odds_low"].to_list() == [None] * 3


def test_the_share_of_futures_within_the_threshold(case_folder: CaseFolder) -> None:
    """After arming the loss passes .7 where the guard is bold, which it is with .9."""
    made = ensemble(case_folder, ["stay", "arm"], MECHANISM + REACTIONS)
    rows = what_to_choose(made, "bigland", OUTCOMES).within
    assert rows.select("lowest", "highest").rows() == [(1.0, 1.0), (0.0, 1.0)]
    np.testing.assert_allclose(rows["by_odds_low"], [1.0, 0.1])


def test_trade_offs_are_told_by_outcome(case_folder: CaseFolder) -> None:
    rows = what_to_choose(ensemble(case_folder, ["stay", "arm", "bold"]), "bigland", OUTCOMES).trade_offs
    assert rows.select("outcome", "option", "verdict").rows() == [
        ("loss-mean", "arm", "depends on the others or the branch"),
        ("cash", "arm", "better"),
    ]


def test_what_leaving_one_option_out_changes(case_folder: CaseFolder) -> None:
    """All three: .58, .72, .72; without drill .34 and .14; without arm .58 and .38; without stay equal."""
    made = ensemble(case_folder, ["stay", "arm", "drill", "bold"])
    chosen = what_to_choose(made, "bigland", ["loss-mean"])
    np.testing.assert_allclose(chosen.regret["largest"], [0.58, 0.72, 0.72], rtol=1e-5)
    assert chosen.left_out.rows() == [
        ("loss-mean", "arm", "stay < drill", "drill < stay"),
        ("loss-mean", "drill", "stay < arm", "arm < stay"),
    ]


def test_the_order_of_other_scenarios_changes_no_regret(case_folder: CaseFolder) -> None:
    made = ensemble(case_folder, ["stay", "arm", "drill", "bold"])
    again = run(made.mechanism, ["bold", "drill", "arm", "stay"], flat(made.mechanism), draws=4, seed=1)
    one, other = (what_to_choose(each, "bigland", ["loss-mean"]).regret["largest"] for each in (made, again))
    assert sorted(one) == sorted(other)


def test_every_actor_is_asked_with_the_same_answer(case_folder: CaseFolder) -> None:
    """On shared runs, each the same as alone; who has no choice in the scenarios gets those of the others."""
    made = ensemble(case_folder, ["stay", "arm", "bold"])
    every, left = what_each_may_choose(made, OUTCOMES, 80)
    assert [each.choices.who for each in every] == ["bigland", "guard"]
    for each in every:
        alone = what_to_choose(made, each.choices.who, OUTCOMES)
        assert each.regret.equals(alone.regret)
        assert each.expected.equals(alone.expected)
        assert each.trade_offs.equals(alone.trade_offs)
    two = run(made.mechanism, ["stay", "bold"], flat(made.mechanism), 4, 1)
    few, _ = what_each_may_choose(two, OUTCOMES, 80)
    assert [option.scenario for option in few[0].choices.options] == ["stay", "arm", "drill"]
    assert left == ()


def test_an_actor_with_too_many_combinations_is_named(case_folder: CaseFolder) -> None:
    """Two choices of each make four combinations: three are too few for both, four enough."""
    made = ensemble(case_folder, ["stay", "arm", "bold"])
    judged, left = what_each_may_choose(made, OUTCOMES, 3)
    assert judged == () and [(each.who, each.runs) for each in left] == [("bigland", 4), ("guard", 4)]
    judged, left = what_each_may_choose(made, OUTCOMES, 4)
    assert len(judged) == 2 and left == ()


def test_a_decision_maker_with_one_option(case_folder: CaseFolder) -> None:
    made = ensemble(case_folder, ["stay", "bold"])
    with pytest.raises(UsageError, match=r"found one option in stay, bold\. Name another actor"):
        what_to_choose(made, "bigland", OUTCOMES)


WRONG = {
    "stay: 0.5, bold: 0.5": (
        "stay: 0.5, bold: 0.6",
        "odds.stay: expected odds that sum to 1; found 0.5 + 0.6 = 1.1. Correct them",
    ),
    "stay: 0.1, bold: 0.9": ("stay: 0, bold: 1.1", "odds.arm.bold: expected odds from 0 to 1; found 1.1"),
    "      arm:": (
        "      army:",
        "odds.army: expected the id of a scenario; found 'army'. there is no",
    ),
    "{stay: 0.1, bold: 0.9}": (
        "{stay: 0.1, arm: 0.9}",
        "odds.arm.arm: expected each setting once; found arm, in which guard does the same as in stay",
    ),
    "      arm: ": (
        "      bold: ",
        "odds.bold: expected each setting once; found bold, in which bigland does the same as in stay",
    ),
    "to: bigland": ("to: guard", "who: expected two actors; found 'guard'."),
    "who: guard": ("who: rebels", "who: expected an actor that sets a lever; found 'rebels'."),
    "    date: 2014-12-01\n": ("", "date: expected a value; found nothing. Fill it in."),
    "author: ann": ("author: ''", "author: expected some text; found nothing"),
}


@pytest.mark.parametrize(("old", "mistake"), WRONG.items(), ids=list(WRONG))
def test_a_mistake_in_reactions(case_folder: CaseFolder, old: str, mistake: tuple[str, str]) -> None:
    new, said = mistake
    text = MECHANISM + REACTIONS.replace(old, new, 1)
    with pytest.raises(CaseError) as error:
        mechanism(case_folder, text)
    (problem,) = map(str, error.value.problems)
    assert problem.startswith("mechanisms.yaml, line ")
    assert f"column reactions[0].{said}" in problem
