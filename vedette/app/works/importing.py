"""What an uploaded file would change in a case, and taking it in."""

from collections.abc import Mapping
from typing import Any

from vedette import commands
from vedette.app.served import Served
from vedette.progress import Report


def plan_import(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Returns what the upload of a ``key`` would change; nothing is written."""
    report("Reading the file", 0.0)
    return commands.plan_import(served.case, commands.incoming_file(options["key"]), report=report).document()


def take_import(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Takes the upload of a ``key`` in, under the name ``by``, if its changes still have the ``mark``."""
    commands.act_as(options["by"])
    report("Taking the file in", 0.0)
    upload = commands.incoming_file(options["key"])
    done = commands.take_import(served.case, upload, mark=options["mark"], report=report)
    commands.remove_incoming(upload, whole=False)
    return done.document()
