"""A workbench in a process of its own, edited over HTTP: by two at once, and killed in the middle.

The server is a fork of a process that has imported vedette and done nothing with it, so that it starts at
once. Its audit hook counts what changes the disk while a form is posted (files opened to write, renamed,
removed, linked), and kills the process (SIGKILL) at the one that is asked for.
"""

import json
import os
import random
import re
import shutil
import signal
import socket
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import uvicorn
from starlette.types import Receive, Scope, Send

from support.forms import FORM, fields_of
from support.fourland import CASE_FILES
from support.spoken import spoken
from vedette import commands
from vedette.app import Served, workbench
from vedette.app.tokens import Doorkeeper, new_token
from vedette.errors import VedetteError

SECRET = b"known to the editors of this test"
TABLES = ("actors.csv", "claims.csv", "sources.csv")
_SPARE = 10
"""Changes of the disk, of those of a whole run, that another run may lack."""
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_MOVES = {
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.chmod",
    "os.truncate",
}


@dataclass
class Counter:
    """Counts changes of the disk while forms are posted; the process ends at the ``last`` (0: never)."""

    last: int
    report: Path
    counting: bool = False
    made: int = 0

    def __call__(self, event: str, given: tuple[Any, ...]) -> None:
        """Counts an event of Python's own audit."""
        if not self.counting:
            return
        opened = event == "open" and isinstance(given[2], int) and given[2] & _WRITES
        if opened or event in _MOVES:
            self.made += 1
            if self.made == self.last:
                os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Editor:
    """Somebody with a browser: the cookie of a session, and the last page."""

    port: int
    cookie: str = ""
    token: str = ""
    text: str = ""

    def enter(self) -> None:
        """Opens a session."""
        door = Doorkeeper(SECRET)
        _, headers = self._ask("POST", "/login", {"token": new_token(door.secret)})
        self.cookie = headers["set-cookie"].split(";")[0]
        self.get("/sources")
        found = re.search(r'name="form_token" value="([^"]+)"', self.text)
        assert found
        self.token = found[1]

    def get(self, address: str) -> int:
        """Opens a page."""
        return self._ask("GET", address)[0]

    def post(self, address: str, fields: Mapping[str, str]) -> int:
        """Posts a form; gives the status of the answer."""
        return self._ask("POST", address, {**fields, "form_token": self.token})[0]

    def upload(self, name: str, content: bytes, **fields: str) -> str:
        """Uploads a file; gives the address that the browser is led to."""
        edge = "----edge"
        parts = "".join(
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in {**fields, "form_token": self.token}.items()
        )
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = parts.encode() + head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        status, headers = self._send("POST", "/import", body, f"multipart/form-data; boundary={edge}")
        assert status == 303, self.text[-400:]
        return headers["location"]

    def form(self, words: str) -> dict[str, str]:
        """The form of the last page with some words in it."""
        return fields_of(next(form for form in FORM.findall(self.text) if words in form))

    def _ask(
        self, method: str, address: str, fields: Mapping[str, str] | None = None
    ) -> tuple[int, Mapping[str, str]]:
        body = urlencode(fields).encode() if fields else b""
        return self._send(method, address, body, "application/x-www-form-urlencoded")

    def _send(self, method: str, address: str, body: bytes, kind: str) -> tuple[int, Mapping[str, str]]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, address, body, {"Cookie": self.cookie, "Content-Type": kind})
            answer = connection.getresponse()
            self.text = answer.read().decode("utf-8")
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}
        finally:
            connection.close()


