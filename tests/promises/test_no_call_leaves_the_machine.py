"""Air-gapped: no call leaves the machine unless the user typed an address."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from support.all_commands import STAYS_OPEN, TYPES_AN_ADDRESS, steps
from typer.core import TyperGroup

from vedette.cli.verbs import app

TESTS = Path(__file__).parents[1]
OUTWARD = re.compile(r"sa_family=AF_INET")


def names(group: TyperGroup, words: str = "") -> Iterator[str]:
    """Every command that does something, by the words that call it."""
    context = typer.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, TyperGroup):
            yield from names(command, f"{words}{name} ")
        else:
            yield words + name


def in_a_process(words: list[str], before: tuple[str, ...] = ()) -> "subprocess.CompletedProcess[str]":
    """A Python process with the helpers of the tests on its path."""
    paths = os.pathsep.join([str(TESTS.parent), str(TESTS), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [*before, sys.executable, *words],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def traced(words: list[str], trace: Path) -> tuple["subprocess.CompletedProcess[str]", list[str]]:
    """A run, and the calls outward that Python or, where strace can run, the kernel saw."""
    strace = shutil.which("strace")
    watched = ("-f", "--seccomp-bpf", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o", str(trace))
    before = (strace, *watched) if strace else ()
    if before and in_a_process(["-c", ""], before).returncode != 0:
        before = ()
    done = in_a_process(words, before)
    calls = [line for line in done.stdout.splitlines() if line.startswith("outside")]
    if before:
        calls += filter(OUTWARD.search, trace.read_text(encoding="utf-8", errors="replace").splitlines())
    return done, calls


def test_every_command_is_among_those_that_run_here(tmp_path: Path) -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    assert {name for name, _ in steps(tmp_path)} | TYPES_AN_ADDRESS | STAYS_OPEN == set(names(group))


def test_no_command_reaches_beyond_this_machine(tmp_path: Path) -> None:
    done, calls = traced(["-m", "support.all_commands", str(tmp_path / "desk")], tmp_path / "trace")
    assert done.returncode == 0, done.stderr
    ended = [line.split(maxsplit=1) for line in done.stdout.splitlines() if line[:1].isdigit()]
    assert [name for code, name in ended if code != "0"] == []
    assert [name.strip() for _, name in ended] == [name for name, _ in steps(tmp_path)]
    assert calls == []


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6"])
def test_a_call_outward_would_be_seen(tmp_path: Path, family: str) -> None:
    address = "127.0.0.1" if family == "AF_INET" else "::1"
    program = (
        "import socket, sys; from support.all_commands import watch; sys.addaudithook(watch)\n"
        f"with socket.socket(socket.{family}, socket.SOCK_DGRAM) as line: line.connect(('{address}', 9))"
    )
    done, calls = traced(["-c", program], tmp_path / "trace")
    if done.returncode != 0 and "Error" in done.stderr:
        pytest.skip(f"this machine has no {family}")
    assert len(calls) in (1, 2)
