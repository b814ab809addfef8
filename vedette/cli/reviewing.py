"""The command that lets a person judge proposals, and a second person check claims."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from vedette import commands
from vedette.case import Case
from vedette.cli.options import CaseName, Json, Quiet
from vedette.cli.text import screen
from vedette.commands import ClaimToCheck, Proposal
from vedette.errors import CaseError, StorageError, UsageError, messages

_KEYS = (
    "[bold]a[/]ccept / [bold]e[/]dit FIELD VALUE / [bold]r[/]eject / [bold]s[/]kip / [bold]u[/]ndo / "
    "[bold]g[/]ap TEXT / [bold]q[/]uit"
)
_CHECK_KEYS = (
    "[bold]c[/]hecked / [bold]e[/]dit FIELD VALUE / [bold]s[/]kip / [bold]u[/]ndo / [bold]g[/]ap TEXT / "
    "[bold]q[/]uit"
)
_SHOWN = (
    *(
        "source",
        "speaker",
        "speaker_kind",
        "speaker_of",
        "speaker_id",
        "speaker_id",
        "hedge",
        "polarity",
        "subject",
        "relation",
        "object",
    ),
    *("low", "high", "unit", "from", "to", "place", "reliability", "credibility", "statement", "note"),
)


@dataclass
class _Session:
    """A review under way: what was judged, newest last, with the line of the log that takes it back."""

    case: str
    judged: list[tuple[int, str, str]] = field(default_factory=list)

    def done(self, number: int, outcome: str) -> None:
        """Notes a judgement that was written."""
        self.judged.append((number, outcome, commands.last_change(self.case)))

    def undo(self) -> int | None:
        """Takes the last judgement back; gives the number of what it was about, None where it could not."""
        if not self.judged:
            screen.out.print("Nothing of this review to take back.")
            return None
        number, outcome, line = self.judged[-1]
        try:
            commands.undo(self.case, line)
        except (StorageError, UsageError) as error:
            screen.out.print(f"[bold red]Not taken back:[/] {escape(str(error))}")
            return None
        self.judged.pop()
        screen.out.print(f"Taken back: {outcome}.")
        return number

    def counts(self) -> Counter[str]:
        """How many were judged which way."""
        return Counter(outcome for _, outcome, _ in self.judged)


def review(
    case: CaseName,
    check: Annotated[
        bool, typer.Option("--check", help="Check claims that another person added, instead of proposals.")
    ] = False,
    source: Annotated[
        str, typer.Option("--source", metavar="ID", help="With --check: only claims of this source.")
    ] = "",
    by: Annotated[
        str, typer.Option("--by", metavar="NAME", help="With --check: who checks; the user if left out.")
    ] = "",
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Judge the proposals of `vedette read` one by one: accept, edit, reject or skip.

    An accepted one is checked with the whole case, then added to claims.csv. With --check a second person
    goes through claims that nobody has checked. Answers may be piped in.

    Example: [bold]vedette review my-case[/]
    """
    if check:
        _check(case, source, by, json=json, quiet=quiet)
        return
    open_ = commands.open_proposals(case)
    if json:
        screen.as_json(open_.document())
        return
    waiting = open_.proposals
    if not waiting:
        screen.say("No open proposals. Make some: vedette read CASE FILE", quiet=quiet)
        return
    known, session = commands.reviewable(case), _Session(case)

    def judge(number: int) -> str:
        outcome = _judge(known, session, waiting[number])
        if outcome in ("accepted", "rejected"):
            session.done(number, outcome)
        return outcome

    _go_through(session, len(waiting), judge)
    done = session.counts()
    left = len(waiting) - done["accepted"] - done["rejected"]
    screen.say(f"Accepted {done['accepted']}, rejected {done['rejected']}, still open {left}.", quiet=quiet)


