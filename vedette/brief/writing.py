"""Writes a brief to disk, whole or not at all."""

from pathlib import Path

from vedette.brief.blocks import Brief
from vedette.brief.machine import to_json
from vedette.brief.page import to_html
from vedette.files import replace_files


def write_brief(brief: Brief, folder: Path) -> tuple[Path, Path]:
    """Writes ``brief.html`` and ``brief.json`` into a folder (made if need be) and returns their paths.

    Raises:
        StorageError: the folder or a file cannot be written; what stood there before is
            untouched in both.
    """
    page, machine = folder / "brief.html", folder / "brief.json"
    contents = {page: to_html(brief).encode(), machine: to_json(brief).encode()}
    replace_files(contents, "Choose another with --out.")
    return page, machine
