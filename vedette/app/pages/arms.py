"""The state's monopoly on arms, and what forces depend on from abroad, each with what is not known of it."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import polars as pl
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from vedette import commands
from vedette.app.charts import of_chart
from vedette.app.drawings.svg import in_full
from vedette.app.pages.asked import AnswerForm, ChartAsked, Day, HeldCase
from vedette.app.site import page, table
from vedette.errors import DataError

if TYPE_CHECKING:
    from vedette.evidence import Ledger

router = APIRouter()


class ArmsAsked(ChartAsked):
    """The day of which arms and dependence are shown; the present of the case where it is left out."""

    at: Day = None


@router.get("/arms")
def arms(request: Request, held: HeldCase, asked: Annotated[ArmsAsked, Query()]) -> Response:
    """The index of arms with its interval, the forces in it and what moves it; foreign support by force."""
    ledger = held.ledger()
    at = asked.at or commands.present_of(ledger)
    found, lacking = _index(ledger, at)
    if answer := of_chart(request, asked, [found.chart] if found and found.chart else []):
        return answer
    support = commands.network(ledger, "dependence", at=at)
    if asked.form is AnswerForm.CSV:
        return table(support.table, f"dependence-{at}")
    shown: dict[str, Any] = {
        "asked": asked,
        "at": at,
        "found": found,
        "lacking": lacking,
        "support": support,
        "forces": _by_force(support.table),
        "coverage": commands.support_coverage(ledger, at),
        "day": in_full(at),
        "known": in_full(commands.present_of(ledger)),
    }
    return page(request, "arms.html", beyond=at > commands.present_of(ledger), **shown)


def _index(ledger: "Ledger", at: date) -> tuple[commands.ArmsResult | None, str]:
    """The index, or why the case has none."""
    try:
        return commands.arms_on(ledger, at), ""
    except DataError as error:
        return None, str(error)


def _by_force(support: pl.DataFrame) -> list[tuple[str, list[dict[str, Any]]]]:
    """The rows of each force, those with the most kinds of support first."""
    groups = [(str(key), rows.to_dicts()) for (key,), rows in support.group_by("force", maintain_order=True)]
    return sorted(groups, key=lambda group: (-len(group[1]), group[0]))
