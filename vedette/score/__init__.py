"""Scores: how far to trust a forecast, from proper scores, calibration and backtests."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.score.calibration import covered, pit
    from vedette.score.challenge import ignorance, interval, log_zero
    from vedette.score.cluster import distributed_map
    from vedette.score.files import score_forecasts
    from vedette.score.paired import Comparison, compare
    from vedette.score.ranked_probability import crps, crps_fair, crps_tail
    from vedette.score.reliability import event_reliability, interval_reliability
    from vedette.score.resample import RESAMPLES, bands, blocks
    from vedette.score.rolling import backtest
    from vedette.score.scorecard import SCORES, Scorecard, Terms
    from vedette.score.summary import reference, score_table, summarise
    from vedette.score.sums import SumScores, backtest_sums, score_sums, true_sum
    from vedette.score.trial import DistributedMap
    from vedette.score.truths import over_truths
    from vedette.score.unit_resample import unit_bands

__all__ = [
    "RESAMPLES",
    "SCORES",
    "Comparison",
    "DistributedMap",
    "Scorecard",
    "SumScores",
    "Terms",
    "backtest",
    "backtest_sums",
    "bands",
    "blocks",
    "compare",
    "covered",
    "crps",
    "crps_fair",
    "crps_tail",
    "distributed_map",
    "event_reliability",
    "ignorance",
    "interval",
    "interval_reliability",
    "log_zero",
    "over_truths",
    "pit",
    "reference",
    "score_forecasts",
    "score_sums",
    "score_table",
    "summarise",
    "true_sum",
    "unit_bands",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "covered" | "pit":
                from vedette.score import calibration as home
            case "ignorance" | "interval" | "log_zero":
                from vedette.score import challenge as home
            case "distributed_map":
                from vedette.score import cluster as home
            case "score_forecasts":
                from vedette.score import files as home
            case "Comparison" | "compare":
                from vedette.score import paired as home
            case "crps" | "crps_fair" | "crps_tail":
                from vedette.score import ranked_probability as home
            case "event_reliability" | "interval_reliability":
                from vedette.score import reliability as home
            case "RESAMPLES" | "bands" | "blocks":
                from vedette.score import resample as home
            case "backtest":
                from vedette.score import rolling as home
            case "SCORES" | "Scorecard" | "Terms":
                from vedette.score import scorecard as home
            case "reference" | "score_table" | "summarise":
                from vedette.score import summary as home
            case "SumScores" | "backtest_sums" | "score_sums" | "true_sum":
                from vedette.score import sums as home
            case "DistributedMap":
                from vedette.score import trial as home
            case "over_truths":
                from vedette.score import truths as home
            case "unit_bands":
                from vedette.score import unit_resample as home
            case _:
                raise AttributeError(f"vedette.score has no {name}")
        return getattr(home, name)
