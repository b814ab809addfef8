"""Forecasts, and those in the register."""

from collections.abc import Mapping
from typing import Any

from vedette import commands
from vedette.app.served import Served
from vedette.progress import Report


def outlook(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Returns the forecast of deaths by unit: months, totals over months, simple forecasts."""
    found = commands.outlook(
        served.case,
        by=options["by"],
        as_of=served.as_of,
        edition=served.edition,
        months=options["months"],
        report=report,
    )
    return found.document()


def register(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Freezes the forecasts of deaths in the register, in the name of who asked for it."""
    commands.act_as(options["by"])
    made = commands.register_deaths(served.case, as_of=served.as_of, report=report)
    return {"registered": [{"id": each.issued.id, "added": each.added} for each in made]}


def register_scores(served: Served, _: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Returns the registered forecasts, each with its scores on what has come."""
    found = commands.score_registered(served.case, served.as_of, report=report)
    return {"rows": found.document()}


def registered(served: Served, options: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Returns one registered forecast: its scores, and each cell come or open."""
    report("Reading", 0.0)
    found = commands.registered_forecast(served.case, options["id"], as_of=served.as_of)
    return found.document()
