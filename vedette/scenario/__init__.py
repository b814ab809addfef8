"""Scenarios: what if. Levers, assumptions and mechanisms go in, an ensemble comes out."""

from vedette.scenario.baseline import FUTURES, Baseline, forecast_baseline
from vedette.scenario.ensemble import Ensemble
from vedette.scenario.mechanism import Mechanism, has_mechanism, read_head, read_mechanism
from vedette.scenario.past import past_mechanism
from vedette.scenario.paths import Scenario
from vedette.scenario.replay import Replay, replay
from vedette.scenario.running import run
from vedette.scenario.spread import Spread, spread

__all__ = [
    "FUTURES",
    "Baseline",
    "Ensemble",
    "Mechanism",
    "Replay",
    "Scenario",
    "Spread",
    "forecast_baseline",
    "has_mechanism",
    "past_mechanism",
    "read_head",
    "read_mechanism",
    "replay",
    "run",
    "spread",
]
