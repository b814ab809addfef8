"""Scenarios: mechanisms, assumptions and paths of levers are simulated as an ensemble."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.scenario.answers.growing import grown
    from vedette.scenario.answers.past_runs import Replay, replay
    from vedette.scenario.answers.variance import VarianceShares, variance_shares
    from vedette.scenario.engine.baseline import FUTURES, Baseline, forecast_baseline, kept_baseline
    from vedette.scenario.engine.ensemble import Ensemble
    from vedette.scenario.engine.running import run
    from vedette.scenario.hindcast.coverage import Coverage, history_covers
    from vedette.scenario.hindcast.kept import kept_hindcast
    from vedette.scenario.language.mechanism import Mechanism
    from vedette.scenario.language.paths import Scenario
    from vedette.scenario.language.records import RecordedLevers, recorded_levers
    from vedette.scenario.moving import moved, started_after
    from vedette.scenario.past import past_days, past_mechanism, scenario_problems
    from vedette.scenario.read import has_mechanism, read_head, read_mechanism

__all__ = [
    "FUTURES",
    "Baseline",
    "Coverage",
    "Ensemble",
    "Mechanism",
    "RecordedLevers",
    "Replay",
    "Scenario",
    "VarianceShares",
    "forecast_baseline",
    "grown",
    "has_mechanism",
    "history_covers",
    "kept_baseline",
    "kept_hindcast",
    "moved",
    "past_days",
    "past_mechanism",
    "read_head",
    "read_mechanism",
    "recorded_levers",
    "replay",
    "run",
    "scenario_problems",
    "started_after",
    "variance_shares",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "grown":
                from vedette.scenario.answers import growing as home
            case "Replay" | "replay":
                from vedette.scenario.answers import past_runs as home
            case "VarianceShares" | "variance_shares":
                from vedette.scenario.answers import variance as home
            case "FUTURES" | "Baseline" | "forecast_baseline" | "kept_baseline":
                from vedette.scenario.engine import baseline as home
            case "Ensemble":
                from vedette.scenario.engine import ensemble as home
            case "run":
                from vedette.scenario.engine import running as home
            case "Coverage" | "history_covers":
                from vedette.scenario.hindcast import coverage as home
            case "kept_hindcast":
                from vedette.scenario.hindcast import kept as home
            case "Mechanism":
                from vedette.scenario.language import mechanism as home
            case "Scenario":
                from vedette.scenario.language import paths as home
            case "RecordedLevers" | "recorded_levers":
                from vedette.scenario.language import records as home
            case "moved" | "started_after":
                from vedette.scenario import moving as home
            case "past_days" | "past_mechanism" | "scenario_problems":
                from vedette.scenario import past as home
            case "has_mechanism" | "read_head" | "read_mechanism":
                from vedette.scenario import read as home
            case _:
                raise AttributeError(f"vedette.scenario has no {name}")
        return getattr(home, name)
