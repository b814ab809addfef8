"""The one door at which errors become text and an exit code."""

import sys

from rich.markup import escape

from vedette.cli.text.terminal import Terminal
from vedette.errors import VedetteError, messages

INTERRUPTED = 130
_SHOWN = 40


def tell(error: VedetteError) -> int:
    """Prints a user's error on standard error and gives its exit code."""
    console = Terminal(stderr=True)
    console.print(f"[bold red]Error:[/] {escape(str(error.args[0]))}")
    lines = messages(error.problems)
    for line in lines[:_SHOWN]:
        console.print(f"  {escape(line)}")
    if len(lines) > _SHOWN:
        console.print(f"  ... and {len(lines) - _SHOWN} more")
    return error.exit_code


def pass_through() -> None:
    """Runs a command; a user's error becomes text and a code, Ctrl-C a line."""
    try:
        from vedette.cli.verbs import app

        app()
    except VedetteError as error:
        sys.exit(tell(error))
    except KeyboardInterrupt:
        Terminal(stderr=True).print("Stopped. Nothing was half-written.")
        sys.exit(INTERRUPTED)
