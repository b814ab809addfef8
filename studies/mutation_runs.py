"""Runs the tests of a room against mutants, each in a fresh process on a copy of the repository."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from mutation import Mutant

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "build", "__pycache__", ".*_cache", ".hypothesis", ".vedette", "mutants"
)
FIRST = 30
"""So many tests that reach the line are tried before all of the room, the quickest first."""
SLOWER = 5
LEAST_TIMEOUT = 60.0
NOT_FOUND = 4
"""The exit code of pytest where a test named does not exist."""


@dataclass(frozen=True)
class Room:
    """A part of the code and what tests it: patterns of folders or files, from the root of the repository."""

    name: str
    sources: tuple[str, ...]
    tests: tuple[str, ...]

    def files(self, root: Path) -> list[str]:
        """Its source files, by name."""
        found = [path for pattern in self.sources for path in root.glob(pattern)]
        modules = [file for path in found for file in ([path] if path.is_file() else path.rglob("*.py"))]
        return sorted(str(file.relative_to(root)) for file in modules)

    def tested_by(self, root: Path) -> list[str]:
        """The folders and files of its tests, as pytest takes them.

        Raises:
            RuntimeError: there are none.
        """
        found = sorted(str(path.relative_to(root)) for pattern in self.tests for path in root.glob(pattern))
        if not found:
            raise RuntimeError(f"{self.name}: no tests at {', '.join(self.tests)}")
        return found


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: ``killed``, ``timed out`` (killed too), ``survived``, or ``not run``."""

    room: str
    mutant: Mutant
    fate: str


@dataclass(frozen=True)
class Reach:
    """The tests that run each line of a room without a mutant, and the seconds that all of them take."""

    lines: dict[str, dict[str, list[str]]]
    times: dict[str, float]
    seconds: float

    def quickest(self, mutant: Mutant) -> list[str]:
        """The quickest tests that run the line of a mutant; none where it runs on import only."""
        tests = self.lines.get(mutant.file, {}).get(str(mutant.line), [])
        return sorted(tests, key=lambda test: (self.times.get(test, 0.0), test))[:FIRST]


def judge(
    root: Path,
    jobs: Sequence[tuple[Room, Mutant]],
    work: Path,
    processes: int,
    minutes: float,
    tell: Callable[[str], None],
) -> list[Verdict]:
    """What became of each mutant, in the order given; ``work`` is an empty folder for copies of ``root``.

    Raises:
        RuntimeError: the tests of a room fail without any mutant.
    """
    until = time.monotonic() + 60 * minutes
    trees = _Trees(root, work, processes)
    with ThreadPoolExecutor(processes) as pool:
        rooms = list(dict.fromkeys(room for room, _ in jobs))
        reaches = dict(zip(rooms, pool.map(lambda room: _reach(trees, room), rooms), strict=True))

        def one(job: tuple[Room, Mutant]) -> Verdict:
            room, mutant = job
            if time.monotonic() > until:
                return Verdict(room.name, mutant, "not run")
            with trees.one() as tree:
                verdict = Verdict(room.name, mutant, _fate(tree, room, mutant, reaches[room]))
            tell(f"{verdict.fate:9} {mutant.file}:{mutant.line}  {mutant.after.partition(chr(10))[0]}")
            return verdict

        return list(pool.map(one, jobs))


class _Trees:
    """Copies of the repository, as many as processes; each is lent to one at a time."""

    def __init__(self, root: Path, work: Path, number: int) -> None:
        self._free: SimpleQueue[Path] = SimpleQueue()
        for each in range(number):
            tree = (work / f"tree-{each}").resolve()
            shutil.copytree(root, tree, ignore=LEFT_OUT)
            self._free.put(tree)

    @contextmanager
    def one(self) -> Iterator[Path]:
        """A copy that nobody else uses meanwhile."""
        tree = self._free.get()
        try:
            yield tree
        finally:
            self._free.put(tree)


def _reach(trees: _Trees, room: Room) -> Reach:
    with trees.one() as tree:
        out = tree / f"reached-{room.name}.json"
        sources = os.pathsep.join(str(tree / source) for source in room.files(tree))
        begun = time.monotonic()
        watched = {"REACHED_SOURCE": sources, "REACHED_OUT": str(out)}
        said = tree / f"said-{room.name}.txt"
        code = _pytest(tree, ["-p", "reached", *room.tested_by(tree)], None, watched, said)
        if code != 0:
            last = "\n".join(said.read_text(encoding="utf-8").splitlines()[-40:])
            raise RuntimeError(f"{room.name}: tests fail without a mutant (exit code {code}):\n{last}")
        found = json.loads(out.read_text(encoding="utf-8"))
        lines = {str(Path(file).relative_to(tree)): tests for file, tests in found["lines"].items()}
        return Reach(lines, found["times"], time.monotonic() - begun)


def _fate(tree: Path, room: Room, mutant: Mutant, reach: Reach) -> str:
    """First the tests that reach the line, then, if all pass, the whole room."""
    file = tree / mutant.file
    original, times = file.read_bytes(), file.stat()
    file.write_text(mutant.source, encoding="utf-8")
    # Compiled files go by size and whole seconds: a mutant must never look like the file before it.
    os.utime(file, (times.st_atime, times.st_mtime + 1000))
    try:
        few = reach.quickest(mutant)
        timeout = max(LEAST_TIMEOUT, SLOWER * reach.seconds)
        if few and _pytest(tree, ["-x", *few], timeout) not in (0, NOT_FOUND):
            return "killed"
        return "survived" if _pytest(tree, ["-x", *room.tested_by(tree)], timeout) == 0 else "killed"
    except subprocess.TimeoutExpired:
        return "timed out"
    finally:
        file.write_bytes(original)
        os.utime(file, (times.st_atime, times.st_mtime))


def _pytest(
    tree: Path,
    words: Sequence[str],
    timeout: float | None,
    more: Mapping[str, str] | None = None,
    said: Path = Path(os.devnull),
) -> int:
    """The exit code of pytest in a fresh process on a copy; what it prints goes to ``said``.

    A run with a timeout writes no compiled files.
    """
    surroundings = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(tree), str(Path(__file__).parent)]),
        "OPENBLAS_NUM_THREADS": "1",
        **({} if timeout is None else {"PYTHONDONTWRITEBYTECODE": "1"}),
        **(more or {}),
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words]
    with (
        said.open("wb") as out,
        subprocess.Popen(
            command, cwd=tree, env=surroundings, stdout=out, stderr=out, start_new_session=True
        ) as process,
    ):
        try:
            return process.wait(timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
