"""Commands that add rows to a case: an actor, a site, a force, a claim, a source, a figure of posture."""

from dataclasses import dataclass
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.grouping import grouped
from vedette.cli.options import CaseName, Json
from vedette.cli.text import screen

add = typer.Typer(help="Add a checked row to a case: an actor, a claim, a source ...", no_args_is_help=True)

_CLAIMS = commands.COLUMN_MEANINGS["claims.csv"]
_SOURCES = commands.COLUMN_MEANINGS["sources.csv"]
_ACTORS = commands.COLUMN_MEANINGS["actors.csv"]
_SITES = commands.COLUMN_MEANINGS["sites.csv"]
_FORCES = commands.COLUMN_MEANINGS["forces.csv"]
_POSTURE = commands.COLUMN_MEANINGS["posture.csv"]


def _cell(name: str, meaning: str) -> typer.models.OptionInfo:
    option = typer.Option(f"--{name}", metavar=name.upper(), help=meaning)
    assert isinstance(option, typer.models.OptionInfo)
    return option


@dataclass(frozen=True)
class ClaimCells:
    """The cells of the claim."""

    hedge: Annotated[str, _cell("hedge", _CLAIMS["hedge"])]
    subject: Annotated[str, _cell("subject", _CLAIMS["subject"])]
    relation: Annotated[str, _cell("relation", _CLAIMS["relation"])]
    object_: Annotated[str, _cell("object", _CLAIMS["object"])] = ""
    source: Annotated[str, _cell("source", _CLAIMS["source"])] = ""
    speaker: Annotated[str, _cell("speaker", _CLAIMS["speaker"])] = ""
    speaker_kind: Annotated[str, _cell("speaker-kind", _CLAIMS["speaker_kind"])] = ""
    speaker_of: Annotated[str, _cell("speaker-of", _CLAIMS["speaker_of"])] = ""
    speaker_id: Annotated[str, _cell("speaker-id", _CLAIMS["speaker_id"])] = ""
    polarity: Annotated[str, _cell("polarity", _CLAIMS["polarity"])] = ""
    low: Annotated[str, _cell("low", _CLAIMS["low"])] = ""
    high: Annotated[str, _cell("high", _CLAIMS["high"])] = ""
    unit: Annotated[str, _cell("unit", _CLAIMS["unit"])] = ""
    from_: Annotated[str, _cell("from", _CLAIMS["from"])] = ""
    to: Annotated[str, _cell("to", _CLAIMS["to"])] = ""
    place: Annotated[str, _cell("place", _CLAIMS["place"])] = ""
    origin: Annotated[str, _cell("origin", _CLAIMS["origin"])] = ""
    said: Annotated[str, _cell("said", _CLAIMS["said"])] = ""
    known: Annotated[str, _cell("known", _CLAIMS["known"])] = ""
    reliability: Annotated[str, _cell("reliability", _CLAIMS["reliability"])] = ""
    credibility: Annotated[str, _cell("credibility", _CLAIMS["credibility"])] = ""
    handling: Annotated[str, _cell("handling", _CLAIMS["handling"])] = ""
    basis: Annotated[str, _cell("basis", _CLAIMS["basis"])] = ""
    question: Annotated[str, _cell("question", _CLAIMS["question"])] = ""
    statement: Annotated[str, _cell("statement", _CLAIMS["statement"])] = ""
    note: Annotated[str, _cell("note", _CLAIMS["note"])] = ""
    id_: Annotated[str, _cell("id", _CLAIMS["id"])] = ""


@dataclass(frozen=True)
class SourceCells:
    """The cells of the source."""

    title: Annotated[str, _cell("title", _SOURCES["title"])]
    publisher: Annotated[str, _cell("publisher", _SOURCES["publisher"])] = ""
    date: Annotated[str, _cell("date", _SOURCES["date"])] = ""
    url: Annotated[str, _cell("url", _SOURCES["url"])] = ""
    reliability: Annotated[str, _cell("reliability", _SOURCES["reliability"])] = ""
    handling: Annotated[str, _cell("handling", _SOURCES["handling"])] = ""
    protected: Annotated[str, _cell("protected", _SOURCES["protected"])] = ""
    id_: Annotated[str, _cell("id", _SOURCES["id"])] = ""


@dataclass(frozen=True)
class ActorCells:
    """The cells of the actor."""

    name: Annotated[str, _cell("name", _ACTORS["name"])]
    kind: Annotated[str, _cell("kind", _ACTORS["kind"])]
    parent: Annotated[str, _cell("parent", _ACTORS["parent"])] = ""
    from_: Annotated[str, _cell("from", _ACTORS["from"])] = ""
    to: Annotated[str, _cell("to", _ACTORS["to"])] = ""
    ucdp: Annotated[str, _cell("ucdp", _ACTORS["ucdp"])] = ""
    gw: Annotated[str, _cell("gw", _ACTORS["gw"])] = ""
    iso3: Annotated[str, _cell("iso3", _ACTORS["iso3"])] = ""
    aliases: Annotated[str, _cell("aliases", _ACTORS["aliases"])] = ""
    groups: Annotated[str, _cell("groups", _ACTORS["groups"])] = ""
    handling: Annotated[str, _cell("handling", _ACTORS["handling"])] = ""
    id_: Annotated[str, _cell("id", _ACTORS["id"])] = ""


