"""What changed between two days."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from vedette import commands
from vedette.app.served import Served
from vedette.progress import Report


def changes(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Returns what changed between ``first`` and ``last``, in its parts with sentences and tables."""
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


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
