"""The backtest: only the past goes in, every known cell comes out, scored as the single scores say."""

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from vedette.errors import DataError, UsageError
from vedette.model import Bootstrap, Conflictology, EwmaNegBin, History, Last, Zero, forecast
from vedette.periods import Step
from vedette.score import (
    Scorecard,
    backtest,
    covered,
    crps,
    crps_fair,
    crps_tail,
    ignorance,
    interval,
    log_zero,
)
from vedette.score.rolling import recently_active

FIRST = 1000
MODELS = (Conflictology(4), EwmaNegBin())


def history(periods: int = 40, units: int = 3, draws: int = 1, seed: int = 1) -> History:
    values = np.random.default_rng(seed).negative_binomial(0.5, 0.05, (draws, periods, units))
    return History.of(values, [f"u{unit}" for unit in range(units)], FIRST, Step.MONTH, measure="deaths")


@pytest.mark.parametrize("resample", [None, 200])
def test_rows_equal_the_single_scores_of_the_single_forecasts(resample: int | None) -> None:
    past = history(units=70)
    card = backtest(
        past, MODELS, [1030, 1037], horizons=4, draws=1100, seed=3, tail=12, mis_level=0.8, resample=resample
    )
    for model in MODELS:
        for origin, horizons in ((1030, 4), (1037, 2)):
            draws = forecast(model, past, origin, 4, 1100, seed=3).ahead(1, horizons).draws
            truth = past.truth[origin - FIRST + 1 :][:horizons]
            rows = card.table.filter(model=model.name, origin=origin)
            expected = {
                "truth": truth,
                "crps": crps(draws, truth),
                "crps_fair": crps_fair(draws, truth),
                "crps_tail": crps_tail(draws, truth, 12),
                "log_zero": log_zero(draws, truth),
                "ign": ignorance(draws, truth, resample),
                "mis": interval(draws, truth, 0.8),
                "inside_50": covered(draws, truth, [0.5])[0],
            }
            for column, values in expected.items():
                assert rows[column].to_numpy() == pytest.approx(values.ravel(), abs=1e-9), column
            assert rows["horizon"].to_list() == np.repeat(range(1, horizons + 1), 70).tolist()
            assert rows["unit"].to_list() == list(past.units) * horizons
            assert rows["period"].to_list() == (rows["origin"] + rows["horizon"]).to_list()


def test_what_comes_after_an_origin_changes_no_forecast_made_there() -> None:
    past = history()
    later = past.values.copy()
    later[:, 31:] = later[:, 31:][:, ::-1] * 7 + 1
    changed = History.of(later, past.units, FIRST, Step.MONTH, measure="deaths")
    truth = past.truth
    one, other = (
        backtest(h, MODELS, [1025, 1030], horizons=3, draws=40, truth=truth, tail=9) for h in (past, changed)
    )
    assert_frame_equal(one.table, other.table)


def test_models_do_not_disturb_each_other() -> None:
    alone = backtest(history(), [Conflictology(4)], [1020, 1025], horizons=3, draws=40)
    among = backtest(history(), [Zero(), EwmaNegBin(), Conflictology(4)], [1020, 1025], horizons=3, draws=40)
    assert_frame_equal(alone.table, among.table.filter(model="conflictology-4"))
    assert among.models == ("zero", "ewma-negbin", "conflictology-4")


def test_estimated_periods_are_learned_from_but_not_scored() -> None:
    past = history()
    observed = np.ones(40, bool)
    observed[[31, 33]] = False
    marked = History.of(past.values, past.units, FIRST, Step.MONTH, observed, measure="deaths")
    card = backtest(marked, [Last()], [1030, 1032], horizons=4, draws=2)
    kept = card.table.select("origin", "horizon").unique(maintain_order=True).rows()
    assert kept == [(1030, 2), (1030, 4), (1032, 2), (1032, 3), (1032, 4)]
    whole = backtest(past, [Last()], [1030, 1032], horizons=4, draws=2, tail=card.terms.tail)
    assert_frame_equal(card.table, whole.table.join(card.table, on=["origin", "horizon", "unit"], how="semi"))


