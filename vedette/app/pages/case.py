"""The case itself: what a check finds, its settings, editions, licences and kept answers."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from vedette import commands
from vedette.app.edits import TypedForm, tried
from vedette.app.jobs import Jobs
from vedette.app.mistakes import lines_of, read_by, status_of
from vedette.app.pages.asked import HeldCase, whole
from vedette.app.served import Held
from vedette.app.site import page
from vedette.app.visitors import Role, posting
from vedette.errors import VedetteError

router = APIRouter()

_WHAT = "the check and the settings of the case"


@router.get("/case")
def case(request: Request, held: HeldCase) -> Response:
    """What a check of the case finds worth a look, and what the case is made of."""
    whole(held, _WHAT)
    return _shown(request, held, {}, None)


@router.post("/case")
def change_settings(request: Request, held: HeldCase, typed: TypedForm) -> Response:
    """Changes settings of the case that were typed otherwise than they were read."""
    posting(request, typed.token, Role.ANALYST)
    whole(held, _WHAT)
    was = typed.was()
    typed_ = {key: typed.texts[key] for key in was if key in typed.texts}
    changes = {key: text for key, text in typed_.items() if text.split() != was[key].split()}
    return tried(
        lambda: commands.change_settings(held.served.case, changes, was=was),
        done=lambda _: "/case",
        again=lambda error: _shown(request, held, typed_, error),
    )


def _shown(request: Request, held: Held, typed: "dict[str, str]", error: VedetteError | None) -> Response:
    jobs: Jobs = request.app.state.jobs
    served = held.served.case
    beside = {
        each.column: read_by(f"Expected {each.expected}; found {each.found}. {each.cure}", held)
        for each in (error.problems if error else ())
    }
    return page(
        request,
        "case.html",
        status=status_of(error) if error else 200,
        checked=jobs.ask("check", {}, held.stamp()),
        settings=commands.settings_of(served),
        typed=typed,
        beside=beside,
        wrong=lines_of(error, held) if error else [],
        editions=commands.editions_of(held.last()).to_dicts(),
        kept=commands.kept_answers(served),
    )
