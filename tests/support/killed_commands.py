"""The commands that are killed, the case that they change, and its states when nothing goes wrong."""

import re
import shutil
from collections.abc import Mapping
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
        changes: commands that each make one of its changes, in their order, where it makes several by itself.
    """

    words: tuple[str, ...]
    done: str
    given: tuple[str, ...] = ("",)
    before: tuple[tuple[str, ...], ...] = ()
    changes: tuple[tuple[str, ...], ...] = ()


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
        ("import", "followthemoney", "other.json", "--into", "fourland", "--yes"), r"^Added \d+ claims?"
    ),
    "register": Command(
        ("forecast", "fourland", "--model", "zero", "--draws", "20", "--register"), r"Registered as"
    ),
    "brief": Command(
        ("brief", "fourland", "--out", "out"),
        r"^Wrote",
        before=(("events", "load", "fourland", "first.csv"),),
    ),
    "issue": Command(
        ("brief", "fourland", "--issue"),
        r"^Issue 1",
        before=(("events", "load", "fourland", "first.csv"),),
    ),
    "month": Command(
        ("month", "fourland", "second.csv", "--out", "out"),
        r"^ +(?:second\.csv:|Registered:)",
        before=(("events", "load", "fourland", "first.csv"),),
        changes=(
            ("events", "load", "fourland", "second.csv"),
            ("forecast", "fourland", "--register", "--draws", "2000"),
            ("forecast", "fourland", "--register", "--by", "place", "--draws", "2000"),
        ),
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
    written = {file: {content} for file, content in outputs(server.root).items()}
    for words in command.changes[:-1]:
        done = server.run(words)
        assert done.code == 0, (done.said, done.complained)
        states.append(state(server.case))
    for number in range(1, len(command.given) + 1):
        copied(kept, server.root)
        done = server.traced(command.words, "".join(command.given[:number]))
        assert done.code == 0, (done.said, done.complained)
        assert confirmed(command, done) == (len(command.changes) or number), done.said
        states.append(state(server.case))
    for file, content in outputs(server.root).items():
        written.setdefault(file, set()).add(content)
    assert len({repr(each) for each in states}) == len(states) or name == "brief"
    return Whole(name, done.calls, tuple(states), {file: frozenset(found) for file, found in written.items()})


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


def confirmed(command: Command, done: Ended) -> int:
    """How many changes a command has told that it made."""
    return len(re.findall(command.done, f"{done.said}\n{done.complained}", re.MULTILINE))


def outputs(root: Path) -> dict[str, bytes]:
    """The files that commands wrote beside the case, by name."""
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
