"""Models: a history goes in, draws of the future come out."""

from vedette.model.baselines import (
    YEAR,
    Bootstrap,
    Conflictology,
    Last,
    LastPoisson,
    PastAsSample,
    PooledBootstrap,
    Zero,
    baselines,
)
from vedette.model.chance import key
from vedette.model.ewma import EwmaNegBin
from vedette.model.forecast import Forecast, Model, forecast
from vedette.model.history import BoolArray, FloatArray, History, IntArray
from vedette.model.target import By, Measure, methods, panel_history, settled

__all__ = [
    "YEAR",
    "BoolArray",
    "Bootstrap",
    "By",
    "Conflictology",
    "EwmaNegBin",
    "FloatArray",
    "Forecast",
    "History",
    "IntArray",
    "Last",
    "LastPoisson",
    "Measure",
    "Model",
    "PastAsSample",
    "PooledBootstrap",
    "Zero",
    "baselines",
    "forecast",
    "key",
    "methods",
    "panel_history",
    "settled",
]
