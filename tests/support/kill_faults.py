"""What is not as promised after a command was killed, or ran out of disk space, at a call."""

import json
import re
from collections.abc import Iterator, Sequence

from support.killed_commands import ADD, COMMANDS, SECRET, State, Whole, confirmed, outputs, state
from support.killing import Call, Ended, WarmServer

RESUMED = ("issue", "month")
"""Commands that, typed again after a kill, leave the case as if they had run whole once."""
_DATABASE = re.compile(r"\.duckdb|/store\b|/\.vedette-tmp-/\d+/")


def faults(server: WarmServer, whole: Whole, call: Call) -> Iterator[str]:
    """Kills a command at a call, in a folder made ready; gives what is then not as promised."""
    command = COMMANDS[whole.name]
    given = "".join(command.given)
    killed = server.killed(command.words, call, given)
    if killed.code != -9:
        yield f"was not killed: it ended with {killed.code}"
    elif not _agree(whole.calls, killed.calls, call.name):
        yield f"made other calls than when traced: {killed.calls[-3:]}"
    yield from _outside(server)
    checked = server.run(("check", "fourland"))
    if checked.code:
        yield f"check: {checked.said}{checked.complained}"
        return
    yield from _half_there(server, whole, killed)
    again = server.run(command.words, given)
    if again.code not in (0, 2):
        yield f"repeated: {again.said}{again.complained}"
    if whole.name in RESUMED and state(server.case) != whole.states[-1]:
        yield f"repeated, it is another: {_difference(state(server.case), whole.states[-1:])}"
    server.run(ADD)  # a change of the case, which removes what is left of others
    checked = server.run(("check", "fourland"))
    if checked.code:
        yield f"check after repeating: {checked.said}{checked.complained}"
    yield from _outside(server)
    yield from _left(server)


def _agree(traced: Sequence[Call], killed: Sequence[Call], name: str) -> bool:
    """Whether the first thread made the same calls of a name as when traced, as far as it came.

    Those on a store, its folder and the event files that it reads are left out: DuckDB chooses anew when to
    write its log, and which of its threads reads.
    """
    wanted, found = (
        [one.what for one in calls if (one.name, one.thread) == (name, 0) and not _DATABASE.search(one.what)]
        for calls in (traced, killed)
    )
    return found == wanted[: len(found)]


def full_faults(server: WarmServer, whole: Whole, call: Call) -> Iterator[str]:
    """Runs a command for which the disk is full at a call; gives what is then not as promised."""
    command = COMMANDS[whole.name]
    ended = server.refused(command.words, call, "".join(command.given))
    if call.what not in ended.failed:
        return  # another number of calls than when traced: it was not this one that failed
    least = confirmed(command, ended)
    now = state(server.case)
    if now not in whole.states:
        yield f"half there: {_difference(now, whole.states)}"
    elif ended.code == 0 and whole.states.index(now) < len(whole.states) - 1 and whole.name != "brief":
        yield f"lost: all went well, it says; {whole.states.index(now)} changes are there"
    elif whole.name != "brief" and whole.states.index(now) < least:
        yield f"lost: {least} changes were confirmed, {whole.states.index(now)} are there"
    if ended.code not in (0, 5):
        yield f"ended with {ended.code}: {ended.complained}"
    if ended.code == 5 and not re.search(
        r"No space left.*(Free some space|Choose another|has space)", ended.complained, re.DOTALL
    ):
        yield f"no cure: {ended.complained}"
    yield from _partial_outputs(server, whole)
    yield from _outside(server)
    checked = server.run(("check", "fourland"))
    if checked.code:
        yield f"check: {checked.said}{checked.complained}"
    yield from _left(server)


def strangers(whole: Whole) -> list[Call]:
    """Calls by which a command changed a file that vedette/files neither owns nor gave the path for.

    It owns the lock, those of kept answers, the journal and folders of temporary files; what takes its place
    comes from there.
    """
    ours = re.compile(r"/\.vedette-(?:tmp-|journal|lock)|/\.vedette/answers/\.lock")
    places = {"fsync", "chmod", "fchmod", "chown", "mkdir", "flock", "unlink"}
    return [
        call
        for call in whole.calls
        if call.changes() and call.name not in places and not ours.search(call.what)
    ]


def _half_there(server: WarmServer, whole: Whole, killed: Ended) -> Iterator[str]:
    now = state(server.case)
    if now not in whole.states:
        yield f"half there: {_difference(now, whole.states)}"
    elif whole.name != "brief":
        least, found = confirmed(COMMANDS[whole.name], killed), whole.states.index(now)
        if found < least:
            yield f"lost: {least} changes were confirmed, {found} are there"
    yield from _partial_outputs(server, whole)


def _partial_outputs(server: WarmServer, whole: Whole) -> Iterator[str]:
    for file, content in outputs(server.root).items():
        if content not in whole.outputs.get(file, ()):
            yield f"half there: {file}, {len(content)} bytes"


def _left(server: WarmServer) -> Iterator[str]:
    """Hidden files that the next command should have removed."""
    yield from (f"left: {path}" for path in server.root.rglob(".vedette-*") if path.name != ".vedette-lock")


def _difference(now: State, states: Sequence[State]) -> str:
    def differing(one: State) -> list[str]:
        files = {*one.files, *now.files}
        return sorted(file for file in files if one.files.get(file) != now.files.get(file))

    return json.dumps([[*differing(one), list(now.log), list(one.log)] for one in states])


def _outside(server: WarmServer) -> Iterator[str]:
    """Files outside the case and its outputs that hold text of the case."""
    for folder in (server.home, server.temporary):
        for path in folder.rglob("*"):
            if path.is_file() and SECRET.encode() in path.read_bytes():
                yield f"text of the case in {path.relative_to(server.root)}"
