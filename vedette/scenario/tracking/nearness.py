"""How near a sign may come to its alarm without being called near."""

NEAR = 0.2
"""An alarm is near where its sign is within this part of the level."""
