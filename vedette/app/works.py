"""What jobs can do: one function for each verb that takes long, its answer as JSON."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from vedette import commands
from vedette.app.served import Served
from vedette.progress import Report

Work = Callable[[Served, Mapping[str, Any], Report], dict[str, Any]]


def _changes(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """What changed between two days, in its parts with sentences and tables."""
    found = commands.changes(
        served.case,
        first=_day(options["first"]),
        last=_day(options["last"]),
        edition=served.edition,
        report=report,
    )
    parts = [
        {
            "id": part.id,
            "heading": part.heading,
            "lines": part.lines,
            "tables": [{"title": title, "rows": list(rows)} for title, rows in part.tables],
        }
        for part in found.parts
    ]
    return {"lead": found.lead, "parts": parts, "rules": found.rules, "document": found.document()}


def _check(served: Served, _: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """What a check of the case finds worth a look."""
    report("Checking", 0.0)
    return commands.check(served.case).document()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


WORKS: Mapping[str, Work] = {"changes": _changes, "check": _check}
"""The verbs, by name."""
