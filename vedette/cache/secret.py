"""The secret of a user, by which the cache knows its own entries."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from vedette.files import scratch

NAME = ".cache-key"
LENGTH = 32


def secret_in(home: Path) -> bytes | None:
    """The secret in a folder of the user, made at random when it is first needed; None if there can be none.

    It is the key of the hashes that name and seal entries. A case folder that is handed on may hold entries
    that somebody else wrote: without the secret nobody can make one that is believed here, or tell from a
    name what was asked.
    """
    path = home / NAME
    try:
        if not path.is_file():
            _make(path)
        secret = path.read_bytes()
    except OSError:
        return None
    return secret if len(secret) == LENGTH else None


def _make(path: Path) -> None:
    """Writes the secret whole; where another process was faster, its secret stays."""
    with scratch(path.parent) as folder:
        made = folder / path.name
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(LENGTH))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(made, path)
