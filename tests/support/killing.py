"""Commands killed at a file-system call: what strace saw them do, and one kill at one of those calls.

A command is first traced whole. Each call that it made on files of the test's own folder is named by the
thread that made it and how many calls of that name the thread had made, by which `strace` finds it again.
"""

import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHANGING = {
    *(
        "write",
        "pwrite64",
        "writev",
        "pwritev",
        "ftruncate",
        "truncate",
        "fallocate",
        "copy_file_range",
        "sendfile",
    ),
    *("rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat"),
    *("link", "linkat", "symlink", "symlinkat", "fsync", "fdatasync", "flock"),
    *("chmod", "fchmod", "fchmodat", "chown", "fchown", "fchownat", "lchown", "utimensat"),
    *("setxattr", "lsetxattr", "fsetxattr", "removexattr"),
}
"""Calls that change what is on the disk, make it durable or lock it; `openat` too where it makes a file."""
FILLING = {
    *("openat", "write", "pwrite64", "sendfile", "copy_file_range", "fallocate", "ftruncate"),
    *("mkdir", "link", "symlink", "rename", "fsync", "fdatasync"),
}
"""Calls that need space on the disk, or notice that there was none."""
READING = {
    *("openat", "newfstatat", "statx", "stat", "lstat", "access", "faccessat2"),
    *("getdents64", "read", "pread64", "getxattr"),
}
"""Calls that look at what is there."""
_MAKES = re.compile(r"O_(?:CREAT|TRUNC|WRONLY|RDWR)")
_HERE, _RELATIVE = re.compile(r"AT_FDCWD<[^>]*>"), re.compile(r'(?:AT_FDCWD, )?"[^/"]')
_ENTRY = re.compile(r"^(?:(\d+) +)?(\w+)\((.*)$")
_RANDOM = re.compile(r"\b(?:[0-9a-f]{12}|[0-9a-f]{40}|[0-9a-f]{64})\b")
_NAMED = re.compile(r'"[^"]+"|(?<=\d)<[^>]+>|\bO_[A-Z_|]+')


@dataclass(frozen=True)
class Call:
    """A file-system call of a command: the n-th of its name in its thread (0: the first thread).

    ``what`` is the files that it names, without what is random in their names, and how it opens them.
    """

    name: str
    number: int
    thread: int
    what: str

    def changes(self) -> bool:
        """Whether the disk is another after it."""
        return self.name in CHANGING or (self.name == "openat" and bool(_MAKES.search(self.what)))


@dataclass(frozen=True)
class Ended:
    """How a command ended: exit code (negative: the signal), what it printed, its calls in their order.

    ``failed`` is what the calls named that strace made fail.
    """

    code: int
    said: str
    complained: str
    calls: tuple[Call, ...]
    failed: tuple[str, ...]


