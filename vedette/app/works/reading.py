"""Reading an uploaded report, or the kept text of one again."""

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
    return _answer(done)


def read_again(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Returns the same of a report whose kept text is read again."""
    commands.act_as(options["by"])
    return _answer(commands.read_again(served.case, options["report"], report=report))


def _answer(done: commands.ReadReport) -> dict[str, Any]:
    return {
        "report": done.key,
        "proposals": len(done.proposals),
        "added": done.added,
        "remarks": done.remarks,
    }
