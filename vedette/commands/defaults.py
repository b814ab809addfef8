"""What holds for every command where nothing else is asked for."""

SEED = 20030320
DRAWS = 1000

ENSEMBLE_DRAWS = 3000
"""Draws of an ensemble of scenarios."""
