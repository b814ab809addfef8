"""Commands about the changes of a case: list them, take the last one back, lift an older case."""

from typing import Annotated

import typer

from vedette import commands
from vedette.cli.options import CaseName, Json, Quiet
from vedette.cli.text import screen
from vedette.files import Edit, Line

_NAMED = 4
_NO_GIT = "The history that git keeps is not touched: rewrite it yourself if the row must go from there."


def log(
    case: CaseName,
    forget: Annotated[
        str | None,
        typer.Option(metavar="ROW", help="Remove the text of this row (its id) from the log."),
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """List who changed what in a case, when and with which command; the newest last.

    Example: [bold]vedette log my-iraq[/]
    """
    if forget is not None:
        _forget(case, forget, json=json, quiet=quiet)
        return
    found = commands.log(case)
    if found.unreadable:
        numbers = ", ".join(map(str, found.unreadable))
        screen.warn([f"{found.file}, line {numbers}: cut short or no line of a log; skipped."], quiet=quiet)
    if json:
        screen.as_json(found.document())
        return
    for line in found.changes:
        screen.say(_shown(line))
    if not found.changes:
        screen.say("No change was logged yet.", quiet=quiet)


def undo(
    case: CaseName,
    line: Annotated[
        str,
        typer.Option("--line", metavar="ID", help="Take this change back, not the last (see log)."),
    ] = "",
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Take the last change of a case back. Undo once more to have it again.

    It refuses where a file is no longer as that change left it, and names what differs.

    Example: [bold]vedette undo my-iraq[/]
    """
    done = commands.undo(case, line)
    if json:
        screen.as_json(done.document())
        return
    screen.say(f"Taken back: {_shown(done.change)}", quiet=quiet)


def upgrade(case: CaseName, json: Json = False, quiet: Quiet = False) -> None:
    """Lift a case that an older vedette made to the layout of this one. `vedette undo` takes it back.

    Example: [bold]vedette upgrade my-iraq[/]
    """
    done = commands.upgrade(case)
    if json:
        screen.as_json(done.document())
        return
    if done.files:
        kept = f"The case keeps schema {done.after}"
        text = kept if done.before == done.after else f"From schema {done.before} to {done.after}"
        screen.say(f"{text}. Written: {', '.join(done.files)}", quiet=quiet)
    else:
        screen.say(f"Nothing to do: the case has schema {done.after}.", quiet=quiet)


def _forget(case: str, row: str, *, json: bool, quiet: bool) -> None:
    done = commands.forget_row(case, row)
    if json:
        screen.as_json(done.document())
        return
    times = "1 place" if done.texts == 1 else f"{done.texts} places"
    screen.say(f"Removed the text of {row} from {times} of the log. {_NO_GIT}", quiet=quiet)
    if done.standing:
        screen.warn([f"{row} still stands in {', '.join(done.standing)}."], quiet=quiet)


def _shown(line: Line) -> str:
    """A change in one line of text."""
    files = "; ".join(_file(edit) for edit in line.edits)
    shown = f"{line.when}  {line.id}  {line.who}  {line.command}: {files}"
    return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in shown)


def _file(edit: Edit) -> str:
    if edit.rows is None:
        done = "new" if edit.before is None else "gone" if edit.after is None else "changed"
        return f"{edit.file} {done}"
    before, after = edit.rows.changed()
    names = list(dict.fromkeys(row.name for row in (*after, *before)))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    counts = f"+{len(after)} -{len(before)}"
    return f"{edit.file} {counts} ({', '.join(names[:_NAMED])}{more})" if names else f"{edit.file} {counts}"