def _go_through(session: _Session, count: int, judge: Callable[[int], str]) -> None:
    """Goes from one to the next, back to what was taken back, until the end or until the user quits."""
    number = 0
    while number < count or session.judged:
        if number < count:
            screen.out.rule(f"{number + 1} of {count}", align="left")
            outcome = judge(number)
        else:
            last = _ask("That was the last one. [bold]u[/]ndo / Enter ends").strip().lower()
            outcome = "undo" if last in ("u", "undo") else "quit"
        if outcome == "quit":
            return
        if outcome == "undo":
            back = session.undo()
            number = number if back is None else back
        else:
            number += 1


def _judge(known: Case, session: _Session, one: Proposal) -> str:
    """Asks about one proposal until it is judged; gives accepted, rejected, skipped, undo or quit."""
    changes: dict[str, str] = {}
    _show(one, changes)
    while True:
        word, _, rest = _ask(_KEYS).strip().partition(" ")
        match word.lower():
            case "a" | "accept":
                if _accepted(session.case, one, changes):
                    return "accepted"
            case "e" | "edit":
                changes = _edited(known, rest.strip(), one, changes)
            case "r" | "reject":
                commands.reject_proposal(session.case, one)
                return "rejected"
            case "g" | "gap":
                _note(session.case, rest, f"{one.cells['file']}, {_place(one)}")
            case "s" | "skip":
                return "skipped"
            case "u" | "undo":
                return "undo"
            case "q" | "quit":
                return "quit"
            case _:
                screen.out.print("Type one letter: a, e FIELD VALUE, r, s, u, g TEXT or q.")


def _check(case: str, source: str, by: str, *, json: bool, quiet: bool) -> None:
    """Goes through the claims that no second person has checked."""
    waiting = commands.claims_to_check(case, source=source)
    if json:
        screen.as_json(waiting.document())
        return
    if not waiting.claims:
        screen.say("Every claim has been checked.", quiet=quiet)
        return
    commands.reviewable(case)
    session = _Session(case)
    _go_through(
        session,
        len(waiting.claims),
        lambda number: _check_one(session, waiting.claims[number], by, number),
    )
    checked = session.counts()["checked"]
    screen.say(f"Checked {checked}, still unchecked {len(waiting.claims) - checked}.", quiet=quiet)


def _check_one(session: _Session, one: ClaimToCheck, by: str, number: int) -> str:
    """Asks about one claim; gives checked, skipped, undo or quit."""
    _show_claim(one)
    key = one.claim["id"]
    while True:
        word, _, rest = _ask(_CHECK_KEYS).strip().partition(" ")
        match word.lower():
            case "c" | "checked":
                if _tried(lambda: commands.check_claim(session.case, key, by=by)):
                    session.done(number, "checked")
                    return "checked"
            case "e" | "edit":
                if _edited_claim(session.case, one, rest.strip()):
                    session.done(number, "edited")
            case "g" | "gap":
                _note(session.case, rest, key)
            case "s" | "skip":
                return "skipped"
            case "u" | "undo":
                return "undo"
            case "q" | "quit":
                return "quit"
            case _:
                screen.out.print("Type one letter: c, e FIELD VALUE, s, u, g TEXT or q.")


def _edited_claim(case: str, one: ClaimToCheck, words: str) -> bool:
    name, _, value = words.partition(" ")
    cells = {name: value.strip()}
    written = _tried(lambda: commands.edit(case, one.claim["id"], changes=cells, was=one.claim))
    if written:
        screen.out.print(f"{escape(name)} is {escape(value.strip()) or 'empty'} now.")
    return written


def _tried(work: Callable[[], object]) -> bool:
    """Whether something could be written; if not, the reason is shown."""
    try:
        work()
    except (CaseError, UsageError) as error:
        screen.out.print(f"[bold red]Not written:[/] {escape(str(error))}")
        return False
    return True


