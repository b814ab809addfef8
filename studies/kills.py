"""Kills commands (SIGKILL) at every file-system call that changes the disk, and at others up to a number.

Needs strace. After each kill `vedette check` passes, all that was confirmed is there, each change is whole or
absent, and no text of the case is left outside it. Then the disk is full at every call that needs space.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from support.kill_faults import faults, full_faults, strangers
from support.killed_commands import COMMANDS, Whole, template, traced
from support.killing import Call, WarmServer, chosen, copied, filling, sampled

Trial = Callable[[WarmServer, Whole, Call], Iterator[str]]


def tried(server: WarmServer, kept: Path, whole: Whole, calls: Sequence[Call], trial: Trial) -> int:
    """Tries a command at each call, prints what is wrong, and gives in how many trials something was."""
    wrong = 0
    for call in calls:
        copied(kept, server.root)
        found = list(trial(server, whole, call))
        wrong += bool(found)
        for fault in found:
            print(f"  {call}: {fault}", flush=True)
    return wrong


def main() -> None:
    """Runs the trials of the commands asked for; exits with 1 where one went wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("commands", nargs="*", help=f"which; all if left out: {', '.join(COMMANDS)}")
    parser.add_argument("--fewest", type=int, default=100, help="kills by command")
    parser.add_argument(
        "--most", type=int, help="kills and full disks by command at most, a sample; all if left out"
    )
    asked = parser.parse_args()
    if shutil.which("strace") is None:
        sys.exit("strace is not installed. On Debian and Ubuntu: apt-get install strace")
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        server = WarmServer(Path(folder) / "root")
        for name in asked.commands or COMMANDS:
            start, kept = time.monotonic(), Path(folder) / name
            template(server, kept, name)
            whole = traced(server, kept, name)
            for call in strangers(whole):
                wrong += 1
                print(f"  written past vedette/files: {call}")
            kills, full = (
                sampled(calls, asked.most)
                for calls in (chosen(whole.calls, asked.fewest), filling(whole.calls))
            )
            faulty = tried(server, kept, whole, kills, faults), tried(server, kept, whole, full, full_faults)
            wrong += sum(faulty)
            print(
                f"{name}: {len(whole.calls)} calls; {len(kills)} kills, {faulty[0]} with faults; "
                f"{len(full)} full disks, {faulty[1]} with faults; {time.monotonic() - start:.0f} s",
                flush=True,
            )
        server.close()
    sys.exit(int(wrong > 0))


if __name__ == "__main__":
    main()
