"""Reading an uploaded report."""

from collections.abc import Mapping
from typing import Any

from vedette import commands
from vedette.app.served import Served
from vedette.progress import Report


def read(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Returns where the proposals of an uploaded report are, how many are new, and remarks."""
    commands.act_as(options["by"])
    report("Opening the file", 0.0)
    address, model = options["model_address"], options["model"]
    done = commands.read_upload(
        served.case,
        options["upload"],
        source=options["source"],
        asked=commands.ModelServer(address, model) if address and model else None,
        report=report,
    )
    return {
        "report": done.key,
        "file": done.file,
        "proposals": len(done.proposals),
        "added": done.added,
        "remarks": done.remarks,
    }
