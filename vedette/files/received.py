"""What stands in the way of reading a file of a case that somebody else may have made."""

import stat
from pathlib import Path
from typing import NamedTuple

from vedette.files.names import SCRATCH, SETTINGS

_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


class Obstacle(NamedTuple):
    """Why something is not read: what was found there, and what to do."""

    found: str
    cure: str


def obstacle(path: Path, home: Path | None = None) -> Obstacle | None:
    """Why a path is no file that may be read; None for a regular file, and where nothing is.

    A link may lead to another file of the case, never out of it. ``home`` is the folder of the case; if left
    out, the case that the path lies in, else the folder of the file.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if not path.is_symlink():
            return None
        return Obstacle(
            f"a link to {path.readlink()}, where nothing is",
            "Put the file itself there, or remove the link.",
        )
    except PermissionError:
        return None
    except OSError as error:
        return Obstacle(f"something that cannot be opened ({error.strerror})", "Put the file itself there.")
    way_out = leads_out(path, home or _case_around(path))
    if way_out is not None or stat.S_ISREG(mode):
        return way_out
    if stat.S_ISDIR(mode):
        return Obstacle("a folder", "Remove or rename the folder.")
    return Obstacle(_KINDS.get(stat.S_IFMT(mode), "something else"), "Remove it, and put a file there.")


def leads_out(path: Path, home: Path) -> Obstacle | None:
    """What is wrong with a path that leads out of a case, through whatever link; None where it stays in."""
    target = path.resolve()
    if target.is_relative_to(home.resolve()):
        return None
    copy = f"rm {path.name} && cp -r" if target.is_dir() else "cp --remove-destination"
    cure = f"Put a copy there: {copy} {target} {path.name}"
    return Obstacle(f"a link that leads out of the case, to {target}", cure)


def _case_around(path: Path) -> Path:
    """The innermost case folder that a file lies in; trial copies among temporary files are none."""
    homes = [
        above
        for above in path.absolute().parents
        if (above / SETTINGS).is_file() and not any(part.startswith(SCRATCH) for part in above.parts)
    ]
    return homes[0] if homes else path.parent
