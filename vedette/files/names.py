"""Names of what vedette keeps beside the tables of a case, and which files of a folder are tables."""

import re
from collections.abc import Iterator
from pathlib import Path

LOG = "changes.log"
"""The log of changes, JSON lines, in the folder of a case."""
LOCK = ".vedette-lock"
"""The file that a changing command holds a kernel lock on. It is never deleted."""
JOURNAL = ".vedette-journal"
"""The folder of a committed change whose files are not all in their places yet."""
SCRATCH = ".vedette-tmp-"
"""How the names of folders of temporary files begin."""
REMOVED = ".vedette/removed"
"""Where event files lie that ``vedette undo`` took out, by their hash."""

_OWN = re.compile(r"\.(csv|yaml|yml|geojson|md)$")
_PARTS = ("scenarios", "replays")


def own_files(home: Path) -> Iterator[str]:
    """Names of the files of a case that people write: tables, settings, polygons, scenarios, notes."""
    if not home.is_dir():
        return
    folders = [home, *(home / name for name in _PARTS if (home / name).is_dir())]
    for folder in folders:
        paths = folder.iterdir() if folder is home else folder.rglob("*")
        for path in sorted(paths):
            if _OWN.search(path.name) and not path.name.startswith(".") and path.is_file():
                yield path.relative_to(home).as_posix()


def is_own(file: str) -> bool:
    """Whether a file of a case, by its path in the folder, is one of `own_files`."""
    *folders, name = file.split("/")
    return bool(_OWN.search(name)) and not name.startswith(".") and (not folders or folders[0] in _PARTS)


def is_private(name: str) -> bool:
    """Whether a file of a case, by its path in the folder, is a lock, log, journal or temporary file."""
    first = name.split("/")[0]
    return first in (LOG, LOCK, JOURNAL) or first.startswith(SCRATCH)
