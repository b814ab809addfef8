"""Save levers that were tried as a scenario of the case."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from vedette.case import Case, read_case
from vedette.case.writing import changing_case, free_id
from vedette.case.writing.yaml_edit import loaded, with_item
from vedette.commands.eliciting import OWN
from vedette.commands.levers import LeverQuestion
from vedette.commands.typed_words import typed
from vedette.errors import CaseError, StorageError, UsageError
from vedette.files import CaseChange
from vedette.plurals import counted
from vedette.scenario import Mechanism, Scenario, read_mechanism
from vedette.scenario.drafts import changed_levers, drafted_path, usual_month, written_levers
from vedette.scenario.language.entries import FILE
from vedette.scenario.language.paths import FOLDER
from vedette.scenario.language.scenario_file import LeverPath


@dataclass(frozen=True)
class SavedScenario:
    """A scenario as it was written: its id, name and file, and whether a brief compares it."""

    id: str
    name: str
    file: str
    compared: bool

    def document(self) -> dict[str, Any]:
        """Returns the same as JSON."""
        return {"id": self.id, "name": self.name, "file": self.file, "compared": self.compared}


def save_scenario(
    case: str,
    question: LeverQuestion,
    *,
    name: str,
    author: str,
    why: str,
    source: str = OWN,
    compared: bool = True,
) -> SavedScenario:
    """Writes levers that were set otherwise as a scenario of its own; `undo` takes it back.

    It has the levers and rules of the scenario that was changed, and those set otherwise. Readings are no
    part of a scenario: they stay those of the mechanism.

    Args:
        case: the case.
        question: the scenario that was changed, and how.
        name: of the scenario.
        author: who says so.
        why: the reason.
        source: what it rests on.
        compared: whether it is added to the scenarios that a brief compares, where the mechanism names them.

    Raises:
        UsageError: nothing is set otherwise, a value out of range, or a name, author or reason that is none.
        CaseError: the mechanism would hold mistakes, such as two scenarios of one name; nothing is written.
        StorageError: the case cannot be locked or written.
    """
    words = {
        "name": typed("name", name),
        "author": typed("author", author),
        "source": typed("source", source, needed=False) or OWN,
        "note": typed("reason", why),
    }
    with changing_case(case, "save scenario") as change:
        read = read_case(change.home)
        mechanism = read_mechanism(read)
        scenario = mechanism.scenario(question.scenario or mechanism.file.base)
        changed = changed_levers(mechanism, scenario, question.levers)
        if not changed:
            raise UsageError("No lever is set otherwise than in the scenario. Change one, then save it.")
        by = question.by or usual_month(mechanism, scenario)
        new = free_id(words["name"], [*mechanism.scenarios])
        entry = {"id": new, **words, **_content(change, mechanism, scenario=scenario, changed=changed, by=by)}
        file = f"{FOLDER}/{new}.yaml"
        text = yaml.safe_dump(entry, sort_keys=False, allow_unicode=True, width=110)
        change.write(file, text.encode())
        added = compared and bool(mechanism.file.compared)
        if added:
            _compare_too(change, new)
        check_mechanism(change, read)
    return SavedScenario(new, words["name"], file, added or not mechanism.file.compared)


def check_mechanism(change: CaseChange, case: Case) -> Mechanism:
    """Reads the mechanism of a case as a change will leave it.

    Raises:
        CaseError: it would hold mistakes; all of them are listed.
    """
    trial = change.new_folder("mechanism")
    made = change.made()
    (trial / FILE).symlink_to(made.get(FILE) or change.home / FILE)
    (trial / FOLDER).mkdir()
    files = {path.name: path for path in (change.home / FOLDER).glob("*")}
    files |= {Path(name).name: path for name, path in made.items() if path and name.startswith(f"{FOLDER}/")}
    for name, path in files.items():
        (trial / FOLDER / name).symlink_to(path)
    try:
        return read_mechanism(case, folder=trial)
    except CaseError as error:
        count = counted(len(error.problems), "mistake")
        raise CaseError(
            f"The mechanism of {change.home} would have {count}; nothing was written.", error.problems
        ) from error
    finally:
        shutil.rmtree(trial)


def _content(
    change: CaseChange, mechanism: Mechanism, *, scenario: Scenario, changed: Mapping[str, float], by: str
) -> dict[str, Any]:
    """The levers and rules of a new scenario, as they are written."""
    labels = mechanism.span.labels()
    if by not in labels:
        raise UsageError(f"by: expected a month from {labels[0]} to {labels[-1]}; found {by!r}. Choose one.")
    levers: dict[str, Any] = {}
    rules: list[Any] = []
    for part in scenario.parts or (scenario.id,):
        if part != mechanism.file.base:
            held = _written(change, part)
            levers |= held.get("levers") or {}
            rules += held.get("rules") or []
    written = written_levers(mechanism, scenario)
    for lever, value in changed.items():
        path = drafted_path(mechanism, written[lever], value, by)
        levers[lever] = _as_written(path)
    return {"levers": levers, **({"rules": rules} if rules else {})}


def _as_written(path: LeverPath) -> Any:
    """A path of a lever as files write it."""
    if path.value is not None:
        return _plain(path.value)
    months = {month: _plain(value) for month, value in path.path.items() if value is not None}
    return {"path": months, "between": path.between}


def _plain(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def _written(change: CaseChange, scenario: str) -> dict[str, Any]:
    """What the file of a scenario holds."""
    name = f"{FOLDER}/{scenario}.yaml"
    content = change.read(name)
    assert content is not None
    held: dict[str, Any] = loaded(content.decode("utf-8-sig"), name)
    return held


def _compare_too(change: CaseChange, scenario: str) -> None:
    """Adds a scenario to those that the mechanism compares; comments and layout stay."""
    content = change.read(FILE)
    assert content is not None
    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    text = content.decode("utf-8-sig")
    before = loaded(text, FILE)
    edited = with_item(text, ("compared",), scenario)
    if loaded(edited, FILE) != {**before, "compared": [*before["compared"], scenario]}:
        raise StorageError(
            f"{FILE}: compared cannot be changed without touching other entries. Write it on a line of its "
            "own."
        )
    change.write(FILE, mark + edited.encode())
