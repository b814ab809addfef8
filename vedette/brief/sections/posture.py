"""What backers had in place and gave: every series of posture, and amounts of money and deliveries as claimed."""

import polars as pl

from vedette.brief.blocks import Block, Caption, Shown
from vedette.brief.charts import posture_by_backer
from vedette.brief.figures import Cell, Column, Figure, Mark, Table, by, from_data
from vedette.brief.inputs.findings import Findings
from vedette.brief.inputs.ledger import Evidence
from vedette.brief.sections.known import RECALLED, links, over, period_rows
from vedette.evidence import figure as amount
from vedette.plurals import counted

GIVEN = ("funding", "weapons", "materiel")
"""The kinds of support that are money or deliveries."""
NEWEST = 3
"""Amounts shown of each backer and kind."""
_SERIES = (
    Column("series", "backer and what"),
    Column("period", "month"),
    Column("value", "in place"),
    Column("unit", "unit"),
    Column("basis", "read on a page or recalled"),
    Column("source", "source"),
)
_GIVEN = (
    Column("backer", "backer"),
    Column("kind", "what"),
    Column("recipient", "to whom"),
    Column("amount", "how much"),
    Column("when", "when"),
    Column("how", "how it is said"),
    Column("source", "source"),
)


def other_posture(findings: Findings, drawn: pl.DataFrame) -> list[Block]:
    """Every series of posture but the one that is drawn beside deaths; none where there is no other.

    Args:
        findings: of the brief.
        drawn: the rows of the series that is drawn already.
    """
    known = findings.case.posture.filter(over() <= findings.as_of)
    left = known.join(
        drawn.select("backer", "kind", "series").unique(), on=["backer", "kind", "series"], how="anti"
    )
    if left.is_empty():
        return []
    keys = left.group_by("backer", "kind", "series", "unit", maintain_order=True)
    rows = [
        {**row, "series": f"{backer}: {kind} ({unit})"}
        for (backer, kind, _, unit), of_one in keys
        for row in period_rows(of_one, findings.span.step).iter_rows(named=True)
    ]
    recalled = any(row["basis"] == RECALLED for row in rows)
    figure = Figure(
        "posture-others",
        "What else backers had in place",
        Mark.ASSUMED if recalled else Mark.OBSERVED,
        tuple(links(left, "posture.csv")),
        "as named in each series",
        table=Table.of(rows, _SERIES),
    )
    names = list(dict.fromkeys(str(row["series"]) for row in rows))
    caption = Caption(
        "posture-others",
        f"{counted(len(names), 'more series', 'more series')} of what backers had in place",
        "Each on its own scale, on one axis of time",
        f"Points and lines over time for {'; '.join(names)}. The numbers are in the table below the chart.",
        "Hollow points were recalled without a page and are not fact." if recalled else "",
    )
    return [posture_by_backer(caption, figure)]


def given(evidence: Evidence) -> list[Block]:
    """The newest amounts of money, weapons and materiel that claims name, by backer; none where none does."""
    claims = evidence.ledger.claims.filter(
        pl.col("relation").is_in(GIVEN), pl.col("low").is_not_null(), basis="page", polarity="+"
    )
    foreign = claims.filter(pl.col("subject").is_in(evidence.backing["backer"].unique().to_list()))
    if foreign.is_empty():
        return []
    shown = (
        foreign.sort("from", "id", descending=True)
        .group_by("subject", "relation", maintain_order=True)
        .head(NEWEST)
        .sort("subject", "relation", "from", descending=[False, False, True])
    )
    rows: list[dict[str, Cell]] = [
        {
            "backer": evidence.name(row["subject"]),
            "kind": row["relation"],
            "recipient": evidence.name(row["object"]),
            "amount": amount(row),
            "when": _when(str(row["from"]), str(row["to"])),
            "how": f"{row['hedge']}, {row['reliability']}{row['credibility']}",
            "source": row["source"],
        }
        for row in shown.iter_rows(named=True)
    ]
    figure = Figure(
        "given",
        "Money, weapons and materiel as claims name them",
        Mark.OBSERVED,
        (from_data(counted(shown.height, "claim"), "claims.csv"), by("the newest of each backer and kind")),
        "",
        table=Table.of(rows, _GIVEN),
        claims=evidence.cite(shown),
    )
    note = (
        "As each source says it; nothing is added up, since one amount may hold another, and what was asked for or agreed is "
        "not always what was given."
    )
    if shown.height < foreign.height:
        note += f" Shown are the {NEWEST} newest of each backer and kind, {shown.height} of {foreign.height}."
    return [Shown(figure, "Money and deliveries, as sources name them", note)]


def _when(first: str, last: str) -> str:
    return f"{first} to {last}" if first and last and first != last else first or last
