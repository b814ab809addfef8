"""The secret of a user, by which the cache knows its own entries."""

import os
import secrets
from pathlib import Path

from vedette.files import made_once

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
            made_once(path, secrets.token_bytes(LENGTH))
        secret = path.read_bytes()
    except OSError:
        return None
    return secret if len(secret) == LENGTH else None


def nothing_kept(home: Path) -> str:
    """Why nothing can be kept where there is no secret, and what to do about it."""
    path = home / NAME
    if path.is_file() and os.access(path, os.R_OK):
        return f"What takes long is not kept: {path} is none of vedette's. Remove it; vedette makes its own."
    cure = f"Allow writing in {home}, or set VEDETTE_HOME to a folder that you may write to."
    return f"What takes long is not kept, and is worked out each time: {path} cannot be made or read. {cure}"
