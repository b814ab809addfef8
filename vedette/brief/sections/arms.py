"""The section on the state's monopoly on arms: the index, the forces in it, and what would change it most."""

from collections.abc import Iterable

import numpy as np
import polars as pl

from vedette.brief.blocks import Block, Caption, Section, Shown
from vedette.brief.charts import monopoly_by_year
from vedette.brief.figures import Cell, CellFormat, Column, Figure, Link, Mark, Table, by, from_assumption
from vedette.brief.inputs.ledger import Evidence
from vedette.brief.prose import Paragraph, text
from vedette.brief.words import percent
from vedette.message import joined, say
from vedette.network import Monopoly, drivers
from vedette.plurals import counted

MOST = 8
_YEARS = (
    Column("year", "year"),
    Column("low", "low", CellFormat.SHARE),
    Column("middle", "middle", CellFormat.SHARE),
    Column("high", "high", CellFormat.SHARE),
    Column("assumed_width", "of the range assumed", CellFormat.SHARE),
    Column("hybrid", "hybrid forces", CellFormat.SHARE),
    Column("non-state", "others", CellFormat.SHARE),
    Column("coverage", "main forces"),
    Column("missing", "missing"),
    Column("comparable", "comparable years"),
    Column("withheld", "withheld, since"),
)
_FORCES = (
    Column("force", "force"),
    Column("status", "status"),
    Column("low", "low", CellFormat.NUMBER),
    Column("middle", "middle", CellFormat.NUMBER),
    Column("high", "high", CellFormat.NUMBER),
    Column("basis", "strength"),
    Column("years", "years to the nearest headcount", CellFormat.NUMBER, 1),
)
_DRIVERS = (
    Column("what", "what"),
    Column("low", "index at one end", CellFormat.SHARE),
    Column("high", "at the other", CellFormat.SHARE),
    Column("swing", "swing", CellFormat.SHARE),
)


def arms(evidence: Evidence) -> Section | None:
    """The section, or nothing where no main force has a strength."""
    index = evidence.index
    if index is None:
        return None
    blocks: list[Block] = [
        lead(evidence, index),
        *_years(evidence, index),
        _forces(evidence, index),
        _drivers(evidence, index),
    ]
    return Section("arms", say("Does the state alone bear arms?"), tuple(blocks))


def lead(evidence: Evidence, index: Monopoly) -> Paragraph:
    """The index on the day in a sentence, or why it is withheld, and what it leaves out."""
    if index.withheld:
        words = withheld_sentence(index)
        if index.too_wide:
            force = evidence.spoken.get(index.least_certain.force, index.least_certain.force)
            words = joined((words, say("Least certain is the strength of {force}.", force=force)))
        figures = {}
    else:
        words = say(
            "Forces that the state alone commands hold {index:band} of armed strength; hybrid forces, on a public "
            "payroll and under others' command too, {hybrid}."
        )
        figures = {"index": figure_of(evidence, index), "hybrid": _hybrid(evidence, index)}
    return text(joined((words, _left_out(evidence, index))), **figures)


def withheld_sentence(index: Monopoly) -> str:
    """Why the index is not printed, as a sentence."""
    return say(
        "The share of armed strength that the state alone commands is withheld, since {why}.",
        why=index.withheld,
    )


def _left_out(evidence: Evidence, index: Monopoly) -> str:
    missing, words = "", say("Foreign troops are not counted.")
    if index.missing:
        forces = _named(evidence, index.missing)
        missing = say("Missing, for want of a headcount within reach: {forces}.", forces=forces)
    if index.elsewhere:
        words = say(
            "Foreign troops are not counted, nor armed groups whose war is elsewhere: {forces}.",
            forces=_named(evidence, index.elsewhere),
        )
    return joined((missing, words))


def _named(evidence: Evidence, forces: Iterable[str]) -> str:
    return joined([evidence.name(force) for force in forces], ", ")


def _hybrid(evidence: Evidence, index: Monopoly) -> Figure:
    claims = evidence.by_id(claim for part in index.parts for claim in part.claims)
    share = float(np.median(index.of_status("hybrid")))
    return Figure(
        "hybrid-arms",
        f"Share of armed strength in hybrid forces on {index.at}",
        Mark.ESTIMATED,
        _chain(evidence, claims, len(index.whole)),
        "% of armed strength",
        value=100 * share,
        show=percent(share),
        claims=evidence.cite(claims),
    )