class WarmServer:
    """Runs commands of vedette in forks of a process that has read it already, under `strace` if need be."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.case, self.home, self.temporary = root / "fourland", root / "home", root / "tmp"
        self._log, self._said, self._given = (
            root.parent / "trace",
            root.parent / "said",
            root.parent / "given",
        )
        tests = Path(__file__).parents[1]
        path = os.pathsep.join([str(tests.parent), str(tests)])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "support.warm_server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1"},
        )
        assert self._answer() == "ready"

    def run(self, words: Sequence[str], given: str = "", trace: Sequence[str] | None = None) -> Ended:
        """Runs a command; ``trace`` are the arguments for `strace`, None to run without it."""
        errors = Path(f"{self._said}.err")
        for file in (self._log, self._said, self._given, errors):
            file.unlink(missing_ok=True)
            file.touch()
        self._given.write_text(given)
        environment = {
            **{"HOME": str(self.home), "VEDETTE_HOME": str(self.home / ".vedette")},
            **{"TMPDIR": str(self.temporary), "COLUMNS": "200", "NO_COLOR": "1", "PATH": os.environ["PATH"]},
        }
        asked = {"words": list(words), "environment": environment, "folder": str(self.root)}
        process = self._asked({**asked, "given": str(self._given), "said": str(self._said)})
        with self._traced(process, trace):
            code = self._asked("go")
        log = self._log.read_text(errors="replace")
        failed = tuple(map(named, filter(lambda line: "(INJECTED)" in line, log.splitlines())))
        calls = tuple(calls_of(log, process, self.root))
        return Ended(code, self._said.read_text(), errors.read_text(), calls, failed)

    def traced(self, words: Sequence[str], given: str = "") -> Ended:
        """Runs a command whole and notes its calls."""
        return self.run(words, given, ["-f", f"--trace={','.join(sorted(CHANGING | READING))}"])

    def killed(self, words: Sequence[str], call: Call, given: str = "") -> Ended:
        """Runs a command that is killed (SIGKILL) when it makes a call."""
        inject = f"--inject={call.name}:signal=SIGKILL:when={call.number}"
        return self.run(words, given, ["-f", f"--trace={call.name}", inject])

    def refused(self, words: Sequence[str], call: Call, given: str = "") -> Ended:
        """Runs a command for which the disk is full (ENOSPC) at one call of its first thread.

        The others are left alone: they write to pipes of their own to wake each other, which no disk stops.
        """
        inject = f"--inject={call.name}:error=ENOSPC:when={call.number}"
        return self.run(words, given, [f"--trace={call.name}", inject])

    def close(self) -> None:
        """Ends the process."""
        self._process.communicate(timeout=30)

    def _asked(self, what: Mapping[str, Any] | str) -> int:
        assert self._process.stdin
        print(json.dumps(what), file=self._process.stdin, flush=True)
        return int(self._answer())

    def _answer(self) -> Any:
        assert self._process.stdout
        return json.loads(self._process.stdout.readline())

    @contextmanager
    def _traced(self, process: int, trace: Sequence[str] | None) -> Iterator[None]:
        if trace is None:
            yield
            return
        command = ["strace", "-y", "-s", "0", "-o", str(self._log), *trace, "-p", str(process)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
            assert tracer.stderr
            first = tracer.stderr.readline()
            assert "attached" in first, first
            yield
            tracer.stderr.read()


def calls_of(log: str, process: int, root: Path) -> Iterator[Call]:
    """The calls in a log of strace on a process that name a file below a folder."""
    threads = {str(process): 0}
    counts = Counter[tuple[str, str]]()
    for line in log.splitlines():
        found = _ENTRY.match(line)
        if not found:
            continue
        thread, name, rest = found.groups(default=str(process))
        threads.setdefault(thread, len(threads))
        counts[thread, name] += 1
        rest = _HERE.sub("AT_FDCWD", rest)
        if f"{root}/" in rest or f"<{root}>" in rest or f'"{root}"' in rest or _RELATIVE.match(rest):
            yield Call(name, counts[thread, name], threads[thread], named(rest))


def named(line: str) -> str:
    """The files that a call in the log of strace names, without what is random, and how it opens them."""
    return _RANDOM.sub("", " ".join(_NAMED.findall(_HERE.sub("AT_FDCWD", line).split(" = ")[0])))


def chosen(calls: Sequence[Call], fewest: int, seed: int = 13) -> list[Call]:
    """The calls to kill at: all that change the disk, and a sample of the others if they are too few."""
    changing = [call for call in calls if call.changes()]
    others = [call for call in calls if not call.changes()]
    more = max(0, min(len(others), fewest - len(changing)))
    return [*changing, *random.Random(seed).sample(others, more)]


def sampled(calls: Sequence[Call], most: int | None, seed: int = 13) -> list[Call]:
    """At most so many of some calls, in their order."""
    places = range(len(calls))
    return [
        calls[place]
        for place in sorted(random.Random(seed).sample(places, min(len(calls), most or len(calls))))
    ]


def filling(calls: Sequence[Call]) -> list[Call]:
    """The calls that fail on a full disk."""
    return [call for call in calls if call.changes() and call.name in FILLING and not call.thread]


def copied(template: Path, root: Path) -> None:
    """Makes a folder what its template is."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(template, root, symlinks=True)
