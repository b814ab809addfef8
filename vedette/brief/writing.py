"""Writes a brief to disk, whole or not at all."""

import os
import tempfile
from pathlib import Path

from vedette.brief.blocks import Brief
from vedette.brief.machine import to_json
from vedette.brief.page import to_html
from vedette.errors import StorageError


def write_brief(brief: Brief, folder: Path) -> tuple[Path, Path]:
    """Writes ``brief.html`` and ``brief.json`` into a folder (made if need be) and returns their paths.

    Raises:
        StorageError: the folder or a file cannot be written; what stood there before is untouched.
    """
    html, machine = to_html(brief), to_json(brief)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _replace(folder / "brief.html", html), _replace(folder / "brief.json", machine)
    except OSError as error:
        reason = error.strerror or error
        raise StorageError(
            f"{folder}: cannot write the brief: {reason}. Choose another with --out."
        ) from error


def _replace(path: Path, content: str) -> Path:
    """Writes beside the target and moves into place, so that readers see the old file or the new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o644)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path
