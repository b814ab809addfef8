"""Taking a change of a case back, and forgetting a row in its log."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from vedette.errors import Problem, StorageError, UsageError
from vedette.files.change import CaseChange
from vedette.files.copying import link_or_copy
from vedette.files.disk import hash_bytes, hash_of
from vedette.files.log import FORGET, OUTSIDE, Edit, Line, Log, as_bytes, read_log, without_row
from vedette.files.names import LOG, REMOVED
from vedette.files.rows import turned_back

_STAYS = {"register": "a forecast that was issued", "issues": "a brief that was issued"}
"""What is never taken back, by the folder that holds it."""
_GOES = {
    "register": "Move the forecast out of the register by hand if it must go.",
    "issues": "Issue a correction in its place: vedette brief CASE --issue --corrects N --why TEXT.",
}
_NOTES = (OUTSIDE, FORGET)
"""Commands of lines that note something and change no file."""


def undo(change: CaseChange, line: str = "", seen: str = "") -> Line:
    """Takes the last change of a case back, as part of a change; gives the line that is taken back.

    Lines that note an edit made outside, or that a row was forgotten, are passed over. Event files go to the
    cache, so that taking this back finds them there.

    Args:
        change: the change that this is part of.
        line: the id of the line to take back in place of the last; its files must be as it left them.
        seen: the id of the last change as its reader saw it; where another came since, nothing is done.

    Raises:
        UsageError: there is nothing to take back, no such line, or what is needed for it is gone.
        StorageError: a file is not as that change left it (``problems`` names what differs), or another
            change came after the one that was seen.
    """
    log = read_log(change.home)
    if seen and (last := _last(log, change.home)).id != seen:
        cure = "Look at the log again, then undo what you mean. Nothing was changed."
        raise StorageError(
            f"The last change is another now: {last.command} by {last.who}, {last.when}. {cure}"
        )
    chosen = _named(log, line, change.home) if line else _last(log, change.home)
    problems = [problem for edit in chosen.edits for problem in _differs(change.home, edit, chosen, log)]
    if problems:
        what = "The change" if line else "The last change"
        raise StorageError(
            f"{what} ({chosen.command}, {chosen.when}, {chosen.who}) cannot be taken back: {_why(chosen)}. "
            "Nothing was changed.",
            problems,
        )
    for edit in chosen.edits:
        _take_back(change, edit, chosen)
    change.undoes = chosen.id
    return chosen


def _last(log: Log, home: Path) -> Line:
    lines = [line for line in log.lines if line.command not in _NOTES]
    if not lines:
        raise UsageError(f"{home / LOG} holds no change that could be taken back.")
    return lines[-1]


def _named(log: Log, line: str, home: Path) -> Line:
    """The line of an id."""
    chosen = next((each for each in log.lines if each.id == line), None)
    if chosen is None:
        cure = "Give the second column of what `vedette log` lists."
        raise UsageError(f"--line: expected the id of a line of {home / LOG}; found {line!r}. {cure}")
    if chosen.command in _NOTES:
        cure = "Edit the file itself, or put it back from version control."
        raise UsageError(f"--line: {line} notes what was done without a change of vedette's. {cure}")
    return chosen


def _why(line: Line) -> str:
    stays = [_STAYS[kind] for edit in line.edits if (kind := _staying(edit))]
    return f"{stays[0]} stays" if stays else "files are not as it left them"


def _staying(edit: Edit) -> str:
    """The folder in which an edit put what stays for good; empty for any other edit."""
    folder = edit.file.split("/")[0]
    return folder if edit.after is not None and folder in _STAYS else ""


def forget(change: CaseChange, row: str) -> int:
    """Removes the text of a row from the log, as part of a change; gives how often it stood there.

    Raises:
        UsageError: the log holds no content of such a row.
    """
    log = read_log(change.home)
    lines, texts = without_row(log, row)
    if log.broken:
        numbers = ", ".join(map(str, log.broken))
        raise UsageError(
            f"{change.home / LOG}: line {numbers} cannot be read and may hold the row. Remove it first."
        )
    if not texts:
        raise UsageError(
            f"{change.home / LOG} holds no text of a row {row!r}. "
            "Give its id, or FILE:NUMBER as `vedette log` lists it."
        )
    change.about["texts"] = texts
    change.rewritten = replace(log, lines=lines, content=b"".join(map(as_bytes, lines)))
    return texts


def _differs(home: Path, edit: Edit, line: Line, log: Log) -> Iterator[Problem]:
    """What in a file is not as a change left it."""
    path = home / edit.file
    now = hash_of(path) if path.is_file() else None
    if path.is_dir() or _staying(edit):
        kind = _staying(edit) or "register"
        cure = (
            "To take an earlier change back, name its line: vedette undo CASE --line ID, with an ID that "
            f"`vedette log CASE` lists. {_GOES[kind]}"
        )
        yield Problem(edit.file, 0, "", "a file", f"{_STAYS[kind]}, which stays", cure)
    elif now != edit.after:
        found = "no file" if now is None else f"one with SHA-256 {now[:12]}..."
        wanted = f"the file with SHA-256 {edit.after[:12]}..." if edit.after else "no file"
        if now and edit.rows:
            rows = ", ".join(_missing(path, edit))
            found += f"; not in it as they were: {rows}" if rows else "; its rows are in it, others differ"
        later = ", ".join(f"{each.command} ({each.id})" for each in _later(log, line, edit.file))
        found += f"; changed later by: {later}" if later else ""
        cure = "Take the later edits out (or put the file back from version control), then undo again."
        yield Problem(edit.file, 0, "", wanted, found, cure)


def _later(log: Log, line: Line, file: str) -> Sequence[Line]:
    """The lines after one that changed a file."""
    after = log.lines[log.lines.index(line) + 1 :]
    return [each for each in after if any(edit.file == file for edit in each.edits)]


def _missing(path: Path, edit: Edit) -> Sequence[str]:
    """Names of the rows of a change that do not stand in the file as it wrote them."""
    text = path.read_text(encoding="utf-8", errors="replace")
    rows = edit.rows.after if edit.rows else ()
    return [row.name for row in rows if row.text and row.text.strip("\r\n") not in text]


def _take_back(change: CaseChange, edit: Edit, line: Line) -> None:
    if edit.rows is not None:
        _turn_back(change, edit, line)
    elif edit.after is not None and edit.before is None:
        _set_aside(change, edit.file, edit.after)
    elif edit.before is not None and edit.after is None:
        _bring_back(change, edit.file, edit.before)
    else:
        cure = "Put the file back from a copy. Nothing was changed."
        raise UsageError(f"{edit.file}: the log does not hold what stood there before {line.command}. {cure}")


def _turn_back(change: CaseChange, edit: Edit, line: Line) -> None:
    """Makes a table what it was before a change, from what it is and the rows in the log."""
    assert edit.rows is not None
    if edit.rows.forgotten():
        raise UsageError(
            f"{edit.file}: a row of the change {line.id} ({line.command}) was forgotten: "
            "it cannot be taken back. Nothing was changed."
        )
    content = turned_back(edit.file, change.read(edit.file) or b"", edit.rows)
    if content is None or hash_bytes(content) != (edit.before or hash_bytes(b"")):
        cure = "Edit the file itself. Nothing was changed."
        raise UsageError(
            f"{change.home / LOG}: the rows of the change {line.id} ({line.command}) do not give back "
            f"what stood in {edit.file} before it. {cure}"
        )
    if edit.before is None:
        change.remove(edit.file)
    else:
        change.write(edit.file, content)


def _set_aside(change: CaseChange, file: str, digest: str) -> None:
    """Takes an event file out of the case, keeping it in the cache."""
    kept = change.folder / digest
    link_or_copy(change.home / file, kept)
    change.place(f"{REMOVED}/{digest}", kept, logged=False)
    change.remove(file)


def _bring_back(change: CaseChange, file: str, digest: str) -> None:
    """Puts an event file back that was taken out."""
    aside = change.home / REMOVED / digest
    if not aside.is_file() or hash_of(aside) != digest:
        raise UsageError(
            f"{file}: no copy of it is left in {aside.parent}. Load it again: vedette events load."
        )
    kept = change.folder / digest
    link_or_copy(aside, kept)
    change.place(file, kept)
    change.remove(f"{REMOVED}/{digest}", logged=False)
