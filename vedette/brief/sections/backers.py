"""Who backs whom, by the ledger: the network on the day, backing over the years, and the hybrid forces."""

from datetime import date

import polars as pl

from vedette.brief.blocks import Block, Caption, Chart, Section, Shown
from vedette.brief.charts import backing_by_year, who_backs_whom
from vedette.brief.figures import Cell, CellFormat, Column, Figure, Mark, Table
from vedette.brief.inputs.ledger import Evidence
from vedette.brief.prose import Paragraph, text
from vedette.brief.words import percent
from vedette.network import STATUSES, UNKNOWN, hybrids
from vedette.plurals import counted, plural

MOST = 28
"""Lines drawn at most: those most believed."""
BACKERS = 4
_TIES = (
    Column("backer", "backer"),
    Column("recipient", "recipient"),
    Column("status", "status"),
    Column("kinds", "kinds of support"),
    Column("belief", "belief", CellFormat.NUMBER, 2),
    Column("contested", "contested"),
)
_SHARES = (
    Column("backer", "backer"),
    Column("year", "year"),
    Column("status", "recipients"),
    Column("share", "share", CellFormat.SHARE),
)
_HYBRIDS = (
    Column("force", "force"),
    Column("command", "commanded by"),
    Column("payroll", "paid by"),
    Column("designation", "listed as terrorist by"),
)


def backers(evidence: Evidence) -> Section | None:
    """The section, or nothing where no foreign support is on record."""
    if evidence.support.is_empty():
        return None
    blocks: list[Block] = [lead(evidence), _network(evidence), _years(evidence)]
    table = _hybrids(evidence)
    return Section("backers", "Who backs whom", tuple([*blocks, table] if table else blocks))


def lead(evidence: Evidence) -> Paragraph:
    """What goes to whom, for the backer that most builds up the state and the one that least does."""
    shares = _today(evidence)
    most = shares.sort(["state", "support"], descending=True).row(0, named=True)
    least = shares.sort(["state", "support"], descending=[False, True]).row(0, named=True)
    words = f"By what sources say, {{state}} of the support of {evidence.name(most['backer'])} goes to state forces"
    figures = {"state": _share(evidence, most, "state")}
    if least["backer"] != most["backer"]:
        words += f", and {{other}} of that of {evidence.name(least['backer'])} to hybrid and non-state ones"
        figures["other"] = _share(evidence, least, "other")
    return text(
        words + ". Support is counted in kinds given to each recipient, by how far each is believed.",
        **figures,
    )


def _today(evidence: Evidence) -> pl.DataFrame:
    """The backers of the day with more than a passing tie."""
    today = evidence.backing.filter(pl.col("at") == evidence.at)
    weighty = today.filter(pl.col("support") >= today["support"].max() / 4)  # type: ignore[operator]
    return weighty if weighty.height > 1 else today


def _share(evidence: Evidence, row: dict[str, object], which: str) -> Figure:
    backer = str(row["backer"])
    share = (
        float(str(row["state"]))
        if which == "state"
        else 1 - float(str(row["state"])) - float(str(row[UNKNOWN]))
    )
    claims = _claims(evidence, [backer])
    name = evidence.name(backer)
    what = "state forces" if which == "state" else "hybrid and non-state forces"
    return Figure(
        f"backing-{backer}-{which}",
        f"Share of the support of {name} that goes to {what}",
        Mark.ESTIMATED,
        evidence.chain(claims, "beliefs summed over recipients and kinds of support"),
        "share",
        value=share,
        show=percent(share),
        claims=evidence.cite(claims),
    )


def _claims(evidence: Evidence, backers_: list[str]) -> pl.DataFrame:
    ties = evidence.support.filter(pl.col("backer").is_in(backers_))
    return evidence.behind(ties.select("provider", "relation", "recipient").iter_rows())


