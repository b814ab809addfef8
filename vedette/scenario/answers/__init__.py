"""Answers of an ensemble: levels, differences, the numbers behind them, replays of past days."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.scenario.answers.assumptions import rests_on
    from vedette.scenario.answers.page import write_diagram
    from vedette.scenario.answers.past_runs import ALL

__all__ = ["ALL", "rests_on", "write_diagram"]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "rests_on":
                from vedette.scenario.answers import assumptions as home
            case "write_diagram":
                from vedette.scenario.answers import page as home
            case "ALL":
                from vedette.scenario.answers import past_runs as home
            case _:
                raise AttributeError(f"vedette.scenario.answers has no {name}")
        return getattr(home, name)
