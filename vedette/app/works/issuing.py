"""Issues a brief."""

from collections.abc import Mapping
from typing import Any

from vedette import commands
from vedette.app.served import Served
from vedette.progress import Report


def issue(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Issues the brief of an edition under the number that was agreed to, in the name of who asked for it."""
    commands.act_as(options["by"])
    corrects = options["corrects"]
    made = commands.brief(
        served.case,
        as_of=served.as_of,
        edition=options["edition"],
        issue=True,
        correction=commands.Correction(corrects, options["why"]) if corrects else None,
        number=options["number"],
        formats=commands.FORMATS,
        short=options["short"],
        language=options["language"],
        report=report,
    )
    assert made.issue is not None
    said = commands.issued_words(made.issue)
    return {"edition": made.issue.edition, "number": made.issue.number, "said": said}
