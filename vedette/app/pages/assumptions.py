"""What scenarios rest on: numbers with their authors, rival readings, and the diagram of the mechanism."""

import math
from datetime import date
from typing import Annotated

import polars as pl
from fastapi import APIRouter, Form, HTTPException, Query, Request
from markupsafe import Markup
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from vedette import commands
from vedette.app.mechanism import NoMechanism, mechanism_of
from vedette.app.pages.asked import AnswerForm, HeldCase, Words
from vedette.app.served import Held
from vedette.app.site import page, table
from vedette.app.visitors import Role, posting, visitor
from vedette.errors import UsageError, VedetteError

router = APIRouter()

SHARES = ("5", "25", "50", "75", "95")


class AssumptionsAsked(BaseModel):
    """Which numbers are listed: by words of their name, their mark, an author, an outcome that they move."""

    named: Words = None
    mark: Words = None
    by: Words = None
    moves: Words = None
    form: AnswerForm = AnswerForm.PAGE


class TypedAnswer(BaseModel):
    """What is typed to answer an assumption, or to name a rival: quantiles, author, reason."""

    kind: str = "answer"
    author: str = ""
    why: str = ""
    source: str = ""
    name: str = ""
    weight: str = ""
    q5: str = ""
    q25: str = ""
    q50: str = ""
    q75: str = ""
    q95: str = ""
    day: str = ""
    form_token: str = ""

    def quantiles(self) -> list[float]:
        """The quantiles as numbers: 3 of them, or 5 where those between are given.

        Raises:
            UsageError: one is no number.
        """
        texts = {share: getattr(self, f"q{share}").strip() for share in SHARES}
        given = {share: text for share, text in texts.items() if text or share in ("5", "50", "95")}
        return [number_of(f"{share} %", text) for share, text in given.items()]


@router.get("/assumptions")
def assumptions(request: Request, held: HeldCase, asked: Annotated[AssumptionsAsked, Query()]) -> Response:
    """The numbers that scenarios rest on, and the questions on which readings differ."""
    known = mechanism_of(held)
    if isinstance(known, NoMechanism):
        return page(request, "no_mechanism.html", title="Assumptions", lines=known.lines)
    every = held.once("assumptions", lambda: commands.assumption_rows(known))
    rows = [row for row in every if _fits(row, asked)]
    if asked.form is AnswerForm.CSV:
        ids = [row["id"] for row in rows]
        return table(known.table().filter(pl.col("id").is_in(ids)), "assumptions")
    authors = sorted({author for row in known.rows for author in str(row["by"]).split("; ") if author})
    return page(request, "assumptions.html", asked=asked, known=known, rows=rows, authors=authors)


@router.get("/assumptions/{name}")
def assumption(request: Request, held: HeldCase, name: str) -> Response:
    """One number in full: its authors, its rivals, what it moves, its history, and forms to answer it."""
    known = mechanism_of(held)
    if isinstance(known, NoMechanism):
        return page(request, "no_mechanism.html", title="Assumptions", lines=known.lines)
    return _shown(request, held, known, name, TypedAnswer(author=visitor(request).name))


@router.post("/assumptions/{name}")
def answer(request: Request, held: HeldCase, name: str, typed: Annotated[TypedAnswer, Form()]) -> Response:
    """Stores an author's answer, or a rival as a reading of its own, and leads back to the number."""
    posting(request, typed.form_token, Role.ANALYST)
    known = mechanism_of(held)
    if isinstance(known, NoMechanism):
        raise UsageError("\n".join(known.lines))
    if held.ledger().case.withheld:
        raise UsageError("Assumptions are answered in the edition that withholds nothing. See: --edition")
    try:
        if typed.kind == "rival":
            _rival(held, name, typed)
        else:
            _answered(held, name, typed)
    except VedetteError as error:
        return _shown(request, held, known, name, typed, str(error).split("\n"))
    return RedirectResponse(f"/assumptions/{name}", status_code=303)


@router.get("/mechanism")
def mechanism(request: Request, held: HeldCase) -> Response:
    """The diagram of what moves what, how strongly known."""
    known = mechanism_of(held)
    if isinstance(known, NoMechanism):
        return page(request, "no_mechanism.html", title="Mechanism", lines=known.lines)
    diagram = Markup(held.once("diagram", lambda: known.diagram))  # our own drawing, which escapes its texts
    return page(request, "mechanism.html", known=known, diagram=diagram)


def number_of(name: str, text: str) -> float:
    """A number as somebody typed it, with commas or blanks between thousands.

    Raises:
        UsageError: it is none.
    """
    try:
        value = float(text.replace(",", "").replace("\N{NO-BREAK SPACE}", "").replace(" ", ""))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise UsageError(f"{name}: expected a number, like 1500; found {text[:40]!r}. Correct it.")
    return value


def _answered(held: Held, name: str, typed: TypedAnswer) -> None:
    commands.elicit(
        held.served.case,
        name,
        author=typed.author,
        quantiles=typed.quantiles(),
        why=typed.why,
        source=typed.source or commands.OWN,
        day=_day(typed.day),
    )


def _day(text: str) -> date | None:
    """The day that is typed; None for today.

    Raises:
        UsageError: it is no day.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(
            f"Given on: expected a day like 2020-09-30; found {text[:20]!r}. Correct it."
        ) from None


def _rival(held: Held, name: str, typed: TypedAnswer) -> None:
    commands.add_branch(
        held.served.case,
        name,
        name=typed.name,
        quantiles=typed.quantiles(),
        author=typed.author,
        why=typed.why,
        source=typed.source or commands.OWN,
        weight=number_of("weight", typed.weight) if typed.weight.strip() else None,
    )


def _shown(
    request: Request,
    held: Held,
    known: "commands.MechanismResult",
    name: str,
    typed: TypedAnswer,
    wrong: list[str] | None = None,
) -> Response:
    if not any(row["id"] == name for row in known.rows):
        raise HTTPException(404, f"The mechanism has no assumption {name!r}. See: /assumptions")
    whole = not held.ledger().case.withheld
    return page(
        request,
        "assumption.html",
        status=400 if wrong else 200,
        found=commands.assumed(known, name),
        history=commands.mechanism_history(held.served.case, name) if whole else [],
        typed=typed,
        wrong=wrong or [],
        whole=whole,
        shares=SHARES,
        claims=set(held.ledger().claims["id"]),
    )


def _fits(row: dict[str, object], asked: AssumptionsAsked) -> bool:
    words = (asked.named or "").casefold()
    moves = row["moves"]
    assert isinstance(moves, list)
    return (
        words in f"{row['name']} {row['id']}".casefold()
        and asked.mark in (None, row["mark"])
        and (asked.by is None or asked.by in str(row["by"]).split("; "))
        and (asked.moves is None or asked.moves in moves)
    )
