"""Files and folders whose names are nearly those that are read: a reader would think they count."""

import os
import re
from collections.abc import Collection, Iterator
from difflib import SequenceMatcher
from pathlib import Path

from vedette.case.author_notes import NOTES
from vedette.case.geography.columns import PLACES
from vedette.case.schema import rows
from vedette.case.schema.settings import FILE
from vedette.errors import Problem
from vedette.files import leads_out
from vedette.problems import shown

_FILES = (
    *(model.file for model in rows.TABLES),
    *("claims.proposed.csv", "review.csv", FILE, PLACES, "regions.geojson", "mechanisms.yaml", "sheets.yaml"),
    *("test-questions.csv", NOTES),
)
_FOLDERS = ("events", "scenarios", "replays", "register", "issues", "hindcasts")
_ENDINGS = {
    "csv": ("csv", "tsv", "txt", "csv.txt", "xls", "xlsx", "ods"),
    "md": ("md", "markdown", "txt", "md.txt", "docx"),
    "yaml": ("yaml", "yml", "yaml.txt"),
    "geojson": ("geojson", "json", "geojson.json", "geojson.txt"),
}
"""Endings under which programs save such a file."""
_NEAR = 0.8


def misnamed(folder: Path, read_too: Collection[str] = ()) -> Iterator[Problem]:
    """Problems of names in a case folder that are nearly those of a file or folder that is read.

    ``read_too`` are further names that the case itself reads. Hidden files are left out.
    """
    known = {*_FILES, *_FOLDERS, *read_too}
    present = {entry.name for entry in folder.iterdir()}
    for name in sorted(present - known):
        if name.startswith("."):
            continue
        listed = _FOLDERS if (folder / name).is_dir() else (*_FILES, *read_too)
        meant = next((each for each in listed if _nearly(name, each, each in present)), None)
        if meant:
            cure = f"Rename it to {meant}, or move it out of the folder."
            if meant in present:
                cure = f"{meant} is read: move this one out of the folder."
            yield Problem(shown(name).strip("'"), 0, "", f"{meant}, the name that is read", shown(name), cure)
    for name in _FOLDERS:
        yield from _no_folder(folder / name, folder)


def _nearly(name: str, meant: str, there: bool) -> bool:
    """Whether a name would be taken for another; a table that is there may lie beside its workbook."""
    stem, _, ending = name.casefold().partition(".")
    of, _, known = meant.partition(".")
    if ending != known and ((there and known == "csv") or ending not in _ENDINGS.get(known, ())):
        return False
    return _plain(stem) == _plain(of) or SequenceMatcher(None, _plain(stem), _plain(of)).ratio() > _NEAR


def _plain(stem: str) -> str:
    return re.sub(r"[\W_]+", "", stem)


def _no_folder(path: Path, home: Path) -> Iterator[Problem]:
    if not os.path.lexists(path):
        return
    if not path.is_dir():
        found = "a link that leads nowhere" if path.is_symlink() else "a file"
        yield Problem(path.name, 0, "", "a folder", found, "Rename or remove it.")
    elif way := leads_out(path, home):
        yield Problem(path.name, 0, "", "a folder", way.found, way.cure)
