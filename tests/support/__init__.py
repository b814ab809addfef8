"""Shared by tests of several rooms: made-up cases, files and mechanisms, and commands run as typed."""
