"""Unpacking: the one table inside a ZIP archive, as UCDP hands out its releases."""

import shutil
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from vedette.errors import FetchError
from vedette.events.disk import storing
from vedette.files import remove_file, replacing

LARGEST = 4_000_000_000
"""Bytes of the largest table taken out of an archive."""

_TABLES = (".csv", ".tsv", ".txt")


def unpack(file: Path, home: Path | None = None) -> Path:
    """Takes the table out of a ZIP archive and removes the archive; any other file stays as it is.

    ``home`` is the folder of a case whose strictest table limits who may read what comes out.

    Returns:
        Where the table lies: beside the archive, under its own name.

    Raises:
        FetchError: the archive is damaged, or does not hold exactly one table of a sensible size.
        StorageError: the disk stands in the way.
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
    """Writes the table; stops, with nothing in its place, where more comes out than was declared."""
    with replacing(target, home=home) as made, made.open("wb") as out, archive.open(table) as source:
        shutil.copyfileobj(source, out, 1 << 20)