def _network(evidence: Evidence) -> Chart:
    pairs = (
        evidence.support.group_by("backer", "recipient", "status")
        .agg(
            kinds=pl.col("relation").unique().sort().str.join(", "),
            belief=pl.col("belief").max(),
            contested=pl.col("contested").any(),
        )
        .sort(["belief", "backer", "recipient"], descending=[True, False, False])
    )
    shown = pairs.head(MOST).sort(["backer", "belief", "recipient"], descending=[False, True, False])
    rows: list[dict[str, Cell]] = [
        {
            **row,
            "backer": evidence.name(row["backer"]),
            "recipient": evidence.name(row["recipient"]),
            "contested": "yes" if row["contested"] else "no",
        }
        for row in shown.iter_rows(named=True)
    ]
    claims = _claims(evidence, pairs["backer"].unique().to_list())
    figure = Figure(
        "who-backs-whom",
        f"Foreign support on {evidence.at}",
        Mark.ESTIMATED,
        evidence.chain(claims, "claims for and against weighed into the belief that a tie holds on the day"),
        "belief that the tie holds, 0 to 1",
        table=Table.of(rows, _TIES),
        claims=evidence.cite(claims),
    )
    left_out = pairs.height - shown.height
    caption = Caption(
        "who-backs-whom",
        f"{counted(pairs['backer'].n_unique(), 'backer')}, {counted(pairs['recipient'].n_unique(), 'recipient')}: who supports whom",
        f"Foreign support believed to hold on {_day(evidence.at)}; the wider a line, the more it is believed. Backers left, "
        "recipients right, by status.",
        "Lines from backers at the left to the forces they support at the right.",
        f"{counted(left_out, 'less believed tie is', 'less believed ties are')} not drawn; `vedette network --show ties` "
        f"lists {plural(left_out, 'it', 'them')}."
        if left_out
        else "",
    )
    return who_backs_whom(caption, figure)


def _years(evidence: Evidence) -> Chart:
    leading = (
        evidence.backing.group_by("backer")
        .agg(pl.col("support").sum())
        .sort(["support", "backer"], descending=[True, False])
    )
    chosen = leading["backer"].head(BACKERS).to_list()
    table = evidence.backing.filter(pl.col("backer").is_in(chosen))
    rows: list[dict[str, Cell]] = [
        {"backer": evidence.name(backer), "year": row["at"].year, "status": status, "share": row[status]}
        for backer in chosen
        for row in table.filter(pl.col("backer") == backer).iter_rows(named=True)
        for status in (*STATUSES, UNKNOWN)
        if row[status]
    ]
    claims = evidence.ledger.tied.filter(pl.col("kind") == "support", pl.col("basis") == "page")
    figure = Figure(
        "backing-by-year",
        "Support by the status of who receives it, at the end of each year",
        Mark.ESTIMATED,
        evidence.chain(
            claims, "beliefs summed over recipients and kinds of support, by status of the recipient"
        ),
        "share of a backer's support",
        table=Table.of(rows, _SHARES),
        claims=evidence.cite(claims),
    )
    caption = Caption(
        "backing-by-year",
        "What each backer builds up: state forces, hybrid ones, or groups outside the state",
        "Share of each backer's support by the status of the recipient, at the end of each year (and on the day of this "
        "brief). Years without a bar: no support on record.",
        "Stacked bars by year for each of the leading backers.",
        "Shares count kinds of support and recipients, not amounts; money, people and arms are never added up.",
    )
    return backing_by_year(caption, figure)


def _hybrids(evidence: Evidence) -> Shown | None:
    table = hybrids(evidence.ledger, evidence.at)
    if table.is_empty():
        return None
    rows: list[dict[str, Cell]] = []
    for (force,), of_one in table.group_by("force", maintain_order=True):
        row: dict[str, Cell] = {"force": evidence.name(str(force))}
        for relation in ("command", "payroll", "designation"):
            believed = of_one.filter(pl.col("relation") == relation, pl.col("belief") >= 0.05)
            parts = [
                f"{evidence.name(name)} ({belief:.2f})"
                for name, belief in believed.select("by", "belief").iter_rows()
            ]
            row[relation] = "; ".join(parts)
        rows.append(row)
    claims = evidence.behind(table.select("by", "relation", "force").iter_rows())
    figure = Figure(
        "hybrid-forces",
        "On the state payroll and commanded by others: who commands, pays and lists each hybrid force",
        Mark.ESTIMATED,
        evidence.chain(claims, "belief in each tie in brackets"),
        "belief, 0 to 1",
        table=Table.of(rows, _HYBRIDS),
        claims=evidence.cite(claims),
    )
    those = plural(len(rows), "it", "them")
    return Shown(
        figure,
        f"{counted(len(rows), 'hybrid force')}: who commands {those} is another matter than who pays {those}",
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
