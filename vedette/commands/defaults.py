"""What holds for every command where nothing else is asked for."""

SEED = 20030320
DRAWS = 1000
