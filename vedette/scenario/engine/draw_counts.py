"""How many draws the answers of scenarios rest on where nobody says."""

START = 3000
"""Draws to begin with."""
MOST = 12_000
"""The most that doubling goes to, for the digits of the headline to hold."""
TRACK_DRAWS = 6000
"""Draws by which the branches of a mechanism are weighed."""
