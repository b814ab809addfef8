"""The brief of an edition in all its forms, and its issue."""

from collections.abc import Mapping
from typing import Any

from vedette import commands
from vedette.app.served import Served
from vedette.brief.writing import contents_of
from vedette.progress import Report


def documents(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Returns as files the draft of an edition in a language as HTML, PDF, Word and JSON."""
    made = commands.composed(
        served.case,
        as_of=served.as_of,
        edition=options["edition"],
        language=options["language"],
        report=report,
    )
    files: dict[str, bytes] = {}
    for number, form in enumerate(commands.FORMATS):
        report("Writing", number / len(commands.FORMATS))
        files |= contents_of(made, [form], short=options["short"])
    report("Writing", 1.0)
    return {"edition": made.edition, "as_of": made.as_of.isoformat(), "files": files}
