"""Commands that add rows to a case: an actor, a site, a force, a claim, a source, a figure of posture."""

from dataclasses import dataclass
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.grouping import grouped
from vedette.cli.options import CaseName, Json
from vedette.cli.text import screen

add = typer.Typer(help="Add a checked row to a case: an actor, a claim, a source ...", no_args_is_help=True)

_ACTOR = "actor, by id or any spelling"


def _cell(name: str, meaning: str) -> typer.models.OptionInfo:
    option = typer.Option(f"--{name}", metavar=name.upper(), help=meaning)
    assert isinstance(option, typer.models.OptionInfo)
    return option


@dataclass(frozen=True)
class ClaimCells:
    """The cells of the claim."""

    hedge: Annotated[str, _cell("hedge", "How it is said: documented, reported, alleged ...")]
    subject: Annotated[str, _cell("subject", f"Who does it: {_ACTOR}, or a site.")]
    relation: Annotated[str, _cell("relation", "A relation of the vocabulary, like training.")]
    object_: Annotated[str, _cell("object", f"To whom or where: {_ACTOR}, a site or a place.")] = ""
    source: Annotated[str, _cell("source", "Id of the source; empty only where it is recalled.")] = ""
    speaker: Annotated[str, _cell("speaker", "Who says it; the document itself if left out.")] = ""
    speaker_kind: Annotated[str, _cell("speaker-kind", "document, named, group, anonymous or protected.")] = (
        ""
    )
    speaker_of: Annotated[str, _cell("speaker-of", f"Whom the speaker belongs to: {_ACTOR}.")] = ""
    speaker_id: Annotated[str, _cell("speaker-id", "Your word for one protected person; in no edition.")] = ""
    polarity: Annotated[str, _cell("polarity", "+ (it is so) or - (it is not so).")] = ""
    low: Annotated[str, _cell("low", "The lower end of a figure.")] = ""
    high: Annotated[str, _cell("high", "The upper end of a figure; the same for one number.")] = ""
    unit: Annotated[str, _cell("unit", "The unit of the figure, like persons.")] = ""
    from_: Annotated[str, _cell("from", "Since when: 2014, 2014-06 or 2014-06-10.")] = ""
    to: Annotated[str, _cell("to", "Until when; empty if still so when said.")] = ""
    place: Annotated[str, _cell("place", "Id of a place, region or site.")] = ""
    origin: Annotated[str, _cell("origin", "What claims that are one report share.")] = ""
    said: Annotated[str, _cell("said", "When it was said; the date of the source if left out.")] = ""
    known: Annotated[str, _cell("known", "When the public could know it.")] = ""
    reliability: Annotated[str, _cell("reliability", "A to F; that of the source if left out.")] = ""
    credibility: Annotated[str, _cell("credibility", "1 to 6.")] = ""
    handling: Annotated[str, _cell("handling", "clear, green, amber, amber+strict or red.")] = ""
    basis: Annotated[str, _cell("basis", "page or recalled.")] = ""
    question: Annotated[str, _cell("question", "Id of the question that it answers.")] = ""
    statement: Annotated[str, _cell("statement", "What is said, in your own words.")] = ""
    note: Annotated[str, _cell("note", "A note.")] = ""
    id_: Annotated[str, _cell("id", "A short name; made if left out.")] = ""


@dataclass(frozen=True)
class SourceCells:
    """The cells of the source."""

    title: Annotated[str, _cell("title", "Title of the document.")]
    publisher: Annotated[str, _cell("publisher", "Who published it.")] = ""
    date: Annotated[str, _cell("date", "When: 2014, 2014-06 or 2014-06-10.")] = ""
    url: Annotated[str, _cell("url", "Where it lies.")] = ""
    reliability: Annotated[str, _cell("reliability", "A to F.")] = ""
    handling: Annotated[str, _cell("handling", "clear, green, amber, amber+strict or red.")] = ""
    protected: Annotated[str, _cell("protected", "true if it must never be named.")] = ""
    id_: Annotated[str, _cell("id", "A short name; made if left out.")] = ""


