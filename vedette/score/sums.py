"""Scores of sums over the periods ahead: the deaths of a year, of two, of three."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from vedette.errors import DataError
from vedette.model import BoolArray, FloatArray, History, IntArray, Model, SumBaseline, forecast, forecast_sum
from vedette.progress import Progress
from vedette.score.checks import ordered, positive, shares
from vedette.score.rules import fair_crps, quantile


@dataclass(frozen=True, eq=False)
class SumScores:
    """Scores of sums, each array (cells): fair CRPS, the ends of the central interval, whether it held."""

    crps: FloatArray
    low: FloatArray
    high: FloatArray
    inside: BoolArray


def score_sums(draws: npt.ArrayLike, truth: npt.ArrayLike, level: float = 0.9) -> SumScores:
    """Fair CRPS of draws (S, *cells) of sums and their central interval of a level, ends included.

    Raises:
        DataError: as in `crps`. UsageError: a level outside 0 and 1.

    >>> found = score_sums([[0], [10], [20]], [24], level=0.8)
    >>> found.low.tolist(), found.high.tolist(), found.inside.tolist()
    ([2.0], [18.0], [False])
    """
    shares("level", [level])
    x, y = ordered(draws, truth)
    low, high = quantile(x, (1 - level) / 2), quantile(x, (1 + level) / 2)
    return SumScores(fair_crps(x, y), low, high, (low <= y) & (y <= high))


def backtest_sums(
    history: History,
    models: Sequence[Model],
    baselines: Sequence[SumBaseline],
    origins: Sequence[int],
    lengths: Sequence[int] = (12,),
    draws: int = 1000,
    seed: int = 1,
    level: float = 0.9,
    progress: Progress | None = None,
) -> pl.DataFrame:
    """Scores of the sums of the next n periods of each unit, from each origin, with each model and baseline.

    A model's sum is that of the periods in each of its paths, so that the scores say whether its months
    belong together as they should. A sum is scored where all its periods are observed. Sums from
    neighbouring origins overlap: ten origins in a row are far from ten independent years.

    Args:
        history: counts (D, T, U).
        models: parts that draw paths.
        baselines: parts that draw sums, such as `sum_baselines`.
        origins: periods within the history; the last that is known.
        lengths: how many periods a sum holds, n.
        draws: futures per forecast.
        seed: as in `forecast` and `forecast_sum`.
        level: of the interval.
        progress: called with forecasts done and to do.

    Returns:
        Columns model, origin, unit, periods, truth, crps_fair, low, high, inside.

    Raises:
        DataError: an origin outside the history, or no sum that is observed whole.
        UsageError: numbers out of range.

    >>> from vedette.model import Last, PastSums
    >>> from vedette.periods import Step
    >>> history = History.of([[2], [3], [4], [4], [4]], ["IQ-NI"], 24161, Step.MONTH)
    >>> found = backtest_sums(history, [Last()], [PastSums(2)], [24163], lengths=[2], draws=10)
    >>> found.select("model", "truth", "low", "high", "inside").rows()
    [('last', 8, 8.0, 8.0, True), ('past-sums-2', 8, 5.0, 7.0, False)]
    """
    for length in lengths:
        positive("lengths", length)
    known = {origin: [n for n in lengths if _observed(history, origin, n)] for origin in origins}
    makers: list[Model | SumBaseline] = [*models, *baselines]
    tasks = [(maker, origin) for maker in makers for origin in origins if known[origin]]
    tables = []
    for done, (maker, origin) in enumerate(tasks, start=1):
        sums = _draws_of_sums(maker, history, origin, known[origin], draws, seed)
        for length, futures in zip(known[origin], sums, strict=True):
            truth = true_sum(history, origin, length)
            scores = score_sums(futures, truth, level)
            tables.append(_table(maker.name, history, origin, length, truth, scores))
        if progress:
            progress(done, len(tasks))
    if not tables:
        raise DataError(
            f"{history.measure}: no sum after the origins is observed whole. Choose earlier origins or "
            "shorter sums."
        )
    return pl.concat(tables)


def true_sum(history: History, origin: int, length: int) -> IntArray:
    """What came in the ``length`` periods after an origin, (U,)."""
    after = origin - history.span.first + 1
    return np.asarray(history.truth[after : after + length].sum(axis=0))


def _observed(history: History, origin: int, length: int) -> bool:
    after = len(history.until(origin).observed)
    ahead = history.observed[after : after + length]
    return len(ahead) == length and bool(ahead.all())


def _draws_of_sums(
    maker: Model | SumBaseline, history: History, origin: int, lengths: Sequence[int], draws: int, seed: int
) -> list[IntArray]:
    """Draws (S, U) of the sum of each length."""
    if isinstance(maker, SumBaseline):
        return [forecast_sum(maker, history, origin, length, draws, seed) for length in lengths]
    paths = forecast(maker, history, origin, max(lengths), draws, seed).draws
    return [paths[:, :length].sum(axis=1) for length in lengths]


def _table(
    name: str, history: History, origin: int, length: int, truth: IntArray, scores: SumScores
) -> pl.DataFrame:
    cells = {
        "truth": truth,
        "crps_fair": scores.crps,
        "low": scores.low,
        "high": scores.high,
        "inside": scores.inside,
    }
    return pl.DataFrame({"unit": history.units, **cells}).select(
        pl.lit(name).alias("model"),
        pl.lit(origin, pl.Int64).alias("origin"),
        "unit",
        pl.lit(length, pl.Int64).alias("periods"),
        *cells,
    )
