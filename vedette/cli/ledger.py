"""Commands about the ledger: who is tied to whom, and who says so."""

from dataclasses import dataclass
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.grouping import grouped
from vedette.cli.options import CaseName, Csv, Json, LedgerChoice, LedgerDay
from vedette.cli.text import screen
from vedette.cli.text.ledger import print_actor, print_claim_list, print_ties
from vedette.cli.text.rivals import print_rivals
from vedette.plurals import counted

ActorName = Annotated[
    str, typer.Argument(metavar="ACTOR", help="Id or any spelling of an actor, in any script.")
]
TieWords = Annotated[
    str | None,
    typer.Option("--tie", metavar="RELATION/OTHER", help="One tie in full, like training/iran."),
]


@grouped
def who(
    case: CaseName,
    actor: ActorName,
    choice: LedgerChoice,
    at: LedgerDay = None,
    tie: TieWords = None,
    json: Json = False,
    csv: Csv = None,
) -> None:
    """Show an actor: its names, what it was over time, and its ties with the claims for and against.

    Example: [bold]vedette who iraq "Kataib Hizballah" --at 2019-12-31[/]
    """
    ledger = choice.read(case)
    if tie:
        ties = commands.tie(ledger, actor, words=tie, at=at)
        screen.keep(ties.table(), csv, quiet=json)
        screen.as_json(ties.document()) if json else print_ties(ties)
    else:
        shown = commands.who(ledger, actor, at=at)
        screen.keep(shown.table(), csv, quiet=json)
        if json:
            screen.as_json(shown.document())
        else:
            print_actor(shown)
            screen.age(shown.age)


@dataclass(frozen=True)
class ClaimFilter:
    """Which claims are listed."""

    about: Annotated[
        str | None, typer.Option("--about", metavar="ACTOR", help="Claims about this actor.")
    ] = None
    by: Annotated[
        str | None, typer.Option("--by", metavar="WHO", help="Claims of this source, speaker or actor.")
    ] = None
    relation: Annotated[str | None, typer.Option("--relation", help="Claims of this relation.")] = None
    question: Annotated[
        str | None,
        typer.Option("--question", metavar="ID", help="Rival answers to a question of the case."),
    ] = None
    contested: Annotated[
        bool, typer.Option("--contested", help="Claims that another claim speaks against.")
    ] = False
    recalled: Annotated[bool, typer.Option("--recalled", help="Claims recalled without a page.")] = False
    retracted: Annotated[
        bool, typer.Option("--retracted", help="Claims that were withdrawn: since when, and why.")
    ] = False


@grouped
def claims(
    case: CaseName, listed: ClaimFilter, choice: LedgerChoice, json: Json = False, csv: Csv = None
) -> None:
    """List claims: what is said of whom, by whom, in which source. Rival answers stand side by side.

    Example: [bold]vedette claims iraq --about badr --contested[/]
    """
    result = commands.claims(choice.read(case), commands.ClaimQuery(**vars(listed)))
    screen.keep(result.table(), csv, quiet=json)
    if json:
        screen.as_json(result.document())
        return
    if listed.question:
        print_rivals(result.ledger, listed.question, answers=result.claims)
    else:
        print_claim_list(result.claims, result.ledger.names)
    recalled = f", {result.recalled:,} of them recalled, not citable" if result.recalled else ""
    screen.say(counted(result.claims.height, "claim") + recalled)
    screen.age(result.age)
