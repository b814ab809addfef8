"""The section on the state's monopoly on arms: the index, the forces in it, and what would change it most."""

import numpy as np
import polars as pl

from vedette.brief.blocks import Block, Caption, Section, Shown
from vedette.brief.charts import monopoly_by_year
from vedette.brief.figures import Cell, CellFormat, Column, Figure, Link, Mark, Table, by, from_assumption
from vedette.brief.inputs.ledger import Evidence
from vedette.brief.prose import Paragraph, text
from vedette.brief.words import percent
from vedette.network import Monopoly, drivers
from vedette.plurals import counted

MOST = 8
_YEARS = (
    Column("year", "year"),
    Column("low", "5 %", CellFormat.SHARE),
    Column("middle", "middle", CellFormat.SHARE),
    Column("high", "95 %", CellFormat.SHARE),
    Column("forces", "forces counted", CellFormat.NUMBER),
    Column("missing", "not counted in reach"),
)
_FORCES = (
    Column("force", "force"),
    Column("status", "status"),
    Column("low", "5 %", CellFormat.NUMBER),
    Column("middle", "middle", CellFormat.NUMBER),
    Column("high", "95 %", CellFormat.NUMBER),
    Column("command", "chance that the state commands it", CellFormat.SHARE),
    Column("years", "years to the nearest headcount", CellFormat.NUMBER, 1),
)
_DRIVERS = (
    Column("what", "what"),
    Column("low", "index at one end", CellFormat.SHARE),
    Column("high", "at the other", CellFormat.SHARE),
    Column("swing", "swing", CellFormat.SHARE),
)


def arms(evidence: Evidence) -> Section | None:
    """The section, or nothing where no force has a headcount within reach."""
    index = evidence.index
    if index is None:
        return None
    blocks: list[Block] = [
        lead(evidence, index),
        _years(evidence),
        _forces(evidence, index),
        _drivers(evidence, index),
    ]
    return Section("arms", "Does the state alone bear arms?", tuple(blocks))


def lead(evidence: Evidence, index: Monopoly) -> Paragraph:
    """The index on the day in a sentence."""
    words = "The state commands {index:band} of all armed strength, by the headcounts and commanders that sources give."
    if index.missing:
        names = ", ".join(evidence.name(force) for force in index.missing)
        words += f" Left out, for want of a headcount within eight years: {names}."
    return text(words, index=figure_of(evidence, index))


def figure_of(evidence: Evidence, index: Monopoly) -> Figure:
    """The index on the day as a figure."""
    low, middle, high = index.quantiles()
    claims = evidence.by_id(claim for part in index.parts for claim in part.claims)
    return Figure(
        "monopoly",
        f"State monopoly on arms on {index.at}",
        Mark.ESTIMATED,
        _chain(evidence, claims, len(index.whole)),
        "% of all armed strength",
        value=100 * middle,
        low=100 * low,
        high=100 * high,
        band="90 % interval",
        show=percent(middle),
        claims=evidence.cite(claims),
    )


def _chain(evidence: Evidence, claims: pl.DataFrame, draws: int) -> tuple[Link, ...]:
    return (
        *evidence.chain(claims),
        from_assumption(
            "headcounts drift by 15 % for the root of the years between",
            "vedette",
            "The network, in the docs",
        ),
        by(f"strength and command of each force drawn {draws:,} times, seed {evidence.seed}"),
    )


def _years(evidence: Evidence) -> Block:
    rows: list[dict[str, Cell]] = [
        {
            **{name: row[name] for name in ("low", "middle", "high", "forces")},
            "year": row["at"].year,
            "missing": ", ".join(evidence.name(force) for force in row["missing"].split(";") if force),
        }
        for row in evidence.indices.iter_rows(named=True)
        if row["middle"] is not None
    ]
    claims = evidence.ledger.claims.filter(
        pl.col("relation").is_in(["strength", "command"]), pl.col("basis") == "page"
    )
    figure = Figure(
        "monopoly-by-year",
        "State monopoly on arms at the end of each year",
        Mark.ESTIMATED,
        _chain(evidence, claims, len(evidence.index.whole) if evidence.index else 0),
        "share of armed strength under the command of the state",
        table=Table.of(rows, _YEARS),
        claims=evidence.cite(claims),
    )
    first, last = rows[0], rows[-1]
    caption = Caption(
        "monopoly-by-year",
        f"The state's share of arms: {percent(float(str(first['middle'])))} in {first['year']}, "
        f"{percent(float(str(last['middle'])))} in {last['year']}",
        "Armed strength under the command of the state over all armed strength, at the end of each year; middle and 90 % "
        "interval.",
        "A line with a band: the index by year.",
        "Years rest on few headcounts, some of them years old: see the table of forces. Who commands a hybrid force is drawn "
        "from what is believed of its commanders.",
    )
    return monopoly_by_year(caption, figure)


def _forces(evidence: Evidence, index: Monopoly) -> Block:
    rows: list[dict[str, Cell]] = []
    for part in sorted(index.parts, key=lambda part: -float(np.median(part.strength))):
        low, middle, high = (
            round(float(value), -2) for value in np.quantile(part.strength, (0.05, 0.5, 0.95))
        )
        rows.append(
            {
                **{"force": evidence.name(part.force), "status": part.status, "command": part.command},
                **{"low": low, "middle": middle, "high": high, "years": part.years},
            }
        )
    claims = evidence.by_id(claim for part in index.parts for claim in part.claims)
    figure = Figure(
        "armed-forces",
        f"Armed strength on {index.at}, each force without those listed apart from it",
        Mark.ESTIMATED,
        _chain(evidence, claims, len(index.whole)),
        "persons",
        table=Table.of(rows, _FORCES),
        claims=evidence.cite(claims),
    )
    return Shown(figure, counted(len(rows), "force makes the index", "forces make the index"))


def _drivers(evidence: Evidence, index: Monopoly) -> Block:
    table = drivers(index).head(MOST)
    words = {"command": "whether the state commands {}", "strength": "the strength of {}"}
    rows: list[dict[str, Cell]] = [
        {**row, "what": words[str(row["what"])].format(evidence.name(str(row["force"])))}
        for row in table.iter_rows(named=True)
    ]
    claims = evidence.by_id(claim for part in index.parts for claim in part.claims)
    figure = Figure(
        "monopoly-drivers",
        "What would change the index most, one thing at a time",
        Mark.ESTIMATED,
        _chain(evidence, claims, len(index.whole)),
        "middle of the index",
        table=Table.of(rows, _DRIVERS),
    )
    return Shown(figure, f"What would change it most: {rows[0]['what']}")
