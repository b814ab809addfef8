"""Who backs whom, by the ledger: the network on the day, backing over the years, and the hybrid forces."""

from datetime import date

import polars as pl

from vedette.brief.actor_names import capitalised
from vedette.brief.blocks import Block, Caption, Chart, Section, Shown
from vedette.brief.charts import backing_by_year, who_backs_whom
from vedette.brief.figures import Cell, CellFormat, Column, Figure, Mark, Table
from vedette.brief.inputs.ledger import DRAWS, Evidence
from vedette.brief.prose import Paragraph, text
from vedette.brief.sections.columns import filled
from vedette.brief.words import percent, word
from vedette.evidence import sentence
from vedette.message import say
from vedette.network import hybrids
from vedette.plurals import counted, plural

MOST = 28
"""Lines drawn at most: those most believed."""
BACKERS = 4
LEADING = 3
"""Backers that the first sentence names at most."""
_TIES = (
    Column("backer", "backer"),
    Column("recipient", "recipient"),
    Column("status", "status"),
    Column("kinds", "kinds of support"),
    Column("words", "in words"),
    Column("belief", "belief", CellFormat.NUMBER, 2),
    Column("contested", "contested"),
    Column("said", "last said"),
)
_COUNTS = (
    Column("backer", "backer"),
    Column("year", "year"),
    Column("status", "recipients"),
    Column("number", "number", CellFormat.NUMBER),
    Column("reports", "independent reports", CellFormat.NUMBER),
    Column("kinds", "kinds of support"),
)
_FADED = (
    Column("tie", "tie"),
    Column("belief", "belief", CellFormat.NUMBER, 2),
    Column("said", "last said"),
)
_HYBRIDS = (
    Column("force", "force"),
    Column("command", "commanded by"),
    Column("payroll", "paid by"),
    Column("designation", "listed as terrorist by"),
)


def backers(evidence: Evidence) -> Section | None:
    """The section, or nothing where no claim of foreign support counts on the day."""
    if evidence.support.is_empty() and evidence.faded_support.is_empty():
        return None
    blocks: list[Block] = [lead(evidence)]
    if not evidence.support.is_empty():
        blocks += [_network(evidence), _years(evidence)]
    blocks += [*_faded(evidence), *_hybrids(evidence)]
    return Section("backers", say("Who backs whom"), tuple(blocks))


def lead(evidence: Evidence) -> Paragraph:
    """How many recipients the backers with the most of them have, by status."""
    today = evidence.backing.filter(pl.col("at") == evidence.at)
    sizes = today.group_by("backer").agg(pl.col("recipients").sum())
    leading = sizes.sort(["recipients", "backer"], descending=[True, False])["backer"].head(LEADING).to_list()
    least = percent(evidence.ledger.case.weights.least)
    closing = (
        f"Counted are ties believed at least {least}; what no claim was found for may still have been given."
    )
    if not leading:
        return text(f"No foreign support is believed so far that it is counted. {closing}")
    parts, figures = [], {}
    for place, backer in enumerate(leading):
        of_one = today.filter(backer=backer).sort("recipients", "status", descending=[True, False])
        numbers = [f"{{n{place}_{number}}} {status}" for number, status in enumerate(of_one["status"])]
        parts.append(f"{evidence.spoken.get(backer, backer)} ({_and(numbers)})")
        for number, row in enumerate(of_one.iter_rows(named=True)):
            figures[f"n{place}_{number}"] = _recipients(evidence, row)
    many = today["backer"].n_unique()
    words = f"By what sources say, the backers with the most recipients, by status, are {_and(parts)}"
    if many == 1:
        words = f"By what sources say, the one backer is {parts[0]}"
    return text(f"{words}. {closing}", **figures)


def _and(parts: list[str]) -> str:
    return ", ".join(parts[:-1]) + (" and " if parts[1:] else "") + parts[-1]


def _recipients(evidence: Evidence, row: dict[str, object]) -> Figure:
    backer, status = str(row["backer"]), str(row["status"])
    named = str(row["names"]).split(";")
    ties = evidence.support.filter(pl.col("backer") == backer, pl.col("recipient").is_in(named))
    claims = evidence.behind(ties.select("backer", "relation", "recipient").iter_rows())
    return Figure(
        f"backing-{backer}-{status}",
        f"Recipients of {evidence.name(backer)} of status {status} on {evidence.at}",
        Mark.ESTIMATED,
        evidence.chain(claims, "ties believed far enough, counted by recipient"),
        "recipients",
        value=int(str(row["recipients"])),
        claims=evidence.cite(claims),
    )


def _claims(evidence: Evidence, backers_: list[str]) -> pl.DataFrame:
    ties = evidence.support.filter(pl.col("backer").is_in(backers_))
    return evidence.behind(ties.select("backer", "relation", "recipient").iter_rows())


