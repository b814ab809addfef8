"""Seed noise: the spread over seeds is what the draws of one seed say it is."""

import math

import numpy as np
import polars as pl
import pytest

from vedette.model import Conflictology, EwmaNegBin, History, Last, Model, forecast
from vedette.periods import Step
from vedette.randomness import rng_stream
from vedette.score import backtest, crps_fair
from vedette.score.noise import draw_noise

FIRST = 1000


def history() -> History:
    values = np.random.default_rng(4).negative_binomial(0.5, 0.05, (60, 4))
    return History.of(values, list("abcd"), FIRST, Step.MONTH, measure="deaths")


def test_the_standard_error_is_the_spread_over_seeds() -> None:
    models: list[Model] = [EwmaNegBin(), Conflictology(12)]
    cards = [backtest(history(), models, range(1040, 1056), 3, draws=60, seed=seed) for seed in range(60)]
    told = pl.concat([card.seed_noise() for card in cards])
    for model in ("ewma-negbin", "conflictology-12"):
        own = told.filter(model=model)
        spread = float(np.std(own["crps_fair"].to_numpy(), ddof=1))
        said = math.sqrt(float(np.mean(own["standard_error"].to_numpy() ** 2)))
        assert said == pytest.approx(spread, rel=0.25)


def test_more_draws_make_less_noise() -> None:
    few, many = (
        backtest(history(), [EwmaNegBin()], range(1040, 1056), 3, draws=draws) for draws in (100, 1600)
    )
    ratio = few.seed_noise()["standard_error"][0] / many.seed_noise()["standard_error"][0]
    assert ratio == pytest.approx(4, rel=0.35)


def test_the_variance_is_that_of_batches_dealt_by_hand() -> None:
    past = history()
    made = forecast(EwmaNegBin(), past, 1050, 2, 40, seed=3)
    truth = past.truth[51:53]
    order = rng_stream(3, "batches", "ewma-negbin", "deaths", 1050).permutation(40)
    sums = [crps_fair(made.draws[order[first : first + 4]], truth).sum() for first in range(0, 40, 4)]
    assert draw_noise(made, truth) == pytest.approx(np.var(sums, ddof=1) / 10)


def test_a_model_without_chance_has_none_and_three_draws_say_nothing() -> None:
    assert backtest(history(), [Last()], [1050], 3, draws=20).seed_noise()["standard_error"].to_list() == [0]
    assert backtest(history(), [EwmaNegBin()], [1050], 3, draws=3).seed_noise()["standard_error"][0] is None


def test_a_part_of_a_card_claims_no_noise() -> None:
    card = backtest(history(), [EwmaNegBin()], [1050, 1051], 3, draws=20)
    assert card.seed_noise().height == 1
    assert card.active().seed_noise().height == card.tail().seed_noise().height == 0
