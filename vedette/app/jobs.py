"""Long work in processes of their own: asked once for all who want it, told as it goes, kept when done.

A job is a folder. What was asked, how far it is and what came out are files in it, so that a page that is
loaded again and a server that is started again find it as it is.
"""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from vedette import __version__, commands
from vedette.app.served import Served

ASKED, STATE, ANSWER, LOG = "asked.json", "state.json", "answer.json", "log.txt"
FILES = "files"
"""The key under which an answer holds files of its own, text or bytes by name; they are kept beside it."""
MOST = 40
"""Jobs that are kept; the oldest go first."""

_KEY = 20


class JobStanding(StrEnum):
    """Where a job stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True)
class JobState:
    """How far a job is: where it stands, what it does, its share done (0 to 1), its process."""

    standing: JobStanding
    what: str = ""
    share: float = 0.0
    process: int = 0


@dataclass(frozen=True)
class Job:
    """A job that was asked for: its key, the verb with its options, and its folder."""

    key: str
    verb: str
    options: Mapping[str, Any]
    folder: Path

    @property
    def state(self) -> JobState:
        """Returns how far it is; one whose process is gone without an answer has failed."""
        read = _read(self.folder / STATE)
        state = (
            JobState(**{**read, "standing": JobStanding(read["standing"])})
            if read
            else JobState(JobStanding.RUNNING)
        )
        if state.standing is JobStanding.RUNNING and state.process and not _alive(state.process):
            return JobState(JobStanding.FAILED, "The process ended before it had an answer.", state.share)
        return state

    @property
    def answer(self) -> Mapping[str, Any] | None:
        """Returns what came out; None while there is nothing."""
        return _read(self.folder / ANSWER)

    @property
    def when(self) -> datetime | None:
        """Returns when the answer was there; None while there is none."""
        try:
            return datetime.fromtimestamp((self.folder / ANSWER).stat().st_mtime, UTC)
        except FileNotFoundError:
            return None

    def file(self, name: str) -> Path | None:
        """Returns a file that the answer came with; None if it has none of that name."""
        path = self.folder / name
        own = {ASKED, STATE, ANSWER, LOG}
        return path if path.parent == self.folder and name not in own and path.is_file() else None


class Jobs:
    """The jobs of what is served, in a folder of its workspace that its edition alone reads."""

    def __init__(self, served: Served, edition: str) -> None:
        self.served = replace(served, edition=edition)
        self._home = commands.job_folder(served.case, edition)
        self._lock = Lock()

    def ask(self, verb: str, options: Mapping[str, Any], stamp: str, *, anew: bool = False) -> Job:
        """Returns the job that answers a question about a state of the case; started if nobody asked before.

        ``stamp`` names the state of the files: the same question about other files is another job. One that
        failed or was stopped stays so, unless it is asked for ``anew`` or somebody starts it `again`: a page
        that is loaded once more does not.
        """
        job, asked = self._named(verb, options, stamp)
        with self._lock:
            ended = job.answer is None and job.state.standing is not JobStanding.RUNNING
            if not job.folder.is_dir() or (anew and ended):
                self._start(job, asked)
        return job

    def again(self, job: Job) -> None:
        """Starts a job once more that failed or was stopped."""
        with self._lock:
            asked = _read(job.folder / ASKED)
            if asked and job.answer is None and job.state.standing is not JobStanding.RUNNING:
                self._start(job, asked)

    def known(self, verb: str, options: Mapping[str, Any], stamp: str) -> Job | None:
        """Returns the job that `ask` would return, without starting it; None if nobody asked yet."""
        job, _ = self._named(verb, options, stamp)
        return job if job.folder.is_dir() else None

    def _named(self, verb: str, options: Mapping[str, Any], stamp: str) -> tuple[Job, dict[str, Any]]:
        """The job of a question, asked before or not, and what its folder says was asked."""
        asked = {"served": _plain(asdict(self.served)), "verb": verb, "options": _plain(dict(options))}
        text = json.dumps({**asked, "stamp": stamp, "version": __version__}, sort_keys=True)
        key = hashlib.sha256(text.encode()).hexdigest()[:_KEY]
        return Job(key, verb, options, self._home / key), asked

    def find(self, key: str) -> Job | None:
        """Returns the job of a key; None if there is none."""
        folder = self._home / key
        asked = _read(folder / ASKED) if key.isalnum() else None
        return Job(key, asked["verb"], asked["options"], folder) if asked else None

    def all(self) -> list[Job]:
        """Returns the jobs that are kept, the newest first."""
        folders = sorted(self._home.glob("*"), key=lambda each: each.stat().st_mtime, reverse=True)
        return [job for each in folders if (job := self.find(each.name))]

    def stop(self, job: Job) -> None:
        """Stops the process of a job that runs."""
        state = job.state
        if state.standing is JobStanding.RUNNING and state.process:
            with suppress(ProcessLookupError):
                os.killpg(state.process, signal.SIGTERM)
            write_json(job.folder / STATE, asdict(JobState(JobStanding.STOPPED, "Stopped.", state.share)))

    def _start(self, job: Job, asked: Mapping[str, Any]) -> None:
        shutil.rmtree(job.folder, ignore_errors=True)
        job.folder.mkdir(mode=0o700, parents=True)
        for old in self.all()[MOST:]:
            if old.state.standing is not JobStanding.RUNNING:
                shutil.rmtree(old.folder, ignore_errors=True)
        write_json(job.folder / ASKED, asked)
        with (job.folder / LOG).open("wb") as log:
            started = subprocess.Popen(
                [sys.executable, "-m", "vedette.app.worker", str(job.folder)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        Thread(target=started.wait, daemon=True).start()  # no process stays behind that nobody waits for
        if not (job.folder / STATE).exists():
            write_json(
                job.folder / STATE, asdict(JobState(JobStanding.RUNNING, "Starting", 0.0, started.pid))
            )


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Writes a file of a job whole: readers see the old one or the new one."""
    commands.write_private(path, json.dumps(content, ensure_ascii=False, default=str, allow_nan=False))


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found


def _plain(value: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping as JSON gives it back."""
    plain: dict[str, Any] = json.loads(json.dumps(value, default=str))
    return plain


def _alive(process: int) -> bool:
    """Whether a process runs."""
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True
