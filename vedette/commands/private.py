"""Files that only the user of this machine may read: ways into a running workbench."""

import os
from pathlib import Path

from vedette.case.case import folder_of_user
from vedette.files import disk_errors, replacing

_OWNER_ALONE = 0o600
_FOLDER = 0o700


def private_folder() -> Path:
    """Returns the folder of the user's own for them, made if it is missing.

    Raises:
        StorageError: it cannot be made.
    """
    folder = folder_of_user() / "running"
    with disk_errors(folder):
        folder.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
        folder.chmod(_FOLDER)
    return folder


def write_private(path: Path, content: str | bytes) -> None:
    """Writes a file that its owner alone may read, whole or not at all.

    Raises:
        StorageError: it cannot be written.
    """
    with replacing(path) as made:
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ALONE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
    path.chmod(_OWNER_ALONE)
