"""Writes frames to a Parquet file as they come, so that a file larger than memory can be made."""

import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Full, Queue
from typing import Any

import polars as pl
from polars.exceptions import PolarsError
from polars.io.plugins import register_io_source

AddRows = Callable[[pl.DataFrame], None]
"""Adds the rows of a frame to a file."""

_PATIENCE = 0.5
_QUOTED = re.compile(r"(?:os error|errno =) (\d+)")


class _StoppedError(Exception):
    """The frames end early, because what makes them failed."""


@contextmanager
def system_errors() -> Iterator[None]:
    """Raises an `OSError` with its number in place of an error of a library that quotes one (a full disk).

    >>> with system_errors():
    ...     raise RuntimeError("parquet: No space left on device (os error 28)")
    Traceback (most recent call last):
    OSError: [Errno 28] No space left on device
    """
    try:
        yield
    except (OSError, RuntimeError, PolarsError) as error:
        if quoted := _QUOTED.search(str(error)):
            number = int(quoted[1])
            raise OSError(number, os.strerror(number)) from error
        raise


@contextmanager
def parquet_writer(path: Path, schema: dict[str, pl.DataType], **options: Any) -> Iterator[AddRows]:
    """Gives a function that adds frames of a schema to a Parquet file; few of them wait in memory.

    ``options`` are those of `polars.LazyFrame.sink_parquet`, which takes the frames in a thread of its own.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "draws.parquet"
    >>> with parquet_writer(path, {"draw": pl.Int32()}) as add:
    ...     for draw in (0, 1):
    ...         add(pl.DataFrame({"draw": [draw]}, {"draw": pl.Int32()}))
    >>> pl.read_parquet(path)["draw"].to_list()
    [0, 1]
    """
    waiting: Queue[pl.DataFrame | _StoppedError | None] = Queue(1)

    def frames(*_: object) -> Iterator[pl.DataFrame]:
        while (frame := waiting.get()) is not None:
            if isinstance(frame, _StoppedError):
                raise frame
            yield frame

    def write() -> None:
        source = register_io_source(frames, schema=pl.Schema(schema))
        source.sink_parquet(path, maintain_order=True, **options)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)

        def hand(frame: pl.DataFrame | _StoppedError | None) -> bool:
            """Waits until the writer takes a frame; False if it is done, so that it takes no more."""
            while not writing.done():
                with suppress(Full):
                    waiting.put(frame, timeout=_PATIENCE)
                    return True
            return False

        def add(frame: pl.DataFrame) -> None:
            if not hand(frame):
                writing.result()

        try:
            yield add
        except BaseException:
            hand(_StoppedError())
            raise
        hand(None)
        writing.result()
