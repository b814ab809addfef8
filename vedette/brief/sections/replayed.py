"""Past days replayed: what the mechanism of that day gave, beside what was counted since."""

from collections.abc import Iterator

from vedette.brief.blocks import Block, Shown
from vedette.brief.figures import Cell, CellFormat, Column, Figure, Mark, Table, by, from_fit
from vedette.brief.inputs.scenarios import WhatIf
from vedette.plurals import counted
from vedette.scenario import Replay
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
    return (_table(replay) for replay in whatif.replays)


def _table(replay: Replay) -> Block:
    group, ensemble = replay.groups[0], replay.ensemble
    sums = replay.sums().filter(group=group)
    names = {scenario.id: scenario.name for scenario in ensemble.scenarios}
    rows: list[dict[str, Cell]] = [
        {
            "over": row["over"] if row["over"] != ALL else f"all {counted(row['months'], 'month')}",
            "scenario": names[row["scenario"]],
            "low": row["low_90"],
            "median": row["median"],
            "high": row["high_90"],
            "came": row["came"],
            "below": row["below_low"],
            "held": "yes" if row["held"] else "no",
        }
        for row in sums.iter_rows(named=True)
    ]
    figure = Figure(
        f"replay-{replay.as_of}",
        f"What would have been said on {replay.as_of} from what was known then, and what came",
        Mark.ESTIMATED,
        (
            from_fit(ensemble.baseline.source),
            by(
                f"scenarios of that day in {ensemble.draws:,} draws, seed {ensemble.seed}, beside what was counted since"
            ),
        ),
        "deaths",
        table=Table.of(rows, _SUMS),
    )
    held = sum(row["held"] == "yes" for row in rows)
    note = "One past day is one trial, and it was chosen after it was known what came of it."
    return Shown(
        figure, f"As of {replay.as_of}: {held} of {counted(len(rows), 'interval')} held what came", note
    )
