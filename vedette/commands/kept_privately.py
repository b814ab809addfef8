"""Lists that the user's folder keeps for its owner alone: accounts, tokens."""

import json
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from vedette.case.case import folder_of_user
from vedette.commands.private import write_private
from vedette.errors import StorageError
from vedette.files import disk_errors, locked

Entries = list[dict[str, Any]]
_FOLDER = 0o700
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def private_list(name: str) -> Path:
    """Returns the file of a list in the user's folder. It may not exist yet."""
    return folder_of_user() / name


def entries_of(path: Path) -> Entries:
    """Returns the entries of a list; none if there is no such file.

    Raises:
        StorageError: others may read the file, or it is not as vedette wrote it.
    """
    try:
        with path.open(encoding="utf-8") as file:
            if stat.S_IMODE(path.stat().st_mode) & _OTHERS:
                raise StorageError(f"{path} can be read by others. Close it to them: chmod 600 {path}")
            found = json.load(file)["entries"]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StorageError(f"{path} cannot be read ({error.strerror}). Allow its owner to read it.") from None
    except (ValueError, KeyError, TypeError):
        raise StorageError(
            f"{path} is not as vedette wrote it. Restore it from a copy, or remove it and add its entries "
            "anew."
        ) from None
    entries: Entries = found
    return entries


@contextmanager
def changing_entries(path: Path) -> Iterator[Entries]:
    """Gives the entries of a list to change; they are written whole at the end, one change at a time.

    Raises:
        StorageError: the file cannot be read or written; it stays as it was.
    """
    with disk_errors(path.parent):
        path.parent.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
    with locked(path.parent):
        entries = entries_of(path)
        yield entries
        write_private(path, json.dumps({"entries": entries}, indent=1, ensure_ascii=False))
