"""Opens databases, and turns errors of the disk into messages."""

import errno
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import duckdb
import nanoarrow
import polars as pl

from vedette.errors import StorageError
from vedette.files import scratch

MEMORY = "1GB"
"""The memory that DuckDB may take before it moves to disk."""

_CURES = {
    errno.ENOSPC: "Free some space and repeat.",
    errno.EDQUOT: "Free some space and repeat.",
    errno.ENOENT: "Check the name; the file may have been moved or removed.",
    errno.EISDIR: "Name the files in it one by one.",
    errno.ENOTDIR: "A file stands where a folder should be: move it away.",
}
_ELSE = "Allow it, or copy the case to a folder of yours (shipped cases: set VEDETTE_HOME)."


_DISK = (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException, duckdb.TransactionException)
"""What DuckDB raises where the disk stands in its way; a commit fails for no other reason here."""


@contextmanager
def storing() -> Iterator[None]:
    """Turns errors of the disk into a `StorageError` with a cure."""
    try:
        yield
    except OSError as error:
        what = error.filename or "the disk"
        cure = _CURES.get(error.errno or 0, _ELSE)
        raise StorageError(f"{what}: {error.strerror or error}. {cure} Nothing was changed.") from error
    except _DISK as error:
        first = str(error).splitlines()[0]
        cure = "Look whether the disk has space and can be written, then repeat."
        raise StorageError(f"{first}. {cure} Nothing was changed.") from error


@contextmanager
def database(path: Path, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """An open database; it never reaches for the network. Ctrl-C in the middle of a query is Ctrl-C.

    What does not fit in memory goes to a folder of temporary files beside the database, which for one that is
    written is among temporary files already. Where none can be made, memory must do.
    """
    with ExitStack() as stack:
        folder = str(path.parent)
        if read_only:
            try:
                folder = str(stack.enter_context(scratch(path.parent)))
            except OSError:
                folder = ""
        yield stack.enter_context(_connected(path, read_only, folder))


@contextmanager
def _connected(path: Path, read_only: bool, temporary: str) -> Iterator[duckdb.DuckDBPyConnection]:
    config = {
        "memory_limit": MEMORY,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "temp_directory": temporary,
    }
    with closing(duckdb.connect(path, read_only=read_only, config=dict(config))) as connection:
        try:
            yield connection
        except (RuntimeError, duckdb.InterruptException) as error:
            if "interrupt" not in str(error).lower():
                raise
            raise KeyboardInterrupt from error


def frame(found: duckdb.DuckDBPyRelation) -> pl.DataFrame:
    """The rows of a query as a Polars frame."""
    return pl.DataFrame(nanoarrow.c_array_stream(found))
