"""The events folder of a case: its files, and the options the user gave for them.

The folder is the truth and the store a cache of it. What a file does not say itself (its release, the
order of day and month) is kept beside the files in ``options.json``, by the hash of the file.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from vedette.case import Case
from vedette.errors import EventsError, Problem, UsageError
from vedette.events.formats.dates import DateOrder
from vedette.files import current_files, obstacle
from vedette.periods import parse_day, parse_days

EVENTS, OPTIONS = "events", "options.json"
SCHEMA_1_OPTIONS = "told.json"
"""Where a case of schema 1 keeps the options."""
SCHEMA_VERSION = 5
"""The version of the store's schema; a store of another version is rebuilt."""


@dataclass(frozen=True)
class FileOptions:
    """Options that the user gave for a file; None where they are detected.

    ``covers``: runs of days that it covers, like ``2016-01..2018-12``; none where the rules say it.
    ``published``: the day on which its release came out; ``loaded``: the day on which it was loaded.
    """

    release: str | None = None
    dates: DateOrder | None = None
    covers: tuple[str, ...] = ()
    published: date | None = None
    loaded: date | None = None


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

    Raises:
        EventsError: the folder is laid out as an earlier version did, or the options cannot be read.
    """
    files = current_files(home, EVENTS)
    if SCHEMA_1_OPTIONS in files:
        cure = f"Run `vedette upgrade CASE`; for a case that comes with vedette rename it to {OPTIONS}."
        found = "a file of an earlier vedette with the options of event files"
        raise EventsError(
            f"{home / EVENTS} is of an earlier layout.",
            [Problem(f"{EVENTS}/{SCHEMA_1_OPTIONS}", 0, "", f"{EVENTS}/{OPTIONS}", found, cure)],
        )
    if strange := list(_strange(files, home)):
        raise EventsError(f"{home / EVENTS} holds what is not read.", strange)
    options = _read_options(files.pop(OPTIONS, None))
    entries = (replace(event_file(path), name=name) for name, path in files.items())
    return tuple(replace(found, options=options.get(found.sha256, FileOptions())) for found in entries)


def _strange(files: Mapping[str, Path], home: Path) -> Iterator[Problem]:
    """Problems of what is no file, or a link out of the case."""
    for name, path in files.items():
        if way := obstacle(path, home):
            yield Problem(f"{EVENTS}/{name}", 0, "", "an event file", way.found, way.cure)


def event_file(path: Path, options: FileOptions | None = None) -> EventFile:
    """A file with its size and hash.

    Raises:
        OSError: it is not there, no file, or not to be read.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return EventFile(path.name, path, os.fstat(file.fileno()).st_size, digest, options or FileOptions())


def fingerprint(entries: Sequence[EventFile], case: Case) -> str:
    """A digest of the inputs of a store: files, their options, the country, words that are names."""
    files = sorted((e.name, e.bytes, e.sha256, *asdict(e.options).values()) for e in entries)
    seen = json.dumps([SCHEMA_VERSION, asdict(case.country), case.literal_words, files], default=str)
    return hashlib.sha256(seen.encode()).hexdigest()


def options_bytes(entries: Sequence[EventFile]) -> bytes:
    """The options of files as the bytes of options.json."""
    said = {e.sha256: {k: v for k, v in asdict(e.options).items() if v} for e in entries}
    kept = {digest: words for digest, words in sorted(said.items()) if words}
    return (json.dumps(kept, indent=2, default=str) + "\n").encode("utf-8")


def _read_options(path: Path | None) -> dict[str, FileOptions]:
    if path is None:
        return {}
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return {
            digest: FileOptions(
                words.get("release"),
                DateOrder(words["dates"]) if "dates" in words else None,
                tuple(str(parse_days(run)) for run in words.get("covers", ())),
                *(parse_day(words[name]) if name in words else None for name in ("published", "loaded")),
            )
            for digest, words in said.items()
        }
    except (ValueError, RecursionError, AttributeError, UsageError) as error:
        cure = "Put it back from a copy, or remove it and give the options again: vedette events load --help"
        found = f"something else ({error})"
        raise EventsError(
            f"{path} cannot be read.",
            [Problem(f"{EVENTS}/{OPTIONS}", 0, "", "options of event files as JSON", found, cure)],
        ) from error
