"""Writes a brief to disk, whole or not at all."""

from pathlib import Path

from vedette.brief.blocks import Brief
from vedette.brief.machine import to_json
from vedette.brief.page import to_html
from vedette.files import replace_file


def write_brief(brief: Brief, folder: Path) -> tuple[Path, Path]:
    """Writes ``brief.html`` and ``brief.json`` into a folder (made if need be) and returns their paths.

    Raises:
        StorageError: the folder or a file cannot be written; what stood there before is untouched.
    """
    html, machine = to_html(brief), to_json(brief)
    page = replace_file(folder / "brief.html", html.encode(), "Choose another with --out.")
    return page, replace_file(folder / "brief.json", machine.encode(), "Choose another with --out.")
