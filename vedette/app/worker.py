"""The process of a job: reads what was asked, says how far it is, writes what came out.

Run as ``python -m vedette.app.worker FOLDER``.
"""

import os
import sys
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from vedette import commands
from vedette.app.jobs import ANSWER, ASKED, FILES, STATE, JobStanding, JobState, write_json
from vedette.app.mistakes import lines_of
from vedette.app.served import Held, Served
from vedette.app.works.all_works import WORKS
from vedette.errors import VedetteError
from vedette.progress import Report

_PAUSE = 0.2
"""Seconds between two reports; one that starts a new part is always told."""


def work(folder: Path) -> None:
    """Does the job of a folder. What a user can mend is its answer's state, with how to mend it."""
    asked = _asked(folder)
    try:
        answer = dict(WORKS[asked["verb"]](_served(asked["served"]), asked["options"], _reporting(folder)))
        for name, content in answer.pop(FILES, {}).items():
            commands.write_private(folder / name, content)
        write_json(folder / ANSWER, answer)
    except VedetteError as error:
        told = "\n".join(lines_of(error, Held(_served(asked["served"]))))
        write_json(folder / STATE, asdict(JobState(JobStanding.FAILED, told, 0.0)))
        return
    write_json(folder / STATE, asdict(JobState(JobStanding.DONE, "Done", 1.0)))


def _reporting(folder: Path) -> Report:
    told, when = "", 0.0

    def report(what: str, share: float) -> None:
        nonlocal told, when
        now = time.monotonic()
        if what != told or now - when > _PAUSE:
            told, when = what, now
            write_json(folder / STATE, asdict(JobState(JobStanding.RUNNING, what, share, os.getpid())))

    return report


def _asked(folder: Path) -> dict[str, Any]:
    import json

    asked: dict[str, Any] = json.loads((folder / ASKED).read_text(encoding="utf-8"))
    return asked


def _served(asked: dict[str, Any]) -> Served:
    day = asked["as_of"]
    return Served(asked["case"], asked["edition"], date.fromisoformat(day) if day else None)


if __name__ == "__main__":
    work(Path(sys.argv[1]))
