"""What a pool learns from its past, against a slow plain version; what it must not learn from."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from vedette.model import Conflictology, FloatArray, History, IntArray, Level, Model, Pool, forecast
from vedette.model.pool import learning, past_draws, past_performance
from vedette.model.pool.learning import HALF_LIFE, SHRINK, Learned, learn
from vedette.model.pool.past_draws import Past, member_draws, past_origins
from vedette.model.pool.recalibration import fit_beta_map
from vedette.model.pool.weighing import best_weights
from vedette.periods import Step
from vedette.randomness import rng_stream
from vedette.score import crps_fair

FIRST = 24120
HALF = np.array([0.5, 0.5])


@dataclass(frozen=True)
class Steady:
    """Poisson around one mean, whatever came before."""

    mean: float

    @property
    def name(self) -> str:
        return f"steady-{self.mean:g}"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        return rng.poisson(self.mean, (draws, horizons, len(history.units)))


GOOD, BAD = Steady(10.0), Steady(16.0)


def world(seed: int, periods: int = 70, units: int = 2, observed: list[bool] | None = None) -> History:
    values = rng_stream(seed, "pool world").poisson(10.0, (periods, units))
    return History.of(values, [f"u{n}" for n in range(units)], FIRST, Step.MONTH, observed=observed)


def plain_distance(one: IntArray, other: IntArray, *, same: bool) -> float:
    """Mean distance between draws of two members in one cell; within one, over different draws."""
    total = float(np.abs(one[:, None] - other).sum())
    return total / (len(one) * (len(one) - 1) if same else len(one) * len(other))


def plain_learn(
    history: History, members: tuple[Model, ...], start: FloatArray, horizon: int
) -> tuple[FloatArray, float, float]:
    """Weights, shape and weight of evidence ``horizon`` periods ahead, one origin and unit at a time."""
    kinds, units = len(members), len(history.units)
    weight, error, gap = [], [], []
    draws_of: list[list[IntArray]] = []
    truth_of: list[IntArray] = []
    for origin in past_origins(history):
        row = origin - history.span.first + horizon
        if row >= len(history.truth) or not history.observed[row]:
            continue
        truth = history.truth[row]
        said = [
            m.simulate(history.until(origin), 4, 100, rng_stream(0, "replay", m.name, "events", origin))[
                :, horizon - 1
            ]
            for m in members
        ]
        far = np.array([[np.abs(s[:, u] - truth[u]).mean() for u in range(units)] for s in said]).mean(axis=1)
        apart = np.zeros((kinds, kinds))
        for k, one in enumerate(said):
            for j, other in enumerate(said):
                cells = [plain_distance(one[:, u], other[:, u], same=k == j) for u in range(units)]
                apart[k, j] = np.mean(cells)
        score = start @ far - 0.5 * start @ apart @ start
        weight.append(0.5 ** ((history.span.last - origin) / HALF_LIFE))
        error.append(far / score)
        gap.append(apart / score)
        draws_of.append(said)
        truth_of.append(truth)
    heard = sum(weight)
    found = best_weights(
        np.average(error, axis=0, weights=weight),
        np.average(gap, axis=0, weights=weight),
        start,
        SHRINK / heard,
    )
    low, high, share = [], [], []
    for said, truth, age in zip(draws_of, truth_of, weight, strict=True):
        for u in range(units):
            low.append(sum(w * np.mean(s[:, u] < truth[u]) for w, s in zip(found, said, strict=True)))
            high.append(sum(w * np.mean(s[:, u] <= truth[u]) for w, s in zip(found, said, strict=True)))
            share.append(age / units)
    return found, fit_beta_map(np.array([low, high]), np.array(share)).shape, heard


@pytest.mark.parametrize("seed", [1, 2])
def test_learning_equals_the_slow_plain_version(seed: int) -> None:
    history = world(seed, observed=[period % 7 != 3 for period in range(70)])
    members: tuple[Model, ...] = (GOOD, BAD, Conflictology(6))
    start = np.array([0.5, 0.2, 0.3])
    learned = learn(history, members, start, 4)
    for horizon in range(1, 5):
        weights, shape, heard = plain_learn(history, members, start, horizon)
        assert learned.weights[horizon - 1] == pytest.approx(weights, abs=1e-6)
        assert learned.bends[horizon - 1].shape == pytest.approx(shape, abs=1e-6)
        assert learned.origins[horizon - 1] == pytest.approx(heard)


def test_the_better_member_weighs_more() -> None:
    learned = learn(world(3), (GOOD, BAD), HALF, 6)
    assert learned.weights.shape == (6, 2)
    assert learned.weights.sum(axis=1) == pytest.approx(1.0)
    assert (learned.weights[:, 0] > 0.51).all()


def test_horizons_hear_what_they_can() -> None:
    learned = learn(world(4), (GOOD, BAD), HALF, 36)
    assert learned.origins[0] > learned.origins[11] > learned.origins[35] > 0


def nothing_learned(learned: Learned, horizons: int) -> bool:
    plain = (learned.weights == HALF).all() and learned.weights.shape == (horizons, 2)
    return bool(plain and not learned.origins.any() and all(bend.shape == 1.0 for bend in learned.bends))


@pytest.mark.parametrize("periods", [1, 23])
def test_with_a_short_past_nothing_is_learned(periods: int) -> None:
    assert nothing_learned(learn(world(5, periods), (GOOD, BAD), HALF, 3), 3)


def test_of_more_than_500_units_500_are_learned_from() -> None:
    many = world(6, 40, units=1000)
    found, sample = (learn(each, (GOOD, BAD), HALF, 2) for each in (many, many.pick(np.arange(0, 1000, 2))))
    assert found.weights.tobytes() == sample.weights.tobytes()
    assert not nothing_learned(found, 2)


def test_periods_that_were_not_observed_teach_nothing() -> None:
    observed = [period < 45 for period in range(70)]
    history = world(7, observed=observed)
    values = history.values.copy()
    values[:, 45:] = 900
    before, after = (learn(each, (GOOD, BAD), HALF, 6) for each in (history, replace(history, values=values)))
    assert (before.weights == after.weights).all()
    assert before.bends == after.bends
    seen = learn(replace(history, values=values, observed=np.ones(70, bool)), (GOOD, BAD), HALF, 6)
    assert (seen.weights != before.weights).any()
    nothing = learn(replace(history, observed=np.zeros(70, bool)), (GOOD, BAD), HALF, 6)
    assert nothing_learned(nothing, 6)


def test_a_month_of_great_violence_does_not_decide_alone() -> None:
    history = world(8)
    values = history.values.copy()
    values[:, 66] = 100_000
    learned = learn(replace(history, values=values), (GOOD, BAD), HALF, 6)
    assert (learned.weights[:, 0] > 0.5).all()


def test_too_narrow_members_are_bent_outward() -> None:
    values = rng_stream(9, "ragged").negative_binomial(0.8, 0.8 / 10.8, (80, 12))
    ragged = History.of(values, [f"u{n}" for n in range(12)], FIRST, Step.MONTH)
    assert all(bend.shape < 0.95 for bend in learn(ragged, (GOOD,), np.ones(1), 3).bends)
    even = learn(world(9, 80, units=12), (GOOD,), np.ones(1), 3)
    assert [bend.shape for bend in even.bends] == pytest.approx([1.0] * 3, abs=0.06)


def test_weights_learned_score_better_on_what_comes() -> None:
    history, later = world(10, 70, units=6), world(11, 60, units=6).truth
    learned = learn(history, (GOOD, Steady(40.0)), HALF, 1).weights[0]
    rng = rng_stream(1, "later")
    draws = [
        np.concatenate(
            [rng.poisson(mean, (round(600 * w), 1)) for w, mean in zip(ws, (10.0, 40.0), strict=True)]
        )
        for ws in (learned, HALF)
    ]
    learned_score, even = (
        crps_fair(np.broadcast_to(d[:, :, None], (len(d), 60, 6)), later).mean() for d in draws
    )
    assert learned_score < even


def test_past_origins_by_hand() -> None:
    assert past_origins(world(1, 24)) == []
    assert past_origins(world(1, 28)) == [FIRST + 24]
    long = past_origins(world(1, 200))
    assert long == list(range(FIRST + 141, FIRST + 199, 3))
    assert set(past_origins(world(1, 203))) - set(long) == {FIRST + 201}


def fields(history: History) -> list[History]:
    """The history and the same with one thing changed, each in turn."""
    units = len(history.units)
    touch = 1.0 - np.eye(units)
    return [
        history,
        replace(history, values=history.values + 1),
        replace(history, events=history.values),
        replace(history, neighbours=touch),
        replace(history, measure="deaths"),
        replace(history, units=tuple(f"other-{name}" for name in history.units)),
        replace(
            history, span=replace(history.span, first=history.span.first + 1, last=history.span.last + 1)
        ),
        replace(history, observed=~history.observed),
    ]


def test_pasts_that_differ_are_told_apart() -> None:
    square = History.of(np.zeros((2, 2)), ["a", "b"], FIRST, Step.MONTH)
    alone = replace(square, neighbours=np.zeros((2, 2)))
    assert len({Past.of(each).digest for each in [*fields(square), alone]}) == 9
    again = History.of(square.values, square.units, FIRST, Step.MONTH)
    assert Past.of(square) == Past.of(again)


def test_a_past_cut_is_the_past_of_a_history_cut() -> None:
    history = world(2)
    assert Past.of(history).until(FIRST + 40) == Past.of(history.until(FIRST + 40))


def test_what_is_remembered_is_what_would_be_said_again() -> None:
    past = Past.of(world(3))
    plain = Level().simulate(
        past.history, 3, 100, rng_stream(0, "replay", "level", "events", past.history.span.last)
    )
    assert member_draws(Level(), past, 3).tobytes() == plain.tobytes()
    assert member_draws(Level(), past, 3).tobytes() == plain.tobytes()
    assert member_draws(Level(0.9), past, 3).tobytes() != plain.tobytes()


def test_the_memory_changes_no_byte_of_a_forecast(monkeypatch: pytest.MonkeyPatch) -> None:
    history = world(4, 40)
    warm = [forecast(Pool(), history, FIRST + 39, 3, 50, seed=1).draws.tobytes() for _ in range(2)]
    monkeypatch.setattr(past_draws, "_kept_draws", past_draws._simulated)
    monkeypatch.setattr(past_performance, "_kept_performance", past_performance._measured)
    monkeypatch.setattr(learning, "_kept_learned", learning._learned)
    cold = forecast(Pool(), history, FIRST + 39, 3, 50, seed=1).draws.tobytes()
    assert warm == [cold, cold]
