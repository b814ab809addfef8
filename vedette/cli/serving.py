"""The command that opens the workbench, in a process of its own."""

import json
import os
import sys
from typing import Annotated

import typer

from vedette.cli.options import AsOf, EditionName
from vedette.errors import UsageError

PORT = 8470

CaseServed = Annotated[
    str | None, typer.Argument(metavar="CASE", help="The case: its name if it is shipped, else its folder.")
]


def serve(
    case: CaseServed = None,
    edition: EditionName = None,
    as_of: AsOf = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The port; 0 for any that is free.")
    ] = (PORT),
    browser: Annotated[bool, typer.Option(help="Open it in the browser at once.")] = True,
    link: Annotated[
        bool, typer.Option("--link", help="Print a way into the workbench that you run on the port.")
    ] = False,
) -> None:
    """Open the workbench: a case in the browser, on this machine alone.

    Example: [bold]vedette serve iraq[/]
    """
    if case is None and not link:
        raise UsageError("serve: expected a case, or --link for one that is served. Like: vedette serve iraq")
    asked = {
        "case": case,
        "edition": edition,
        "as_of": str(as_of) if as_of else None,
        "port": port,
        "browser": browser,
        "link": link,
    }
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "vedette.app", json.dumps(asked)])
