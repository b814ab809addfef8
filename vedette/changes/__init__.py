"""Changes: what is different between two days of a case, each as it was known on that day."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.changes.between import Changes, changes_between
    from vedette.changes.known_on import (
        AsKnown,
        DeathsForecast,
        as_issued,
        as_known,
        first_day_known,
        forecast_deaths,
        last_known,
    )
    from vedette.changes.said import Number, SentenceWithNumbers

__all__ = [
    "AsKnown",
    "Changes",
    "DeathsForecast",
    "Number",
    "SentenceWithNumbers",
    "as_issued",
    "as_known",
    "changes_between",
    "first_day_known",
    "forecast_deaths",
    "last_known",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case (
                "AsKnown"
                | "DeathsForecast"
                | "as_issued"
                | "as_known"
                | "first_day_known"
                | "forecast_deaths"
                | "last_known"
            ):
                from vedette.changes import known_on as home
            case "Changes" | "changes_between":
                from vedette.changes import between as home
            case "Number" | "SentenceWithNumbers":
                from vedette.changes import said as home
            case _:
                raise AttributeError(f"vedette.changes has no {name}")
        return getattr(home, name)
