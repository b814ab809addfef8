"""Commands that read reports and let a person judge what they seem to say."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from vedette import commands
from vedette.cli.options import CaseName, Json, Quiet
from vedette.cli.text import screen
from vedette.commands import ModelServer, Proposal
from vedette.errors import CaseError, UsageError, messages
from vedette.plurals import counted

_KEYS = "[bold]a[/]ccept / [bold]e[/]dit FIELD VALUE / [bold]r[/]eject / [bold]s[/]kip / [bold]q[/]uit"
_SHOWN = (
    *(
        "source",
        "speaker",
        "speaker_kind",
        "speaker_of",
        "speaker_id",
        "hedge",
        "polarity",
        "subject",
        "relation",
        "object",
    ),
    *("low", "high", "unit", "from", "to", "place", "credibility", "statement", "note"),
)


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
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find what a report seems to say about the actors of a case, and keep it for review.

    Proposals go to claims.proposed.csv; none becomes a claim before `vedette review`. Nothing in the report
    is fetched or run, and nothing leaves this machine unless --model-address is given.

    Example: [bold]vedette read my-case report.pdf --source crs-2020[/]
    """
    if (model_address is None) != (model is None):
        raise UsageError("--model-address and --model go together. Give both, or neither.")
    asked = ModelServer(model_address, model, model_timeout) if model_address and model else None
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


def review(case: CaseName, json: Json = False, quiet: Quiet = False) -> None:
    """Judge the proposals of `vedette read` one by one: accept, edit, reject or skip.

    An accepted one is checked with the whole case, then added to claims.csv. Answers may be piped in.

    Example: [bold]vedette review my-case[/]
    """
    open_ = commands.open_proposals(case)
    if json:
        screen.as_json(open_.document())
        return
    waiting = open_.proposals
    if not waiting:
        screen.say("No open proposals. Make some: vedette read CASE FILE", quiet=quiet)
        return
    commands.reviewable(case)
    done: Counter[str] = Counter()
    for number, one in enumerate(waiting, start=1):
        screen.out.rule(f"{number} of {len(waiting)}", align="left")
        outcome = _judge(case, one)
        done[outcome] += 1
        if outcome == "quit":
            break
    left = len(waiting) - done["accepted"] - done["rejected"]
    screen.say(f"Accepted {done['accepted']}, rejected {done['rejected']}, still open {left}.", quiet=quiet)


def _judge(case: str, one: Proposal) -> str:
    """Asks about one proposal until it is median_history; gives accepted, rejected, skipped or quit."""
    changes: dict[str, str] = {}
    _show(one, changes)
    while True:
        word, _, rest = _ask(_KEYS).strip().partition(" ")
        match word.lower():
            case "a" | "accept":
                if _accepted(case, one, changes):
                    return "accepted"
            case "e" | "edit":
                _edit(rest.strip(), one, changes)
            case "r" | "reject":
                commands.reject_proposal(case, one)
                return "rejected"
            case "s" | "skip":
                return "skipped"
            case "q" | "quit":
                return "quit"
            case _:
                screen.out.print("Type one letter: a, e FIELD VALUE, r, s or q.")


def _accepted(case: str, one: Proposal, changes: dict[str, str]) -> bool:
    if not {**one.claim, **changes}.get("source"):
        changes["source"] = _ask("Which row of sources.csv is this report? Its id").strip()
    try:
        commands.accept_proposal(case, one, edits=changes)
    except CaseError as error:
        screen.out.print(f"[bold red]Not added:[/] {escape(str(error.args[0]))}")
        for line in messages(error.problems):
            screen.out.print(f"  {escape(line)}")
        return False
    screen.out.print("[green]Added to claims.csv.[/]")
    return True


def _edit(words: str, one: Proposal, changes: dict[str, str]) -> None:
    name, _, value = words.partition(" ")
    if name not in commands.CLAIM_COLUMNS:
        screen.out.print(f"Edit one of: {', '.join(commands.CLAIM_COLUMNS)}")
        return
    changes[name] = value.strip() or _ask(f"{name} (empty clears it)").strip()
    _show(one, changes)


def _ask(prompt: str) -> str:
    """A line of the person's, or of what is piped in; its end quits."""
    screen.out.print(f"{prompt}: ", end="")
    try:
        return input()
    except EOFError:
        screen.out.print()
        return "quit"


def _show(one: Proposal, changes: dict[str, str]) -> None:
    cells = one.cells
    page = f", page {cells['page']}" if cells["page"] else ""
    where = (
        f"{cells['file']}{page}, paragraph {cells['paragraph']}, characters {cells['start']}-{cells['end']}"
    )
    screen.out.print(f"[dim]{escape(where)} ({escape(cells['rule'])}, confidence {cells['confidence']})[/]")
    screen.out.print(f"[black on yellow]{escape(cells['span'])}[/]")
    shown = Table(show_header=False, box=None, pad_edge=False)
    for name, value in _lines({**cells, **changes}):
        shown.add_row(name, escape(value) + ("  [cyan](edited)[/]" if name in changes else ""))
    screen.out.print(shown)
    if cells["candidates"]:
        screen.out.print(
            f"[yellow]Which one is meant?[/] {escape(cells['candidates'])}. Edit it, then accept."
        )


def _lines(cells: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name in _SHOWN:
        if cells[name] or name in ("source", "subject"):
            yield name, cells[name]
