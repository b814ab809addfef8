"""A difference told whole: analytic odds with ties, tails, errors, and what an assumption decides."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from scipy.stats import norm
from support.fourland import CaseFolder
from support.small_mechanism import BRANCHED, FILES, flat, lay, read

from vedette.brief.odds import better_in_words
from vedette.brief.scenario_words import grounds, repeated, sentences
from vedette.scenario import Ensemble, grown, run
from vedette.scenario.answers import tables
from vedette.scenario.answers.simulation_error import (
    error_of_mean,
    error_of_quantile,
    error_of_worst_mean,
    worst_mean,
)
from vedette.scenario.answers.whole import distribution, odds
from vedette.scenario.drivers import authors_of, deciding_quantities, tipping_values

GIVEN = "author: t, source: s, why: w"
SIZE = "distribution: {form: uniform, low: -2, high: 6}"
LINE = f"""\
base: stay
start: 2015-01
end: 2015-06
assumptions:
  - {{id: usual, name: Usual attacks, unit: attacks/month, distribution: {{form: uniform, low: 5, high: 15}},
     {GIVEN}}}
  - {{id: size, name: Effect of the force, unit: attacks/month, {SIZE}, {GIVEN}}}
  - {{id: one, name: Half level, unit: number, distribution: {{form: point, value: 4}}, {GIVEN}}}
levers:
  - {{id: force, name: Force, unit: number, who: Bigland}}
rates:
  - {{id: attacks, name: Attacks, unit: attacks/month, base: usual}}
effects:
  - {{id: draws-fire, from: force, to: attacks, form: saturating, size: size, half: one}}
alternatives:
  - id: does-it
    name: Does the force matter
    branches:
      - {{id: not-so, name: Not so, weight: 0.6, without: [draws-fire], {GIVEN}}}
      - {{id: so, name: So, weight: 0.4, {GIVEN}}}
outcomes:
  - {{id: attacks-mean, name: Attacks, of: attacks, read: mean, unit: attacks/month, good: down,
     matters: 1 attacks/month, why: w}}
