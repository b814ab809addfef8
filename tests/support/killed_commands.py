"""The commands that are killed, the case that they change, and what must hold after a kill."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from support.event_files import ged
from support.fourland import CASE_FILES
from support.killing import Call, Ended, WarmServer, copied
from support.spoken import CLAIM_ROWS, claim, spoken
from vedette.files import is_private, read_log

SECRET = "zanzibar"
"""A word of the case; it stands in a claim, a report, an event, a file to import."""

_REPORT = f"""Bigland supplied rockets to the Home Guard in March 2013, said {SECRET}.

Bigland trained the Home Guard in May 2013.

Aland supplied rockets to the Rebel Front in June 2013.
"""
ADD = (
    *("add", "claim", "fourland", "--source", "paper", "--hedge", "reported", "--subject", "aland"),
    *("--relation", "training", "--object", "guard", "--statement", f"as {SECRET} says"),
)
"""A command that adds a claim."""
EXPORT = ("export", "followthemoney", "other", "--out", "other.json", "--edition", "internal")
"""A command that makes a file to import."""
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*(?:\+00:00|Z)?")
_HASH = re.compile(r"\b[0-9a-f]{12}\b|\b[0-9a-f]{64}\b")


@dataclass(frozen=True)
class Command:
    """A command to kill.

    Attributes:
        words: as typed.
        done: what it prints when a change is done.
        given: what is typed into it, one entry for each change that it makes.
        before: commands that prepare the case.
    """

    words: tuple[str, ...]
    done: str
    given: tuple[str, ...] = ("",)
    before: tuple[tuple[str, ...], ...] = ()


COMMANDS: Mapping[str, Command] = {
    "load": Command(
        ("events", "load", "fourland", "second.csv"),
        r"^second\.csv",
        before=(("events", "load", "fourland", "first.csv"),),
    ),
    "add": Command(ADD, r"^Added"),
    "review": Command(
        ("review", "fourland"),
        r"Added to claims\.csv|rejected 1",
        given=("a\npaper\n", "a\npaper\n", "r\n"),
        before=(("read", "fourland", "report.txt"),),
    ),
    "import": Command(
        ("import", "followthemoney", "other.json", "--into", "fourland"), r"^Added \d+ claims?"
    ),
    "register": Command(
        ("forecast", "fourland", "--model", "zero", "--draws", "20", "--register"), r"Registered as"
    ),
    "brief": Command(
        ("brief", "fourland", "--out", "out"),
        r"^Wrote",
        before=(("events", "load", "fourland", "first.csv"),),
    ),
    "undo": Command(("undo", "fourland"), r"^Taken back", before=(ADD,)),
}


@dataclass(frozen=True)
class State:
    """What a case holds, random names and times left out: its files, and the commands in its log."""

    files: Mapping[str, bytes]
    log: tuple[str, ...]


@dataclass(frozen=True)
class Whole:
    """A command that ran whole: its calls, the states of the case before, between and after its changes."""

    name: str
    calls: tuple[Call, ...]
    states: tuple[State, ...]
    outputs: Mapping[str, frozenset[bytes]]


def prepared(root: Path) -> None:
    """Makes a folder with a case, what is loaded, read and imported into it, and older outputs."""
    for made in ("fourland", "other", "home", "tmp", "out"):
        (root / made).mkdir(parents=True)
    ours = claim("secret", "bigland", "training", "guard", statement=f"{SECRET} trains")
    theirs = claim("theirs", "cland", "funding", "guard", statement=f"{SECRET} pays")
    _write(root / "fourland", {**CASE_FILES, **spoken([*CLAIM_ROWS, ours])})
    _write(root / "other", {**CASE_FILES, **spoken([*CLAIM_ROWS, theirs])})
    (root / "report.txt").write_text(_REPORT)
    (root / "first.csv").write_text(ged(*map(_event, range(36))))
    (root / "second.csv").write_text(ged(_event(36), _event(37)))
    for file in ("brief.html", "brief.json"):
        (root / "out" / file).write_text("an older one")


def template(server: WarmServer, folder: Path, name: str) -> None:
    """Makes the folder in which a command is killed, ready for it."""
    shutil.rmtree(server.root, ignore_errors=True)
    prepared(server.root)
    for words in (EXPORT, *COMMANDS[name].before):
        done = server.run(words)
        assert done.code == 0, (words, done.said, done.complained)
    shutil.rmtree(server.root / "other")
    if name == "brief":
        shutil.rmtree(server.case / ".vedette")
    copied(server.root, folder)


def traced(server: WarmServer, kept: Path, name: str) -> Whole:
    """Runs a command whole, and as far as each of its changes."""
    command, states = COMMANDS[name], [state(server.case)]
    outputs = {file: {content} for file, content in _outputs(server.root).items()}
    for number in range(1, len(command.given) + 1):
        copied(kept, server.root)
        done = server.traced(command.words, "".join(command.given[:number]))
        assert done.code == 0, (done.said, done.complained)
        assert _confirmed(command, done) == number, done.said
        states.append(state(server.case))
    for file, content in _outputs(server.root).items():
        outputs.setdefault(file, set()).add(content)
    assert len({repr(each) for each in states}) == len(states) or name == "brief"
    return Whole(name, done.calls, tuple(states), {file: frozenset(found) for file, found in outputs.items()})


def faults(server: WarmServer, whole: Whole, call: Call) -> Iterator[str]:
    """Kills a command at a call, in a folder made ready; gives what is then not as promised."""
    command = COMMANDS[whole.name]
    given = "".join(command.given)
    killed = server.killed(command.words, call, given)
    if killed.code != -9:
        yield f"was not killed: it ended with {killed.code}"
    yield from (
        f"made another call than when traced: {one}"
        for one in set(killed.calls) - set(whole.calls)
        if not one.thread
    )
    yield from _outside(server)
    checked = server.run(("check", "fourland"))
    if checked.code:
        yield f"check: {checked.said}{checked.complained}"
        return
    yield from _half_there(server, whole, killed)
    again = server.run(command.words, given)
    if again.code not in (0, 2):
        yield f"repeated: {again.said}{again.complained}"
    checked = server.run(("check", "fourland"))
    if checked.code:
        yield f"check after repeating: {checked.said}{checked.complained}"
    yield from _outside(server)
    yield from _left(server)


def full_faults(server: WarmServer, whole: Whole, call: Call) -> Iterator[str]:
    """Runs a command for which the disk is full at a call; gives what is then not as promised."""
    command = COMMANDS[whole.name]
    ended = server.refused(command.words, call, "".join(command.given))
    least = _confirmed(command, ended)
    now = state(server.case)
    if now not in whole.states:
        yield f"half there: {_difference(now, whole.states)}"
    elif ended.code == 0 and whole.states.index(now) < len(command.given) and whole.name != "brief":
        yield f"lost: all went well, it says; {whole.states.index(now)} changes are there"
    elif whole.name != "brief" and whole.states.index(now) < least:
        yield f"lost: {least} changes were confirmed, {whole.states.index(now)} are there"
    if ended.code not in (0, 5):
        yield f"ended with {ended.code}: {ended.complained}"
    if ended.code == 5 and not re.search(
        r"No space left.*(Free some space|Choose another)", ended.complained, re.DOTALL
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

    It owns the lock, the journal and folders of temporary files; what takes its place comes from there.
    """
    ours = re.compile(r"/\.vedette-(?:tmp-|journal|lock)")
    places = {"fsync", "chmod", "fchmod", "chown", "mkdir", "flock", "unlink"}
    return [
        call
        for call in whole.calls
        if call.changes() and call.name not in places and not ours.search(call.what)
    ]


