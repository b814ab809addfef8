"""What to watch: each sign with its value, its alarm, and whether that has fired, is near or quiet."""

from vedette.brief.blocks import Section, Shown
from vedette.brief.figures import Cell, Column, Figure, Table, by, from_data
from vedette.brief.inputs.scenarios import WhatIf
from vedette.brief.prose import text
from vedette.brief.scenario_words import in_sentence
from vedette.brief.sections.signs import mark_of, read_from
from vedette.plurals import counted, plural
from vedette.scenario.tracking.alarms import FIRED, PERHAPS, UNKNOWN, is_near
from vedette.scenario.tracking.nearness import NEAR
from vedette.scenario.tracking.sign_table import SignRow

MOST = 8
"""Signs in the table at most."""
_LABEL = "What to watch"
_ORDER = ("fired", "near", "not known", "quiet")
_COLUMNS = (
    Column("sign", "watch"),
    Column("now", "now"),
    Column("alarm", "alarm"),
    Column("state", "state"),
)


def watching(whatif: WhatIf | None) -> Section:
    """The signs in a table, those that fired first; a sentence where there are none."""
    rows = whatif.signs if whatif else ()
    if not rows:
        words = text(
            "No signs to watch: none are named (`signs` in mechanisms.yaml), or no scenarios start now."
        )
        return Section("watching", "No signs are named", (words,), _LABEL)
    ordered = sorted(rows, key=lambda row: _ORDER.index(state_word(row)))
    table = Table.of([_row(row) for row in ordered[:MOST]], _COLUMNS)
    figure = Figure(
        "signs-now",
        "Early signs, as known on the day of the brief",
        mark_of(rows),
        (from_data(read_from(rows), "the case"), by("each month compared with the level of the alarm")),
        "",
        table=table,
    )
    left = len(ordered) - MOST
    more = (
        f" {counted(left, 'more sign')} {plural(left, 'stands', 'stand')} in the annex." if left > 0 else ""
    )
    note = f"Near: within {NEAR:.0%} of the level, beyond it for too short a time yet, or beyond it by a part of the figures."
    return Section("watching", _headline(rows), (Shown(figure, "", note.replace("%", " %") + more),), _LABEL)


def state_word(row: SignRow) -> str:
    """``fired``, ``near``, ``quiet``, or ``not known`` where nothing was measured in the last twelve months."""
    state = row.state.state
    if state in (FIRED, UNKNOWN):
        return "fired" if state == FIRED else "not known"
    return "near" if state == PERHAPS or is_near(row.reading) else "quiet"


def _headline(rows: tuple[SignRow, ...]) -> str:
    states = {word: [row for row in rows if state_word(row) == word] for word in _ORDER}
    many = counted(len(rows), "alarm")
    fired = f"{len(states['fired'])} of {many} fired" if states["fired"] else f"None of {many} has fired"
    parts = [fired, *(f"{len(states[word])} {word}" for word in ("near", "not known") if states[word])]
    named = [in_sentence(row.reading.sign.name) for row in (*states["fired"], *states["near"])][:2]
    return ", ".join(parts) + (f": {'; '.join(named)}" if named else "")


def _row(row: SignRow) -> dict[str, Cell]:
    word = state_word(row)
    return {
        "sign": row.reading.sign.name,
        "now": row.value,
        "alarm": str(row.reading.sign.alarm),
        "state": f"fired in {row.state.since}" if word == "fired" else word,
    }
