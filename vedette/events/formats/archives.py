"""Unpacks ZIP archives with one table, the format of UCDP's releases."""

import shutil
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from vedette.errors import FetchError
from vedette.events.disk import storing
from vedette.files import remove_file, replacing

LARGEST = 4_000_000_000
"""The size of the largest table that is unpacked, in bytes."""

_TABLES = (".csv", ".tsv", ".txt")


def unpack(file: Path, home: Path | None = None) -> Path:
    """Unpacks the table in a ZIP archive and removes the archive; any other file is not changed.

    ``home`` is a case folder: the table gets no wider permissions than the strictest table of this case.

    Returns:
        The path of the table, beside the archive.

    Raises:
        FetchError: the archive is damaged, or does not contain exactly one table of a permitted size.
        StorageError: the table cannot be written.
    """
    if file.suffix.lower() != ".zip":
        return file
    try:
        with storing(), ZipFile(file) as archive:
            table = _only_table(archive, file.name)
            target = file.with_name(Path(table.filename).name)
            _extract(archive, table, target, home)
    except BadZipFile as error:
        raise FetchError(f"{file.name} is no sound ZIP archive ({error}). Fetch it again.") from error
    remove_file(file)
    return target


def _only_table(archive: ZipFile, name: str) -> ZipInfo:
    tables = [entry for entry in archive.infolist() if entry.filename.lower().endswith(_TABLES)]
    if len(tables) != 1:
        names = ", ".join(entry.filename for entry in archive.infolist()[:5]) or "nothing"
        raise FetchError(
            f"{name}: expected one table (.csv) inside; found {len(tables)} ({names}). Unpack it by hand and "
            "load the file you want with: vedette events load"
        )
    if tables[0].file_size > LARGEST:
        raise FetchError(
            f"{name}: expected a table of at most {LARGEST:,} bytes; found {tables[0].file_size:,}. "
            "Unpack it by hand if you trust it."
        )
    return tables[0]


def _extract(archive: ZipFile, table: ZipInfo, target: Path, home: Path | None) -> None:
    """Writes the table; stops and leaves no file if it is larger than the archive declares."""
    with replacing(target, home=home) as made, made.open("wb") as out, archive.open(table) as source:
        shutil.copyfileobj(source, out, 1 << 20)
