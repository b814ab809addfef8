"""What to watch: each sign with its value, its alarm, and whether that has fired, is near or quiet."""

from vedette.brief.blocks import Section, Shown
from vedette.brief.figures import Cell, Column, Figure, Table, by, from_data
from vedette.brief.prose import text
from vedette.brief.scenario_words import in_sentence
from vedette.brief.sections.signs import mark_of, read_from
from vedette.brief.words import percent
from vedette.message import joined, say, say_many
from vedette.scenario.tracking.alarms import FIRED, PERHAPS, UNKNOWN, is_near
from vedette.scenario.tracking.nearness import NEAR
from vedette.scenario.tracking.sign_table import SignRow, in_words

MOST = 8
"""Signs in the table at most."""
_LABEL = say("What to watch")
_ORDER = ("fired", "near", "not known", "quiet")
_STATES = {"near": say("near"), "not known": say("not known"), "quiet": say("quiet")}
_COLUMNS = (
    Column("sign", say("watch")),
    Column("now", say("now")),
    Column("alarm", say("alarm")),
    Column("state", say("state of the alarm")),
)


def watching(rows: tuple[SignRow, ...], most: int = MOST) -> Section:
    """The signs in a table, those that fired first; a sentence where there are none.

    ``most`` is how many are shown; the annex has the others.
    """
    if not rows:
        words = text(say("No signs to watch: this edition names none (`signs` in mechanisms.yaml)."))
        return Section("watching", say("No signs are named"), (words,), _LABEL)
    ordered = sorted(rows, key=lambda row: _ORDER.index(state_word(row)))
    table = Table.of([_row(row) for row in ordered[:most]], _COLUMNS)
    figure = Figure(
        "signs-now",
        say("Early signs, as known on the day of the brief"),
        mark_of(rows),
        (from_data(read_from(rows), "the case"), by("each month compared with the level of the alarm")),
        "",
        table=table,
    )
    left = len(ordered) - most
    more = say_many(left, "{count} more sign stands in the annex.", "{count} more signs stand in the annex.")
    note = say(
        "Near: within {share} of the level, beyond it for too short a time yet, or beyond it by a part of the figures.",
        share=percent(NEAR),
    )
    told = joined((note, more if left > 0 else ""))
    return Section("watching", _headline(rows), (Shown(figure, "", told),), _LABEL)


def state_word(row: SignRow) -> str:
    """``fired``, ``near``, ``quiet``, or ``not known`` where nothing was measured in the last twelve months."""
    state = row.state.state
    if state in (FIRED, UNKNOWN):
        return "fired" if state == FIRED else "not known"
    return "near" if state == PERHAPS or is_near(row.reading) else "quiet"


def _headline(rows: tuple[SignRow, ...]) -> str:
    states = {word: [row for row in rows if state_word(row) == word] for word in _ORDER}
    parts = [
        say_many(
            len(rows),
            "{fired} of {count} alarm fired",
            "{fired} of {count} alarms fired",
            fired=len(states["fired"]),
        )
        if states["fired"]
        else say_many(len(rows), "None of {count} alarm has fired", "None of {count} alarms has fired")
    ]
    if states["near"]:
        parts.append(say_many(len(states["near"]), "{count} near", "{count} near"))
    if states["not known"]:
        parts.append(say_many(len(states["not known"]), "{count} not known", "{count} not known"))
    named = [in_sentence(row.reading.sign.name) for row in (*states["fired"], *states["near"])][:2]
    told = joined(parts, ", ")
    return say("{alarms}: {signs}", alarms=told, signs=joined(named, "; ")) if named else told


def _row(row: SignRow) -> dict[str, Cell]:
    word = state_word(row)
    return {
        "sign": row.reading.sign.name,
        "now": row.value,
        "alarm": row.reading.sign.alarm.words,
        "state": say("fired in {month}", month=in_words(row.state.since))
        if word == "fired"
        else _STATES[word],
    }
