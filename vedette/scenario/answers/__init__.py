"""Answers of an ensemble: levels, differences, the numbers behind them, the diagram, replays of past days."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.scenario.answers.assumptions import authors_of, rests_on
    from vedette.scenario.answers.diagram import COLOURS, svg
    from vedette.scenario.answers.past_runs import ALL

__all__ = ["ALL", "COLOURS", "authors_of", "rests_on", "svg"]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "authors_of" | "rests_on":
                from vedette.scenario.answers import assumptions as home
            case "COLOURS" | "svg":
                from vedette.scenario.answers import diagram as home
            case "ALL":
                from vedette.scenario.answers import past_runs as home
            case _:
                raise AttributeError(f"vedette.scenario.answers has no {name}")
        return getattr(home, name)
