"""Start a case."""

from pathlib import Path

from vedette.case import new_case


def new(folder: Path, country: str) -> Path:
    """Writes a working skeleton of a case."""
    return new_case(folder, country)