def _network(evidence: Evidence) -> Chart:
    pairs = (
        evidence.support.group_by("backer", "recipient", "status")
        .agg(
            kinds=pl.col("relation").unique().sort().str.join(", "),
            belief=pl.col("belief").max(),
            contested=pl.col("contested").any(),
            said=pl.col("said").max().cast(pl.String),
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
            "words": word(row["belief"], DRAWS, evidence.ledger.case.scale) or "",
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
        f"Foreign support believed at least {percent(evidence.ledger.case.weights.least)} on {_day(evidence.at)}; the wider a line, the more it is believed. Backers left, "
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
        .agg(pl.col("recipients").sum())
        .sort(["recipients", "backer"], descending=[True, False])
    )
    chosen = leading["backer"].head(BACKERS).to_list()
    rows: list[dict[str, Cell]] = [
        {
            **{"backer": evidence.name(backer), "year": row["at"].year, "status": row["status"]},
            **{"number": row["recipients"], "reports": row["reports"]},
            "kinds": row["kinds"].replace(";", ", "),
        }
        for backer in chosen
        for row in evidence.backing.filter(pl.col("backer") == backer).iter_rows(named=True)
    ]
    claims = evidence.ledger.tied.filter(pl.col("kind") == "support", pl.col("basis") == "page")
    figure = Figure(
        "backing-by-year",
        "Recipients of support by status, at the end of each year",
        Mark.ESTIMATED,
        evidence.chain(claims, "ties believed far enough, counted by recipient and status"),
        "recipients",
        table=Table.of(rows, _COUNTS),
        claims=evidence.cite(claims),
    )
    caption = Caption(
        "backing-by-year",
        "What each backer builds up: state forces, hybrid ones, or groups outside the state",
        "Recipients of each backer by status, at the end of each year (and on the day of this brief). Years without a "
        "bar: no claim found that is believed far enough.",
        "Stacked bars by year for each of the leading backers.",
        "Recipients are counted, not what they get. Press attention decides which ties are claimed.",
    )
    return backing_by_year(caption, figure)


def _faded(evidence: Evidence) -> list[Block]:
    """The ties that a claim still speaks for but that are believed too little to be counted."""
    ties = evidence.faded_support
    if ties.is_empty():
        return []
    rows: list[dict[str, Cell]] = [
        {
            "tie": capitalised(sentence(evidence.spoken, row["subject"], row["relation"], row["object"])),
            **{"belief": row["belief"], "said": str(row["said"])},
        }
        for row in ties.iter_rows(named=True)
    ]
    claims = evidence.behind(ties.select("subject", "relation", "object").iter_rows())
    figure = Figure(
        "faded-support",
        f"Foreign support believed less than {percent(evidence.ledger.case.weights.least)} on {evidence.at}",
        Mark.ESTIMATED,
        evidence.chain(claims, "claims for and against weighed, and aged to the day"),
        "belief that the tie holds, 0 to 1",
        table=Table.of(rows, _FADED),
        claims=evidence.cite(claims),
    )
    title = counted(
        ties.height,
        "more tie is claimed, but not believed enough",
        "more ties are claimed, but not believed enough",
    )
    note = (
        "They are counted and drawn nowhere. Nobody has said them since the day beside each, or nobody said them firmly. "
        "That is no sign that they ended."
    )
    return [Shown(figure, f"{title} to be counted", note, folded=True)]


def _hybrids(evidence: Evidence) -> list[Block]:
    table = hybrids(evidence.ledger, evidence.at)
    if table.is_empty():
        return []
    rows: list[dict[str, Cell]] = []
    for (force,), of_one in table.group_by("force", maintain_order=True):
        row: dict[str, Cell] = {"force": evidence.name(str(force))}
        for relation in ("command", "payroll", "designation"):
            believed = of_one.filter(pl.col("relation") == relation)
            parts = [
                f"{evidence.name(name)}: {evidence.believed(belief)}, last said {said}"
                for name, belief, said in believed.select("by", "belief", "said").iter_rows()
            ]
            row[relation] = "; ".join(parts)
        rows.append(row)
    claims = evidence.behind(table.select("by", "relation", "force").iter_rows())
    figure = Figure(
        "hybrid-forces",
        "On the state payroll and commanded by others: who commands, pays and lists each hybrid force",
        Mark.ESTIMATED,
        evidence.chain(claims, "belief in each tie, and the day it was last said"),
        "belief that it holds",
        table=Table.of(rows, filled(_HYBRIDS, rows)),
        claims=evidence.cite(claims),
    )
    those = plural(len(rows), "it", "them")
    title = (
        f"{counted(len(rows), 'hybrid force')}: who commands {those} is another matter than who pays {those}"
    )
    return [Shown(figure, title)]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