def figure_of(evidence: Evidence, index: Monopoly) -> Figure:
    """The index on the day as a figure."""
    low, middle, high = index.quantiles
    claims = evidence.by_id(claim for part in index.parts for claim in part.claims)
    return Figure(
        "monopoly",
        f"Share of armed strength that the state alone commands on {index.at}",
        Mark.ESTIMATED,
        _chain(evidence, claims, len(index.whole)),
        "% of armed strength",
        value=100 * middle,
        low=100 * low,
        high=100 * high,
        band="90 % interval",
        show=percent(middle),
        claims=evidence.cite(claims),
    )


def _chain(evidence: Evidence, claims: pl.DataFrame, draws: int) -> tuple[Link, ...]:
    assumed = evidence.index.assumed if evidence.index else ()
    return (
        *evidence.chain(claims),
        from_assumption(
            "headcounts drift by 15 % for the root of the years between",
            "vedette",
            "The network, in the docs",
        ),
        *(
            from_assumption(f"{evidence.name(part.force)}: 0 to {part.most:,.0f}", part.author, "forces.csv")
            for part in assumed
        ),
        by(f"strength of each main force drawn {draws:,} times, seed {evidence.seed}"),
    )


def _years(evidence: Evidence, index: Monopoly) -> list[Block]:
    """The index by year as a chart; as a table where it is printed for no year."""
    rows: list[dict[str, Cell]] = [
        {
            **{name: row[name] for name in _BY_YEAR},
            "year": row["at"].year,
            "missing": _named(evidence, filter(None, row["missing"].split(";"))),
        }
        for row in evidence.indices.iter_rows(named=True)
        if row["coverage"]
    ]
    claims = evidence.ledger.claims.filter(pl.col("relation") == "strength", pl.col("basis") == "page")
    figure = Figure(
        "monopoly-by-year",
        "Share of armed strength that the state alone commands, at the end of each year",
        Mark.ESTIMATED,
        _chain(evidence, claims, len(index.whole)),
        "share of armed strength",
        table=Table.of(rows, _YEARS),
        claims=evidence.cite(claims),
    )
    printed = [row for row in rows if row["middle"] is not None]
    if not printed:
        return [Shown(figure, "The state's share of arms is withheld for every year")]
    return [monopoly_by_year(_caption(printed, len(rows)), figure)]


_BY_YEAR = (
    *("low", "middle", "high", "assumed_width", "hybrid", "non-state"),
    *("coverage", "comparable", "withheld"),
)


def _caption(printed: list[dict[str, Cell]], years: int) -> Caption:
    last = printed[-1]
    others = str(last["comparable"]) != str(last["year"])
    over = f"over {last['comparable']}" if others else "with no other year"
    withheld = years - len(printed)
    note = f" It is withheld for {counted(withheld, 'year')}: the table says why." if withheld else ""
    return Caption(
        "monopoly-by-year",
        f"The state's share of arms: {percent(float(str(last['middle'])))} in {last['year']}, comparable {over}",
        "Strength of the forces that the state alone commands over that of all main forces, at the end of each year: "
        "middle and 90 % interval, with assumed strengths at the ends of their ranges.",
        "A line with a band: the index by year, broken where other forces are counted.",
        "Only years joined by a line count the same forces and may be compared. A headcount of another year is carried, with a "
        f"drift, for up to eight.{note}",
    )


def _forces(evidence: Evidence, index: Monopoly) -> Block:
    rows: list[dict[str, Cell]] = []
    for part in sorted(index.parts, key=lambda part: -float(np.median(part.strength))):
        low, high = (round(end, -2) for end in part.ends())
        rows.append(
            {
                **{"force": evidence.name(part.force), "status": part.status},
                **{"low": low, "middle": round(float(np.median(part.strength)), -2), "high": high},
                **{"basis": f"assumed by {part.author}" if part.author else part.basis, "years": part.years},
            }
        )
    claims = evidence.by_id(claim for part in index.parts for claim in part.claims)
    figure = Figure(
        "armed-forces",
        f"Strength of the main forces on {index.at}",
        Mark.ESTIMATED,
        _chain(evidence, claims, len(index.whole)),
        "persons",
        table=Table.of(rows, _FORCES),
        claims=evidence.cite(claims),
    )
    return Shown(figure, counted(len(rows), "main force makes the index", "main forces make the index"))


def _drivers(evidence: Evidence, index: Monopoly) -> Block:
    table = drivers(index).head(MOST)
    words = {"command": "counting {} as the state's", "strength": "the strength of {}"}
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
