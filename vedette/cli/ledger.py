"""Commands that ask the ledger: who is tied to whom, and who says so."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

import polars as pl
import typer

from vedette import commands
from vedette.cli.options import AsOf, CaseName, EditionName, Json, LedgerDay, Without
from vedette.cli.text import screen
from vedette.cli.text.ledger import tell_belief, tell_found, tell_profile
from vedette.cli.text.rivals import tell_rivals
from vedette.commands import Wanted
from vedette.evidence import Belief, Ledger, Profile, sensitivity
from vedette.plurals import counted

ActorName = Annotated[
    str, typer.Argument(metavar="ACTOR", help="Id or any spelling of an actor, in any script.")
]
TieWords = Annotated[
    str | None,
    typer.Option("--tie", metavar="RELATION/OTHER", help="One tie in full, like training/iran."),
]
About = Annotated[str | None, typer.Option("--about", metavar="ACTOR", help="Claims about this actor.")]
By = Annotated[
    str | None, typer.Option("--by", metavar="WHO", help="Claims of this source, speaker or actor.")
]
Relation = Annotated[str | None, typer.Option("--relation", help="Claims of this relation.")]
Contested = Annotated[bool, typer.Option("--contested", help="Claims that another claim speaks against.")]
Question = Annotated[
    str | None, typer.Option("--question", metavar="ID", help="Rival answers to a question of the case.")
]
Recalled = Annotated[bool, typer.Option("--recalled", help="Claims recalled without a page.")]


def who(
    case: CaseName,
    actor: ActorName,
    at: LedgerDay = None,
    tie: TieWords = None,
    as_of: AsOf = None,
    edition: EditionName = None,
    without: Without = None,
    json: Json = False,
) -> None:
    """Show an actor: its names, what it was over time, and its ties with the claims for and against.

    Example: [bold]vedette who iraq "Kataib Hizballah" --at 2019-12-31[/]
    """
    ledger = commands.ledger_of(case, as_of, edition=edition, without=without or ())
    if tie:
        beliefs = commands.tie(ledger, actor, tie, at)
        if json:
            screen.as_json([_belief_record(each) for each in beliefs])
            return
        for each in beliefs:
            tell_belief(each, ledger.names)
        return
    found = commands.who(ledger, actor, at)
    if json:
        screen.as_json(_profile_record(ledger, found, at))
    else:
        tell_profile(ledger, found)


def claims(
    case: CaseName,
    about: About = None,
    by: By = None,
    relation: Relation = None,
    contested: Contested = False,
    question: Question = None,
    recalled: Recalled = False,
    as_of: AsOf = None,
    edition: EditionName = None,
    without: Without = None,
    json: Json = False,
) -> None:
    """List claims: what is said of whom, by whom, in which source. Rival answers stand side by side.

    Example: [bold]vedette claims iraq --about badr --contested[/]
    """
    ledger = commands.ledger_of(case, as_of, edition=edition, without=without or ())
    found = commands.claims(ledger, Wanted(about, by, relation, question, contested, recalled))
    if json:
        screen.as_json(found.to_dicts())
        return
    if question:
        tell_rivals(ledger, question, found)
    else:
        tell_found(found, ledger.names)
    recall = found.filter(~pl.col("citable")).height
    screen.say(
        counted(found.height, "claim") + (f", {recall:,} of them recalled, not citable" if recall else "")
    )


def _profile_record(ledger: Ledger, found: Profile, at: date | None) -> Mapping[str, object]:
    """A profile for machines."""
    return {
        "case": ledger.case.id,
        "edition": ledger.case.edition,
        "as_of": ledger.as_of,
        "at": at,
        "actor": {**found.actor, "spellings": found.spellings, "groups": found.groups},
        "members": found.members,
        "status": found.statuses.to_dicts(),
        "lineage": _listed(found.lineage),
        "ties": [
            {
                **dict(zip(("subject", "relation", "object"), tie, strict=True)),
                "stretches": [vars(one) for one in some],
            }
            for tie, some in found.ties.items()
        ],
        "claims": _listed(found.claims),
        "other": _listed(found.other),
        "mark": "estimated",
    }


def _listed(claims_: pl.DataFrame) -> list[dict[str, object]]:
    return claims_.with_columns(citable=pl.col("basis") == "page").to_dicts()


def _belief_record(belief: Belief) -> Mapping[str, object]:
    least, most = sensitivity(belief)
    return {
        "subject": belief.subject,
        "relation": belief.relation,
        "object": belief.object,
        "at": belief.at,
        "prior": belief.prior,
        "belief": belief.probability,
        "log_odds": belief.log_odds,
        "contested": belief.contested,
        "least": least,
        "most": most,
        "reports": [{**vars(report), "ratio": report.ratio} for report in belief.reports],
        "influence": belief.influences(),
        "claims": _listed(belief.claims),
        "mark": "estimated",
    }