@dataclass(frozen=True)
class ActorCells:
    """The cells of the actor."""

    name: Annotated[str, _cell("name", "Its name as texts write it.")]
    kind: Annotated[str, _cell("kind", "What it is: state, force, armed group, party, person ...")]
    parent: Annotated[str, _cell("parent", f"What it belongs to: {_ACTOR}.")] = ""
    from_: Annotated[str, _cell("from", "Since when it exists: 2014, 2014-06 or 2014-06-10.")] = ""
    to: Annotated[str, _cell("to", "Until when; empty if it still does.")] = ""
    ucdp: Annotated[str, _cell("ucdp", "Its id in UCDP data.")] = ""
    gw: Annotated[str, _cell("gw", "Its Gleditsch-Ward number, if it is a state.")] = ""
    iso3: Annotated[str, _cell("iso3", "Its ISO 3166-1 code, if it is a country.")] = ""
    aliases: Annotated[str, _cell("aliases", "Other names, joined by ;")] = ""
    groups: Annotated[str, _cell("groups", "Ids of classes that it belongs to, joined by ;")] = ""
    handling: Annotated[str, _cell("handling", "clear, green, amber, amber+strict or red.")] = ""
    id_: Annotated[str, _cell("id", "A short name; made if left out.")] = ""


@dataclass(frozen=True)
class SiteCells:
    """The cells of the site."""

    name: Annotated[str, _cell("name", "Its name.")]
    kind: Annotated[str, _cell("kind", "base, crossing, town ...")]
    place: Annotated[str, _cell("place", "Id of the area in which it lies.")] = ""
    latitude: Annotated[str, _cell("latitude", "In degrees; with longitude or not at all.")] = ""
    longitude: Annotated[str, _cell("longitude", "In degrees.")] = ""
    source: Annotated[str, _cell("source", "Id of the source.")] = ""
    note: Annotated[str, _cell("note", "A note.")] = ""
    id_: Annotated[str, _cell("id", "A short name; made if left out.")] = ""


@dataclass(frozen=True)
class ForceCells:
    """The cells of the status."""

    force: Annotated[str, _cell("force", f"The force: {_ACTOR}.")]
    status: Annotated[
        str, _cell("status", "state, hybrid (paid by the state, led by others), non-state or foreign.")
    ]
    from_: Annotated[str, _cell("from", "Since when; empty from the beginning.")] = ""
    to: Annotated[str, _cell("to", "Until when; empty if still so.")] = ""
    part_of: Annotated[str, _cell("part-of", f"The force or ministry that it lies within: {_ACTOR}.")] = ""
    main: Annotated[str, _cell("main", "army, yes or elsewhere: its place in the index of arms.")] = ""
    most: Annotated[str, _cell("most", "The most that it may be, of a main force without a headcount.")] = ""
    author: Annotated[str, _cell("author", "Who holds that it is at most that.")] = ""
    known: Annotated[str, _cell("known", "When this could be known.")] = ""
    claim: Annotated[str, _cell("claim", "Id of the claim that supports the coding.")] = ""
    note: Annotated[str, _cell("note", "A note.")] = ""


@dataclass(frozen=True)
class PostureCells:
    """The cells of the figure."""

    date: Annotated[str, _cell("date", "The day, like 2014-06-10; of a month or year the first.")]
    backer: Annotated[str, _cell("backer", f"Who has it in place: {_ACTOR}.")]
    kind: Annotated[str, _cell("kind", "troops, money, advisers, sorties, bases ...")]
    value: Annotated[str, _cell("value", "The number, 0 or more.")]
    unit: Annotated[str, _cell("unit", "Its unit, like persons.")]
    precision: Annotated[str, _cell("precision", "day, week, month or year.")] = "day"
    series: Annotated[str, _cell("series", "The series that it continues.")] = ""
    source: Annotated[str, _cell("source", "Id of the source; empty only where it is recalled.")] = ""
    basis: Annotated[str, _cell("basis", "page or recalled.")] = "page"
    note: Annotated[str, _cell("note", "A note.")] = ""


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
