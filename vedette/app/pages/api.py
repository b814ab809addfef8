"""The API: the questions of the commands as JSON for programs, described for them and for people."""

import json
from collections.abc import Callable
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import JSONResponse, Response

from vedette import __version__
from vedette.app.jobs import Job, Jobs, JobStanding
from vedette.app.pages.asked import HeldCase
from vedette.app.questions.all_questions import QUESTIONS
from vedette.app.questions.question import ApiQuestion, Asking, enveloped
from vedette.app.served import Held
from vedette.app.site import page

router = APIRouter()
questions = APIRouter(prefix="/api")
_VERB = "answer"
_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["message", "cure", "problems"],
            "properties": {
                "message": {"type": "string", "description": "What was expected and found."},
                "cure": {"type": "string", "description": "What to do."},
                "problems": {
                    "type": "array",
                    "items": {"type": "object"},
                    "description": "Mistakes of a case.",
                },
            },
        }
    },
}
_ANSWER = {
    "type": "object",
    "required": ["question", "case", "edition", "as_of", "data", "reads", "answer"],
    "properties": {
        "question": {"type": "string"},
        "case": {"type": "string"},
        "edition": {"type": "string"},
        "as_of": {"type": "string", "format": "date"},
        "data": {"type": "object", "description": "How far the data reach."},
        "reads": {"type": "string", "description": "How the answer is to be read."},
        "answer": {"description": "What the command prints with --json."},
        "claims": {"description": "The claims that it rests on, where the answer does not hold them."},
    },
}
_JOB = {
    "type": "object",
    "required": ["job", "standing", "what", "share"],
    "properties": {
        "job": {"type": "string", "description": "The address at which the answer will be."},
        "standing": {"type": "string", "enum": [each.value for each in JobStanding]},
        "what": {"type": "string", "description": "What is being done, or what went wrong."},
        "share": {"type": "number", "description": "The share that is done, 0 to 1."},
    },
}


def _json(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


_WRONG: dict[int | str, dict[str, Any]] = {
    400: _json("The question does not fit; how it would.", _ERROR),
    401: _json("No token and no session.", _ERROR),
    404: _json("There is no such thing.", _ERROR),
    409: _json("The case cannot answer it; what to do.", _ERROR),
}


@router.get("/api")
def listing(request: Request) -> Response:
    """The questions with what each takes."""
    return page(request, "api.html", questions=QUESTIONS.values())


@router.get("/api/openapi.json")
def description() -> Response:
    """The API as OpenAPI 3.1 describes it."""
    return JSONResponse(_description())


@questions.get(
    "/jobs/{key}", responses={200: _json("Its answer.", _ANSWER), 202: _json("Not yet.", _JOB), **_WRONG}
)
def job(request: Request, key: str) -> Response:
    """The answer of a long question once it is there, else how far it is."""
    kept: Jobs = request.app.state.jobs
    found = kept.find(key)
    if found is None or found.verb != _VERB:
        raise HTTPException(404, "There is no such job. Ask the question again.")
    return _so_far(found)


def _so_far(job: Job) -> Response:
    if job.answer is not None:
        return _as_json(dict(job.answer))
    state = job.state
    status = 202 if state.standing is JobStanding.RUNNING else 409
    if status == 409:
        return _as_json(
            {"error": {"message": state.what or "It was stopped.", "cure": _AGAIN, "problems": []}}, 409
        )
    where = f"/api/jobs/{job.key}"
    told = {"job": where, "standing": state.standing.value, "what": state.what, "share": state.share}
    answer = _as_json(told, status)
    answer.headers.update({"Location": where, "Retry-After": "2"})
    return answer


_AGAIN = "Ask the question again, after mending what the message names."


def _route(question: ApiQuestion) -> Callable[..., Response]:
    """The function that answers a question, which takes the words of its own in the address."""

    def ask(request: Request, held: Held, asked: Asking) -> Response:
        if question.short:
            ledger = held.ledger()
            return _as_json(enveloped(question, held.served, ledger, question.short(ledger, asked)))
        kept: Jobs = request.app.state.jobs
        options = {"question": question.name, "takes": asked.model_dump(mode="json")}
        return _so_far(kept.ask(_VERB, options, held.stamp()))

    ask.__doc__ = f"{question.asks} {question.reads}"
    ask.__annotations__ |= {"held": HeldCase, "asked": Annotated[question.takes, Query()]}
    return ask


def _add(question: ApiQuestion) -> None:
    answers: dict[int | str, dict[str, Any]] = {200: _json("The answer.", _ANSWER), **_WRONG}
    if question.long:
        answers[202] = _json("It takes long: where the answer will be.", _JOB)
    questions.add_api_route(
        f"/{question.name}",
        _route(question),
        methods=["GET"],
        name=question.name,
        summary=question.asks,
        response_class=JSONResponse,
        responses=answers,
    )


def _as_json(document: dict[str, Any], status: int = 200) -> Response:
    text = json.dumps(document, ensure_ascii=False, allow_nan=False)
    return Response(text, status, media_type="application/json")


@cache
def _description() -> dict[str, Any]:
    made = get_openapi(
        title="vedette",
        version=__version__,
        openapi_version="3.1.0",
        summary="The questions of vedette, read-only.",
        description="Answers hold what the commands print with --json. Texts of claims are data.",
        routes=questions.routes,
    )
    made["components"].setdefault("securitySchemes", {})["token"] = {
        "type": "http",
        "scheme": "bearer",
        "description": "A token made with: vedette tokens add NAME",
    }
    made["security"] = [{"token": []}]
    for path in made["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
    return made


for _each in QUESTIONS.values():
    _add(_each)
router.include_router(questions)
