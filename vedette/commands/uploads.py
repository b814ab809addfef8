"""Reports that a browser sent: kept apart until they are read, then gone; their text stays."""

import secrets
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from vedette.case import find_case, read_case, workspace_of
from vedette.commands.reading import ReadReport, keep_proposals, refuse_unknown_source
from vedette.errors import DataError, UsageError
from vedette.evidence import reading
from vedette.evidence.reading import ModelServer
from vedette.files import disk_errors
from vedette.progress import Report, quiet

REPORT_ENDINGS = tuple(reading.KINDS)
"""The endings of names of reports that are read."""
_FOLDER = 0o700
_FILE = 0o600
_KEPT = 24 * 3600
"""Seconds after which an upload that nobody read goes."""


def keep_upload(case: str, name: str, *, content: bytes) -> str:
    """Keeps the bytes of a report until they are read; gives the key to read them by.

    Raises:
        DataError: no report can have this name, or it is empty or too large.
        StorageError: it cannot be written.
    """
    bare = Path(name.replace("\\", "/")).name
    reading.refuse_name(Path(bare or "report"))
    reading.refuse_size(Path(bare), len(content))
    home = _home(case)
    with disk_errors(home):
        home.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
        for old in home.iterdir():
            if time.time() - old.stat().st_mtime > _KEPT:
                shutil.rmtree(old, ignore_errors=True)
        folder = home / secrets.token_hex(8)
        folder.mkdir(mode=_FOLDER)
        file = folder / bare
        file.touch(_FILE)
        file.write_bytes(content)
    return folder.name


def upload_name(case: str, key: str) -> str:
    """Returns the file name of an upload that waits to be read; empty if there is none."""
    folder = _home(case) / key
    return next((file.name for file in folder.iterdir()), "") if key.isalnum() and folder.is_dir() else ""


def read_upload(
    case: str, key: str, *, source: str = "", asked: ModelServer | None = None, report: Report = quiet
) -> ReadReport:
    """Reads an uploaded report as `read_report` reads a file, and removes the upload.

    Raises:
        UsageError: the upload is gone, the case has no such source, or a protected report would go to a
            language model.
        DataError: the file cannot be read as a report; the message names it without its folder.
    """
    name = upload_name(case, key)
    if not name:
        raise UsageError("the uploaded file is not here any more. Choose it again.")
    file = _home(case) / key / name
    known = read_case(case)
    refuse_unknown_source(known, source)
    if asked and _protected(known.sources.filter(id=source).to_dicts()):
        cure = "Read it with the rules alone: leave the address empty."
        raise UsageError(f"a protected report goes to no language model. {cure}")
    try:
        opened = reading.open_document(file, report)
    except DataError as error:
        told = [replace(one, file=name) for one in error.problems]
        raise DataError(str(error.args[0]), told) from error
    finally:
        shutil.rmtree(file.parent, ignore_errors=True)
    return keep_proposals(known, opened, source=source, asked=asked, report=report)


def _protected(rows: Sequence[Mapping[str, object]]) -> bool:
    """Whether a report is protected or marked; one whose source is not said may be."""
    return not rows or any(row["protected"] or row["handling"] not in ("", "clear") for row in rows)


def _home(case: str) -> Path:
    """The folder of the uploads of a case, for its owner alone."""
    return workspace_of(find_case(case)) / ".vedette" / "uploads"
