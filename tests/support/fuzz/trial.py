"""The trial of a mutant: checked, asked, and held against what must become of it."""

import shutil
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from support.fuzz.mutant import Fate, Mutant
from vedette import commands
from vedette.case import read_case
from vedette.commands.known import history_of
from vedette.errors import VedetteError
from vedette.model import By, Measure
from vedette.problems import visible

PATIENCE = 600
"""Seconds after which a question counts as a hang."""


@dataclass
class Verdict:
    """What became of a mutant: whether it was accepted, and what went wrong."""

    mutant: Mutant
    accepted: bool = False
    faults: list[str] = field(default_factory=list)
    words: str = ""


class Hang(BaseException):
    """A question took too long."""


class Watched:
    """Notes the error of a question in place of raising it: the user's own, or one that is a fault."""

    def __init__(self) -> None:
        self.error: VedetteError | None = None
        self.fault = ""

    def __enter__(self) -> "Watched":
        signal.signal(signal.SIGALRM, _stop)
        signal.alarm(PATIENCE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> bool:
        signal.alarm(0)
        if isinstance(error, VedetteError):
            self.error = error
        elif isinstance(error, Hang | MemoryError | Exception):
            where = traceback.extract_tb(at)[-1]
            place = f"{where.filename.rpartition('/')[2]}:{where.lineno}"
            self.fault = f"{type(error).__name__}: {str(error)[:200]} ({place})"
        return error is None or bool(self.error or self.fault)


def _stop(number: int, frame: object) -> None:
    del number, frame
    raise Hang(f"more than {PATIENCE} s")


def deaths_of(folder: Path) -> int | None:
    """The deaths of the country over all periods; None where no event is at hand."""
    try:
        past = history_of(read_case(folder), None, measure=Measure.DEATHS, by=By.COUNTRY, seed=1)
    except VedetteError:
        return None
    return int(past.truth.sum())


def tried(mutant: Mutant, folder: Path, deaths: int | None, *, brief: bool = False) -> Verdict:
    """The trial of a mutated case; ``deaths`` are those of the case that it was made from."""
    verdict = Verdict(mutant)
    with laid(mutant, folder) as home:
        with Watched() as checked:
            commands.check(str(home))
        verdict.accepted = not (checked.error or checked.fault)
        verdict.words = str(checked.error or "")
        verdict.faults += _of_check(checked, mutant)
        if verdict.accepted:
            verdict.faults += _asked(home, mutant, deaths, brief=brief)
    return verdict


@contextmanager
def laid(mutant: Mutant, folder: Path) -> Iterator[Path]:
    """The folder of a mutant, gone afterwards."""
    try:
        yield mutant.write(folder)
    finally:
        shutil.rmtree(folder)


def _of_check(checked: Watched, mutant: Mutant) -> Iterator[str]:
    if checked.fault:
        yield f"check: {checked.fault}"
    elif checked.error and mutant.fate is Fate.ACCEPTED:
        yield f"refused though right: {str(checked.error)[:300]}"
    elif not checked.error and mutant.fate is Fate.REFUSED:
        yield "accepted in silence"
    if checked.error and not checked.error.problems:
        yield f"refused without a mistake: {str(checked.error)[:200]}"
    for problem in checked.error.problems if checked.error else ():
        if not (problem.file and problem.expected and problem.found and problem.cure):
            yield f"a mistake that does not say who, wanted, got, do: {problem}"


def _asked(home: Path, mutant: Mutant, deaths: int | None, *, brief: bool) -> Iterator[str]:
    """What the other commands answer to a case that was accepted."""
    for name, question in _questions(home, brief=brief).items():
        with Watched() as answer:
            question()
        if answer.fault:
            yield f"{name}: {answer.fault}"
        elif answer.error and not _no_events(answer.error):
            yield f"accepted, and refused by {name}: {visible(str(answer.error))[:300]}"
    if mutant.moved is not None:
        with Watched() as answer:
            after = deaths_of(home)
        if answer.fault:
            yield f"counting: {answer.fault}"
        elif deaths is not None and after != deaths + mutant.moved:
            yield f"deaths of the country: expected {deaths + mutant.moved}; found {after}"


def _questions(home: Path, *, brief: bool) -> dict[str, Callable[[], object]]:
    case = str(home)
    read = read_case(home)
    actors = read.actors["id"].to_list()
    asked: dict[str, Callable[[], object]] = {
        "summary": lambda: commands.summary(case).document(),
        "network": lambda: commands.network(commands.ledger_of(case), "ties").document(),
        "claims": lambda: commands.claims(commands.ledger_of(case), commands.ClaimQuery()).document(),
        "forecast": lambda: commands.forecast(case, "last", draws=20).document(),
    }
    if actors:
        asked["who"] = lambda: commands.who(commands.ledger_of(case), actors[-1]).document()
    if (home / "mechanisms.yaml").exists():
        asked["mechanisms"] = lambda: commands.mechanisms(case).document()
    if brief:
        asked["brief"] = lambda: commands.brief(case, home / "build")
    return asked


def _no_events(error: VedetteError) -> bool:
    """Whether a case waits for its first events, which is no mistake in it."""
    return "has no events to count" in str(error)
