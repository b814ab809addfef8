"""What hindcasts of a case came to: a record, told of as long as what they rest on stands."""

import hashlib
import json
import warnings
from collections.abc import Iterator
from typing import Any

from vedette.cache import program_digest
from vedette.case import Case
from vedette.case.geography.handed_on import polygons_of
from vedette.case.schema.settings import FILE as SETTINGS
from vedette.case.writing.folder import settings_of, tables_of
from vedette.errors import Remark, StorageError
from vedette.events.folder import event_files
from vedette.files import HINDCASTS, replacing
from vedette.scenario.language.mechanism import Mechanism

_WRITTEN = ("mechanisms.yaml", "test-questions.csv", "scenarios/*.yaml")


def kept_hindcast(mechanism: Mechanism) -> dict[str, Any] | None:
    """The document of the last `vedette hindcast` of a case as it stands; None if there is none.

    An edition that withholds something has only what was run on what it holds: see `Case.apart`.
    """
    folder = mechanism.case.workspace() / HINDCASTS
    if not folder.is_dir():
        return None
    try:
        document = json.loads((folder / _name(mechanism)).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return document if isinstance(document, dict) else None


def keep_hindcast(mechanism: Mechanism, document: dict[str, Any]) -> None:
    """Writes the document of a hindcast beside the register; starts that it did not run stay as they were.

    Where it cannot be written, a remark says so.
    """
    home, kept = mechanism.case.workspace(), kept_hindcast(mechanism) or {"starts": []}
    starts = {start["start"]: start for start in (*kept["starts"], *document["starts"])}
    whole = {**document, "starts": [starts[name] for name in sorted(starts)]}
    try:
        with replacing(home / HINDCASTS / _name(mechanism), home=home) as file:
            file.write_bytes(json.dumps(whole, ensure_ascii=False).encode())
    except StorageError as error:
        told = f"This was not kept, so that briefs and comparisons will not tell of it: {error}"
        warnings.warn(told, Remark, stacklevel=2)


def _name(mechanism: Mechanism) -> str:
    """A name by a hash of the program, of the case as the edition holds it, and of its event files."""
    digest, case = hashlib.blake2b(program_digest(), digest_size=12), mechanism.case
    for name, content in (*_held(case), *_files(case, *_WRITTEN)):
        digest.update(f"{name} {len(content)}\n".encode() + content)
    for file in event_files(case.workspace()):
        digest.update(f"{file.name} {file.sha256} {file.options}\n".encode())
    return f"{digest.hexdigest()}.json"


def _held(case: Case) -> Iterator[tuple[str, bytes]]:
    """Tables, settings and polygons: of the whole case as they are written, else as the edition has them."""
    if not case.apart:
        yield from _files(case, SETTINGS, *(model.file for model, _ in tables_of(case)))
    else:
        yield SETTINGS, settings_of(case).encode()
        for model, table in tables_of(case):
            if table is not None:
                yield model.file, table.write_json().encode()
    yield from polygons_of(case.folder)


def _files(case: Case, *patterns: str) -> Iterator[tuple[str, bytes]]:
    for pattern in patterns:
        for file in sorted(case.folder.glob(pattern)):
            yield file.relative_to(case.folder).as_posix(), file.read_bytes()