@contextmanager
def served(case: Path, report: Path, last: int = 0) -> Iterator[int]:
    """Serves a case in a fork of this process; gives the port. ``report`` gets the number of changes made."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(64)
    port = listening.getsockname()[1]
    process = forked(partial(_serve, case, listening, Counter(last, report)), report.with_suffix(".ended"))
    listening.close()
    try:
        yield port
    finally:
        _ended(process)


def _ended(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGTERM)
    os.waitpid(process, 0)


def _serve(case: Path, listening: socket.socket, counter: Counter) -> None:
    """Serves until the process ends."""
    app = workbench(Served(str(case), "internal"), Doorkeeper(SECRET))
    sys.addaudithook(counter)

    async def counted(scope: Scope, receive: Receive, send: Send) -> None:
        counter.counting = scope.get("method") == "POST" and scope["path"] != "/login"
        await app(scope, receive, send)
        counter.counting = False
        if scope["type"] == "http":
            counter.report.write_text(str(counter.made))

    uvicorn.Server(uvicorn.Config(counted, log_level="error", lifespan="off")).run(sockets=[listening])


@dataclass(frozen=True)
class Step:
    """Something that an editor does: whether it was confirmed."""

    name: str
    do: Callable[[Editor], bool]


def _edit(editor: Editor) -> bool:
    editor.get("/rows/paper")
    return editor.post("/rows/paper", {**editor.form('value="edit"'), "publisher": "Another press"}) == 303


def _add(editor: Editor) -> bool:
    editor.get("/tables/actors/add")
    return editor.post("/tables/actors/add", {"id": "fresh", "name": "Fresh", "kind": "force"}) == 303


def _rename(editor: Editor) -> bool:
    editor.get("/rows/paper")
    return editor.post("/rows/paper", {**editor.form('value="rename"'), "new": "press"}) == 303


def _undo(editor: Editor) -> bool:
    editor.get("/log")
    return editor.post("/log", editor.form("Undo it</button>")) == 303


def _import(editor: Editor) -> bool:
    rows = "".join(f"bulk-{number},Report {number},The Press\n" for number in range(50))
    address = editor.upload("sources.csv", f"id,title,publisher\n{rows}".encode(), kind="sheet")
    editor.get(address)
    return editor.post(address, editor.form("Take it in")) == 200 and "Taken in" in editor.text


STEPS = (
    Step("edit", _edit),
    Step("add", _add),
    Step("rename", _rename),
    Step("undo", _undo),
    Step("import", _import),
)


def tables(case: Path) -> dict[str, bytes]:
    """The tables of a case that the steps change, as they stand."""
    return {name: (case / name).read_bytes() for name in TABLES}


def forked(work: Callable[[], Any], answer: Path) -> int:
    """Does some work in a fork of this process, which needs no threads so; ``answer`` gets the result."""
    process = os.fork()
    if not process:
        os._exit(_answered(work, answer))
    return process


def _answered(work: Callable[[], Any], answer: Path) -> int:
    """The exit code of some work; no exception may pass into what the fork is a copy of."""
    try:
        answer.write_text(json.dumps(work()), encoding="utf-8")
    except Exception:  # noqa: BLE001
        traceback.print_exc()
        return 1
    return 0


def in_fork(work: Callable[[], Any], answer: Path) -> Any:
    """What some work gives that is done in a fork."""
    assert os.waitstatus_to_exitcode(os.waitpid(forked(work, answer), 0)[1]) == 0
    return json.loads(answer.read_text(encoding="utf-8"))


def run(case: Path, report: Path, last: int = 0) -> list[dict[str, bytes]]:
    """Does the steps until the server is killed; gives the state before them and after each confirmed one."""
    states = [tables(case)]
    with served(case, report, last) as port:
        editor = Editor(port)
        editor.enter()
        for step in STEPS:
            try:
                confirmed = step.do(editor)
            except (OSError, HTTPException):
                return states
            assert confirmed, (step.name, editor.text[-600:])
            states.append(tables(case))
    return states


def faults_of_kill(
    template: Path, folder: Path, whole: Sequence[Mapping[str, bytes]], last: int
) -> list[str]:
    """What is wrong with a case after the server was killed at a change of the disk."""
    case, report = folder / "case", folder / "report"
    shutil.rmtree(case, ignore_errors=True)
    shutil.copytree(template, case)
    states = run(case, report, last)
    done = len(states) - 1
    found = []
    if done == len(STEPS):
        found.append("the server was not killed")
    problems, lines = in_fork(lambda: _checked(case), folder / "checked")
    now = tables(case)
    after = [state for state in (done, done + 1) if state < len(whole) and now == whole[state]]
    if problems:
        found.append(f"check: {problems}")
    if not after:
        found.append(f"{done} steps were confirmed, and the case is neither as after them nor one further")
    elif lines != after[0] and lines != done + 1:
        found.append(f"the log has {lines} changes, the case {after[0]}")
    left = [
        path.name for path in case.iterdir() if path.name.startswith((".vedette-tmp", ".vedette-journal"))
    ]
    if left:
        found.append(f"left behind after the next change: {left}")
    return found


def _checked(case: Path) -> tuple[str, int]:
    """What a check finds wrong, and how many changes the log has; then a change that takes leftovers away."""
    try:
        commands.check(str(case))
    except VedetteError as error:
        return str(error), 0
    lines = len(commands.log(str(case)).changes)
    commands.add_source(str(case), {"id": "after", "title": "After"})
    commands.undo(str(case))
    return "", lines


def kills(template: Path, folder: Path, number: int) -> tuple[int, list[str]]:
    """Kills the server at changes of the disk, spread over all steps; gives how many there are and faults."""
    case, report = folder / "case", folder / "report"
    shutil.copytree(template, case)
    whole = run(case, report)
    made = int(report.read_text())
    points = [1 + round(place * (made - _SPARE) / max(1, number - 1)) for place in range(number)]
    found = [
        f"killed at change {point} of {made}: {fault}"
        for point in points
        for fault in faults_of_kill(template, folder, whole, point)
    ]
    return made, found


def two_editors(template: Path, folder: Path, number: int) -> tuple[int, int, list[str]]:
    """Two editors change the notes of the same few claims at once; gives edits, conflicts and faults."""
    case, report = folder / "case", folder / "report"
    shutil.copytree(template, case)
    with served(case, report) as port:
        answers = [folder / f"editor-{place}" for place in (0, 1)]
        editors = [
            forked(partial(_edits, port, case, place, number // 2), answers[place]) for place in (0, 1)
        ]
        for process in editors:
            assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    done = [json.loads(answer.read_text(encoding="utf-8")) for answer in answers]
    confirmed = [note for each in done for note in each["confirmed"]]
    logged = in_fork(lambda: _notes(case), folder / "notes")
    lost = sorted({*confirmed} - {*logged})
    found = [f"confirmed and not in the log: {note}" for note in lost]
    if len(logged) != len(confirmed):
        found.append(f"{len(confirmed)} edits were confirmed, and the log has {len(logged)}")
    problems, _ = in_fork(lambda: _checked(case), folder / "checked")
    return len(confirmed), sum(each["conflicts"] for each in done), found + ([problems] if problems else [])


def _edits(port: int, case: Path, place: int, number: int) -> dict[str, Any]:
    """Makes so many edits, each until it is confirmed; a conflict is looked at, then replaced."""
    editor, rng = Editor(port), random.Random(place)
    editor.enter()
    rows = [line.split(",")[0] for line in (case / "claims.csv").read_text().splitlines()[1:7]]
    confirmed: list[str] = []
    conflicts = 0
    for each in range(number):
        row, note = rng.choice(rows), f"note {place}-{each}"
        editor.get(f"/rows/{row}")
        status = editor.post(f"/rows/{row}", {**editor.form('value="edit"'), "note": note})
        while status == 409:
            conflicts += 1
            status = editor.post(f"/rows/{row}", editor.form('value="edit"'))
        assert status == 303, editor.text[-600:]
        confirmed.append(note)
    return {"confirmed": confirmed, "conflicts": conflicts}


def _notes(case: Path) -> list[str]:
    """The notes that the log says were written."""
    texts = [
        row.text or ""
        for line in commands.log(str(case)).changes
        for edit in line.edits
        if edit.rows
        for row in edit.rows.changed()[1]
    ]
    return [found for text in texts for found in re.findall(r"note \d-\d+", text)]


def main(words: Sequence[str]) -> int:
    """Runs the trials asked for (``KILLS EDITS``) on a small case; gives 1 where one went wrong."""
    number, edits = map(int, words)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        os.environ["VEDETTE_HOME"] = str(folder / "home")
        template = folder / "template"
        template.mkdir()
        for name, text in {**CASE_FILES, **spoken()}.items():
            assert isinstance(text, str)
            (template / name).write_text(text, encoding="utf-8")
        (folder / "killed").mkdir()
        (folder / "edited").mkdir()
        changes, faults = kills(template, folder / "killed", number)
        print(f"{number} kills at {changes} changes of the disk: {len(faults)} faults")
        confirmed, conflicts, lost = two_editors(template, folder / "edited", edits)
        print(f"{confirmed} edits of two editors, {conflicts} conflicts told: {len(lost)} faults")
        for fault in [*faults, *lost]:
            print(f"  {fault}")
    return int(bool(faults or lost))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
