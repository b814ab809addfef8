"""Scenarios: what if. Levers, assumptions and mechanisms go in, an ensemble comes out."""

from vedette.scenario.answers.past_runs import Replay, replay
from vedette.scenario.answers.variance import VarianceShares, variance_shares
from vedette.scenario.engine.baseline import FUTURES, Baseline, forecast_baseline
from vedette.scenario.engine.baseline_cache import kept_baseline
from vedette.scenario.engine.ensemble import Ensemble
from vedette.scenario.engine.running import run
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.paths import Scenario
from vedette.scenario.past import past_days, past_mechanism
from vedette.scenario.read import has_mechanism, read_head, read_mechanism

__all__ = [
    "FUTURES",
    "Baseline",
    "Ensemble",
    "Mechanism",
    "Replay",
    "Scenario",
    "VarianceShares",
    "forecast_baseline",
    "has_mechanism",
    "kept_baseline",
    "past_days",
    "past_mechanism",
    "read_head",
    "read_mechanism",
    "replay",
    "run",
    "variance_shares",
]
