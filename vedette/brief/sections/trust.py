"""How far to trust it: the record of the baselines at past origins, and calibration."""

from dataclasses import replace

import polars as pl

from vedette.brief.blocks import Block, Caption, Section, Shown
from vedette.brief.charts import calibration, score_bars
from vedette.brief.figures import Column, Figure, Kind, Link, Mark, Table, from_fit
from vedette.brief.findings import Findings, Record
from vedette.brief.prose import text
from vedette.errors import DataError
from vedette.model import By
from vedette.periods import label
from vedette.score import Scorecard, compare

REFERENCE = "conflictology-12"
_GROUPS = ((1, 3), (4, 6), (7, 12))
_SCORES = (
    Column("model", "method"),
    Column("crps", "CRPS", Kind.NUMBER, 2),
    Column("active", "CRPS, active", Kind.NUMBER, 2),
    Column("tail", "CRPS, tail", Kind.NUMBER, 2),
    Column("mis", "MIS", Kind.NUMBER, 1),
    Column("ign", "IGN", Kind.NUMBER, 2),
    Column("zero", "log score of zero", Kind.NUMBER, 2),
    Column("covered", "90 % interval holds", Kind.SHARE),
    Column("skill", "skill", Kind.SHARE),
)
_SKILL = (
    Column("horizons", "months ahead"),
    Column("method", "method"),
    Column("skill", "skill", Kind.SHARE, 1),
    Column("low", "low", Kind.SHARE, 1),
    Column("high", "high", Kind.SHARE, 1),
)
_PIT = (
    Column("low", "from", Kind.NUMBER, 1),
    Column("high", "to", Kind.NUMBER, 1),
    Column("share", "share", Kind.SHARE),
)
_COVERAGE = (
    Column("horizons", "months ahead"),
    Column("level", "interval", Kind.SHARE),
    Column("covered", "held the truth", Kind.SHARE),
)


def trust(found: Findings) -> Section:
    """Scores, skill with intervals, and calibration of the method in use."""
    country = found.records[By.COUNTRY]
    first, last = _origins(country)
    lead = text(
        "Each baseline forecast the country's deaths from every month between {first} and {last}, knowing only what lay "
        "before, and was scored on what came. Lower scores are better; skill is against {reference}. Months that are "
        "estimated are not scored. The method in use was chosen by these same scores, which flatters it a little.",
        first=_fact(found, country, "record-first", "First origin scored", first),
        last=_fact(found, country, "record-last", "Last origin scored", last),
        reference=_fact(found, country, "record-reference", "Reference of the skill", REFERENCE),
    )
    blocks: list[Block] = [lead, _scores(found, By.COUNTRY, "the country"), *_skills(found, country)]
    blocks += [_calibration(found, country), _scores(found, By.PLACE, "places")]
    return Section("trust", "How far to trust it", tuple(blocks))


def covered(found: Findings, first: int, last: int) -> Figure:
    """How often the 90 % interval of the method in use held the truth, months ``first`` to ``last`` ahead."""
    record = found.records[By.COUNTRY]
    part = _between(record.card, first, last)
    share = float(part.coverage("model").filter(model=record.best, level=0.9)["share"][0])
    return Figure(
        f"coverage-{first}-{last}",
        f"Share of truths inside the 90 % interval, {first} to {last} months ahead",
        Mark.ESTIMATED,
        _chain(found, record),
        "share",
        value=share,
        show=f"{100 * share:.0f} %",
    )


def skill_of_best(found: Findings) -> Figure:
    """Skill of the method in use against the reference, over all horizons."""
    record = found.records[By.COUNTRY]
    value = record.card.skill(REFERENCE).filter(model=record.best)["skill"][0] or 0.0
    return Figure(
        "skill-of-best",
        f"Skill of {record.best} against {REFERENCE}",
        Mark.ESTIMATED,
        _chain(found, record),
        "share",
        value=float(value),
        show=f"{100 * value:.0f} %",
    )


def _origins(record: Record) -> tuple[str, str]:
    step = record.history.span.step
    origins = record.card.table["origin"].unique().sort().to_list()
    return label(origins[0], step), label(origins[-1], step)


def _chain(found: Findings, record: Record) -> tuple[Link, ...]:
    first, last = _origins(record)
    terms = record.card.terms
    fit = from_fit(
        f"backtest of {len(record.card.models)} baselines, origins {first} to {last}, {terms.draws} draws, seed {terms.seed}"
    )
    return (*found.data, fit)


def _fact(found: Findings, record: Record, key: str, title: str, value: str) -> Figure:
    return Figure(key, title, Mark.ESTIMATED, _chain(found, record), "", value=value)


