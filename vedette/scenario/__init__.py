"""Scenarios: what if. Levers, assumptions and mechanisms go in, an ensemble comes out."""

from vedette.scenario.baseline import FUTURES, Baseline, forecast_baseline
from vedette.scenario.ensemble import Ensemble
from vedette.scenario.mechanism import Mechanism, has_mechanism, read_mechanism
from vedette.scenario.paths import Scenario
from vedette.scenario.running import run
from vedette.scenario.spread import Spread, spread

__all__ = [
    "FUTURES",
    "Baseline",
    "Ensemble",
    "Mechanism",
    "Scenario",
    "Spread",
    "forecast_baseline",
    "has_mechanism",
    "read_mechanism",
    "run",
    "spread",
]
