"""One monthly round of a case: what was asked for, its steps, and where a stopped one goes on."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from vedette import __version__
from vedette.case import Case, last_issue
from vedette.errors import DataError
from vedette.files import hash_bytes, hash_of, own_files, replace_file
from vedette.progress import Report

STATE = ".vedette/month-{edition}.json"
"""Where the steps of the last round of an edition are kept, by its path in the case."""
DONE, NOTHING = "done", "nothing to do"


@dataclass(frozen=True)
class MonthStep:
    """What a step of a round gave.

    ``state`` is `DONE` or `NOTHING`. ``lines`` say in a sentence or two what came of it, ``look`` is the
    command or file that shows the whole. ``before`` is set where a stopped round had done it already.
    """

    id: str
    title: str
    state: str
    lines: tuple[str, ...]
    look: str = ""
    before: bool = False


@dataclass(frozen=True)
class MonthRound:
    """What a round is asked for.

    ``as_of`` is the day as of which all is done, None for what each command takes by default; ``day`` the day
    that the brief is written for; ``files`` are event files to load; ``out`` is the folder of the draft.
    """

    case: Case
    as_of: date | None
    day: date
    seed: int
    files: tuple[Path, ...]
    out: Path
    report: Report

    @property
    def name(self) -> str:
        """The case as commands take it."""
        return str(self.case.folder)

    @property
    def typed(self) -> str:
        """The case and the as-of, as one types them after a command."""
        return self.case.typed + (f" --as-of {self.as_of}" if self.as_of else "")

    @property
    def edition(self) -> str:
        """The edition as one types it after a command; empty for the first of the case."""
        chosen = self.case.edition
        return "" if chosen == self.case.editions[0].id else f" --edition {chosen}"

    def key(self) -> str:
        """The SHA-256 of what was asked for, of every file of the case, and of the forerunner of the brief.

        A step that was done with another key is done again.
        """
        asked = [str(self.as_of), self.day.isoformat(), self.seed, str(self.out.resolve()), __version__]
        given = {str(path): hash_of(path) for path in self.files if path.is_file()}
        forerunner = last_issue(self.case, self.day)
        number = forerunner.number if forerunner else 0
        content = [*asked, given, number, dict(_files(self.case.folder))]
        return hash_bytes(json.dumps(content, sort_keys=True).encode())


@dataclass(frozen=True)
class Told:
    """What a step has to say: sentences, where the whole stands, and whether there was anything to do."""

    lines: tuple[str, ...]
    look: str = ""
    state: str = DONE


@dataclass(frozen=True)
class Work:
    """One kind of step: its title, and the function that does it."""

    title: str
    do: Callable[[MonthRound], Told]


def steps_done(asked: MonthRound, works: Mapping[str, Work]) -> Iterator[MonthStep]:
    """Does the steps of a round in their order; what a stopped round had done with the same files is kept.

    After each step its result is kept under ``.vedette/``, so that it is not done twice. Where the data at
    hand cannot answer, the step says what they lack, and the round goes on.
    """
    path = asked.case.folder / STATE.format(edition=asked.case.edition)
    kept = _kept(path)
    for name, work in works.items():
        key = asked.key()
        step = kept.get(name, {}).get(key)
        if step is None or _gone(asked, name):
            step = _done(asked, name, work=work)
            key = asked.key()  # loading changes the case
        yield step
        kept[name] = {key: replace(step, before=True)}
        _keep(path, kept, home=asked.case.folder)


def _done(asked: MonthRound, name: str, *, work: Work) -> MonthStep:
    try:
        told = work.do(asked)
    except DataError as error:
        told = Told((f"Nothing to do: {error}",), state=NOTHING)
    return MonthStep(name, work.title, told.state, told.lines, told.look)


def _gone(asked: MonthRound, name: str) -> bool:
    """Whether what a step wrote is not there any more."""
    return name == "draft" and not (asked.out / "brief.html").is_file()


def _files(home: Path) -> Iterator[tuple[str, str | list[int]]]:
    """Every file that people write with its hash, and every event file with its size and time."""
    yield from ((name, hash_of(home / name)) for name in own_files(home))
    for path in sorted((home / "events").glob("*")):
        status = path.stat()
        yield f"events/{path.name}", [status.st_size, status.st_mtime_ns]


def _kept(path: Path) -> dict[str, dict[str, MonthStep]]:
    """The steps of an earlier round by name and key; none where the file cannot be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {name: {key: _step(step) for key, step in kept.items()} for name, kept in found.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _step(found: Mapping[str, Any]) -> MonthStep:
    return MonthStep(**{**found, "lines": tuple(map(str, found["lines"]))})


def _keep(path: Path, kept: Mapping[str, Mapping[str, MonthStep]], *, home: Path) -> None:
    document = {name: {key: asdict(step) for key, step in steps.items()} for name, steps in kept.items()}
    replace_file(path, json.dumps(document, ensure_ascii=False, indent=1).encode(), home=home)
