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
KEY = ".vedette-key"
"""The file with the secret behind the public ids of a case; like all private files in no copy of it."""
SCRATCH = ".vedette-tmp-"
"""How the names of folders of temporary files begin."""
HINDCASTS = "hindcasts"
"""The folder of what `vedette hindcast` came to, by the hash of what it rests on."""
ANSWERS = ".vedette/answers"
"""Where kept answers lie; see `vedette.cache`."""
REMOVED = ".vedette/removed"
"""Where event files lie that ``vedette undo`` took out, by their hash."""

_OWN = re.compile(r"\.(csv|yaml|yml|geojson|md)$")
_PARTS = ("scenarios", "replays")
SETTINGS = "case.yaml"
"""The file that makes a folder a case."""
TABLES = (
    *("actors.csv", "claims.csv", "forces.csv", "interventions.csv", "observed.csv", "posture.csv"),
    *("retractions.csv", "sites.csv", "sources.csv", "timeline.csv", "totals.csv", "claims.proposed.csv"),
    "review.csv",
)
"""The tables of a case, which only a change of the case writes."""
_OTHERS = (
    SETTINGS,
    "mechanisms.yaml",
    "places.geojson",
    "regions.geojson",
    "notes.md",
    "sheets.yaml",
    "test-questions.csv",
)
_FOLDERS = ("events", "register", "replays", "issues", HINDCASTS)


def own_files(home: Path) -> Iterator[str]:
    """Names of the files of a case that people write: tables, settings, polygons, scenarios, notes."""
    if not home.is_dir():
        return
    folders = [home, *(home / name for name in _PARTS if (home / name).is_dir())]
    for folder in folders:
        paths = folder.iterdir() if folder is home else folder.rglob("*")
        for path in sorted(paths):
            name = path.relative_to(home).as_posix()
            if is_own(name) and path.is_file():
                yield name


def is_own(file: str) -> bool:
    """Whether a file of a case, by its path in the folder, is one of `own_files`."""
    *folders, name = file.split("/")
    hidden = any(part.startswith(".") for part in (*folders, name))
    return bool(_OWN.search(name)) and not hidden and (not folders or folders[0] in _PARTS)


def is_private(name: str) -> bool:
    """Whether a file of a case, by its path in the folder, is a lock, log, journal or temporary file."""
    first, *_ = parts = name.split("/")
    copy_of_log = LOG in first  # changes.log~, changes.log.orig: what editors and git leave
    return copy_of_log or first.startswith(".vedette-") or any(part.startswith(SCRATCH) for part in parts)


def case_of(path: Path) -> Path | None:
    """The case folder of which a file is a part that no output may replace; None for any other file."""
    home = around(path)
    if home is None:
        return None
    name = path.relative_to(home).as_posix()
    kept = name in (*TABLES, *_OTHERS) or name.split("/")[0] in _FOLDERS or is_private(name)
    return home if kept and SCRATCH not in name else None


def around(path: Path) -> Path | None:
    """The innermost case folder that a file lies in, by its absolute path; None where there is none."""
    return next((home for home in path.parents if (home / SETTINGS).is_file()), None)


def repeats_tables(name: str) -> bool:
    """Whether a file of a case, by its path in the folder, holds what the tables hold: log, cache, briefs."""
    return name.split("/")[0] in (LOG, ".vedette", "issues", HINDCASTS)


def stays_inside(name: object) -> bool:
    """Whether this is the name of a file of a case by its path there, which no ``..`` leads out of."""
    if not isinstance(name, str) or not name or "\0" in name:
        return False
    return not name.startswith("/") and not {"", ".", ".."} & set(name.split("/"))
