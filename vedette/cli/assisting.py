"""The command that answers assistants, in a process of its own."""

import json
import os
import sys
from typing import Annotated

import typer

from vedette.cli.options import AsOf, CaseName


def mcp(
    case: CaseName,
    edition: Annotated[
        str, typer.Option("--edition", metavar="NAME", help="For whom: an edition of case.yaml.")
    ] = "public",
    as_of: AsOf = None,
) -> None:
    """Answer the questions of an assistant, read-only, by the Model Context Protocol over stdio.

    Example: [bold]vedette mcp iraq --edition public[/]
    """
    asked = {"case": case, "edition": edition, "as_of": str(as_of) if as_of else None}
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "vedette.app.assistants", json.dumps(asked)])
