"""Answers of commands as text on the screen."""
