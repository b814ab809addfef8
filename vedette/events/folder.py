"""The events folder of a case: which files lie there, and what the user said about them.

The folder is the truth and the store a cache of it. What a file does not say itself (its release, the
order of day and month) is kept beside the files in ``options.json``, by the hash of the file.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from vedette.case import Country
from vedette.events.formats.dates import DateOrder
from vedette.files import current_files

EVENTS, OPTIONS = "events", "options.json"
SCHEMA_VERSION = 1
"""Goes up when the store changes in a way that old stores do not fit."""


@dataclass(frozen=True)
class FileOptions:
    """What the user says about a file that the file does not say itself; None to find out."""

    dataset: str | None = None
    release: str | None = None
    dates: DateOrder | None = None


@dataclass(frozen=True)
class EventFile:
    """A file of events.

    Attributes:
        name: its name in the events folder.
        path: where it lies now.
        bytes: its size.
        sha256: its hash, 64 hexadecimal digits.
        options: what the user said about it.
    """

    name: str
    path: Path
    bytes: int
    sha256: str
    options: FileOptions = FileOptions()


def event_files(home: Path) -> tuple[EventFile, ...]:
    """The files in the events folder of a case, by name, but hidden ones; none where there is no folder.

    ``home`` is the workspace of the case.
    """
    files = current_files(home, EVENTS)
    options = _read_options(files.pop(OPTIONS, None))
    entries = (replace(event_file(path), name=name) for name, path in files.items())
    return tuple(replace(found, options=options.get(found.sha256, FileOptions())) for found in entries)


def event_file(path: Path, options: FileOptions | None = None) -> EventFile:
    """A file with its size and hash.

    Raises:
        OSError: it is not there, no file, or not to be read.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return EventFile(path.name, path, os.fstat(file.fileno()).st_size, digest, options or FileOptions())


def fingerprint(entries: Sequence[EventFile], country: Country) -> str:
    """A hash of all that a store is made from: files, what was said about them, the country."""
    files = sorted((e.name, e.bytes, e.sha256, *asdict(e.options).values()) for e in entries)
    seen = json.dumps([SCHEMA_VERSION, asdict(country), files])
    return hashlib.sha256(seen.encode()).hexdigest()


def options_bytes(entries: Sequence[EventFile]) -> bytes:
    """What was said about files, as the events folder keeps it."""
    said = {e.sha256: {k: v for k, v in asdict(e.options).items() if v is not None} for e in entries}
    kept = {digest: words for digest, words in sorted(said.items()) if words}
    return (json.dumps(kept, indent=2) + "\n").encode("utf-8")


def _read_options(path: Path | None) -> dict[str, FileOptions]:
    if path is None:
        return {}
    said = json.loads(path.read_text(encoding="utf-8"))
    return {
        digest: FileOptions(
            words.get("dataset"),
            words.get("release"),
            DateOrder(words["dates"]) if "dates" in words else None,
        )
        for digest, words in said.items()
    }
