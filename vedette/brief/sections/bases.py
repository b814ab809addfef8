"""Bases that hosted foreign forces, and what became of them; missions and who leads them."""

from vedette.brief.actor_names import short_name
from vedette.brief.blocks import Block, Section, Shown
from vedette.brief.figures import Cell, CellFormat, Column, Figure, Mark, Table, by, from_data
from vedette.brief.inputs.ledger import Evidence
from vedette.brief.sections.columns import filled
from vedette.message import say
from vedette.network import HostedSites, missions
from vedette.network.stays import left_out_in_words
from vedette.plurals import counted

_SITES = (
    Column("site", "site"),
    Column("hosts", "who was hosted"),
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
    return Section("bases", say("Bases and missions"), tuple(blocks)) if blocks else None


def _sites(evidence: Evidence) -> list[Block]:
    hosted = HostedSites(evidence.ledger, foreign=True)
    if not hosted.sites:
        return []
    rows: list[dict[str, Cell]] = [
        {
            "site": site.name,
            "hosts": short_name("; ".join(hosted.words(stay) for stay in site.stays)),
            "over": site.handed_over.isoformat() if site.handed_over else "",
            "attacks": len(site.attacks),
            "after": None if site.after is None else len(site.after),
        }
        for site in hosted.sites
    ]
    claims = evidence.by_id(claim for site in hosted.sites for stay in site.stays for claim in stay.claims)
    figure = Figure(
        "hosted-sites",
        "Sites that hosted foreign forces, when they were handed over, and on how many days these were attacked there",
        Mark.ESTIMATED,
        (
            from_data(f"{counted(claims.height, 'claim')} of hosting and handing over", "claims.csv"),
            from_data("attacks of the timeline, and claims of attacks", "timeline.csv, claims.csv"),
            by("days on which a host was the target at the site, named or within 3 km of its point"),
        ),
        "days",
        table=Table.of(rows, filled(_SITES, rows)),
        claims=evidence.cite(claims),
    )
    gone = sum(site.handed_over is not None for site in hosted.sites)
    note = left_out_in_words(hosted.left_out) + " What nobody recorded is in none of them."
    return [Shown(figure, counted(gone, "site was handed over", "sites were handed over"), note)]


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
        table=Table.of(rows, filled(_MISSIONS, rows)),
        claims=evidence.cite(claims),
    )
    return [Shown(figure, "Who leads the missions")]