def test_origins_with_nothing_to_score_are_left_out_and_none_at_all_is_refused() -> None:
    card = backtest(history(), [Last()], [1038, 1039], horizons=4, draws=2)
    assert card.table["origin"].unique().to_list() == [1038]
    with pytest.raises(DataError, match="no period after the origins is observed"):
        backtest(history(), [Last()], [1039], horizons=4, draws=2)


def test_scores_look_at_the_middle_panel_draw_unless_told_otherwise() -> None:
    past = history(draws=5)
    card = backtest(past, [Last()], [1030], horizons=2, draws=5)
    assert card.table["truth"].to_list() == np.median(past.values, axis=0)[31:33].ravel().tolist()
    told = backtest(past, [Last()], [1030], horizons=2, draws=5, truth=past.values[3])
    assert told.table["truth"].to_list() == past.values[3, 31:33].ravel().tolist()


def test_the_tail_is_the_top_tenth_of_what_was_scored() -> None:
    values = np.arange(40)[:, None]
    past = History.of(values, ["u"], FIRST, Step.MONTH)
    assert backtest(past, [Last()], range(1019, 1039), horizons=1, draws=2).terms.tail == 37


def test_active_means_an_event_within_the_year_up_to_the_origin() -> None:
    values = np.zeros((40, 2), int)
    values[10, 0] = 1
    past = History.of(values, ["a", "b"], FIRST, Step.MONTH)
    card = backtest(past, [Zero()], range(1009, 1024), horizons=1, draws=2)
    active = card.table.filter(unit="a")["active"].to_list()
    assert active == [False, *[True] * 12, False, False]
    assert not card.table.filter(unit="b")["active"].any()


def test_activity_of_a_short_history() -> None:
    assert recently_active(np.array([[0], [1], [0]]), 12).ravel().tolist() == [False, True, True]


def test_progress_counts_every_forecast() -> None:
    seen: list[tuple[int, int]] = []
    backtest(history(), MODELS, [1030, 1031], horizons=2, draws=2, progress=lambda *at: seen.append(at))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize("units", [1, 4])
def test_nothing_is_ever_nan(units: int) -> None:
    quiet = History.of(np.zeros((30, units), int), [f"u{n}" for n in range(units)], FIRST, Step.MONTH)
    card = backtest(quiet, [Zero(), Last(), Bootstrap(), *MODELS], range(1000, 1029), horizons=3, draws=20)
    numbers = card.table.select(pl.selectors.float())
    assert numbers.select(pl.all().is_finite().all()).row(0) == (True,) * numbers.width


def cards(**changed: object) -> Scorecard:
    given: dict[str, object] = {"models": MODELS, "origins": [1030], "horizons": 2, **changed}
    return backtest(history(), draws=4, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"models": []}, UsageError, "at least one model and one origin"),
        ({"origins": []}, UsageError, "at least one model and one origin"),
        ({"models": [Zero(), Zero()]}, UsageError, "different models and origins; found zero, zero"),
        ({"origins": [1030, 1030]}, UsageError, "different models and origins"),
        ({"horizons": 0}, UsageError, "horizons: expected at least 1; found 0"),
        ({"origins": [2000]}, DataError, "expected an origin from"),
        (
            {"levels": [0.5, 50]},
            UsageError,
            r"levels: expected numbers between 0 and 1, like 0.9; found \[50\]",
        ),
        ({"resample": 0}, UsageError, "resample: expected at least 1; found 0"),
        ({"truth": np.zeros((40, 2))}, DataError, r"expected the shape \(40, 3\)"),
    ],
)
def test_what_makes_no_sense_is_refused(
    changed: dict[str, object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        cards(**changed)
