"""Scores: how far to trust a forecast, from proper scores, calibration and backtests."""

from vedette.score.calibration import covered, pit
from vedette.score.challenge import ignorance, interval, log_zero
from vedette.score.crps import crps, crps_fair, crps_tail
from vedette.score.paired import Comparison, compare
from vedette.score.rolling import Progress, backtest
from vedette.score.scorecard import SCORES, Scorecard, Terms

__all__ = [
    "SCORES",
    "Comparison",
    "Progress",
    "Scorecard",
    "Terms",
    "backtest",
    "compare",
    "covered",
    "crps",
    "crps_fair",
    "crps_tail",
    "ignorance",
    "interval",
    "log_zero",
    "pit",
]
