"""The levers of a scenario as they can be set, what follows, and saving them as a scenario."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from vedette import commands
from vedette.app.charts import of_chart
from vedette.app.mechanism import NoMechanism, heavy, mechanism_of
from vedette.app.pages.asked import ChartAsked, HeldCase
from vedette.app.pages.assumptions import number_of
from vedette.app.pages.scenarios import Draws
from vedette.app.scenario_charts import outcomes_chart
from vedette.app.served import Held
from vedette.app.site import page
from vedette.app.visitors import Role, posting, visitor
from vedette.errors import UsageError, VedetteError

router = APIRouter()

READING = "reading-"
"""What stands before the id of a question in the address."""
_OWN = {"scenario", "by", "draws", "chart", "pane", "form", "ask"}


class LeversAsked(ChartAsked):
    """Which scenario is set otherwise, by when, on how many draws; levers and readings stand beside these."""

    scenario: str = ""
    by: str = ""
    draws: Draws = None
    ask: bool = False


class Saving(BaseModel):
    """What is typed to save a scenario."""

    name: str = ""
    author: str = ""
    why: str = ""
    source: str = ""
    compared: bool = False
    form_token: str = ""


@router.get("/scenarios/levers")
def levers(request: Request, held: HeldCase, asked: Annotated[LeversAsked, Query()]) -> Response:
    """The levers of a scenario with what is on record, and what follows if they are set otherwise."""
    known = mechanism_of(held)
    if isinstance(known, NoMechanism):
        return page(request, "no_mechanism.html", title="Levers", lines=known.lines)
    return _shown(request, held, known, asked, Saving(author=visitor(request).name, compared=True))


@router.post("/scenarios/levers")
def save(
    request: Request,
    held: HeldCase,
    asked: Annotated[LeversAsked, Query()],
    typed: Annotated[Saving, Form()],
) -> Response:
    """Saves the levers as a scenario of the case, and leads to where it is compared."""
    posting(request, typed.form_token, Role.ANALYST)
    known = mechanism_of(held)
    if isinstance(known, NoMechanism):
        raise UsageError("\n".join(known.lines))
    if held.ledger().case.withheld:
        raise UsageError("Scenarios are saved from the edition that withholds nothing. Serve it: --edition.")
    try:
        saved = commands.save_scenario(
            held.served.case,
            _question(known, request, asked),
            name=typed.name,
            author=typed.author,
            why=typed.why,
            source=typed.source or commands.OWN,
            compared=typed.compared,
        )
    except VedetteError as error:
        return _shown(request, held, known, asked, typed, str(error).split("\n"))
    others = dict.fromkeys((*known.mechanism.compared, saved.id))
    query = "&".join(f"scenario={name}" for name in others)
    return RedirectResponse(f"/scenarios?{query}", status_code=303)


def _shown(
    request: Request,
    held: Held,
    known: "commands.MechanismResult",
    asked: LeversAsked,
    saving: Saving,
    wrong: list[str] | None = None,
) -> Response:
    question = _question(known, request, asked)
    sheet = commands.lever_sheet(known, question, as_of=held.served.as_of)
    set_otherwise = bool(sheet.changed or question.readings)
    options = {
        "scenario": sheet.scenario.id,
        "levers": sheet.changed,
        "by": sheet.by,
        "readings": dict(question.readings),
        "draws": asked.draws,
    }
    job = heavy(request, "levers", start=asked.ask and set_otherwise, **options)
    answer = job.answer if job else None
    charts = [outcomes_chart(answer)] if answer else []
    if answered := of_chart(request, asked, charts):
        return answered
    return page(
        request,
        "levers.html",
        status=400 if wrong else 200,
        asked=asked,
        sheet=sheet,
        job=job,
        answer=answer,
        charts=charts,
        set_otherwise=set_otherwise,
        saving=saving,
        wrong=wrong or [],
        reading=READING,
    )


def _question(
    known: "commands.MechanismResult", request: Request, asked: LeversAsked
) -> "commands.LeverQuestion":
    """What an address asks: its levers as numbers, its readings, the scenario and the month."""
    found = {name: text.strip() for name, text in request.query_params.items() if name not in _OWN}
    readings = {
        name.removeprefix(READING): text for name, text in found.items() if name.startswith(READING) and text
    }
    values = {name: text for name, text in found.items() if not name.startswith(READING) and text}
    names = {lever.id: lever.name for lever in known.mechanism.file.levers}
    return commands.LeverQuestion(
        asked.scenario,
        {name: number_of(names.get(name, name), text) for name, text in values.items()},
        asked.by,
        readings,
    )
