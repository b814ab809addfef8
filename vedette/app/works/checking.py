"""What a check of the case finds."""

from collections.abc import Mapping
from typing import Any

from vedette import commands
from vedette.app.served import Served
from vedette.progress import Report


def check(served: Served, _: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Returns what a check of the case finds worth a look."""
    report("Checking", 0.0)
    return commands.check(served.case).document()
