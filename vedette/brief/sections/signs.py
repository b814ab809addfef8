"""Early signs: what to watch, who measures it, whether its alarm has fired, and how often falsely."""

from collections.abc import Iterator

from vedette.brief.blocks import Block, Shown
from vedette.brief.figures import Cell, Column, Figure, Link, Mark, Table, by, from_data
from vedette.brief.inputs.scenarios import WhatIf
from vedette.plurals import counted, plural
from vedette.scenario.tracking.alarms import FIRED
from vedette.scenario.tracking.readings import ESTIMATED
from vedette.scenario.tracking.sign_table import SignRow
from vedette.scenario.tracking.sign_words import false_in_words, state_in_words

_COLUMNS = (
    Column("sign", "watch"),
    Column("now", "now"),
    Column("alarm", "alarm"),
    Column("state", "state"),
    Column("record", "in the record"),
    Column("who", "measured by"),
)
_ALARMS = (
    Column("sign", "watch"),
    Column("alarm", "alarm"),
    Column("warns", "warns of, and how often falsely"),
)
_TITLE = "Early signs that somebody measures, as known on the day of the brief"


def early_signs(whatif: WhatIf, chain: tuple[Link, ...]) -> Iterator[Block]:
    """The signs of the mechanism with their state, and how often each is false; nothing where it has none."""
    rows = whatif.signs
    if not rows:
        return
    data = from_data(read_from(rows), "the case")
    compared = by("each month compared with the level of the alarm")
    table = Table.of([_row(row) for row in rows], _COLUMNS)
    measured = Figure("early-signs", _TITLE, mark_of(rows), (data, compared), "", table=table)
    yield Shown(measured, _headline(rows), " ".join(_notes(rows)))
    false = Figure(
        "sign-alarms",
        "How often each alarm is false in simulated futures of the first scenario",
        Mark.ASSUMED,
        chain,
        "",
        table=Table.of([_row(row) for row in rows], _ALARMS),
    )
    yield Shown(false, "What the alarms are worth", folded=True)


def read_from(rows: tuple[SignRow, ...]) -> str:
    """The files that measure the signs."""
    return ", ".join(sorted({_file(row) for row in rows}))


def mark_of(rows: tuple[SignRow, ...]) -> Mark:
    """Estimated if the present value of any sign is."""
    now = {row.reading.basis[row.reading.current] for row in rows if row.reading.current is not None}
    return Mark.ESTIMATED if ESTIMATED in now else Mark.OBSERVED


def _headline(rows: tuple[SignRow, ...]) -> str:
    on = [row.reading.sign.name for row in rows if row.state.state == FIRED]
    if not on:
        return f"What to watch: none of {counted(len(rows), 'alarm')} is on"
    return f"What to watch: {len(on)} of {counted(len(rows), 'alarm')} {plural(len(on), 'is', 'are')} on"


def _row(row: SignRow) -> dict[str, Cell]:
    sign = row.reading.sign
    return {
        "sign": sign.name,
        "now": row.value,
        "alarm": str(sign.alarm),
        "state": state_in_words(row),
        "warns": false_in_words(row),
        "record": row.record,
        "who": sign.who,
    }


def _file(row: SignRow) -> str:
    kind = row.reading.sign.measured.kind
    named = {"posture": "posture.csv", "strength": "claims.csv", "attacks": "timeline.csv"}
    return named.get(kind, "events of the case")


def _notes(rows: tuple[SignRow, ...]) -> Iterator[str]:
    for row in rows:
        sign = row.reading.sign
        if sign.note:
            yield f"{sign.name}: {sign.note.rstrip('.')}."
        if row.stale:
            yield f"{sign.name}: nothing was measured in the last twelve months."
