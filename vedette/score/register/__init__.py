"""The register of issued forecasts: written once, hashed, scored when the truth has come."""

from vedette.score.register.outcome import ScoredForecast
from vedette.score.register.register import REGISTER, Issued, issue, read_forecast, read_register

__all__ = ["REGISTER", "Issued", "ScoredForecast", "issue", "read_forecast", "read_register"]
