"""Commands killed, or out of disk space, at a file-system call lose nothing and leave nothing half there."""

import random
import shutil
from collections.abc import Iterator

import pytest
from support.kill_faults import faults, full_faults, strangers
from support.killed_commands import Whole, template, traced
from support.killing import WarmServer, copied, filling

SEED = 13
KILLED = {"add": 3, "load": 3, "review": 2, "undo": 2}
"""How often each command is killed here; `make kills` does it at every call."""
FULL = {"add": 3, "load": 3}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WarmServer]:
    """A process that runs commands under strace."""
    if shutil.which("strace") is None:
        pytest.skip("no strace here: commands cannot be killed at a call (apt-get install strace)")
    started = WarmServer(tmp_path_factory.mktemp("kills") / "root")
    yield started
    started.close()


@pytest.fixture(scope="module")
def wholes(server: WarmServer) -> dict[str, Whole]:
    """Each command run whole under strace; its template stays beside the root."""
    made = {}
    for name in KILLED:
        kept = server.root.parent / name
        template(server, kept, name)
        made[name] = traced(server, kept, name)
    return made


@pytest.mark.parametrize("name", KILLED)
def test_a_command_writes_only_where_vedette_files_says(wholes: dict[str, Whole], name: str) -> None:
    assert sum(call.changes() for call in wholes[name].calls) > 50
    assert strangers(wholes[name]) == []


@pytest.mark.parametrize("name", KILLED)
def test_a_killed_command_is_whole_or_not_at_all(
    server: WarmServer, wholes: dict[str, Whole], name: str
) -> None:
    calls = [call for call in wholes[name].calls if call.changes()]
    for call in random.Random(f"{SEED} {name}").sample(calls, KILLED[name]):
        copied(server.root.parent / name, server.root)
        assert list(faults(server, wholes[name], call)) == [], call


@pytest.mark.parametrize("name", FULL)
def test_a_full_disk_changes_nothing_and_says_what_to_do(
    server: WarmServer, wholes: dict[str, Whole], name: str
) -> None:
    calls = filling(wholes[name].calls)
    locking = [call for call in calls if call.name == "openat" and "lock" in call.what]
    for call in [*locking, *random.Random(f"{SEED} {name}").sample(calls, FULL[name])]:
        copied(server.root.parent / name, server.root)
        assert list(full_faults(server, wholes[name], call)) == [], call
