"""What an ensemble says: levels, differences, what they rest on, replays of past days."""

from vedette.scenario.answers.assumptions import rests_on
from vedette.scenario.answers.page import write_diagram
from vedette.scenario.answers.past_runs import ALL

__all__ = ["ALL", "rests_on", "write_diagram"]
