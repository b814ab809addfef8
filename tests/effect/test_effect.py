"""What was observed less what would have been: planted effects, placebos, nothing from after the window."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from scipy.stats import kstest

from vedette.effect import Effect, estimate_effect, p_value, try_placebos
from vedette.effect.deviation import Deviation
from vedette.effect.placebo import WARM_UP, placebo_origins
from vedette.errors import DataError
from vedette.model import Conflictology, History, IntArray, Level
from vedette.periods import Step, parse
from vedette.randomness import rng_stream

FIRST = parse("2005-01", Step.MONTH)
BEFORE, WINDOW = 96, 12
YEAR = Conflictology(12)


def steady(number: int, periods: int = BEFORE + WINDOW, mean: float = 50.0) -> IntArray:
    """Counts (T, 3) around a mean that does not move."""
    return rng_stream(number, "steady").negative_binomial(8.0, 8.0 / (8.0 + mean), (periods, 3))


def history_of(counts: IntArray) -> History:
    return History.of(counts, ["a", "b", "c"], FIRST, Step.MONTH, measure="events")


def effect_of(counts: IntArray, model: Conflictology | Level = YEAR, seed: int = 1) -> Effect:
    return estimate_effect(history_of(counts), "a", FIRST + BEFORE, model, 400, seed, every=4)


def test_a_planted_effect_is_found_with_its_size() -> None:
    held, ratios = 0, []
    for number in range(40):
        without = steady(number)
        planted = without.copy()
        planted[BEFORE:, 0] *= 3
        truth = int((planted - without)[BEFORE:, 0].sum())
        total = effect_of(planted, Level()).total()
        held += total["low_90"] <= truth <= total["high_90"]
        ratios.append(total["ratio_median"])
    assert held >= 32
    assert np.median(ratios) == pytest.approx(3.0, rel=0.25)


def test_without_an_effect_p_is_even_though_the_shape_is_chosen() -> None:
    found = [effect_of(steady(number)).placebos for number in range(60)]
    ranks = [int((each.dates["score"].to_numpy() >= each.score).sum()) for each in found]
    even = rng_stream(1, "even").random(60)
    above = np.array([placebos.p_dates for placebos in found])
    below = np.array([each.p_of(rank - 1) if rank else 0.0 for each, rank in zip(found, ranks, strict=True)])
    assert kstest(above - even * (above - below), "uniform").pvalue > 0.01
    p = np.array([placebos.p_apart for placebos in found])
    jitter = even / 4  # 3 placebo windows apart: p is a multiple of a fourth
    assert kstest(p - jitter, "uniform").pvalue > 0.01


def test_a_planted_effect_stands_out_among_placebos() -> None:
    counts = steady(1)
    counts[BEFORE:, 0] *= 6
    found = estimate_effect(history_of(counts), "a", FIRST + BEFORE, YEAR, 200, 1).placebos
    assert found.p_dates == found.least_p
    assert found.p_units == 1 / 3
    assert found.units["unit"].to_list() == ["b", "c"]


def test_months_add_up_to_the_window() -> None:
    found = effect_of(steady(2))
    assert found.cumulative()["effect_median"][-1] == found.total()["median"]
    assert found.cumulative()["observed"][-1] == found.by_period()["observed"].sum()
    assert found.by_period()["period"].to_list()[0] == "2013-01"
    assert (found.differences() == found.paired - found.simulated).all()
    plain = (steady(2)[BEFORE:, 0].sum() + 0.5) / (found.simulated.sum(axis=1) + 0.5)
    assert found.ratios() == pytest.approx(plain)


def test_doubt_in_what_was_observed_widens_the_effect() -> None:
    sure = history_of(steady(3))
    values = np.repeat(sure.values, 20, axis=0)
    values[:, BEFORE:, 0] += np.arange(0, 400, 20)[:, None]
    unsure = replace(sure, values=values)
    wide, narrow = (
        estimate_effect(each, "a", FIRST + BEFORE, YEAR, 400, 1, every=12).total() for each in (unsure, sure)
    )
    assert wide["high_90"] - wide["low_90"] > 2 * (narrow["high_90"] - narrow["low_90"])


def test_nothing_of_the_window_reaches_what_would_have_been() -> None:
    counts = steady(4)
    changed = counts.copy()
    changed[BEFORE:] = 7
    one, other = effect_of(counts), effect_of(changed)
    assert (one.simulated == other.simulated).all()
    assert one.placebos.dates.equals(other.placebos.dates)


def test_the_same_seed_gives_the_same_bytes() -> None:
    one, same, other = (effect_of(steady(5), seed=seed) for seed in (1, 1, 2))
    assert one.simulated.tobytes() == same.simulated.tobytes() != other.simulated.tobytes()
    assert one.shape.log_size.tobytes() == same.shape.log_size.tobytes() != other.shape.log_size.tobytes()
    assert one.smallest == same.smallest


def test_placebo_windows_are_whole_observed_and_untouched() -> None:
    past = history_of(steady(6))
    seen = past.observed.copy()
    seen[70] = False
    past = replace(past, observed=seen)
    origin, busy = FIRST + BEFORE - 1, FIRST + 88
    found = placebo_origins(past, origin, 6, lambda first, last: first <= busy <= last)
    by_hand = []
    for each in range(FIRST + WARM_UP - 1, origin + 1):
        window = range(each + 1, each + 7)
        if window[-1] <= origin and busy not in window and FIRST + 70 not in window:
            by_hand.append(each)
    assert found == by_hand
    spaced = placebo_origins(past, origin, 6, lambda first, last: False, every=6)
    assert all((origin - each) % 6 == 0 for each in spaced)


def test_windows_apart_share_no_month() -> None:
    found = estimate_effect(history_of(steady(6)), "a", FIRST + BEFORE, YEAR, 50, 1).placebos
    apart = found.apart
    assert apart["last"].to_list() == [FIRST + BEFORE - 1 - 12 * k for k in (2, 1, 0)]
    assert found.p_apart in (1 / 4, 2 / 4, 3 / 4, 1.0)
    assert found.dates.height == 25


def test_scores_compare_windows_of_any_size() -> None:
    rng = rng_stream(1, "sizes")
    draws = rng.lognormal(np.log([20.0, 2000.0]), 0.5, (4000, 2)).astype(np.int64)
    few, many = (
        Deviation.of(np.array([[count]]), draws[:, [column]]).score for column, count in enumerate((40, 4000))
    )
    assert few == pytest.approx(many, abs=0.15)
    assert few == pytest.approx(np.log(2) / 0.5, abs=0.15)
    assert Deviation.of(np.array([[10]]), draws[:, [0]]).score == pytest.approx(few, abs=0.15)
    assert Deviation.of(np.zeros((1, 1), np.int64), np.zeros((10, 1), np.int64)).score == 0.0


def test_p_counts_the_real_one() -> None:
    assert p_value(1.0, []) is None
    assert p_value(0.0, [1.0, 0.0, 2.0]) == 1.0
    assert p_value(1.5, [1.0, 1.5, 2.0]) == 0.75
    assert p_value(8.0, list(range(9)) + [0.0] * 9) == 2 / 19


def test_quiet_units_are_no_placebos() -> None:
    counts = steady(7)
    counts[:, 2] = 0
    units = effect_of(counts).placebos.units
    assert units["unit"].to_list() == ["b"]


def test_a_window_without_counts_says_what_is_there() -> None:
    past = history_of(steady(8))
    for start in (FIRST, FIRST + BEFORE + WINDOW):
        with pytest.raises(DataError, match=r"expected counts before and after .* from 2005-01 to 2013-12"):
            estimate_effect(past, "a", start, YEAR, 50, 1)
    with pytest.raises(DataError, match="the window ends after the history"):
        try_placebos(past, "a", YEAR, past.span.last - 2, 6, lambda first, last: False, 1)


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    past = history_of(steady(9))
    estimate_effect(
        past, "a", FIRST + BEFORE, YEAR, 50, 1, progress=lambda done, of: told.append((done, of)), every=12
    )
    assert told[-1][0] == told[-1][1] == len(told)


def test_a_short_window_is_a_step() -> None:
    found = estimate_effect(history_of(steady(1)[: BEFORE + 2]), "a", FIRST + BEFORE, YEAR, 50, 1, every=9)
    assert dict(found.shape.chances) == {"step": 1.0}
    assert [each.shape for each in found.smallest] == ["step"]
    assert isinstance(found.by_period(), pl.DataFrame)
