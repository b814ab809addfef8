"""Start a case."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vedette.case import new_case, read_case


@dataclass(frozen=True)
class NewCase:
    """A case that was made: its folder, its country, and how many areas of which level it has."""

    folder: Path
    country: str
    areas: int
    """0 if the case counts by country."""
    level: int

    def document(self) -> dict[str, Any]:
        """Returns the folder, the country, the number of areas and their level."""
        return {
            "folder": str(self.folder),
            "country": self.country,
            "areas": self.areas,
            "level": self.level if self.areas else None,
        }


def new(folder: Path, country: str, *, areas: Path | None = None, level: int | None = None) -> NewCase:
    """Writes a case of a country with its areas: those that come with vedette, or those of a file.

    Raises:
        UsageError: the country is not known, the folder holds files, or areas of a level other than 1 are
            asked for without a file.
        CaseError: the file of areas has mistakes; nothing is written.
        StorageError: the folder cannot be written, or the file of areas not be read.
    """
    home = new_case(folder, country, areas=areas, level=level)
    made = read_case(home)
    return NewCase(home, made.country.name, len(made.places.geometry), made.places.level)
