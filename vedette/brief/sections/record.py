"""The record of several models: scores, skill, calibration, reliability."""

from typing import Any

import polars as pl

from vedette.brief.blocks import Block, Caption, Section, Shown
from vedette.brief.charts.record import event_curves, interval_curves, pit_histograms, score_curves
from vedette.brief.charts.scores import score_bars
from vedette.brief.figures import CellFormat, Column, Figure, Mark, Table, from_fit
from vedette.brief.prose import text
from vedette.score import Scorecard

_RARE = 0.01
_FEW = 0.02
_SCORES = (
    Column("model", "model"),
    Column("crps_fair", "CRPS", CellFormat.NUMBER, 2),
    Column("seed_noise", "± draws", CellFormat.NUMBER, 3),
    Column("skill", "skill", CellFormat.SHARE, 1),
    Column("crps_active", "CRPS, active", CellFormat.NUMBER, 2),
    Column("crps_tail", "CRPS, tail", CellFormat.NUMBER, 2),
    Column("mis", "MIS", CellFormat.NUMBER, 1),
    Column("ign", "IGN", CellFormat.NUMBER, 2),
    Column("log_zero", "log score of zero", CellFormat.NUMBER, 2),
    Column("inside_90", "90 % interval holds", CellFormat.SHARE),
)
_SKILL = (
    Column("horizons", "ahead"),
    Column("method", "model"),
    *(Column(key, key, CellFormat.SHARE, 1) for key in ("skill", "low", "high")),
)
_CURVE = (
    Column("model", "model"),
    Column("horizon", "ahead", CellFormat.NUMBER),
    *(Column(key, key, CellFormat.NUMBER, 2) for key in ("score", "low", "high")),
)
_PIT = (Column("model", "model"), *(Column(key, key, CellFormat.SHARE) for key in ("low", "high", "share")))
_INTERVALS = (
    Column("model", "model"),
    *(Column(key, key, CellFormat.SHARE) for key in ("nominal", "observed", "low", "high")),
)
_EVENTS = (
    Column("model", "model"),
    Column("event", "event"),
    *(Column(key, key, CellFormat.SHARE) for key in ("forecast", "observed", "low", "high")),
    Column("cells", "forecasts", CellFormat.NUMBER),
)


def record_sections(card: Scorecard, found: dict[str, Any], chain: str) -> tuple[Section, ...]:
    """Scores, how far ahead, calibration, chances of events.

    ``found`` is `vedette.score.summary.summarise` of the card; ``chain`` says how it was made.
    """
    order = [row["model"] for row in found["scores"]]
    skill = _skill(found, chain)
    return (
        Section("scores", "Scores", (_table(card, found, chain), *([skill] if skill else []))),
        Section("ahead", "How far ahead", (_curves(found, order, chain),)),
        Section("calibration", "Calibration", (_pits(found, order, chain), _intervals(found, order, chain))),
        Section("events", "Chances of events", _chances(card, found, order, chain)),
    )


def _figure(key: str, title: str, unit: str, chain: str, table: Table) -> Figure:
    return Figure(key, title, Mark.ESTIMATED, (from_fit(chain),), unit, table=table)


def _in_order(rows: list[dict[str, Any]], order: list[str]) -> list[dict[str, Any]]:
    """The rows by model, best first; within a model as they were."""
    return sorted(rows, key=lambda row: order.index(row["model"]))


def _table(card: Scorecard, found: dict[str, Any], chain: str) -> Block:
    unit = f"{card.measure} (CRPS, MIS), bits (IGN), nats (log score of zero)"
    figure = _figure("scores-table", "Mean scores", unit, chain, Table.of(found["scores"], _SCORES))
    terms = card.terms
    note = (
        f"Lower is better. CRPS: fair form; ± draws: its standard error due to the draws alone; skill: share by which "
        f"CRPS is below that of {found['reference']}; active: units with an event in the year up to the origin; tail: "
        f"threshold-weighted CRPS above {terms.tail:,.0f}; MIS: interval score at level {terms.mis_level:g}."
    )
    best = found["scores"][0]["model"]
    return Shown(figure, f"{best} has the lowest CRPS", note)


