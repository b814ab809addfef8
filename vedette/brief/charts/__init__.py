"""Charts as functions of figures: each takes a caption and the figures it draws, and gives a `Chart`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.brief.charts.arms import monopoly_by_year
    from vedette.brief.charts.backers import backing_by_year, who_backs_whom
    from vedette.brief.charts.coverage import data_coverage
    from vedette.brief.charts.effects import effects_by_intervention
    from vedette.brief.charts.forecast import fan, forecast_columns
    from vedette.brief.charts.horizons import score_lines, weight_bars
    from vedette.brief.charts.maps import place_map
    from vedette.brief.charts.posture import posture_and_violence
    from vedette.brief.charts.posture_series import posture_by_backer
    from vedette.brief.charts.regions import region_bars
    from vedette.brief.charts.scores import calibration, score_bars
    from vedette.brief.charts.violence import count_view, violence_by_stratum, week_view

__all__ = [
    "backing_by_year",
    "calibration",
    "count_view",
    "data_coverage",
    "effects_by_intervention",
    "fan",
    "forecast_columns",
    "monopoly_by_year",
    "place_map",
    "posture_and_violence",
    "posture_by_backer",
    "region_bars",
    "score_bars",
    "score_lines",
    "violence_by_stratum",
    "week_view",
    "weight_bars",
    "who_backs_whom",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "monopoly_by_year":
                from vedette.brief.charts import arms as home
            case "backing_by_year" | "who_backs_whom":
                from vedette.brief.charts import backers as home
            case "data_coverage":
                from vedette.brief.charts import coverage as home
            case "effects_by_intervention":
                from vedette.brief.charts import effects as home
            case "fan" | "forecast_columns":
                from vedette.brief.charts import forecast as home
            case "score_lines" | "weight_bars":
                from vedette.brief.charts import horizons as home
            case "place_map":
                from vedette.brief.charts import maps as home
            case "posture_by_backer":
                from vedette.brief.charts import posture_series as home
            case "posture_and_violence":
                from vedette.brief.charts import posture as home
            case "region_bars":
                from vedette.brief.charts import regions as home
            case "calibration" | "score_bars":
                from vedette.brief.charts import scores as home
            case "count_view" | "violence_by_stratum" | "week_view":
                from vedette.brief.charts import violence as home
            case _:
                raise AttributeError(f"vedette.brief.charts has no {name}")
        return getattr(home, name)
