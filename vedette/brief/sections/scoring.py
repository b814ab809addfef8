"""Scores of the forecast and of simple ones at past months: by how much, how far ahead, and by every score."""

import polars as pl

from vedette.brief.blocks import Block, Caption, Shown
from vedette.brief.charts import score_bars, score_lines
from vedette.brief.figures import CellFormat, Column, Figure, Link, Mark, Table
from vedette.brief.inputs.findings import Findings
from vedette.brief.inputs.forecast import UNITS
from vedette.brief.inputs.track_record import OURS
from vedette.brief.sections.making import OF, TITLES
from vedette.model import By
from vedette.plurals import counted

REFERENCE = "conflictology-12"
_SCORES = (
    Column("model", "method"),
    Column("crps", "CRPS", CellFormat.NUMBER, 2),
    Column("active", "CRPS, active", CellFormat.NUMBER, 2),
    Column("tail", "CRPS, tail", CellFormat.NUMBER, 2),
    Column("mis", "MIS", CellFormat.NUMBER, 1),
    Column("ign", "IGN", CellFormat.NUMBER, 2),
    Column("zero", "log score of zero", CellFormat.NUMBER, 2),
    Column("covered", "90 % interval holds", CellFormat.SHARE),
    Column("skill", "skill", CellFormat.SHARE),
)
_SKILL = (
    Column("of", "forecast of"),
    Column("method", "baseline"),
    Column("skill", "skill", CellFormat.SHARE, 1),
    Column("low", "low", CellFormat.SHARE, 1),
    Column("high", "high", CellFormat.SHARE, 1),
)
_LINES = (
    Column("of", "forecast of"),
    Column("method", "method"),
    Column("horizon", "months ahead", CellFormat.NUMBER),
    Column("score", "CRPS", CellFormat.NUMBER, 2),
)


def scores(findings: Findings) -> tuple[Block, ...]:
    """Skill with intervals, scores along the months ahead, and the table of every score."""
    return (*_skills(findings), _lines(findings), *(_scores(findings, by) for by in UNITS))


def _skills(findings: Findings) -> list[Block]:
    rows = [
        {"of": TITLES[by], "method": one.baseline, "skill": one.skill, "low": one.low, "high": one.high}
        for by in UNITS
        for one in findings.records[by].skills
        if one.low is not None
    ]
    if not rows:
        return []
    every = [one.verdict == "better" for by in UNITS for one in findings.records[by].skills]
    figure = Figure(
        "skill",
        "Skill of the pool over each baseline",
        Mark.ESTIMATED,
        _every_chain(findings),
        "share of the baseline's CRPS",
        table=Table.of(rows, _SKILL),
    )
    caption = Caption(
        "skill-chart",
        f"The pool beats its baselines beyond chance in {sum(every)} of {counted(len(every), 'comparison')}",
        "By how much the pool's CRPS is below that of each baseline, all months ahead together; points are means, lines "
        "90 % intervals by block bootstrap over origins",
        "Points with intervals for each baseline, for the country, who fights and places. The numbers are in the table.",
    )
    return [score_bars(caption, figure, "of", "no better than the baseline", 3)]


def _every_chain(findings: Findings) -> tuple[Link, ...]:
    return tuple(dict.fromkeys(link for by in UNITS for link in findings.past_chain(by)))


def _lines(findings: Findings) -> Block:
    rows = [
        {"of": TITLES[by], "method": row["model"], "horizon": row["horizon"], "score": row["crps_fair"]}
        for by in UNITS
        for row in findings.records[by].card.means("model", "horizon").iter_rows(named=True)
    ]
    figure = Figure(
        "crps-by-month",
        "CRPS by month ahead",
        Mark.ESTIMATED,
        _every_chain(findings),
        "deaths",
        table=Table.of(rows, _LINES),
    )
    caption = Caption(
        "crps-chart",
        "The further ahead, the less there is to know",
        "Mean CRPS by month ahead, in deaths; lower is better, each on its own scale",
        "A line for each method along the months ahead. The numbers are in the table.",
        "Who fights and places are scored at every third origin, which makes their lines rougher."
        if findings.records[By.PLACE].every > 1
        else "",
    )
    return score_lines(caption, figure, OURS)


def _scores(findings: Findings, by: By) -> Block:
    record = findings.records[by]
    card = record.card
    means = card.means("model").select(
        "model",
        pl.col("crps_fair").alias("crps"),
        pl.col("crps_tail").alias("tail"),
        "mis",
        "ign",
        pl.col("log_zero").alias("zero"),
    )
    active = card.active().means("model").select("model", pl.col("crps_fair").alias("active"))
    covered = card.coverage("model").filter(level=0.9).select("model", pl.col("share").alias("covered"))
    skill = card.skill(REFERENCE).select("model", "skill")
    rows = (
        means.join(active, on="model", how="left")
        .join(covered, on="model")
        .join(skill, on="model")
        .sort("crps", "model")
    )
    figure = Figure(
        f"scores-{by.value}",
        f"Scores of the pool and the baselines, {OF[by]}",
        Mark.ESTIMATED,
        findings.past_chain(by),
        "deaths (CRPS, MIS), bits (IGN), nats (log score of zero)",
        table=Table.of(rows, _SCORES),
    )
    terms = card.terms
    note = (
        f"CRPS: fair form, mean over origins, months ahead 1 to {findings.case.horizon} and units. Active: units with an event in "
        f"the year before. Tail: above {terms.tail:,.0f} deaths. MIS: interval score at level {terms.mis_level:.2f}. IGN: "
        f"eleven classes, {terms.draws} draws. Skill: against {REFERENCE}."
    )
    return Shown(figure, f"Scores on {OF[by]}: {rows['model'][0]} has the lowest CRPS", note)