def _accepted(case: str, one: Proposal, changes: dict[str, str]) -> bool:
    if not {**one.claim, **changes}.get("source"):
        changes["source"] = _ask("Which row of sources.csv is this report? Its id").strip()
    try:
        same = commands.accept_proposal(case, one, edits=changes)
    except CaseError as error:
        screen.out.print(f"[bold red]Not added:[/] {escape(str(error.args[0]))}")
        for line in messages(error.problems):
            screen.out.print(f"  {escape(line)}")
        return False
    screen.out.print("[green]Added to claims.csv.[/]")
    if same:
        screen.out.print(f"[yellow]{', '.join(same)} says the same already.[/] u takes yours back.")
    return True


def _edited(known: Case, words: str, one: Proposal, changes: dict[str, str]) -> dict[str, str]:
    """The changes with one more; a drafted statement follows the tie, a written one is pointed at."""
    name, _, value = words.partition(" ")
    if name not in commands.CLAIM_COLUMNS:
        screen.out.print(f"Edit one of: {', '.join(commands.CLAIM_COLUMNS)}")
        return changes
    edits = {**changes, name: value.strip() or _ask(f"{name} (empty clears it)").strip()}
    if name in commands.TRIPLE:
        edits = commands.with_draft(known, one, edits=edits)
        statement = {**one.cells, **edits}["statement"]
        if statement and statement == {**one.cells, **changes}["statement"]:
            screen.out.print(
                f"[yellow]The statement still says:[/] {escape(statement)}. Edit it too if it must change."
            )
    _show(one, edits)
    return edits


def _note(case: str, text: str, about: str) -> None:
    words = text.strip() or _ask("What is not known?").strip()
    if _tried(lambda: commands.note_gap(case, words, about=about)):
        screen.out.print("Noted in notes.md.")


def _ask(prompt: str) -> str:
    """A line of the person's, or of what is piped in; its end quits."""
    screen.out.print(f"{prompt}: ", end="")
    try:
        return input()
    except EOFError:
        screen.out.print()
        return "quit"


def _place(one: Proposal) -> str:
    page = f"page {one.cells['page']}, " if one.cells["page"] else ""
    return f"{page}paragraph {one.cells['paragraph']}"


def _show_sentence(one: Proposal) -> None:
    """The sentence between its neighbours, and where it stands."""
    cells = one.cells
    about = f"{cells['file']}, {_place(one)} ({cells['rule']}, confidence {cells['confidence']})"
    screen.out.print(f"[dim]{escape(about)}[/]")
    before, after = (f"[dim]{escape(cells[name])}[/]" if cells[name] else "" for name in ("before", "after"))
    screen.out.print(f"{before} [black on yellow]{escape(cells['span'])}[/] {after}".strip())


def _show(one: Proposal, changes: dict[str, str]) -> None:
    _show_sentence(one)
    _table({**one.cells, **changes}, changes)
    if one.cells["candidates"]:
        screen.out.print(
            f"[yellow]Which one is meant?[/] {escape(one.cells['candidates'])}. Edit it, then accept."
        )


def _show_claim(one: ClaimToCheck) -> None:
    added = f", added by {one.added_by}" if one.added_by else ""
    screen.out.print(f"[bold]{escape(one.claim['id'])}[/]{escape(added)}")
    if one.title:
        screen.out.print(f"[dim]{escape(' '.join(filter(None, (one.title, one.url))))}[/]")
    if one.sentence:
        _show_sentence(one.sentence)
    _table({name: one.claim.get(name, "") for name in _SHOWN}, {})


def _table(cells: dict[str, str], changes: dict[str, str]) -> None:
    shown = Table(show_header=False, box=None, pad_edge=False)
    for name, value in _lines(cells):
        shown.add_row(name, escape(value) + ("  [cyan](edited)[/]" if name in changes else ""))
    screen.out.print(shown)


def _lines(cells: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name in _SHOWN:
        if cells[name] or name in ("source", "subject"):
            yield name, cells[name]
