"""How long a backtest takes, against the least it could: drawing its numbers, and scoringrules alone.

    python benchmarks/score.py [--origins 102] [--units 18] [--draws 1000]

Counts are simulated; all three run in this process on the same panel and the same number of draws.
"""

import argparse
import time
from collections.abc import Callable

import numpy as np
import scoringrules as sr

from vedette.model import History, baselines, forecast
from vedette.periods import Step
from vedette.score import backtest

PERIODS, HORIZONS, FIRST, SEED = 360, 12, 24000, 1


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--origins", type=int, default=102)
    parser.add_argument("--units", type=int, default=18)
    parser.add_argument("--draws", type=int, default=1000)
    asked = parser.parse_args()
    history = simulated(asked.units)
    last = history.span.last - HORIZONS
    origins = range(last - asked.origins + 1, last + 1)
    models = baselines()
    shape = (asked.draws, HORIZONS, asked.units)
    drawing = timed(lambda: draw(shape, len(origins)))
    one = timed(lambda: rules_alone(history, shape))
    forecasting = timed(
        lambda: [
            forecast(model, history, o, HORIZONS, asked.draws, SEED) for model in models for o in origins
        ]
    )
    whole = timed(lambda: backtest(history, models, origins, HORIZONS, asked.draws, SEED))
    scoring = one * len(models) * len(origins)
    print(f"{len(models)} models, {len(origins)} origins, {HORIZONS} horizons, {asked.units} units")
    print(f"numpy draws one negative binomial forecast for each origin   {drawing:7.2f} s")
    print(f"scoringrules alone, plain, fair and tail CRPS of every draw  {scoring:7.2f} s")
    print(f"all forecasts                                                {forecasting:7.2f} s")
    print(f"backtest: all forecasts, eleven scores of every cell         {whole:7.2f} s")
    print(
        f"forecasts / drawing {forecasting / drawing:.2f}   backtest / (drawing + scoringrules) "
        f"{whole / (drawing + scoring):.2f}"
    )


def simulated(units: int) -> History:
    """Thirty years of months with quiet and violent units."""
    rng = np.random.default_rng(SEED)
    level = np.exp(rng.normal(1, 1.5, units))
    counts = rng.negative_binomial(0.5, 0.5 / (0.5 + level), (PERIODS, units))
    return History.of(counts, [f"unit {unit}" for unit in range(units)], FIRST, Step.MONTH)


def draw(shape: tuple[int, int, int], times: int) -> None:
    """The random numbers of the one baseline that needs a distribution."""
    rng = np.random.default_rng(SEED)
    share = rng.uniform(0.05, 0.9, shape)
    for _ in range(times):
        rng.negative_binomial(0.5, share)


def rules_alone(history: History, shape: tuple[int, int, int]) -> None:
    """Three scores of one forecast as scoringrules gives them."""
    draws = np.random.default_rng(SEED).integers(0, 50, shape).astype(np.float64)
    truth = history.truth[:HORIZONS].astype(np.float64)
    sr.crps_ensemble(truth, draws, m_axis=0, estimator="qd", backend="numpy")
    sr.crps_ensemble(truth, draws, m_axis=0, estimator="pwm", backend="numpy")
    sr.twcrps_ensemble(truth, draws, a=10.0, m_axis=0, estimator="pwm", backend="numpy")


def timed(work: Callable[[], object]) -> float:
    """Seconds of the quicker of two goes."""
    seconds = []
    for _ in range(2):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


if __name__ == "__main__":
    main()
