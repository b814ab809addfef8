"""The command about answers that are kept."""

from typing import Annotated

import typer

from vedette import commands
from vedette.cli.options import CaseName, Json, Quiet
from vedette.cli.text import screen
from vedette.plurals import counted

Clear = Annotated[bool, typer.Option("--clear", help="Remove them; what is asked again takes time again.")]


def cache(case: CaseName, clear: Clear = False, json: Json = False, quiet: Quiet = False) -> None:
    """Say how much is kept of answers that take long, and remove it with --clear.

    Example: [bold]vedette cache iraq --clear[/]
    """
    kept = commands.kept_answers(case, clear_them=clear)
    if json:
        screen.as_json(kept.document())
        return
    done = "Removed" if kept.cleared else "Kept"
    screen.say(f"{done}: {counted(kept.answers, 'answer')}, {kept.megabytes}, in {kept.folder}", quiet=quiet)
