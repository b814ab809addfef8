"""Coverage and calibration of past intervals: by month ahead, and where the truth fell among the draws."""

from vedette.brief.blocks import Block, Caption, Shown
from vedette.brief.charts import calibration
from vedette.brief.figures import Cell, CellFormat, Column, Figure, Mark, Table
from vedette.brief.inputs.findings import Findings
from vedette.brief.inputs.forecast import UNITS
from vedette.brief.inputs.track_record import TrackRecord, between
from vedette.brief.prose import Note, text
from vedette.brief.sections.making import TITLES, marks
from vedette.brief.words import percent
from vedette.message import Message, say, say_many
from vedette.model import By
from vedette.score import Scorecard

RIGHT = (0.85, 0.95)
_GROUPS = ((1, 3), (4, 6), (7, 12), (13, 24), (25, 36))
_PIT = (
    Column("low", "from", CellFormat.NUMBER, 1),
    Column("high", "to", CellFormat.NUMBER, 1),
    Column("share", "share", CellFormat.SHARE),
)
_COVERAGE = (
    Column("horizons", "months ahead"),
    Column("level", "interval", CellFormat.SHARE),
    Column("covered", "held the truth", CellFormat.SHARE),
)


def inside(card: Scorecard, first: int, last: int) -> float:
    """How often the 90 % interval of a card of one model held the truth, ``first`` to ``last`` months ahead."""
    return float(between(card, first, last).coverage("model").filter(level=0.9)["share"][0])


def coverage_table(findings: Findings) -> Block:
    """Coverage of the 90 % interval at the first, the sixth and the last month ahead."""
    shown = marks(findings)
    rows: list[dict[str, Cell]] = [
        {
            "of": TITLES[by],
            **{f"month-{ahead}": inside(findings.records[by].ours, ahead, ahead) for ahead in shown},
            "all": inside(findings.records[by].ours, 1, findings.case.horizon),
            "origins": len(findings.records[by].origins),
        }
        for by in UNITS
    ]
    columns = (
        Column("of", "forecast of"),
        *(Column(f"month-{ahead}", f"month {ahead}", CellFormat.SHARE) for ahead in shown),
        Column("all", "all months", CellFormat.SHARE),
        Column("origins", "past forecasts", CellFormat.NUMBER),
    )
    links = tuple(dict.fromkeys(link for by in UNITS for link in findings.past_chain(by)))
    figure = Figure(
        "held-by-month",
        "Share of truths inside the 90 % interval",
        Mark.ESTIMATED,
        links,
        "share",
        table=Table.of(rows, columns),
    )
    country = findings.records[By.COUNTRY].ours
    shares = ", ".join(
        f"{percent(inside(country, ahead, ahead))} {ahead_words(ahead, ahead)}" for ahead in shown
    )
    note = (
        "90 % is right: below it intervals are too narrow, above it too wide. Where most months hold no deaths, as in many "
        "places, an interval that includes its ends holds more than it says, however good the forecast."
    )
    return Shown(figure, f"The 90 % interval for the country held {shares}", note)


def coverage_notes(findings: Findings) -> list[Block]:
    """Plain words where the country's 90 % interval is not near 90 %."""
    far = {ahead: covered(findings, ahead, ahead) for ahead in marks(findings)}
    wrong = {ahead: figure for ahead, figure in far.items() if not RIGHT[0] <= _value(figure) <= RIGHT[1]}
    if not wrong:
        return []
    narrow = [ahead for ahead, figure in wrong.items() if _value(figure) < RIGHT[0]]
    parts = [
        ", ".join(f"{{m{ahead}}} {ahead_words(ahead, ahead)}" for ahead in months) + f": {fault}"
        for months, fault in ((narrow, "too narrow"), ([a for a in wrong if a not in narrow], "too wide"))
        if months
    ]
    figures = {f"m{ahead}": figure for ahead, figure in wrong.items()}
    words = f"For the country the 90 % interval held the truth in {'; and in '.join(parts)}."
    return [Note("Where intervals do not hold what they say", text(words, **figures))]


def _value(figure: Figure) -> float:
    return float(figure.value) if isinstance(figure.value, float | int) else 0.0


def calibration_chart(findings: Findings) -> Block:
    """Where the truth fell among the pool's draws for the country, and coverage by groups of months."""
    record = findings.records[By.COUNTRY]
    links = findings.past_chain(By.COUNTRY)
    pit = Figure(
        "pit",
        "Where the truth fell, the pool",
        Mark.ESTIMATED,
        links,
        "share of forecasts",
        table=Table.of(record.ours.pit_histogram().select("low", "high", "share"), _PIT),
    )
    rows = [
        {"horizons": ahead_words(first, last, "–"), "level": row["level"], "covered": row["share"]}
        for first, last in _groups(findings)
        for row in between(record.ours, first, last).coverage("model").iter_rows(named=True)
    ]
    coverage = Figure(
        "coverage",
        "Coverage, the pool",
        Mark.ESTIMATED,
        links,
        "share of forecasts",
        table=Table.of(rows, _COVERAGE),
    )
    caption = Caption(
        "calibration-chart",
        _shape(record),
        "Calibration of the pool on the country's deaths at past origins",
        "A histogram that should be flat, and coverage that should lie on the diagonal. The numbers are in the tables.",
        "A heap in the middle: intervals too wide. High at both ends: too narrow. High at the right end: what came was "
        "more than forecast.",
    )
    return calibration(caption, pit, coverage)


def covered(findings: Findings, first: int, last: int) -> Figure:
    """How often the pool's 90 % interval held the country's truth, months ``first`` to ``last`` ahead."""
    record = findings.records[By.COUNTRY]
    share = inside(record.ours, first, last)
    return Figure(
        f"coverage-{first}-{last}",
        f"Share of truths inside the 90 % interval, {ahead_words(first, last)}",
        Mark.ESTIMATED,
        findings.past_chain(By.COUNTRY),
        "share",
        value=share,
        show=percent(share),
    )


def ahead_words(first: int, last: int, to: str = " to ") -> Message:
    """Months ahead in words.

    >>> ahead_words(1, 1), ahead_words(6, 6), ahead_words(7, 12), ahead_words(7, 12, "–")
    ('one month ahead', '6 months ahead', '7 to 12 months ahead', '7–12 months ahead')
    """
    if first < last:
        return say("{first}{to}{last} months ahead", first=first, to=to, last=last)
    return (
        say("one month ahead")
        if first == 1
        else say_many(first, "{count} month ahead", "{count} months ahead")
    )


def _groups(findings: Findings) -> list[tuple[int, int]]:
    return [
        (first, min(last, findings.case.horizon)) for first, last in _GROUPS if first <= findings.case.horizon
    ]


def _shape(record: TrackRecord) -> str:
    """The headline: in which tenth of the draws the truth fell most often, and how often."""
    worst = record.ours.pit_histogram().sort("share", descending=True, maintain_order=True).row(0, named=True)
    tenth = f"from {percent(worst['low'])} to {percent(worst['high'])}"
    often = percent(worst["share"])
    return f"The truth fell into the draws' tenth {tenth} most often, {often} of the time; 10 % would be even"
