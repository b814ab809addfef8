"""Tracking: a planted branch is found with the power that is claimed, none of these, and levers on record."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from support.fourland import POSTURE, CaseFolder
from support.small_mechanism import BRANCHED, flat, lay, read

from vedette import commands
from vedette.case import read_case
from vedette.commands.known import panel_of
from vedette.commands.track_words import nearest_lines
from vedette.errors import DataError, UsageError
from vedette.model import FloatArray
from vedette.model.baseline_models import Conflictology
from vedette.panel import panel_on
from vedette.periods import Step, parse
from vedette.scenario import Baseline, Ensemble, Mechanism, read_mechanism, run
from vedette.scenario.engine.baseline import forecast_baseline
from vedette.scenario.hindcast.starts import past_start
from vedette.scenario.hindcast.trials import simulate_start
from vedette.scenario.tracking.course import course_of
from vedette.scenario.tracking.power import power, weights_after
from vedette.scenario.tracking.readings import SignRecord
from vedette.scenario.tracking.rivals import FORECAST, Rival, Watched, event_parts, rivals_of
from vedette.scenario.tracking.statistics import path_statistics
from vedette.scenario.tracking.track import track, weighing_signs
from vedette.scenario.tracking.weighing import effective_draws, posterior, weigh

SEED = 5
DRAWS, FUTURES = 1200, 600
LEVER = "- {id: troops, name: Troops of Bigland, unit: people, who: Bigland"
RECORDED = {
    **BRANCHED,
    "mechanisms.yaml": BRANCHED["mechanisms.yaml"].replace(
        LEVER, f"{LEVER}, record: {{backer: Bigland, kind: troops}}"
    ),
}


def noisy(mechanism: Mechanism, seed: int) -> Baseline:
    """A baseline whose level differs from future to future by a factor, with Poisson months."""
    rng = np.random.default_rng(seed)
    still = flat(mechanism)
    shape = (FUTURES, *still.cells["deaths"].shape[1:])
    level = rng.lognormal(0.5, 0.25, (FUTURES, 1, 1, 1))
    cells = {name: rng.poisson(level, shape).astype(np.float32) for name in still.cells}
    return replace(still, cells=cells)


def ensemble_of(mechanism: Mechanism, seed: int) -> Ensemble:
    return run(mechanism, ["leave"], noisy(mechanism, seed), DRAWS, seed)


def rivals(ensemble: Ensemble, months: int) -> tuple[Rival, ...]:
    known = np.arange(len(ensemble.span)) < months
    return rivals_of(ensemble, 0, [Watched("rebel-deaths", known)])


def cloud(name: str, middle: float, prior: float, seed: int = 1, count: int = 2000) -> Rival:
    points = np.random.default_rng(seed).normal(middle, 1.0, (count, 1))
    return Rival(name, name, prior, points, np.arange(count), (name,))


def test_a_planted_branch_is_found_with_the_power_that_is_claimed(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder(), BRANCHED))
    claimed_by, other = ensemble_of(mechanism, SEED), ensemble_of(mechanism, SEED + 1)
    overall = []
    for months in (12, 24, 36):
        own = rivals(claimed_by, months)
        assert [rival.id for rival in own] == ["strong", "none", FORECAST]
        claim = power(own, months, SEED)
        even = [replace(rival, prior=1 / len(own)) for rival in own]
        for place, rival in enumerate(rivals(other, months)):
            found = (weights_after(even, rival.points)[:, place] > 0.5).mean()
            error = 4 * (0.25 / 200 + 0.25 / 400) ** 0.5
            assert claim.found[rival.id] == pytest.approx(found, abs=error), (months, rival.id)
        overall.append(claim.found["strong"])
    assert 0.2 < overall[1] < overall[2], "the longer the record, the better it tells"


def test_weights_are_calibrated(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder(), BRANCHED))
    own, other = (rivals(ensemble_of(mechanism, SEED + more), 36) for more in (0, 1))
    weights, true = [], []
    for place, rival in enumerate(other):
        chosen = np.random.default_rng(place).choice(len(rival.points), int(900 * rival.prior))
        weights.append(weights_after(own, rival.points[chosen])[:, 0])
        true.append(np.full(len(chosen), float(place == 0)))
    weight, came = np.concatenate(weights), np.concatenate(true)
    assert weight.mean() == pytest.approx(came.mean(), abs=0.05)
    for low, high in ((0.0, 0.25), (0.25, 0.6), (0.6, 1.0)):
        inside = (weight >= low) & (weight <= high)
        assert inside.sum() > 30
        assert weight[inside].mean() == pytest.approx(came[inside].mean(), abs=0.12), (low, high)


def test_what_cannot_be_told_apart_keeps_its_prior(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder(), BRANCHED))
    ensemble = ensemble_of(mechanism, SEED)
    own = rivals_of(ensemble, 0, [Watched("rebel-deaths", np.arange(36) < 36)])
    same = [own[0], replace(own[0], id="twin", prior=own[1].prior)]
    told = weigh(same, own[0].points[3], SEED)
    assert [weight.weight for weight in told] == pytest.approx([0.5, 0.5])
    assert power(same, 36, SEED).overall == 0.0


def test_a_weight_by_hand() -> None:
    near, far = cloud("near", 0.0, 0.75), cloud("far", 2.0, 0.25, seed=2)
    told = weigh([near, far], np.array([0.0]), SEED)
    likelihood = np.array([1.0, np.exp(-0.5 * 2.0**2)])
    expected = posterior(np.array([0.75, 0.25]), likelihood[None])[0]
    assert [weight.weight for weight in told] == pytest.approx(expected, abs=0.02)
    low, weight, high = told[0].low, told[0].weight, told[0].high
    assert low is not None and weight is not None and high is not None
    assert low < weight < high < low + 0.05


def test_none_of_these_is_what_lies_outside_every_rival() -> None:
    pair = [cloud("a", 0.0, 0.5), cloud("b", 1.0, 0.5, seed=2)]
    assert [weight.outside for weight in weigh(pair, np.array([2.5]), SEED)] == [True, False]
    assert all(weight.outside for weight in weigh(pair, np.array([4.0]), SEED))


def test_no_weight_without_a_hundred_effective_draws() -> None:
    pair = [cloud("a", 0.0, 0.5, count=90), cloud("b", 1.0, 0.5, seed=2)]
    told = weigh(pair, np.array([0.5]), SEED)
    assert told[0].effective < 100 < told[1].effective
    assert [weight.weight for weight in told] == [None, None], "a weight of one is one of the other"


def test_draws_of_one_future_count_once() -> None:
    assert effective_draws(np.ones(6), np.arange(6)) == pytest.approx(6.0)
    assert effective_draws(np.ones(6), np.array([0, 0, 1, 1, 2, 2])) == pytest.approx(3.0)
    assert effective_draws(np.zeros(3), np.arange(3)) == 0.0


def test_a_path_is_scored_by_its_total_and_trend() -> None:
    flat_path, rising = np.full(12, 7.0), np.exp(np.linspace(0, 2, 12)) - 1
    known = np.ones(12, dtype=bool)
    told = path_statistics(np.stack([flat_path, rising]), known)
    np.testing.assert_allclose(told[0], [np.log(85.0), 0.0], atol=1e-9)
    np.testing.assert_allclose(told[1, 1], 2 * 12 / 11)
    assert path_statistics(flat_path[None], np.arange(12) < 5).shape == (1, 1), "five months have no trend"


def test_only_sums_of_events_are_held_against_the_forecast(case_folder: CaseFolder) -> None:
    file = read(lay(case_folder(), BRANCHED)).file
    assert event_parts(file, "rebel-deaths") == ("rebel-deaths",)
    assert event_parts(file, "capability") == event_parts(file, "training") == ()


def tracked(case_folder: CaseFolder, day: str, months: int) -> tuple[Ensemble, SignRecord, FloatArray]:
    """An ensemble from 2014 on, and the record of the signs on a day."""
    text = BRANCHED["mechanisms.yaml"].replace("start: 2015-01", "start: 2014-01")
    leave = BRANCHED["scenarios/leave.yaml"].replace("2015-01", "2014-01").replace("2015-12", "2014-12")
    folder = lay(case_folder(), {**BRANCHED, "mechanisms.yaml": text, "scenarios/leave.yaml": leave})
    mechanism = read(folder)
    _, panel, known = panel_of(mechanism.case, date.fromisoformat(day), seed=1, step=Step.MONTH)
    ensemble = ensemble_of(mechanism, SEED)
    record = SignRecord(mechanism.case, panel, known)
    signs, _ = weighing_signs(mechanism.file, ensemble.span, record, months)
    return ensemble, record, signs[0].values if signs else np.array([])


def test_months_not_counted_or_not_asked_about_do_not_weigh(case_folder: CaseFolder) -> None:
    _, _, values = tracked(case_folder, "2015-06-30", 10)
    assert np.isnan(values).tolist() == [False] * 10 + [True] * 38, "two years more are simulated"


def test_estimated_months_do_not_weigh(case_folder: CaseFolder) -> None:
    _, _, values = tracked(case_folder, "2015-06-30", 18)
    assert (~np.isnan(values)).sum() == 12, "of 2015 only national totals are known"


def test_a_track_names_what_weighs_and_what_does_not(case_folder: CaseFolder) -> None:
    ensemble, record, _ = tracked(case_folder, "2014-12-31", 12)
    course = course_of(ensemble.mechanism, ["leave", "stay"], record.last, record.day)
    told = track(ensemble, record, record.last, course, SEED)
    assert told.passed == 12 and [each.sign.id for each in told.signs] == ["deaths"]
    assert told.left_out == {"Troops of Bigland": "the forecast alone says nothing of it"}
    view, answer = told.alternatives
    assert [weight.prior for weight in view.weights] == pytest.approx([1 / 3] * 3)
    assert [weight.prior for weight in answer.weights] == pytest.approx([0.5, 1 / 6, 1 / 3])
    assert [one.months for one in view.powers] == [6, 12, 24]


def test_counting_a_path_that_tells_is_worth_it(case_folder: CaseFolder) -> None:
    text = BRANCHED["mechanisms.yaml"]
    text = text[: text.index("signs:")].replace("{form: point, value: -1}", "{form: point, value: -3}")
    files = {**BRANCHED, "mechanisms.yaml": text}
    mechanism = read(lay(case_folder(), files))
    ensemble = ensemble_of(mechanism, SEED)
    record = SignRecord(
        mechanism.case, panel_of(mechanism.case, None, seed=1, step=Step.MONTH)[1], date(2014, 12, 31)
    )
    course = course_of(mechanism, ["leave", "stay"], record.last, record.day)
    told = track(ensemble, record, record.last, course, SEED)
    assert told.collecting and {each.node for each in told.collecting} == {"rebel-deaths"}
    assert all(each.without == 0.5 and each.power >= 0.6 for each in told.collecting)


@pytest.mark.parametrize(
    ("figures", "nearest"),
    [((1000, 1000, 1000), "stay"), ((1000, 910, 820), "leave"), ((1000, 700, 500), "leave")],
)
def test_levers_on_record_choose_the_scenario(
    case_folder: CaseFolder, figures: tuple[int, ...], nearest: str
) -> None:
    rows = "".join(
        f"2015-0{month}-01,month,Bigland,troops,{value},persons,main,,recalled,\n"
        for month, value in enumerate(figures, 1)
    )
    mechanism = read(lay(case_folder({"posture.csv": POSTURE + rows}), RECORDED))
    told = course_of(mechanism, ["leave", "stay"], mechanism.span.first + 2, date(2015, 3, 31))
    assert told.nearest == (nearest,) and not told.alike
    assert told.months == ("2015-01", "2015-03")
    (lever,) = told.levers
    assert (lever.month, lever.recorded) == ("2015-03", float(figures[-1]))
    assert lever.written == pytest.approx({"leave": 1000 * 9 / 11, "stay": 1000.0})
    expected = np.mean([1 - value / 1000 for value in figures])
    assert told.apart["stay"] == pytest.approx(expected)


def test_levers_without_a_record_choose_nothing(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder(), BRANCHED))
    told = course_of(mechanism, ["leave", "stay"], mechanism.span.first + 2, date(2015, 3, 31))
    assert told.nearest == () and told.without == ("Troops of Bigland",)


def test_before_a_scenario_starts_none_is_on_course(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder(), RECORDED))
    told = course_of(mechanism, ["leave", "stay"], mechanism.span.first - 1, date(2014, 5, 31))
    assert told.months == () and told.apart == {} and told.nearest == ()


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            {"start": "2012-06"},
            "expected a month from 2013-01, a year after the first counts, to 2015-01",
        ),
        ({"start": "2015-02"}, "--start 2015-02: expected a month from 2013-01"),
        ({"start": "soon"}, "'soon' is not a month"),
        (
            {"start": "2014-06", "end": "2014-05"},
            "--end 2014-05: expected a month from 2014-06, where the",
        ),
        ({"start": "2014-06", "end": "2015-01"}, "2014-12, the last that is counted; found another"),
        (
            {"start": "2014-06", "scenario": "leave"},
            "expected none with a --start before 2015-01",
        ),
        ({"scenario": "leav"}, "there is no scenario 'leav'. Did you mean 'leave'"),
    ],
)
def test_months_that_the_data_do_not_reach_are_refused(
    case_folder: CaseFolder, asked: dict[str, str], message: str
) -> None:
    folder = lay(case_folder(), BRANCHED)
    with pytest.raises(UsageError) as error:
        commands.track(
            str(folder), start=asked.get("start"), end=asked.get("end"), scenario=asked.get("scenario")
        )
    assert message in str(error.value)


def test_a_mechanism_without_signs_cannot_be_tracked(case_folder: CaseFolder) -> None:
    text = BRANCHED["mechanisms.yaml"]
    folder = lay(case_folder(), {**BRANCHED, "mechanisms.yaml": text[: text.index("signs:")]})
    for ask in (commands.track, commands.signs):
        with pytest.raises(DataError, match=r"expected signs in mechanisms\.yaml; found none"):
            ask(str(folder))


def test_the_base_is_named_first_of_those_on_course() -> None:
    apart = {"army": 0.07, "leave": 0.1, "stay": 0.07, "fast": 0.2}
    names = {name: f"The {name}" for name in apart}
    assert list(nearest_lines(apart, ("army", "stay"), names=names, base="stay")) == [
        "On course: “The stay”, 7% from the levers on record.",
        "As near, since they differ in levers without a record: “The army”.",
        "Farther off: “The leave” (10%), “The fast” (20%).",
    ]
    assert list(nearest_lines({"leave": 0.0}, ("leave",), names=names, base="stay")) == [
        "On course: “The leave”, 0% from the levers on record."
    ]


def test_2014_in_iraq_is_none_of_these() -> None:
    """From the end of 2013 no branch and no forecast comes near what the Islamic State did in 2014."""
    case = read_case("iraq")
    today = read_mechanism(case)
    holdings, panel, day = panel_of(case, None, seed=1)
    past, last = past_start(today, "2014-01", 24), parse("2014-12", Step.MONTH)
    baseline = forecast_baseline(
        past.mechanism, panel_on(holdings, case, past.day, 1), 300, 1, Conflictology()
    )
    ensemble, _ = simulate_start(today, past, baseline, 1, 900)
    course = course_of(today, sorted(today.scenarios), last, day)
    tracked = track(ensemble, SignRecord(case, panel, day), last, course, 1)
    assert [each.id for each in tracked.alternatives] == ["can-hold", "what-kills", "fronts"]
    assert all(each.none_of_these for each in tracked.alternatives)
    assert all(weight.outside for each in tracked.alternatives for weight in each.weights)
