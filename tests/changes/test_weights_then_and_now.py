"""The weights of branches on two days: a difference is told beyond noise, and why none is given is said."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from support.fourland import CaseFolder
from support.small_mechanism import BRANCHED, flat, lay, read

from vedette.changes import sign_states
from vedette.changes.signs import NONE_OF_THESE, THIN, PanelsOfDay, SignsSince
from vedette.changes.weight_lines import weight_lines
from vedette.changes.weights import weights_since
from vedette.commands.known import panel_of
from vedette.panel import Panel
from vedette.periods import Step
from vedette.scenario import Baseline, Mechanism, moved
from vedette.scenario.tracking import since_start
from vedette.scenario.tracking.course import course_of
from vedette.scenario.tracking.readings import SignRecord
from vedette.scenario.tracking.rivals import FORECAST
from vedette.scenario.tracking.since_start import StandingWeights, standing_weights
from vedette.scenario.tracking.track import track
from vedette.scenario.tracking.weighing import BranchWeight

SEED = 5
FIRST = date(2014, 2, 28)
BEFORE = StandingWeights("q", "Which?", {"a": "One", "b": "Other"}, {"a": 0.5, "b": 0.5})


def weight(branch: str, share: float | None, error: float = 0.01, farther: float = 0.5) -> BranchWeight:
    """A weight with a 90 % interval of simulation of so many standard errors' width."""
    low, high = (None, None) if share is None else (share - 1.645 * error, share + 1.645 * error)
    return BranchWeight(branch, branch, 0.5, share, low, high, 500.0, farther)


def weighed(*weights: BranchWeight) -> StandingWeights:
    return replace(BEFORE, weights=weights)


def lines(then: StandingWeights, now: StandingWeights) -> list[str]:
    signs = SignsSince(weights=tuple(weights_since([then], [now])), counted=True)
    return [line.plain for line in weight_lines(signs, FIRST)]


@pytest.mark.parametrize(
    ("share", "error", "told"), [(0.62, 0.01, True), (0.59, 0.01, False), (0.62, 0.1, False)]
)
def test_a_weight_moved_by_ten_points_and_two_standard_errors(share: float, error: float, told: bool) -> None:
    now = weighed(weight("a", share, error), weight("b", 1 - share, error))
    assert [row.told for row in weights_since([BEFORE], [now])] == [told, told]
    [line] = lines(BEFORE, now)
    if told:
        assert line == (
            "Weights, Which? One 62 % (60–64), on 28 February 2014 50 %; Other 38 % (36–40), "
            "on 28 February 2014 50 %."
        )
    else:
        assert line == "No weight of 2 branches moved by 10 points or more, beyond the error of simulation."


def test_none_of_these_and_too_few_draws_are_said() -> None:
    outside = weighed(weight("a", 0.9, farther=0.01), weight("b", 0.1, farther=0.02))
    [row, _] = weights_since([BEFORE], [outside])
    assert (row.now.weight, row.now.why, row.told) == (None, NONE_OF_THESE, True)
    assert lines(BEFORE, outside) == [
        "Weights, Which? None of these: what came lies outside 95 % of the draws of each, so no weight is "
        "given; on 28 February 2014: One 50 % and Other 50 %."
    ]
    assert lines(outside, outside)[0].startswith("Weights, Which? As on 28 February 2014, none of these: ")
    thin = weighed(weight("a", None), weight("b", None))
    [row, _] = weights_since([BEFORE], [thin])
    assert (row.now.why, row.told) == (THIN, True)
    assert "No weight is given, since too few draws lie near what came" in lines(BEFORE, thin)[0]


@pytest.fixture
def mechanism(case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch) -> Mechanism:
    """A mechanism from 2014 on, above a baseline that needs no forecast."""

    def noisy(of: Mechanism, start: Panel, futures: int, seed: int) -> Baseline:
        rng, still = np.random.default_rng(seed), flat(of)
        shape = (600, *still.cells["deaths"].shape[1:])
        cells = {name: rng.poisson(2.0, shape).astype(np.float32) for name in still.cells}
        return replace(still, cells=cells)

    monkeypatch.setattr(since_start, "kept_baseline", noisy)
    monkeypatch.setattr(since_start, "TRACK_DRAWS", 1200)
    text = BRANCHED["mechanisms.yaml"].replace("start: 2015-01", "start: 2014-01")
    leave = BRANCHED["scenarios/leave.yaml"].replace("2015-01", "2014-01").replace("2015-12", "2014-12")
    return read(lay(case_folder(), {**BRANCHED, "mechanisms.yaml": text, "scenarios/leave.yaml": leave}))


def known(mechanism: Mechanism, day: date) -> Panel:
    return panel_of(mechanism.case, day, seed=1, step=Step.MONTH)[1]


def test_weights_are_those_of_a_tracking_and_the_priors_before_three_months(mechanism: Mechanism) -> None:
    start, last = known(mechanism, date(2013, 12, 31)), date(2014, 12, 31)
    early = standing_weights(mechanism, known(mechanism, FIRST), start, FIRST, SEED)
    assert [one.weights for one in early] == [(), ()]
    assert early[0].priors == pytest.approx({"strong": 1 / 3, "none": 1 / 3, FORECAST: 1 / 3})
    assert early[1].priors == pytest.approx({"answered": 0.5, "unanswered": 1 / 6, FORECAST: 1 / 3})
    panel = known(mechanism, last)
    late = standing_weights(mechanism, panel, start, last, SEED)
    later = moved(mechanism, since_start.months_tracked(mechanism, panel.grid.span.last), last)
    ensemble = since_start.follow(later, start, draws=1200, seed=SEED)
    record = SignRecord(mechanism.case, panel, last)
    course = course_of(mechanism, ["leave", "stay"], record.last, last)
    whole = track(ensemble, record, record.last, course, SEED)
    assert [one.weights for one in late] == [one.weights for one in whole.alternatives]
    assert [list(one.priors) for one in late] == [[w.id for w in one.weights] for one in whole.alternatives]


def test_signs_of_two_days_carry_the_weights_and_how_far_each_scenario_is(mechanism: Mechanism) -> None:
    start = known(mechanism, date(2013, 12, 31))
    then, now = (PanelsOfDay(day, known(mechanism, day), start) for day in (FIRST, date(2014, 12, 31)))
    signs = sign_states.compared(mechanism.case, then, now, SEED)
    assert signs.counted and signs.missing == "" and len(signs.weights) == 6
    assert all(row.then.weight == row.prior for row in signs.weights)
    assert list(weight_lines(signs, FIRST))
    quiet = sign_states.compared(mechanism.case, then, then, SEED)
    assert not quiet.counted and "fewer than three months were counted" in quiet.missing
    assert not list(weight_lines(quiet, FIRST))
    apart = {row.id: (row.then, row.now) for row in signs.scenarios}
    assert set(apart) <= {"leave", "stay"}


def test_before_the_scenarios_start_nothing_is_weighed(mechanism: Mechanism) -> None:
    day = date(2013, 11, 30)
    then = PanelsOfDay(day, known(mechanism, day), None)
    signs = sign_states.compared(mechanism.case, then, then, SEED)
    assert signs.weights == () and "the scenarios start in January 2014" in signs.missing