"""
STAY = "id: stay\nname: s\nauthor: a\nsource: s\nlevers: {force: 0}\n"
MORE = "id: more\nname: m\nauthor: a\nsource: s\nlevers: {force: 4}\n"


def by_hand(case_folder: CaseFolder, size: str = SIZE, draws: int = 2000) -> Ensemble:
    """More force adds size / 2 attacks in four of ten draws, and nothing in six."""
    files = {
        "mechanisms.yaml": LINE.replace(SIZE, size),
        "scenarios/stay.yaml": STAY,
        "scenarios/more.yaml": MORE,
    }
    mechanism = read(lay(case_folder(), files))
    return run(mechanism, ["stay", "more"], flat(mechanism), draws, 1)


def test_odds_with_ties_are_the_analytic_ones(case_folder: CaseFolder) -> None:
    """The difference is 0 with chance .6, else uniform from -1 to 3."""
    (told,) = tables.differences(by_hand(case_folder), ["attacks-mean"]).to_dicts()
    assert told["same"] == pytest.approx(0.6, abs=0.001)
    assert told["better"] == pytest.approx(0.4 * 0.25, abs=0.02)
    assert told["worse"] == pytest.approx(0.4 * 0.75, abs=0.02)
    assert told["better"] + told["same"] + told["worse"] == pytest.approx(1.0)
    assert told["much_worse"] == pytest.approx(0.4 * 0.5, abs=0.02)
    assert told["much_better"] == 0.0
    assert told["median"] == 0.0
    assert told["mean"] == pytest.approx(0.4, abs=0.05)
    assert told["worst_5"] == pytest.approx(3 - 0.5 * 0.05 / 0.4 * 4, abs=0.05)


def test_ties_are_said_as_ties(case_folder: CaseFolder) -> None:
    made = by_hand(case_folder, draws=200)
    change = np.repeat([-1.0, 0.0, 1.0], [6, 178, 16])
    row = odds(change, np.arange(200), None, less_is_better=True)
    words = better_in_words(made, pl.DataFrame([{**row, "as_assumed": ""}]))
    assert words == "better in 5 %, worse in 10 %, no difference in 90 %"
    none = odds(0 * change, np.arange(200), None, less_is_better=True)
    assert better_in_words(made, pl.DataFrame([none])) == "no difference"


def test_the_tail_is_that_of_the_bad_side() -> None:
    values, alone = np.arange(100.0), np.arange(100)
    assert distribution(values, alone, less_is_better=True)["worst_5"] == 97.0
    assert distribution(values, alone, less_is_better=False)["worst_5"] == 2.0
    told = odds(values - 50, alone, 10.0, less_is_better=False)
    assert (told["better"], told["same"], told["much_worse"]) == (0.49, 0.01, 0.4)


def test_errors_are_those_of_repeated_simulation() -> None:
    """Of 400 samples of 500 normal numbers: the standard error is the spread of what each sample gives."""
    samples, alone = np.random.default_rng(1).standard_normal((400, 500)), np.arange(500)
    for of, error in (
        (np.mean, error_of_mean),
        (np.median, lambda values, clusters: error_of_quantile(values, 0.5, clusters)),
        (worst_mean, error_of_worst_mean),
    ):
        spread = np.std([of(sample) for sample in samples])
        said = np.mean([error(sample, alone) for sample in samples])
        assert said == pytest.approx(spread, rel=0.12)
    assert norm.pdf(norm.ppf(0.95)) / 0.05 == pytest.approx(
        np.mean([worst_mean(sample) for sample in samples]), rel=0.02
    )


def test_draws_of_one_future_are_not_independent() -> None:
    """Each value four times: the error is that of a quarter of the draws."""
    values = np.random.default_rng(2).standard_normal(300)
    once = error_of_mean(values, np.arange(300))
    assert error_of_mean(np.tile(values, 4), np.tile(np.arange(300), 4)) == pytest.approx(once, rel=1e-9)
    assert error_of_mean(values, np.zeros(300, dtype=np.int64)) == pytest.approx(once)


def test_every_pair_is_told(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder(), FILES))
    made = run(mechanism, ["stay", "leave", "leave+leave"], flat(mechanism, 2.0, futures=20), 60, 1)
    told = tables.differences(made, ["deaths"], every_pair=True, parts=False)
    pairs = list(zip(told["scenario"], told["against"], strict=True))
    assert pairs == [("leave", "stay"), ("leave+leave", "stay"), ("leave+leave", "leave")]
    assert told["same"].to_list()[-1] == 1.0


def test_one_sign_decides_and_is_said_to_be_assumed(case_folder: CaseFolder) -> None:
    made = by_hand(case_folder, "distribution: {form: uniform, low: 1, high: 6}", 400)
    decided = deciding_quantities(made, ["attacks-mean"])
    assert decided["quantity"].to_list() == ["size"]
    assert decided["one_sign"].to_list() == [True]
    table = tables.differences(made, ["attacks-mean"], assumed=authors_of(decided))
    assert better_in_words(made, table).endswith("no difference in 60 %, as assumed by t")


def test_odds_of_both_signs_repeat_their_number_and_are_no_finding(case_folder: CaseFolder) -> None:
    made = by_hand(case_folder)
    decided = deciding_quantities(made, ["attacks-mean"])
    assert decided["one_sign"].to_list() == [False]
    assert authors_of(decided) == {}
    (said,) = repeated(made, made.outcomes["attacks-mean"], decided)
    assert said == (
        "Better or worse under “m” is decided by “Effect of the force” (assumed by t), whose own odds it "
        "repeats."
    )
    tips = tipping_values(made, ["attacks-mean"]).filter(quantity="size")
    assert tips["tipping"].to_list() == [None]


def test_draws_grow_until_what_is_printed_holds(
    case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vedette.scenario.answers.growing.START", 50)
    monkeypatch.setattr("vedette.scenario.answers.growing.MOST", 400)
    mechanism = read(lay(case_folder(), FILES))
    baseline, told = flat(mechanism, 2.0, futures=50), list[float]()

    def drawn(holds: object) -> Ensemble:
        return grown(mechanism, ["stay", "leave"], baseline, 1, holds, told.append)  # type: ignore[arg-type]

    assert drawn(lambda number, error: True).draws == 50
    assert drawn(lambda number, error: False).draws == 400
    assert told == [0.0, 1.0, 0.0, 50 / 400, 200 / 400, 1.0]
    some = drawn(lambda number, error: error < 0.05 * abs(number))
    assert some.draws in (100, 200, 400)
    again = run(mechanism, ["stay", "leave"], baseline, some.draws, 1)
    assert some.paths.tobytes() == again.paths.tobytes()
    few = run(mechanism, ["stay", "leave"], baseline, 50, 1)
    most = max(tables.differences(few, [mechanism.headline.id], parts=False)["mean_error"])
    assert drawn(lambda number, error: error != most).draws == 100  # half of the error would do


def test_differences_below_the_precision_of_paths_are_none(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder(), BRANCHED))
    made = run(mechanism, ["stay", "leave"], flat(mechanism), 8, 1)
    paths = made.paths.copy()
    paths[1] = paths[0] * (1 + 1e-7)
    told = tables.differences(replace(made, paths=paths), ["deaths", "guard"], parts=False)
    assert told["same"].to_list() == [1.0] * 4


def test_a_sentence_says_median_mean_tail_and_the_chance_that_it_matters(case_folder: CaseFolder) -> None:
    made = by_hand(case_folder, draws=400)
    outcome = made.outcomes["attacks-mean"]
    levels = tables.levels(made, ["attacks-mean"])
    first, other = sentences(made, outcome, made.span, levels, tables.differences(made, ["attacks-mean"]))
    assert first.text.startswith("s: attacks from January 2015 to June 2015: 10 attacks a month (median, ±")
    assert other.text.startswith("m: attacks against “s”: 0 attacks a month (median, ±0)")
    assert "; chance that it is worse by more than 1 attack a month: unlikely (20 %)" in other.text
    assert other.text.endswith("; no difference at all in 60 % of draws.")
    assert grounds(made, "Not tested.") == [
        "This rests on 5 numbers and branches: 5 assumed by t, 0 estimated, 0 observed. Not tested."
    ]
