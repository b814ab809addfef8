"""What holds for every command where nothing else is asked for."""

from vedette.scenario.engine.draw_counts import MOST, START
from vedette.scenario.engine.draw_counts import TRACK_DRAWS as TRACK_DRAWS

SEED = 20030320
DRAWS = 1000

ENSEMBLE_DRAWS = START
"""Draws of an ensemble of scenarios; the least where they grow until the digits of the headline hold."""
MOST_DRAWS = MOST
"""The most that they grow to."""
SIGN_DRAWS = TRACK_DRAWS
"""Draws of the futures in which signs are looked for."""
