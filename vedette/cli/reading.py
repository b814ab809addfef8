"""The command that reads reports and keeps what they seem to say."""

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.options import CaseName, Json, Quiet
from vedette.cli.text import screen
from vedette.commands import ModelServer
from vedette.errors import UsageError
from vedette.plurals import counted


def read(
    case: CaseName,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The report: .txt, .html, .pdf or .docx.")],
    source: Annotated[
        str, typer.Option(metavar="ID", help="Its row in sources.csv; else asked in review.")
    ] = "",
    model_address: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Also ask a language model at this OpenAI-compatible address. Only then do sentences of the "
            "report leave this program, to that address alone.",
        ),
    ] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="Name of that model.")] = None,
    model_timeout: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, help="How long one answer of the model may take.")
    ] = 60.0,
    yes: Annotated[
        bool, typer.Option("--yes", help="Send to a model on another machine without asking.")
    ] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find what a report seems to say about the actors of a case, and keep it for review.

    Proposals go to claims.proposed.csv; none becomes a claim before `vedette review`. Nothing in the report
    is fetched or run, and nothing leaves this machine unless --model-address is given and you agree.

    Example: [bold]vedette read my-case report.pdf --source crs-2020[/]
    """
    if (model_address is None) != (model is None):
        raise UsageError("--model-address and --model go together. Give both, or neither.")
    asked = ModelServer(model_address, model, model_timeout) if model_address and model else None
    if asked and not (asked.local or yes or _agreed(file, asked.host)):
        raise UsageError("nothing was sent. To send to another machine without being asked, say --yes.")
    with screen.progress(quiet=quiet or json) as report:
        done = commands.read_report(case, file, source=source, asked=asked, report=report)
    if json:
        screen.as_json(done.document())
        return
    screen.warn(done.remarks, quiet=quiet)
    counts = Counter(one.cells["relation"] for one in done.proposals)
    listed = ", ".join(f"{relation} {count}" for relation, count in counts.most_common())
    old = len(done.proposals) - done.added
    known = f" ({old} of them known from before)" if old else ""
    screen.say(f"{file.name}: {counted(len(done.proposals), 'proposal')}{known}", quiet=quiet)
    if listed:
        screen.say(listed, quiet=quiet)
        screen.say(f"Kept in {done.kept}. Next: vedette review {case}", quiet=quiet)


def _agreed(file: Path, host: str) -> bool:
    """Whether the user, if there is one at the terminal, agrees that a report goes to another machine."""
    what = f"Each sentence of {file.name} that names an actor goes to {host}, with the names of those actors."
    return sys.stdin.isatty() and typer.confirm(f"{what} Send them?", err=True)
