"""Models: a history goes in, draws of the future come out."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.model.analogues import Analogues
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
    from vedette.model.baseline_sums import (
        EwmaSum,
        PastSums,
        RatioSums,
        SumBaseline,
        forecast_sum,
        running_sums,
        sum_baselines,
    )
    from vedette.model.coherent import (
        PARTS,
        Coherent,
        Reconciled,
        forecast_coherent,
        reconcile,
        reconcile_parts,
    )
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
    from vedette.model.forecasting import Forecast, Model, forecast, forecast_blocks
    from vedette.model.history import BoolArray, FloatArray, History, IntArray, Kind, median_history, middle
    from vedette.model.level import Level, LevelMarks
    from vedette.model.level.prior import LevelPrior, prior_known
    from vedette.model.measures import By, Measure, Truth
    from vedette.model.pool import SHARES, Pool
    from vedette.model.pool.learning import Learned
    from vedette.model.severity import Severity, learn_severity
    from vedette.model.target import (
        contest,
        counted_history,
        histories_of_parts,
        methods,
        panel_history,
        uncertain_truth,
    )

__all__ = [
    "OWN_TERMS",
    "PARTS",
    "SHARES",
    "YEAR",
    "Analogues",
    "BoolArray",
    "Bootstrap",
    "By",
    "Coherent",
    "ComponentFormulas",
    "Conflictology",
    "Details",
    "EndemicEpidemic",
    "EwmaNegBin",
    "EwmaSum",
    "Fading",
    "FloatArray",
    "Forecast",
    "History",
    "IntArray",
    "Kind",
    "Last",
    "LastPoisson",
    "Learned",
    "Level",
    "LevelMarks",
    "LevelPrior",
    "Measure",
    "Model",
    "PastAsSample",
    "PastSums",
    "Pool",
    "PooledBootstrap",
    "RatioSums",
    "Reconciled",
    "Severity",
    "SumBaseline",
    "Truth",
    "ViewsLevel",
    "Zero",
    "baselines",
    "contest",
    "counted_history",
    "counts_history",
    "forecast",
    "forecast_blocks",
    "forecast_coherent",
    "forecast_sum",
    "histories_of_parts",
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
    "reconcile_parts",
    "running_sums",
    "sum_baselines",
    "uncertain_truth",
    "write_draws",
    "write_netcdf",
    "write_views",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "Analogues":
                from vedette.model import analogues as home
            case (
                "YEAR"
                | "Bootstrap"
                | "Conflictology"
                | "Last"
                | "LastPoisson"
                | "PastAsSample"
                | "PooledBootstrap"
                | "Zero"
                | "baselines"
            ):
                from vedette.model import baseline_models as home
            case (
                "EwmaSum"
                | "PastSums"
                | "RatioSums"
                | "SumBaseline"
                | "forecast_sum"
                | "running_sums"
                | "sum_baselines"
            ):
                from vedette.model import baseline_sums as home
            case "PARTS" | "Coherent" | "Reconciled" | "forecast_coherent" | "reconcile" | "reconcile_parts":
                from vedette.model import coherent as home
            case "counts_history":
                from vedette.model import counted as home
            case "OWN_TERMS" | "ComponentFormulas" | "EndemicEpidemic":
                from vedette.model.endemic import member as home
            case "EwmaNegBin":
                from vedette.model import ewma as home
            case (
                "Details"
                | "ViewsLevel"
                | "read_details"
                | "read_draws"
                | "read_forecasts"
                | "read_ids"
                | "write_draws"
                | "write_netcdf"
                | "write_views"
            ):
                from vedette.model import exchange as home
            case "Fading":
                from vedette.model import fading as home
            case "Forecast" | "Model" | "forecast" | "forecast_blocks":
                from vedette.model import forecasting as home
            case "BoolArray" | "FloatArray" | "History" | "IntArray" | "Kind" | "median_history" | "middle":
                from vedette.model import history as home
            case "Level" | "LevelMarks":
                from vedette.model import level as home
            case "LevelPrior" | "prior_known":
                from vedette.model.level import prior as home
            case "SHARES" | "Pool":
                from vedette.model import pool as home
            case "Learned":
                from vedette.model.pool import learning as home
            case "Severity" | "learn_severity":
                from vedette.model import severity as home
            case "By" | "Measure" | "Truth":
                from vedette.model import measures as home
            case (
                "contest"
                | "counted_history"
                | "histories_of_parts"
                | "methods"
                | "panel_history"
                | "uncertain_truth"
            ):
                from vedette.model import target as home
            case _:
                raise AttributeError(f"vedette.model has no {name}")
        return getattr(home, name)
