"""Recognises files that are no text by their first bytes, with what to do about each."""

import gzip
import zipfile
import zlib
from pathlib import Path

_CSV = "save the sheet as CSV UTF-8, with dates as YYYY-MM-DD"
_IN_R = "In R: write.csv(readRDS(FILE), NEW, row.names = FALSE, na = '')."
_STARTS: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an Excel workbook (.xls)", f"Open it and {_CSV}."),
    (b"PAR1", "a Parquet file", "Give it a name that ends in .parquet."),
    (b"<stata_dta>", "a Stata file (.dta)", "In Stata: export delimited using NEW.csv."),
    (b"$FL2", "an SPSS file (.sav)", "In SPSS: save it as CSV UTF-8."),
    (b"RDX", "an R data file", "In R: load(FILE), then write.csv(NAME, NEW, row.names = FALSE, na = '')."),
    (b"X\n\x00", "an R data file (.rds)", _IN_R),
    (b"\xfd7zXZ", "an xz archive, perhaps of R", "Unpack it, or read it in R and write it as CSV."),
    (b"BZh", "a bzip2 archive", "Unpack it: bunzip2 FILE."),
    (
        b"SQLite format 3",
        "a GeoPackage or SQLite database",
        "Export its table of events as CSV UTF-8.",
    ),
    (b"\x00\x00\x27\x0a", "a shapefile", "Export its table of events as CSV UTF-8, with the coordinates."),
    (b"ARROW1", "an Arrow or Feather file", "Write the table as Parquet or CSV."),
    (b"\x89HDF", "an HDF5 file", "Write the table as Parquet or CSV."),
    (b"\x80\x04\x95", "a Python pickle, which is never opened", "Write the table as Parquet or CSV."),
    (b"\x80\x05\x95", "a Python pickle, which is never opened", "Write the table as Parquet or CSV."),
    (b"%PDF", "a PDF", "Take the table itself; `vedette read` reads reports."),
)
_STATA = tuple(bytes([version, order]) for version in range(0x69, 0x74) for order in (1, 2))


def other_kind(path: Path, head: bytes) -> tuple[str, str] | None:
    """What a file is and what to do, if it is no text; None for text and for what is not recognised.

    ``head`` are its first bytes.
    """
    if head.startswith(b"PK\x03\x04"):
        return _archive(path)
    if head.startswith(b"\x1f\x8b"):
        return _gzipped(path)
    if head.startswith(_STATA) and b"\x00" in head[:200]:
        return "a Stata file (.dta)", "In Stata: export delimited using NEW.csv."
    return next(((what, cure) for start, what, cure in _STARTS if head.startswith(start)), None)


def _archive(path: Path) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return "a zip archive or an Excel workbook", "It is damaged: take it again."
    if any(name.startswith("xl/") for name in names):
        return "an Excel workbook", f"Open it and {_CSV}."
    if "content.xml" in names:
        return "an OpenDocument sheet", f"Open it and {_CSV}."
    if any(name.endswith(".shp") for name in names):
        return "a zipped shapefile", "Export its table of events as CSV UTF-8, with the coordinates."
    return "a zip archive", "Unpack it, and name the file that you want."


def _gzipped(path: Path) -> tuple[str, str]:
    try:
        with gzip.open(path) as inner:
            start = inner.read(8)
    except (OSError, EOFError, zlib.error):
        return "a gzip archive", "It is damaged: take it again."
    if start.startswith((b"X\n", b"RDX")):
        return "an R data file (.rds or .RData)", _IN_R
    return "a gzip archive", "Unpack it: gunzip FILE."