def _between(card: Scorecard, first: int, last: int) -> Scorecard:
    return replace(card, table=card.table.filter(pl.col("horizon").is_between(first, last)))


def _scores(found: Findings, units: By, what: str) -> Block:
    record = found.records[units]
    card = record.card
    cells = card.means("model").select(
        "model",
        pl.col("crps_fair").alias("crps"),
        pl.col("crps_tail").alias("tail"),
        "mis",
        "ign",
        pl.col("log_zero").alias("zero"),
    )
    active = card.active().means("model").select("model", pl.col("crps_fair").alias("active"))
    held = card.coverage("model").filter(level=0.9).select("model", pl.col("share").alias("covered"))
    skill = card.skill(REFERENCE).select("model", "skill")
    rows = (
        cells.join(active, on="model", how="left")
        .join(held, on="model")
        .join(skill, on="model")
        .sort("crps", "model")
    )
    figure = Figure(
        f"scores-{units.value}",
        f"Scores of the baselines, {what}",
        Mark.ESTIMATED,
        _chain(found, record),
        "deaths (CRPS, MIS), bits (IGN), nats (log score of zero)",
        table=Table.of(rows, _SCORES),
    )
    terms = card.terms
    note = (
        f"CRPS: fair form, mean over origins, months ahead 1 to {found.case.horizon} and units. Active: units with an event in "
        f"the year before. Tail: above {terms.tail:,.0f} deaths. MIS: interval score at level {terms.mis_level:.2f}. IGN: "
        f"eleven classes, {terms.draws} draws."
    )
    return Shown(figure, f"Scores on {what}: {rows['model'][0]} has the lowest CRPS", note)


def _skills(found: Findings, record: Record) -> list[Block]:
    rows = []
    for first, last in _groups(found):
        card = _between(record.card, first, last)
        base = card.means("model").filter(model=REFERENCE)["crps_fair"][0]
        for model in card.models:
            if model == REFERENCE or not base:
                continue
            try:
                pair = compare(card, model, REFERENCE, seed=found.seed)
            except DataError:
                return []
            rows.append(
                {
                    "horizons": f"{first}–{last} months ahead",
                    "method": model,
                    "skill": -pair.difference / base,
                    "low": -pair.high / base,
                    "high": -pair.low / base,
                }
            )
    if not rows:
        return []
    figure = Figure(
        "skill",
        f"Skill against {REFERENCE}",
        Mark.ESTIMATED,
        _chain(found, record),
        "share of the reference's CRPS",
        table=Table.of(rows, _SKILL),
    )
    ahead = f"{record.best} scores {skill_of_best(found).shown} better than {REFERENCE}, all months ahead together"
    caption = Caption(
        "skill-chart",
        ahead if record.best != REFERENCE else f"No baseline scores better than {REFERENCE}",
        "Skill on the country's deaths, right of zero is better; points are means, lines 90 % intervals by block bootstrap "
        "over origins",
        "Points with intervals for each baseline and group of months ahead. The numbers are in the table.",
    )
    return [score_bars(caption, figure)]


def _groups(found: Findings) -> list[tuple[int, int]]:
    return [(first, min(last, found.case.horizon)) for first, last in _GROUPS if first <= found.case.horizon]


def _calibration(found: Findings, record: Record) -> Block:
    card = replace(record.card, table=record.card.table.filter(model=record.best))
    chain = _chain(found, record)
    pit = Figure(
        "pit",
        f"Where the truth fell, {record.best}",
        Mark.ESTIMATED,
        chain,
        "share of forecasts",
        table=Table.of(card.pit_histogram().select("low", "high", "share"), _PIT),
    )
    rows = [
        {"horizons": f"{first}–{last} months ahead", "level": row["level"], "covered": row["share"]}
        for first, last in _groups(found)
        for row in _between(card, first, last).coverage("model").iter_rows(named=True)
    ]
    coverage = Figure(
        "coverage",
        f"Coverage, {record.best}",
        Mark.ESTIMATED,
        chain,
        "share of forecasts",
        table=Table.of(rows, _COVERAGE),
    )
    short, long = rows[len(card.terms.levels) - 1], rows[-1]
    caption = Caption(
        "calibration-chart",
        f"Its 90 % interval held the truth in {100 * short['covered']:.0f} % of cases {short['horizons']}, "
        f"and in {100 * long['covered']:.0f} % {long['horizons']}",
        f"Calibration of {record.best} on the country's deaths at past origins",
        "A histogram that should be flat, and coverage that should lie on the diagonal. The numbers are in the tables.",
    )
    return calibration(caption, pit, coverage)
