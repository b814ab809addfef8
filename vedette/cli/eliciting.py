"""The command that asks an author for an assumption."""

from datetime import date
from typing import Annotated

import typer
from rich.markup import escape

from vedette import commands
from vedette.cli.options import CaseName, Json, Quiet
from vedette.cli.text import screen
from vedette.cli.values import day
from vedette.commands import Elicited
from vedette.errors import UsageError

_ASKED = (
    ("5", "A value so low that the truth lies below it once in 20 times"),
    ("50", "A value that the truth is as likely to lie above as below"),
    ("95", "A value so high that the truth lies above it once in 20 times"),
)
_INNER = (
    ("25", "A value that the truth lies below one time in four (empty to leave it out)"),
    ("75", "A value that the truth lies above one time in four"),
)


def _numbers(text: str) -> tuple[float, ...]:
    """Returns the numbers of a text like 0.1,0.4,0.8."""
    return tuple(_number(part) for part in text.split(","))


def _number(text: str) -> float:
    try:
        return float(text.strip())
    except ValueError:
        raise UsageError(
            f"expected a number like 0.4; found {text.strip()!r}. No spaces within it."
        ) from None


def elicit(
    case: CaseName,
    assumption: Annotated[str, typer.Argument(metavar="ASSUMPTION", help="Id of the assumption.")],
    author: Annotated[str, typer.Option("--author", metavar="NAME", help="Who answers.")] = "",
    quantiles: Annotated[
        str,
        typer.Option(
            "--quantiles",
            metavar="NUMBERS",
            help="The 5, 50 and 95 % quantiles, or 5, 25, 50, 75 and 95 %, like 0.1,0.4,0.8.",
        ),
    ] = "",
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason.")] = "",
    source: Annotated[
        str, typer.Option("--source", metavar="TEXT", help="What it rests on; own judgement if left out.")
    ] = "",
    given_on: Annotated[
        date | None,
        typer.Option("--date", metavar="DAY", parser=day, help="When it was given; today if left out."),
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Ask an author for quantiles of an assumption, one by one, and store the answer with date and reason.

    What is given as an option is not asked. Answers of several authors are pooled; an author who answers
    again replaces the earlier answer. `vedette undo` takes it back.

    Example: [bold]vedette elicit my-iraq grievance --author "A. Analyst" --quantiles=-0.02,0.02,0.1[/]
    """
    asked = commands.assumption(case, assumption)
    alone = bool(author and quantiles and why)
    if not alone and json:
        raise UsageError("--json asks nothing: give --author, --quantiles and --why.")
    if not alone:
        screen.out.print(f"{escape(asked.name)} ({asked.unit})")
    author = author or _text("Author")
    numbers = _numbers(quantiles) if quantiles else _questions()
    why = why or _text("Why")
    if not alone:
        _drawn_back(commands.answer_as_text(numbers, asked.unit))
        if not typer.confirm("Store this?", default=None):
            screen.out.print("Nothing was stored.")
            return
    done = commands.elicit(
        case, assumption, author=author, quantiles=numbers, why=why, source=source, day=given_on
    )
    if json:
        screen.as_json(done.document())
        return
    _say(done, quiet)


def _text(question: str) -> str:
    return str(typer.prompt(question)).strip()


def _questions() -> tuple[float, ...]:
    """Returns the numbers that an author answers, one question each."""
    low, middle, high = (_asked(share, words) for share, words in _ASKED)
    first = str(typer.prompt(f"{_INNER[0][0]} %: {_INNER[0][1]}", default="", show_default=False)).strip()
    if not first:
        return low, middle, high
    return low, _number(first), middle, _asked(*_INNER[1]), high


def _asked(share: str, words: str) -> float:
    """Returns a number; what is none is asked again."""
    return float(typer.prompt(f"{share} %: {words}", type=float))


def _drawn_back(lines: tuple[str, ...]) -> None:
    for line in lines:
        screen.out.print(escape(line))


def _say(done: Elicited, quiet: bool) -> None:
    screen.say(f"Stored the answer of {done.author} to {done.asked.id}, {done.date}: {done.given}.")
    if done.later:
        screen.say(
            "It is dated after the as-of of the case and counts only from that day on. If it was given from "
            "what was known by the as-of, store it again with --date."
        )
    if len(done.answers) > 1:
        screen.say(f"Together: {done.pool} ({done.how}).", quiet=quiet)
        for each in done.answers:
            screen.say(f"  {each.author}, weight {each.weight:.2f}: {each.distribution}", quiet=quiet)