@dataclass(frozen=True)
class SiteCells:
    """The cells of the site."""

    name: Annotated[str, _cell("name", _SITES["name"])]
    kind: Annotated[str, _cell("kind", _SITES["kind"])]
    place: Annotated[str, _cell("place", _SITES["place"])] = ""
    latitude: Annotated[str, _cell("latitude", _SITES["latitude"])] = ""
    longitude: Annotated[str, _cell("longitude", _SITES["longitude"])] = ""
    source: Annotated[str, _cell("source", _SITES["source"])] = ""
    note: Annotated[str, _cell("note", _SITES["note"])] = ""
    id_: Annotated[str, _cell("id", _SITES["id"])] = ""


@dataclass(frozen=True)
class ForceCells:
    """The cells of the status."""

    force: Annotated[str, _cell("force", _FORCES["force"])]
    status: Annotated[str, _cell("status", _FORCES["status"])]
    from_: Annotated[str, _cell("from", _FORCES["from"])] = ""
    to: Annotated[str, _cell("to", _FORCES["to"])] = ""
    part_of: Annotated[str, _cell("part-of", _FORCES["part_of"])] = ""
    main: Annotated[str, _cell("main", _FORCES["main"])] = ""
    most: Annotated[str, _cell("most", _FORCES["most"])] = ""
    author: Annotated[str, _cell("author", _FORCES["author"])] = ""
    known: Annotated[str, _cell("known", _FORCES["known"])] = ""
    claim: Annotated[str, _cell("claim", _FORCES["claim"])] = ""
    note: Annotated[str, _cell("note", _FORCES["note"])] = ""


@dataclass(frozen=True)
class PostureCells:
    """The cells of the figure."""

    date: Annotated[str, _cell("date", _POSTURE["date"])]
    backer: Annotated[str, _cell("backer", _POSTURE["backer"])]
    kind: Annotated[str, _cell("kind", _POSTURE["kind"])]
    value: Annotated[str, _cell("value", _POSTURE["value"])]
    unit: Annotated[str, _cell("unit", _POSTURE["unit"])]
    precision: Annotated[str, _cell("precision", _POSTURE["precision"])] = "day"
    series: Annotated[str, _cell("series", _POSTURE["series"])] = ""
    source: Annotated[str, _cell("source", _POSTURE["source"])] = ""
    basis: Annotated[str, _cell("basis", _POSTURE["basis"])] = "page"
    note: Annotated[str, _cell("note", _POSTURE["note"])] = ""


@add.command()
@grouped
def actor(case: CaseName, cells: ActorCells, json: Json = False) -> None:
    """Add an actor to a case folder: a state, a force, an armed group, a party, a person.

    Example: [bold]vedette add actor my-iraq --name "Example Brigade" --kind force --aliases "Brigade X"[/]
    """
    _print(commands.add_actor(case, _by_column(cells)), json=json)


@add.command()
@grouped
def site(case: CaseName, cells: SiteCells, json: Json = False) -> None:
    """Add a site to a case folder: a base, a crossing, a town.

    Example: [bold]vedette add site my-iraq --name "Camp Example" --kind base --place IQ-BA[/]
    """
    _print(commands.add_site(case, _by_column(cells)), json=json)


@add.command()
@grouped
def force(case: CaseName, cells: ForceCells, json: Json = False) -> None:
    """Add what a force is over a time: of the state, hybrid, non-state or foreign. Two at a time are refused.

    Example: [bold]vedette add force my-iraq --force "Example Brigade" --status hybrid --from 2016-11-26[/]
    """
    _print(commands.add_force(case, _by_column(cells)), json=json)


@add.command()
@grouped
def posture(case: CaseName, cells: PostureCells, json: Json = False) -> None:
    """Add what a backer has in place on a day: troops, money, advisers, sorties, bases.

    Example: [bold]vedette add posture my-iraq --date 2020-09-01 --precision month --backer "United States"
    --kind troops --value 3000 --unit persons --source press-2020-09[/]
    """
    _print(commands.add_posture(case, _by_column(cells)), json=json)


@add.command()
@grouped
def claim(case: CaseName, cells: ClaimCells, json: Json = False) -> None:
    """Add a claim to a case folder. The whole folder is checked with it before anything is written.

    Example: [bold]vedette add claim my-iraq --source crs-2020 --hedge reported --subject iran
    --relation training --object badr --from 2014 --credibility 2[/]
    """
    _print(commands.add_claim(case, _by_column(cells)), json=json)


@add.command()
@grouped
def source(case: CaseName, cells: SourceCells, json: Json = False) -> None:
    """Add a source to a case folder. The whole folder is checked with it before anything is written.

    Example: [bold]vedette add source my-iraq --title "Iraq: Issues" --publisher CRS --date 2020-07-17[/]
    """
    _print(commands.add_source(case, _by_column(cells)), json=json)


def _by_column(cells: object) -> dict[str, str]:
    """Returns the cells by the name of their column; Python keeps some of these names for itself."""
    return {name.rstrip("_"): str(cell) for name, cell in vars(cells).items()}


def _print(added: commands.AddedRow, *, json: bool) -> None:
    if json:
        screen.as_json(added.document())
        return
    screen.say(f"Added {added.name} to {added.file}")
    if added.repeats:
        listed = ", ".join(added.repeats)
        screen.warn(
            [f"{listed} says the same already. If yours is a repeat, take it back: vedette undo CASE"]
        )
    if added.remark:
        screen.warn([added.remark])