def _skill(found: dict[str, Any], chain: str) -> Block | None:
    base = {row["model"]: row["crps_fair"] for row in found["scores"]}[found["reference"]]
    pairs = [pair for pair in found["paired"] if pair["score"] == "crps_fair"]
    if not pairs or base <= 0:
        return None
    rows = [
        {
            "horizons": "all periods ahead",
            "method": pair["model"],
            "skill": -pair["difference"] / base,
            "low": -pair["high"] / base,
            "high": -pair["low"] / base,
        }
        for pair in sorted(pairs, key=lambda pair: pair["difference"])
    ]
    better = ", ".join(str(row["method"]) for row in rows if row["low"] > 0)
    caption = Caption(
        "skill",
        f"Better than {found['reference']} beyond chance: {better}"
        if better
        else f"No model is better than {found['reference']} beyond chance",
        "Skill on CRPS, right of zero is better; points are means, lines 90 % intervals by block bootstrap over origins",
        "Points with intervals for each model. The numbers are in the table.",
    )
    unit = f"share of the CRPS of {found['reference']}"
    return score_bars(caption, _figure("skill-table", "Skill", unit, chain, Table.of(rows, _SKILL)))


def _curves(found: dict[str, Any], order: list[str], chain: str) -> Block:
    rows = [{**row, "score": row["crps_fair"]} for row in _in_order(found["by_horizon"], order)]
    caption = Caption(
        "curves",
        "CRPS by how far ahead the forecast looks",
        "Mean over origins and units; the band is the 90 % interval by block bootstrap over origins, which shows how "
        "much the times scored matter, not which model is better",
        "A curve with a band for each model. The numbers are in the table.",
    )
    figure = _figure("curves-table", "CRPS by horizon", "CRPS", chain, Table.of(rows, _CURVE))
    return score_curves(caption, figure, found["reference"])


def _pits(found: dict[str, Any], order: list[str], chain: str) -> Block:
    caption = Caption(
        "pit",
        "Where the truth fell among the draws",
        "Share of forecasts in each tenth of the draws, ties shared out by chance",
        "A histogram for each model, flat where calibrated. The numbers are in the table.",
        "Flat is good. A heap in the middle: intervals too wide. High at both ends: too narrow. A slope up: what came "
        "was higher than forecast. Bars above 40 % are cut off.",
    )
    table = Table.of(_in_order(found["pit"], order), _PIT)
    return pit_histograms(caption, _figure("pit-table", "Histogram of the PIT", "share", chain, table))


def _intervals(found: dict[str, Any], order: list[str], chain: str) -> Block:
    caption = Caption(
        "intervals",
        "Do intervals hold the truth as often as they say?",
        "Share of truths inside central intervals of each size, with 90 % intervals by block bootstrap over origins; on "
        "the diagonal if calibrated",
        "Points near a diagonal for each model. The numbers are in the table.",
        "Above the diagonal the intervals are wider than they need to be, below it too narrow. Ties are shared out by "
        "chance, so that months of zero do not flatter.",
    )
    table = Table.of(_in_order(found["reliability"]["intervals"], order), _INTERVALS)
    return interval_curves(
        caption, _figure("intervals-table", "Reliability of intervals", "share", chain, table)
    )


def _chances(card: Scorecard, found: dict[str, Any], order: list[str], chain: str) -> tuple[Block, ...]:
    counts = [count for count in card.terms.thresholds if _undecided(card, count)]
    if not counts:
        return (text("Every count that is looked at was reached always or never."),)
    cells = card.table.height / len(card.models)
    rows = [
        {**row, "event": f"at least {row['threshold']:,}"}
        for row in _in_order(found["reliability"]["events"], order)
        if row["threshold"] in counts and row["cells"] >= _FEW * cells
    ]
    caption = Caption(
        "chances",
        "Do events come as often as the forecast says?",
        f"Share of forecasts in which {card.measure} reached a count, by the chance that the forecast gave it; on the "
        "diagonal if calibrated",
        "Points near a diagonal for each model and count. The numbers are in the table.",
        "Each point is a tenth of the scale of chances; tenths that hold less than 2 % of the forecasts are left out, and so "
        "are counts reached in nearly all or nearly no forecasts.",
    )
    figure = _figure("chances-table", "Reliability of chances", "share", chain, Table.of(rows, _EVENTS))
    return (event_curves(caption, figure),)


def _undecided(card: Scorecard, count: int) -> bool:
    """Whether a count was neither nearly always nor nearly never reached."""
    one = card.table.filter(pl.col("model") == card.models[0])
    reached = int((one["truth"] >= count).sum()) / one.height
    return _RARE <= reached <= 1 - _RARE
