"""Files that came through the browser: kept privately until they are taken or discarded, then removed."""

import json
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from vedette.commands.private import private_folder, write_private
from vedette.errors import UsageError
from vedette.files import disk_errors

_ABOUT = "about.json"
_DAY = 86_400
_MOST = 20
_LONGEST = 100
_CHUNK = 1 << 20


@dataclass(frozen=True)
class IncomingFile:
    """A file that waits to be taken into a case.

    Attributes:
        key: by which it is found again; nobody can guess it.
        name: its name, without a path.
        kind: ``sheet``, ``events``, or a form of `IMPORTS`.
        options: what was said of it: the table, sheet, columns, source and the like.
        folder: the private folder that it lies in.
    """

    key: str
    name: str
    kind: str
    options: Mapping[str, Any] = field(default_factory=dict)
    folder: Path = Path()

    @property
    def path(self) -> Path:
        """Returns where the file lies."""
        return self.folder / "file" / self.name

    @property
    def there(self) -> bool:
        """Returns whether the file is still kept."""
        return self.path.is_file()


def keep_incoming(content: BinaryIO, name: str, *, kind: str, options: Mapping[str, Any]) -> IncomingFile:
    """Keeps a file in a private folder; those that wait for more than a day, or beyond twenty, are removed.

    Raises:
        UsageError: the file is empty.
        StorageError: it cannot be written; nothing of it is left.
    """
    _sweep()
    if not content.read(1):
        raise UsageError(f"{_plain(name)}: expected a file with something in it; found none. Choose another.")
    content.seek(0)
    key = secrets.token_hex(16)
    folder = _home() / key
    upload = IncomingFile(key, _plain(name), kind, options, folder)
    try:
        with disk_errors(private_folder()):
            upload.path.parent.mkdir(mode=0o700, parents=True)
            folder.chmod(0o700)
            with upload.path.open("xb") as made:
                upload.path.chmod(0o600)
                shutil.copyfileobj(content, made, _CHUNK)
        _note(upload)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return upload


def incoming_file(key: str) -> IncomingFile:
    """Returns the upload of a key.

    Raises:
        UsageError: there is none, or it was removed.
    """
    folder = _home() / key
    if not re.fullmatch("[0-9a-f]{32}", key) or not (folder / _ABOUT).is_file():
        raise UsageError(
            "This file is no longer kept: it was taken, discarded or waited too long. Choose it again."
        )
    about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
    return IncomingFile(key, about["name"], about["kind"], about["options"], folder)


def incoming_with(upload: IncomingFile, **options: Any) -> IncomingFile:
    """Returns an upload of which more was said, kept so."""
    more = replace(upload, options={**upload.options, **options})
    _note(more)
    return more


def remove_incoming(upload: IncomingFile, *, whole: bool = True) -> None:
    """Removes the file of an upload, and with ``whole`` what was said of it."""
    shutil.rmtree(upload.folder if whole else upload.path.parent, ignore_errors=True)


def _home() -> Path:
    return private_folder() / "uploads"


def _note(upload: IncomingFile) -> None:
    about = {key: value for key, value in asdict(upload).items() if key in ("name", "kind", "options")}
    write_private(upload.folder / _ABOUT, json.dumps(about, ensure_ascii=False))


def _plain(name: str) -> str:
    """The name of a file without a path and without what no reader sees."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(letter for letter in last if letter.isprintable()).lstrip(".").strip()
    stem, dot, ending = shown.rpartition(".")
    return f"{(stem or ending)[:_LONGEST]}{dot}{ending[:10]}" if stem else (shown[:_LONGEST] or "file")


def _sweep() -> None:
    """Removes uploads that have waited for more than a day, and the oldest beyond the most."""
    home = _home()
    if not home.is_dir():
        return
    folders = sorted(home.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for number, folder in enumerate(folders):
        if number >= _MOST or abs(time.time() - folder.stat().st_mtime) > _DAY:
            shutil.rmtree(folder, ignore_errors=True)
