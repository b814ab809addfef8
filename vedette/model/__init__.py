"""Models: a history goes in, draws of the future come out."""

from vedette.model.baseline_models import (
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
from vedette.model.coherent import PARTS, Coherent, forecast_coherent, reconcile
from vedette.model.counted import counts_history
from vedette.model.endemic.member import OWN_TERMS, ComponentFormulas, EndemicEpidemic
from vedette.model.ewma import EwmaNegBin
from vedette.model.exchange import (
    Details,
    ViewsLevel,
    read_details,
    read_draws,
    read_forecasts,
    read_ids,
    write_draws,
    write_netcdf,
    write_views,
)
from vedette.model.fading import Fading
from vedette.model.forecasting import Forecast, Model, forecast
from vedette.model.history import BoolArray, FloatArray, History, IntArray, median_history, middle
from vedette.model.level import Level, LevelMarks
from vedette.model.level.prior import LevelPrior, prior_known
from vedette.model.pool import SHARES, Pool
from vedette.model.pool.learning import Learned
from vedette.model.severity import Severity, learn_severity
from vedette.model.target import (
    By,
    Measure,
    Truth,
    contest,
    methods,
    panel_history,
    uncertain_truth,
)

__all__ = [
    "OWN_TERMS",
    "PARTS",
    "SHARES",
    "YEAR",
    "BoolArray",
    "Bootstrap",
    "By",
    "Coherent",
    "ComponentFormulas",
    "Conflictology",
    "Details",
    "EndemicEpidemic",
    "EwmaNegBin",
    "Fading",
    "FloatArray",
    "Forecast",
    "History",
    "IntArray",
    "Last",
    "LastPoisson",
    "Learned",
    "Level",
    "LevelMarks",
    "LevelPrior",
    "Measure",
    "Model",
    "PastAsSample",
    "Pool",
    "PooledBootstrap",
    "Severity",
    "Truth",
    "ViewsLevel",
    "Zero",
    "baselines",
    "contest",
    "counts_history",
    "forecast",
    "forecast_coherent",
    "learn_severity",
    "median_history",
    "methods",
    "middle",
    "panel_history",
    "prior_known",
    "read_details",
    "read_draws",
    "read_forecasts",
    "read_ids",
    "reconcile",
    "uncertain_truth",
    "write_draws",
    "write_netcdf",
    "write_views",
]
