"""Bases that hosted foreign forces, and what became of them; missions and who leads them."""

import polars as pl

from vedette.brief.blocks import Block, Section, Shown
from vedette.brief.figures import Cell, CellFormat, Column, Figure, Mark, Table, by, from_data
from vedette.brief.inputs.ledger import Evidence
from vedette.network import hosted_sites, missions
from vedette.plurals import counted

_SITES = (
    Column("site", "site"),
    Column("host", "who was hosted"),
    Column("over", "handed over"),
    Column("attacks", "days attacked while hosted", CellFormat.NUMBER),
    Column("after", "days attacked after", CellFormat.NUMBER),
)
_MISSIONS = (
    Column("mission", "mission"),
    Column("lead", "lead"),
    Column("from", "from"),
    Column("to", "to"),
    Column("hedge", "how it is said"),
)


def bases(evidence: Evidence) -> Section | None:
    """The section, or nothing where no site is said to host anybody."""
    blocks: list[Block] = [*_sites(evidence), *_missions(evidence)]
    return Section("bases", "Bases and missions", tuple(blocks)) if blocks else None


def _sites(evidence: Evidence) -> list[Block]:
    own = evidence.ledger.case.actors.filter(pl.col("iso3") == evidence.ledger.case.country.iso3)[
        "id"
    ].to_list()
    parents = dict(evidence.ledger.case.actors.select("id", "parent").iter_rows())
    table = hosted_sites(evidence.ledger).filter(
        ~pl.col("host").is_in([*own, *(actor for actor, parent in parents.items() if parent in own)])
    )
    if table.is_empty():
        return []
    rows: list[dict[str, Cell]] = [
        {
            "site": row["name"],
            "host": evidence.name(row["host"]),
            "over": row["handed_over"].isoformat() if row["handed_over"] else "",
            "attacks": row["attacks"],
            "after": row["attacks_after"],
        }
        for row in table.iter_rows(named=True)
    ]
    claims = evidence.by_id(claim for ids in table["claims"].to_list() for claim in ids)
    figure = Figure(
        "hosted-sites",
        "Sites that hosted foreign forces, when they were handed over, and on how many days they were attacked",
        Mark.ESTIMATED,
        (
            from_data(f"{counted(claims.height, 'claim')} of hosting and handing over", "claims.csv"),
            from_data("attacks of the timeline near each site", "timeline.csv"),
            by("attacks counted by day within 12 km of the site or naming it"),
        ),
        "days",
        table=Table.of(rows, _SITES),
        claims=evidence.cite(claims),
    )
    gone = table.filter(pl.col("handed_over").is_not_null())["site"].n_unique()
    return [
        Shown(
            figure,
            counted(gone, "site was handed over", "sites were handed over"),
            "The timeline is a selection: attacks without notice are not in it.",
        )
    ]


def _missions(evidence: Evidence) -> list[Block]:
    table = missions(evidence.ledger)
    if table.is_empty():
        return []
    rows: list[dict[str, Cell]] = [
        {
            "mission": evidence.name(row["mission"]),
            "lead": evidence.name(row["lead"]),
            "from": row["from"],
            "to": row["to"],
            "hedge": row["hedge"],
        }
        for row in table.iter_rows(named=True)
    ]
    claims = evidence.by_id(claim for ids in table["claims"].to_list() for claim in ids)
    figure = Figure(
        "missions",
        "Missions and the nation that leads them; what is only expected is marked so",
        Mark.OBSERVED,
        (from_data(counted(claims.height, "claim"), "claims.csv"),),
        "",
        table=Table.of(rows, _MISSIONS),
        claims=evidence.cite(claims),
    )
    return [Shown(figure, "Who leads the missions")]
