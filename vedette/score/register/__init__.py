"""The register of issued forecasts: written once, hashed, scored when the truth has come."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.score.register.outcome import ScoredForecast, score_issued
    from vedette.score.register.register import REGISTER, Issued, issue, read_forecast, read_register

__all__ = ["REGISTER", "Issued", "ScoredForecast", "issue", "read_forecast", "read_register", "score_issued"]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "ScoredForecast" | "score_issued":
                from vedette.score.register import outcome as home
            case "REGISTER" | "Issued" | "issue" | "read_forecast" | "read_register":
                from vedette.score.register import register as home
            case _:
                raise AttributeError(f"vedette.score.register has no {name}")
        return getattr(home, name)
