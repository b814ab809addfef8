"""Air-gapped: no call leaves the machine unless the user typed an address."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from support.all_commands import STAYS_OPEN, TYPES_AN_ADDRESS, steps
from support.commands_run import CALLS, COMPLAINED, SAID, traced
from typer.core import TyperGroup

from vedette.cli.verbs import app


def names(group: TyperGroup, words: str = "") -> Iterator[str]:
    """Every command that does something, by the words that call it."""
    context = typer.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, TyperGroup):
            yield from names(command, f"{words}{name} ")
        else:
            yield words + name


def test_every_command_is_among_those_that_run_here(tmp_path: Path) -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    assert {name for name, _ in steps(tmp_path)} | TYPES_AN_ADDRESS | STAYS_OPEN == set(names(group))


def test_no_command_reaches_beyond_this_machine(commands_run: Path, tmp_path: Path) -> None:
    said = (commands_run / SAID).read_text(encoding="utf-8")
    ended = [line.split(maxsplit=1) for line in said.splitlines() if line[:1].isdigit()]
    assert [name for code, name in ended if code != "0"] == [], said
    complained = (commands_run / COMPLAINED).read_text(encoding="utf-8")
    assert [name.strip() for _, name in ended] == [name for name, _ in steps(tmp_path)], complained
    assert (commands_run / CALLS).read_text(encoding="utf-8") == ""


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
