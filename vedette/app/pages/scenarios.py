"""What if: the scenarios of a case, which is on course, what each would bring, and what to watch."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Query, Request
from pydantic import BaseModel, BeforeValidator, Field
from starlette.responses import RedirectResponse, Response

from vedette import commands
from vedette.app.charts import of_chart
from vedette.app.jobs import Job
from vedette.app.mechanism import NoMechanism, heavy, mechanism_of
from vedette.app.pages.asked import ChartAsked, HeldCase
from vedette.app.scenario_charts import outcomes_chart
from vedette.app.site import page
from vedette.app.visitors import Role, posting

router = APIRouter()

PARTS: Mapping[str, tuple[str, str]] = {
    "track": ("Which scenario is on course", "15 seconds"),
    "compare": ("Outcomes compared", "half a minute"),
    "signs": ("What to watch", "20 seconds"),
    "hindcast": ("Does it answer to its history?", "a minute"),
}
"""What is worked out on this page: its heading, and about how long one processor takes for it in Iraq."""
_AT_ONCE = "track"
"""The part that is worked out when the page is opened; the others wait to be asked for."""


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


Draws = Annotated[int | None, BeforeValidator(_none_if_empty), Field(ge=2, le=100_000)]
"""How many futures are drawn; as many as the digits of the headline need where it is left out."""


class ScenariosAsked(ChartAsked):
    """Which scenarios are compared, the first with each other one, and on how many draws."""

    scenario: list[str] = Field(default_factory=list)
    draws: Draws = None


class Part(BaseModel):
    """A part of the page: its id and heading, how long it takes, its job if somebody asked for it."""

    model_config = {"arbitrary_types_allowed": True}

    id: str
    title: str
    takes: str
    job: Job | None
    answer: Mapping[str, Any] | None


@router.get("/scenarios")
def scenarios(request: Request, held: HeldCase, asked: Annotated[ScenariosAsked, Query()]) -> Response:
    """The scenarios of the case with what they assume, and what follows from them."""
    known = mechanism_of(held)
    if isinstance(known, NoMechanism):
        return page(request, "no_mechanism.html", title="What if", lines=known.lines)
    chosen = _chosen(known, asked)
    parts = {name: _part(request, name, chosen, asked.draws) for name in PARTS}
    answer = parts["compare"].answer
    charts = [outcomes_chart(answer)] if answer else []
    if answered := of_chart(request, asked, charts):
        return answered
    return page(
        request,
        "scenarios.html",
        asked=asked,
        known=known,
        chosen=chosen,
        rows=known.scenario_rows(),
        parts=parts,
        charts=charts,
    )


@router.post("/scenarios")
def work_out(
    request: Request,
    held: HeldCase,
    asked: Annotated[ScenariosAsked, Query()],
    part: Annotated[str, Form()] = "",
    form_token: Annotated[str, Form()] = "",
) -> Response:
    """Works a part of the page out, and leads back to it."""
    posting(request, form_token, Role.READER)
    known = mechanism_of(held)
    if part not in PARTS or isinstance(known, NoMechanism):
        raise HTTPException(404, f"There is no part {part!r} of this page.")
    _part(request, part, _chosen(known, asked), asked.draws, start=True)
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/scenarios{query}#{part}", status_code=303)


def _chosen(known: "commands.MechanismResult", asked: ScenariosAsked) -> tuple[str, ...]:
    """The scenarios that are compared: those asked for, each of which is there, else those of the case."""
    for name in asked.scenario:
        known.mechanism.scenario(name)
    return tuple(dict.fromkeys(asked.scenario)) or known.mechanism.compared


def _part(
    request: Request, name: str, chosen: tuple[str, ...], draws: int | None, *, start: bool = False
) -> Part:
    options: dict[str, object] = {}
    if name == "compare":
        held = request.app.state.held
        options = {
            "scenarios": list(chosen),
            "draws": draws,
            "history": commands.hindcasts_kept(held.served.case),
        }
    job = heavy(request, name, start=start or name == _AT_ONCE, **options)
    title, takes = PARTS[name]
    return Part(id=name, title=title, takes=takes, job=job, answer=job.answer if job else None)
