"""Writes a brief to disk, whole or not at all."""

from pathlib import Path

from vedette.brief.blocks import Brief
from vedette.brief.machine import to_json
from vedette.brief.page import to_html
from vedette.files import replace_files

PAGE, MACHINE = "brief.html", "brief.json"


def write_brief(brief: Brief, folder: Path) -> tuple[Path, Path]:
    """Writes ``brief.html`` and ``brief.json`` into a folder (made if need be) and returns their paths.

    Raises:
        StorageError: the folder or a file cannot be written; what stood there before is
            untouched in both.
    """
    contents = {folder / name: content for name, content in contents_of(brief).items()}
    replace_files(contents, "Choose another with --out.")
    return folder / PAGE, folder / MACHINE


def contents_of(brief: Brief) -> dict[str, bytes]:
    """The content of each file of a brief, by name."""
    return {PAGE: to_html(brief).encode(), MACHINE: to_json(brief).encode()}