def state(case: Path) -> State:
    """What a case holds now."""
    files = {
        path.relative_to(case).as_posix(): path.read_bytes()
        for path in sorted(case.rglob("*"))
        if path.is_file()
        and not is_private(path.relative_to(case).as_posix())
        and ".vedette" not in path.parts
    }
    log = read_log(case)
    assert not log.broken, log.broken
    lines = tuple(f"{line.command}: {[edit.file for edit in line.edits]}" for line in log.lines)
    same = {
        _without_chance(file.encode()).decode(): _without_chance(content) for file, content in files.items()
    }
    return State(same, tuple(_without_chance(line.encode()).decode() for line in lines))


def _half_there(server: WarmServer, whole: Whole, killed: Ended) -> Iterator[str]:
    now = state(server.case)
    if now not in whole.states:
        yield f"half there: {_difference(now, whole.states)}"
    elif whole.name != "brief":
        least, found = _confirmed(COMMANDS[whole.name], killed), whole.states.index(now)
        if found < least:
            yield f"lost: {least} changes were confirmed, {found} are there"
    yield from _partial_outputs(server, whole)


def _partial_outputs(server: WarmServer, whole: Whole) -> Iterator[str]:
    for file, content in _outputs(server.root).items():
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


def _confirmed(command: Command, done: Ended) -> int:
    return len(re.findall(command.done, f"{done.said}\n{done.complained}", re.MULTILINE))


def _outputs(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "out").iterdir() if path.is_file()}


def _without_chance(content: bytes) -> bytes:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return content
    return _HASH.sub("HASH", _TIME.sub("TIME", text)).encode()


def _event(number: int) -> Mapping[str, object]:
    """An event of the month with this number, from January 2012 on."""
    day = f"{2012 + number // 12}-{number % 12 + 1:02d}-03"
    told = {"id": number + 1, "year": day[:4], "source_headline": f"{SECRET} {number}"}
    return {**told, "date_start": day, "date_end": day, "source_date": day}


def _write(folder: Path, files: Mapping[str, str | bytes | None]) -> None:
    for name, content in files.items():
        if content is not None:
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
