"""The files of a case folder that people write, byte for byte."""

from pathlib import Path

from vedette.files import is_private


def own_bytes(folder: Path) -> dict[str, bytes]:
    """Every file at the top of a case folder but the log, the lock and temporary files."""
    paths = (path for path in folder.iterdir() if path.is_file())
    return {path.name: path.read_bytes() for path in paths if not is_private(path.name)}
