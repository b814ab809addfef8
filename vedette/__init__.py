"""vedette: judge conflicts that depend on foreign security assistance."""

__version__ = "0.1.0"
