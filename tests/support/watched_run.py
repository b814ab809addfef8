"""A run through vedette in which every write is watched: who made it, and where.

Run as ``python -m support.watched_run FOLDER``, which must hold what `killed_commands.prepared` makes.
Prints a line of JSON for each command that failed, and a last one with the number of writes and those that
vedette/files neither made nor gave the path for.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType

from support.killed_commands import ADD, EXPORT
from support.running import typed

FILES = str(Path(__file__).parents[2] / "vedette" / "files") + os.sep
GIVEN = f"{os.sep}.vedette-tmp-"
"""What a path has in it that vedette/files gave."""

_EVENTS: Mapping[str, tuple[tuple[int, int | None], ...]] = {
    "os.rename": ((0, 2), (1, 3)),
    "os.link": ((1, 3),),
    "os.symlink": ((1, 2),),
    "os.remove": ((0, 1),),
    "os.rmdir": ((0, 1),),
    "os.mkdir": ((0, 2),),
    "os.chmod": ((0, 2),),
    "os.chown": ((0, 3),),
    "os.utime": ((0, 3),),
    "shutil.copyfile": ((1, None),),
    **dict.fromkeys(("os.truncate", "os.setxattr", "os.removexattr", "sqlite3.connect"), ((0, None),)),
    **dict.fromkeys(("tempfile.mkstemp", "tempfile.mkdtemp"), ((0, None),)),
}
"""Where in the arguments of an audit event a written path stands, and the open folder that it counts from."""
_MODES = set("wax+")
_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_TABLE = ("counts", "forecast", "counts.csv", "--model", "zero", "--draws", "20", "--months", "2")
_CASE = ("forecast", "fourland", "--model", "zero", "--draws", "20")
RUN: Sequence[tuple[str, ...]] = (
    ("new", "chad", "--country", "Chad"),
    ("events", "load", "fourland", "first.csv"),
    ("events", "load", "fourland", "second.csv"),
    ("events", "fetch", "fourland", "ucdp"),
    ("events", "summary", "fourland"),
    ("events", "aggregate", "fourland", "--out", "out/observed.csv"),
    ("events", "aggregate", "fourland"),
    ("add", "source", "fourland", "--id", "fresh", "--title", "A source"),
    ADD,
    ("read", "fourland", "report.txt"),
    ("review", "fourland"),
    EXPORT,
    ("import", "followthemoney", "other.json", "--into", "fourland", "--yes"),
    ("undo", "fourland"),
    (*_CASE, "--register"),
    (*_CASE, "--out", "out/draws.csv", "--netcdf", "out/draws.nc"),
    (*_CASE, "--out", "out/draws.parquet"),
    ("register", "fourland"),
    (*_TABLE, "--out", "out/counts.parquet"),
    (
        "score",
        "fourland",
        "--models",
        "zero",
        "--draws",
        "20",
        "--out",
        "out/scores.csv",
        "--page",
        "out/record.html",
    ),
    ("export", "followthemoney", "fourland", "--out", "out/ftm.json", "--edition", "internal"),
    ("export", "workbook", "fourland", "out/book.xlsx"),
    ("import", "sheet", "out/book.xlsx", "--into", "fourland"),
    ("export", "case", "fourland", "--out", "exported"),
    ("mechanisms", "fourland", "--out", "out/mechanisms.html"),
    ("mechanisms", "fourland", "--out", "out/mechanisms.svg"),
    ("compare", "fourland", "stay", "leave", "--draws", "20", "--out", "out/compared.json"),
    ("compare", "fourland", "stay", "leave", "--draws", "20", "--out", "out/compared.csv"),
    ("brief", "fourland", "--out", "out"),
)
"""Commands that write, one after the other on one case."""


class Watch:
    """Notes the writes of this process."""

    def __init__(self) -> None:
        self.seen = 0
        self.faults: list[str] = []
        self.command = ""

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        for path in _written(event, arguments):
            self.seen += 1
            frame = sys._getframe(1)
            if GIVEN not in path and not _through_files(frame):
                self.faults.append(f"{self.command}: {event} {path}, by {_caller(frame)}")


def _written(event: str, arguments: tuple[object, ...]) -> Iterator[str]:
    """The paths that are written."""
    places = _EVENTS.get(event, ())
    if event == "open":
        _, mode, flags = arguments
        writes = set(mode) & _MODES if isinstance(mode, str) else isinstance(flags, int) and flags & _FLAGS
        places = ((0, None),) if writes else ()
    for place, folder in places:
        path = arguments[place]
        if isinstance(path, str | bytes | os.PathLike):
            above = (
                "."
                if folder is None or arguments[folder] in (-1, None)
                else f"/proc/self/fd/{arguments[folder]}"
            )
            whole = str(Path(above).resolve() / os.fsdecode(path))
            if not whole.startswith(("/dev/", "/proc/")):
                yield whole


def _through_files(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith(FILES):
            return True
        frame = frame.f_back
    return False


def _caller(frame: FrameType | None) -> str:
    """The nearest frame in vedette, else the nearest of all."""
    package, nearest = str(Path(FILES).parent), frame
    while frame is not None and not frame.f_code.co_filename.startswith(package):
        frame = frame.f_back
    found = frame or nearest
    return f"{found.f_code.co_filename}:{found.f_lineno}" if found else "nobody"


def main(folder: Path) -> None:
    """Runs the commands in a folder and prints what they did."""
    watch = Watch()
    os.chdir(folder)
    sys.addaudithook(watch)
    for words in RUN:
        watch.command = " ".join(words[:2])
        done = typed(*words, given="a\npaper\nr\n")
        if done.returncode:
            print(json.dumps({"command": words, "code": done.returncode, "said": done.stdout + done.stderr}))
    print(json.dumps({"seen": watch.seen, "faults": sorted(set(watch.faults))}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
