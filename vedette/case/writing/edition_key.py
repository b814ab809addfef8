"""Public ids: what an edition that withholds something calls the claims and sources that it shows."""

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from vedette.case.case import SHIPPED, Case
from vedette.errors import StorageError
from vedette.files import KEY, locked, replacing

_PREFIX = "p-"
_DIGITS = 12
_BYTES = 32


def has_key(folder: Path) -> bool:
    """Whether the public ids of a case have been needed before."""
    return os.path.lexists(folder / KEY)


def public_ids(folder: Path, edition: str, ids: Iterable[str]) -> dict[str, str]:
    """The public id of each id: ``p-`` and 60 bits of a keyed hash.

    The hash is ``HMAC-SHA-256(key, id)`` in base 32, its key ``HMAC-SHA-256(secret of the case, edition)``:
    the same from month to month, without relation to the ids of other editions. The secret is made at first
    need. A shipped case is public as a whole: its secret is its name, so that everybody gets the same ids.

    Args:
        folder: the folder of the case.
        edition: the id of the edition.
        ids: the ids in the case.

    Raises:
        StorageError: the secret cannot be read, or made.
    """
    key = hmac.digest(_secret(folder), edition.encode(), hashlib.sha256)
    return {one: _PREFIX + _digits(key, one) for one in ids}


def internal_id(case: Case, name: str) -> str:
    """The id in the case of a claim or source that an edition calls ``name``; ``name`` itself if none does.

    Raises:
        StorageError: the secret of the case cannot be read.
    """
    if not name.startswith(_PREFIX) or not has_key(case.folder):
        return name
    known = [*case.claims["id"], *case.sources["id"]]
    for edition in case.editions:
        for one, public in public_ids(case.folder, edition.id, known).items():
            if public == name:
                return one
    return name


def _digits(key: bytes, text: str) -> str:
    return base64.b32encode(hmac.digest(key, text.encode(), hashlib.sha256)).decode().lower()[:_DIGITS]


def _secret(folder: Path) -> bytes:
    if folder.parent == SHIPPED:
        return folder.name.encode()
    if not has_key(folder):
        with locked(folder):
            if not has_key(folder):
                _make(folder / KEY)
    return _read(folder / KEY)


def _make(path: Path) -> None:
    with replacing(path, home=path.parent) as made:
        os.close(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        made.write_text(json.dumps({"secret": secrets.token_hex(_BYTES)}) + "\n", encoding="utf-8")


def _read(path: Path) -> bytes:
    cure = f"Ask whoever issues editions of this case for it. Without {path.name} all public ids change."
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StorageError(f"{path}: cannot be read: {error.strerror or error}. {cure}") from error
    try:
        secret = bytes.fromhex(json.loads(content)["secret"])
    except (ValueError, TypeError, LookupError):
        secret = b""
    if len(secret) != _BYTES:
        raise StorageError(f"{path}: expected the secret of the case; found something else. {cure}")
    return secret
