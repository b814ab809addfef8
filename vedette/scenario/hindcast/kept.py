"""The cache of a hindcast: the document of the last run, as long as nothing that it rests on has changed."""

import hashlib
import json
from contextlib import suppress
from typing import Any

from vedette.cache import program_digest
from vedette.errors import StorageError
from vedette.files import replacing
from vedette.scenario.language.mechanism import Mechanism

FOLDER = ".vedette/scenario"
_TABLES = ("*.csv", "*.yaml", "*.geojson", "scenarios/*.yaml")


def kept_hindcast(mechanism: Mechanism) -> dict[str, Any] | None:
    """The document of the last `vedette hindcast` of a case as it stands; None if there is none."""
    file = mechanism.case.workspace() / FOLDER / _name(mechanism)
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return document if isinstance(document, dict) else None


def keep_hindcast(mechanism: Mechanism, document: dict[str, Any]) -> None:
    """Writes the document of a hindcast into the cache; a cache that cannot be written is done without.

    Starts that it did not run stay as they were kept.
    """
    home, kept = mechanism.case.workspace(), kept_hindcast(mechanism) or {"starts": []}
    starts = {start["start"]: start for start in (*kept["starts"], *document["starts"])}
    whole = {**document, "starts": [starts[name] for name in sorted(starts)]}
    with suppress(StorageError), replacing(home / FOLDER / _name(mechanism), home=home) as file:
        file.write_bytes(json.dumps(whole, ensure_ascii=False).encode())


def _name(mechanism: Mechanism) -> str:
    """A name by a hash of the program, of the tables of the case, and of its event files.

    An event file is told by its name, its size and when it was last changed.
    """
    digest = hashlib.blake2b(program_digest(), digest_size=12)
    folder = mechanism.case.folder
    for pattern in _TABLES:
        for file in sorted(folder.glob(pattern)):
            digest.update(f"{file.name}\n".encode() + file.read_bytes())
    events = mechanism.case.workspace() / "events"
    for file in sorted(events.rglob("*")) if events.is_dir() else ():
        state = file.stat()
        digest.update(f"{file.name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return f"hindcast-{digest.hexdigest()}.json"
