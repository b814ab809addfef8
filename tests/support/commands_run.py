"""One run of every command, watched by Python and, where it can be, by strace; made once for all tests."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.once import Once

_TESTS = Path(__file__).parents[1]
_OUTWARD = re.compile(r"sa_family=AF_INET")
DESK, SAID, CALLS, COMPLAINED = "desk", "said.txt", "calls.txt", "complained.txt"


@pytest.fixture(scope="session")
def commands_run(once: Once) -> Path:
    """The folder of the run: the desk, what was said of each command, and the calls outward."""

    def make(folder: Path) -> None:
        done, calls = traced(["-m", "support.all_commands", str(folder / DESK)], folder / "trace")
        (folder / SAID).write_text(done.stdout, encoding="utf-8")
        (folder / CALLS).write_text("\n".join(calls), encoding="utf-8")
        (folder / COMPLAINED).write_text(done.stderr, encoding="utf-8")

    return once("commands-run", make)


def traced(words: list[str], trace: Path) -> tuple["subprocess.CompletedProcess[str]", list[str]]:
    """A run, and the calls outward that Python or, where strace can run, the kernel saw."""
    strace = shutil.which("strace")
    watched = ("-f", "--seccomp-bpf", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o", str(trace))
    before = (strace, *watched) if strace else ()
    if before and _in_a_process(["-c", ""], before).returncode != 0:
        before = ()
    done = _in_a_process(words, before)
    calls = [line for line in done.stdout.splitlines() if line.startswith("outside")]
    if before:
        calls += filter(_OUTWARD.search, trace.read_text(encoding="utf-8", errors="replace").splitlines())
    return done, calls


def _in_a_process(words: list[str], before: tuple[str, ...] = ()) -> "subprocess.CompletedProcess[str]":
    """A Python process with the helpers of the tests on its path."""
    paths = os.pathsep.join([str(_TESTS.parent), str(_TESTS), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [*before, sys.executable, *words],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
