"""Unpacks ZIP archives with one table, the format of UCDP's releases, and tables packed with gzip."""

import gzip
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from vedette.errors import FetchError
from vedette.events.disk import storing
from vedette.files import remove_file, replacing

LARGEST = 4_000_000_000
"""The size of the largest table that is unpacked, in bytes."""

_TABLES = (".csv", ".tsv", ".txt", ".json", ".geojson", ".parquet")


def unpack(file: Path, home: Path | None = None) -> Path:
    """Unpacks the table in a ZIP or gzip archive and removes the archive; any other file is not changed.

    ``home`` is a case folder: the table gets no wider permissions than the strictest table of this case.

    Returns:
        The path of the table, beside the archive.

    Raises:
        FetchError: the archive is damaged, or does not contain exactly one table of a permitted size.
        StorageError: the table cannot be written.
    """
    match file.suffix.lower():
        case ".zip":
            target = _unzipped(file, home)
        case ".gz":
            target = _gunzipped(file, home)
        case _:
            return file
    remove_file(file)
    return target


def _unzipped(file: Path, home: Path | None) -> Path:
    try:
        with storing(), ZipFile(file) as archive:
            table = _only_table(archive, file.name)
            target = file.with_name(Path(table.filename).name)
            _extract(archive, table, target, home)
    except BadZipFile as error:
        raise FetchError(f"{file.name} is no sound ZIP archive ({error}). Fetch it again.") from error
    return target


def _gunzipped(file: Path, home: Path | None) -> Path:
    target = file.with_suffix("")
    with storing(), replacing(target, home=home) as made, made.open("wb") as out:
        for chunk in _chunks(file):
            out.write(chunk)
    return target


def _chunks(file: Path) -> Iterator[bytes]:
    size = 0
    try:
        with gzip.open(file) as source:
            while chunk := source.read(1 << 20):
                size += len(chunk)
                if size > LARGEST:
                    raise _too_large(file.name, "more")
                yield chunk
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise FetchError(f"{file.name} is no sound gzip archive ({error}). Fetch it again.") from error


def _only_table(archive: ZipFile, name: str) -> ZipInfo:
    tables = [entry for entry in archive.infolist() if entry.filename.lower().endswith(_TABLES)]
    if len(tables) != 1:
        names = ", ".join(entry.filename for entry in archive.infolist()[:5]) or "nothing"
        raise FetchError(
            f"{name}: expected one table (.csv) inside; found {len(tables)} ({names}). Unpack it by hand and "
            "load the file you want with: vedette events load"
        )
    if tables[0].file_size > LARGEST:
        raise _too_large(name, f"{tables[0].file_size:,}")
    return tables[0]


def _too_large(name: str, found: str) -> FetchError:
    return FetchError(
        f"{name}: expected a table of at most {LARGEST:,} bytes; found {found}. "
        "Unpack it by hand if you trust it."
    )


def _extract(archive: ZipFile, table: ZipInfo, target: Path, home: Path | None) -> None:
    """Writes the table; stops and leaves no file if it is larger than the archive declares."""
    with replacing(target, home=home) as made, made.open("wb") as out, archive.open(table) as source:
        shutil.copyfileobj(source, out, 1 << 20)
