"""The commands that open the workbench, in a process of its own."""

import json
import os
import sys
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any

import typer

from vedette import commands
from vedette.cli.grouping import grouped
from vedette.cli.options import AsOf, EditionName
from vedette.cli.text import screen
from vedette.errors import UsageError

PORT = 8470

CaseServed = Annotated[
    str | None, typer.Argument(metavar="CASE", help="The case: its name if it is shipped, else its folder.")
]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 for any that is free.")]
Browser = Annotated[bool, typer.Option(help="Open it in the browser at once.")]


@dataclass(frozen=True)
class ToOthers:
    """Serving to other machines."""

    host: Annotated[
        str | None,
        typer.Option("--host", metavar="ADDRESS", help="Serve to those with an account, at this address."),
    ] = None
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name", metavar="NAME", help="The name under which browsers ask for it; may be repeated."
        ),
    ] = None
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", metavar="FILE", help="The certificate, in PEM format.")
    ] = None
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", metavar="FILE", help="Its key, in PEM format.")
    ] = None
    proxy: Annotated[
        str | None,
        typer.Option(
            "--proxy", metavar="ADDRESS", help="The address of a proxy that has the certificate instead."
        ),
    ] = None
    oidc: Annotated[
        Path | None,
        typer.Option("--oidc", metavar="FILE", help="Let people in by OpenID Connect, as this file says."),
    ] = None
    whole: Annotated[
        bool,
        typer.Option(
            "--whole-case-on-the-network", help="Serve an edition that withholds nothing to others too."
        ),
    ] = False

    def document(self) -> dict[str, Any] | None:
        """Returns the options by the names of the app's own; None if others are not served."""
        if self.host is None:
            given = [f.name for f in fields(self) if getattr(self, f.name)]
            if given:
                raise UsageError(f"--{given[0].replace('_', '-')}: goes with --host ADDRESS only.")
            return None
        files = {"cert": self.tls_cert, "key": self.tls_key, "oidc": self.oidc}
        return {
            "host": self.host,
            "names": self.name or [],
            "proxy": self.proxy,
            "whole": self.whole,
            **{name: str(file) if file else None for name, file in files.items()},
        }


@grouped
def serve(
    others: ToOthers,
    case: CaseServed = None,
    edition: EditionName = None,
    as_of: AsOf = None,
    port: Port = PORT,
    browser: Browser = True,
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
        "hosting": others.document(),
    }
    _become(asked)


def demo(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="Where the copy stands; ~/.vedette/demo/iraq if left out."),
    ] = None,
    port: Port = PORT,
    browser: Browser = True,
) -> None:
    """Open the workbench on a copy of Iraq that is yours to change; the same copy each time.

    Example: [bold]vedette demo[/]
    """
    copy = commands.demo_case("iraq", folder=folder)
    screen.say(f"{'Made a copy of Iraq' if copy.made else 'Your copy of Iraq'}: {copy.folder}")
    asked = {"case": str(copy.folder), "edition": None, "as_of": None}
    _become({**asked, "port": port, "browser": browser, "link": False, "hosting": None})


def _become(asked: dict[str, Any]) -> None:
    """Turns this process into that of the workbench."""
    sys.stdout.flush()
    os.execve(
        sys.executable,
        [sys.executable, "-m", "vedette.app", json.dumps(asked)],
        {"MALLOC_ARENA_MAX": "2", **os.environ},  # else each thread keeps what it freed, which adds up
    )
