"""The study that compares members and weights of the pool scores a choice as if its draws had been mixed."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from choose_members import BASE, EACH, Scored, Target, candidates, grid, judge, score
from measured import whole_origins

from vedette.model import BoolArray, Conflictology, EwmaNegBin, FloatArray, History, Last, Pool
from vedette.periods import Step
from vedette.score import crps_fair

FIRST = 24161


def target() -> Target:
    counts = np.random.default_rng(1).negative_binomial(0.6, 0.05, (60, 2))
    history = History.of(counts, ["a", "b"], FIRST, Step.MONTH)
    return Target("made up", history, whole_origins(history, FIRST + 40, 12, 4), 0.05)


def made(tmp_path: Path) -> Scored:
    return score(target(), [EwmaNegBin(), Conflictology(6)], tmp_path)


def test_one_member_alone_has_its_own_scores(tmp_path: Path) -> None:
    scored, one = made(tmp_path), target()
    draws = np.load(tmp_path / "made-up-ewma-negbin-1.npy")
    base = np.load(tmp_path / "made-up-conflictology-12-1.npy")
    rows = [origin - FIRST + 1 for origin in one.origins]
    truth = [one.history.truth[row : row + 12] for row in rows]

    def mean(of: FloatArray, summed: bool) -> float:
        pairs = zip(of, truth, strict=True)
        sums = ((each.sum(axis=1), came.sum(axis=0)) for each, came in zip(of, truth, strict=True))
        return float(np.mean([crps_fair(each, came) for each, came in (sums if summed else pairs)]))

    months, sums, inside = judge(scored, {"ewma-negbin": 1.0})
    assert months == pytest.approx(mean(draws, False) / mean(base, False))
    assert sums == pytest.approx(mean(draws, True) / mean(base, True))
    held: list[BoolArray] = []
    for each, came in zip(draws, truth, strict=True):
        total = each.sum(axis=1)
        below, upto = (total < came.sum(axis=0)).mean(axis=0), (total <= came.sum(axis=0)).mean(axis=0)
        held.append((upto >= 0.05) & (below <= 0.95))
    assert inside == pytest.approx(np.mean(held))


def test_a_mixture_is_scored_as_its_draws_together(tmp_path: Path) -> None:
    scored, one = made(tmp_path), target()
    files = ("made-up-ewma-negbin-1.npy", "made-up-conflictology-6-1.npy")
    both = np.concatenate([np.load(tmp_path / file) for file in files], axis=1)
    base = np.load(tmp_path / "made-up-conflictology-12-1.npy")
    rows = [origin - FIRST + 1 for origin in one.origins]
    mixed, plain = (
        np.mean([crps_fair(of[at], one.history.truth[row : row + 12]) for at, row in enumerate(rows)])
        for of in (both, base)
    )
    months, _, _ = judge(scored, {"ewma-negbin": 1.0, "conflictology-6": 1.0})
    assert months == pytest.approx(mixed / plain, rel=0.003)  # fair over 600 draws or over 300 and 300


def test_members_that_cannot_speak_give_their_weight_to_the_others(tmp_path: Path) -> None:
    scored = made(tmp_path)
    assert judge(scored, {"ewma-negbin": 0.25, "level-marks": 0.75}) == judge(scored, {"ewma-negbin": 1.0})


def test_draws_are_kept_and_used_again(tmp_path: Path) -> None:
    first = made(tmp_path)
    file = tmp_path / "made-up-ewma-negbin-1.npy"
    np.save(file, np.load(file) + 1000)
    assert judge(made(tmp_path), {"ewma-negbin": 1.0}) != judge(first, {"ewma-negbin": 1.0})


def test_the_grid_holds_every_weight_once() -> None:
    weights = list(grid(["a", "b", "c"], 4))
    assert len(weights) == 15
    assert all(sum(each.values()) == 1 for each in weights)
    assert len({tuple(each.values()) for each in weights}) == 15


def test_candidates_are_the_members_that_can_speak_and_those_asked_for() -> None:
    names = [model.name for model in candidates(target(), ["ewma-negbin"])]
    assert names == [*(model.name for model in Pool().members(target().history)), "ewma-negbin"]
    assert Last().name not in names


def test_months_may_begin_later(tmp_path: Path) -> None:
    one = replace(target(), name="later", skipped=2, origins=target().origins[:1])
    scored = score(one, [EwmaNegBin()], tmp_path)
    draws, base = (np.load(tmp_path / f"later-{name}-1.npy")[0] for name in ("ewma-negbin", BASE.name))
    row = one.origins[0] - FIRST + 3
    came = one.history.truth[row : row + 12]
    assert draws.shape[1] == 12
    ratio = crps_fair(draws, came).mean() / crps_fair(base, came).mean()
    assert judge(scored, {"ewma-negbin": 1.0})[0] == pytest.approx(ratio)


def test_without_events_no_member_sees_them() -> None:
    counts = np.random.default_rng(1).negative_binomial(0.6, 0.05, (60, 2))
    history = History.of(counts, ["a", "b"], FIRST, Step.MONTH, measure="deaths", events=counts)
    one = replace(target(), history=history)
    assert "level-marks" in [model.name for model in candidates(one, [])]
    assert "level-marks" not in [model.name for model in candidates(one.without_events(), [])]
    assert one.without_events().name != one.name


def test_by_country_those_where_nothing_came_do_not_count(tmp_path: Path) -> None:
    one = target()
    counts = np.concatenate([one.history.truth, np.zeros((60, 1), dtype=np.int64)], axis=1)
    counts[30, 2] = 5
    history = History.of(counts, ["a", "b", "silent since"], FIRST, Step.MONTH)
    wider = score(replace(one, name="wider", history=history), [EwmaNegBin()], tmp_path)
    assert wider.violent.tolist() == [True, True, False]
    each, alone = replace(wider, name=EACH), {"ewma-negbin": 1.0}
    months = wider.error[0] - wider.gap[0, 0] / 2
    ratios = months[:, :-1, :2].mean(axis=(0, 1)) / wider.base[:, :-1, :2].mean(axis=(0, 1))
    assert judge(each, alone)[0] == pytest.approx(float(np.sqrt(ratios.prod())))
