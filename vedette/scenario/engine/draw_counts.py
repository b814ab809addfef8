"""How many draws an ensemble of scenarios has where nobody says."""

START = 3000
"""Draws to begin with."""
MOST = 12_000
"""The most that doubling goes to, for the digits of the headline to hold."""
