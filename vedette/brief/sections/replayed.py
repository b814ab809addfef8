"""Past days replayed: what the mechanism of that day gave, beside what was counted since."""

from collections.abc import Iterator

from vedette.brief.blocks import Block, Shown
from vedette.brief.figures import Cell, CellFormat, Column, Figure, Mark, Table, by, from_fit
from vedette.brief.inputs.scenarios import PastDay, WhatIf
from vedette.plurals import counted
from vedette.scenario.answers import ALL

_SUMS = (
    Column("over", "deaths in"),
    Column("scenario", "scenario"),
    Column("low", "low 90 %", CellFormat.NUMBER),
    Column("median", "middle", CellFormat.NUMBER),
    Column("high", "high 90 %", CellFormat.NUMBER),
    Column("came", "came", CellFormat.NUMBER),
    Column("below", "draws below", CellFormat.SHARE),
    Column("held", "held"),
)


def replayed(whatif: WhatIf) -> Iterator[Block]:
    """A table for each past day that the case holds a mechanism of."""
    return (_table(past) for past in whatif.replays)


def _table(past: PastDay) -> Block:
    rows: list[dict[str, Cell]] = [
        {
            "over": row["over"] if row["over"] != ALL else f"all {counted(row['months'], 'month')}",
            "scenario": past.names[row["scenario"]],
            "low": row["low_90"],
            "median": row["median"],
            "high": row["high_90"],
            "came": row["came"],
            "below": row["below_low"],
            "held": "yes" if row["held"] else "no",
        }
        for row in past.sums.iter_rows(named=True)
    ]
    figure = Figure(
        f"replay-{past.as_of}",
        f"What would have been said on {past.as_of} from what was known then, and what came",
        Mark.ESTIMATED,
        (
            from_fit(past.source),
            by(
                f"scenarios of that day in {past.draws:,} draws, seed {past.seed}, beside what was counted since"
            ),
        ),
        "deaths",
        table=Table.of(rows, _SUMS),
    )
    held = sum(row["held"] == "yes" for row in rows)
    note = "One past day is one trial, and it was chosen after it was known what came of it."
    return Shown(
        figure, f"As of {past.as_of}: {held} of {counted(len(rows), 'interval')} held what came", note
    )
