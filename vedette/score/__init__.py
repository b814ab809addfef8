"""Scores: how far to trust a forecast, from proper scores, calibration and backtests."""

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
from vedette.score.trial import DistributedMap
from vedette.score.truths import over_truths
from vedette.score.unit_resample import unit_bands

__all__ = [
    "RESAMPLES",
    "SCORES",
    "Comparison",
    "DistributedMap",
    "Scorecard",
    "Terms",
    "backtest",
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
    "score_table",
    "summarise",
    "unit_bands",
]
