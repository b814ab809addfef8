"""Who backs, commands, pays and fights whom on a day: drawn, over time, and as tables."""

from bisect import bisect_left, bisect_right
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BeforeValidator, Field
from starlette.responses import Response

from vedette import commands
from vedette.app.addresses import tie_address
from vedette.app.drawings.answer import of_drawing
from vedette.app.drawings.network import COLOURS, KINDS, LINES, SIDES, form_of, network_drawing
from vedette.app.drawings.strips import Strip, strips_drawing
from vedette.app.drawings.svg import Drawing, in_full
from vedette.app.pages.asked import AnswerForm, ChartAsked, Day, HeldCase, Words
from vedette.app.site import page, table
from vedette.plurals import counted

if TYPE_CHECKING:
    from vedette.evidence import Ledger

router = APIRouter()

_LEGEND = {"lines": LINES, "sides": SIDES, "colours": COLOURS, "forms": KINDS, "form_of": form_of}


class NetworkView(StrEnum):
    """What is shown of a day: its ties, or foreign support by who gives it or by who gets it."""

    TIES = "ties"
    BACKERS = "backers"
    RECIPIENTS = "recipients"


Share = Annotated[float | None, BeforeValidator(lambda text: text or None), Field(ge=0, le=1)]


class TiesAsked(ChartAsked):
    """Which ties are shown, of which day; ``around`` is an actor whose ties alone are shown."""

    at: Day = None
    kind: Words = None
    least: Share = None
    around: Words = None
    view: NetworkView = NetworkView.TIES


@router.get("/network")
def network(request: Request, held: HeldCase, asked: Annotated[TiesAsked, Query()]) -> Response:
    """The ties of a day drawn, over time and as a table, and those that faded; or foreign support in full."""
    ledger = held.ledger()
    if asked.view is not NetworkView.TIES:
        return _backing(request, ledger, asked)
    found = _found(ledger, asked)
    if asked.form is AnswerForm.CSV:
        return table(found.table, f"ties-{found.at}")
    drawings = {each.id: each for each in _drawings(ledger, found)}
    if answer := of_drawing(request, asked, drawings.values()):
        return answer
    shown: dict[str, Any] = {
        "found": found,
        "asked": asked,
        "drawings": drawings,
        **_of_day(ledger, found.at),
        **_LEGEND,
    }
    return page(
        request, "network.html", kinds=commands.tie_kinds(), days=_days(ledger, asked, found.at), **shown
    )


@router.get("/network/day")
def drawing_of_day(request: Request, held: HeldCase, asked: Annotated[TiesAsked, Query()]) -> Response:
    """The drawing of a day without the page around it, for the timeline."""
    ledger = held.ledger()
    found = _found(ledger, asked)
    drawings = {"ties": _ties_drawing(ledger, found)} if found.table.height else {}
    return page(
        request, "network_day.html", found=found, asked=asked, drawings=drawings, **_of_day(ledger, found.at)
    )


def _found(ledger: "Ledger", asked: TiesAsked) -> commands.NetworkResult:
    at = asked.at or commands.present_of(ledger)
    found = commands.network(ledger, at=at, kinds=commands.tie_kinds(asked.kind), least=asked.least)
    return commands.ties_around(found, asked.around) if asked.around else found


def _of_day(ledger: "Ledger", at: date) -> dict[str, Any]:
    """The day that is meant, and the day as of which things are known, in words."""
    present = commands.present_of(ledger)
    return {"day": in_full(at), "known": in_full(present), "beyond": at > present}


def _days(ledger: "Ledger", asked: TiesAsked, at: date) -> dict[str, Any]:
    """The days on which something changes, with those before and after the one that is shown."""
    days = commands.days_of_change(
        ledger, kinds=commands.tie_kinds(asked.kind), present=commands.present_of(ledger)
    )
    before, after = bisect_left(days, at), bisect_right(days, at)
    return {
        "all": days,
        "place": max(0, after - 1),
        "earlier": days[before - 1] if before else None,
        "later": days[after] if after < len(days) else None,
    }


def _drawings(ledger: "Ledger", found: commands.NetworkResult) -> list[Drawing]:
    return [_ties_drawing(ledger, found), _strips(ledger, found)] if found.table.height else []


def _ties_drawing(ledger: "Ledger", found: commands.NetworkResult) -> Drawing:
    drawn = commands.drawn_ties(found)
    known = f"As known on {in_full(commands.present_of(ledger))}."
    return network_drawing(drawn, ledger.names, known)


def _strips(ledger: "Ledger", found: commands.NetworkResult) -> Drawing:
    ties = (
        found.table.sort("subject", "relation", "object").select("subject", "relation", "object").iter_rows()
    )
    present = commands.present_of(ledger)
    strips = [
        tie_as_strip(ledger, strip, found.at) for strip in commands.tie_strips(ledger, ties, present=present)
    ]
    title = f"{counted(len(strips), 'tie')} over time, up to {in_full(present)}"
    ends = {"first": ledger.case.start, "last": present}
    return strips_drawing(strips, key="over-time", title=title, at=found.at, **ends)


def tie_as_strip(ledger: "Ledger", strip: commands.TieStrip, at: date) -> Strip:
    """Returns a tie over time as it is drawn, with a link to the tie on a day."""
    subject, relation, object_ = strip.tie
    words = commands.tie_in_words(ledger.names, strip.tie)
    days = strip.stated, strip.ageing, strip.against
    note = f"Said to have held from {strip.stated[0][0]} to {strip.said}"
    return Strip(words, tie_address(subject, relation, object_, at), *days, note)


def _backing(request: Request, ledger: "Ledger", asked: TiesAsked) -> Response:
    """Foreign support by who gives it, or by who gets it."""
    at = asked.at or commands.present_of(ledger)
    found = commands.network(ledger, "dependence", at=at)
    rows = commands.backing_in_full(ledger, at)
    first, second = ("backer", "force") if asked.view is NetworkView.BACKERS else ("force", "backer")
    rows = rows.sort(first, "belief", second, "relation", descending=[False, True, False, False])
    if asked.form is AnswerForm.CSV:
        return table(rows, f"support-by-{first}-{at}")
    groups = [(str(key), of_one.to_dicts()) for (key,), of_one in rows.group_by(first, maintain_order=True)]
    groups.sort(
        key=lambda group: (-len({row[second] for row in group[1]}), ledger.names.get(group[0], group[0]))
    )
    shown: dict[str, Any] = {
        "asked": asked,
        "groups": groups,
        "first": first,
        "second": second,
        "rows": rows,
        "found": found,
    }
    return page(request, "backing.html", **shown, **_of_day(ledger, at))
