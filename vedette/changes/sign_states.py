"""Reads the signs of a mechanism on two days, and says what became of each alarm."""

from datetime import date

from vedette.case import Case
from vedette.changes.signs import CLEARED, FIRED, NEARBY, QUIET, STILL, UNTOLD, SignSince, SignsSince
from vedette.panel import Panel
from vedette.periods import Step, last_complete, parse
from vedette.scenario import Mechanism, read_head, read_mechanism
from vedette.scenario.tracking import alarms
from vedette.scenario.tracking.course import course_of
from vedette.scenario.tracking.sign_table import SignRow, sign_rows

_ORDER = (FIRED, CLEARED, NEARBY, STILL, QUIET, UNTOLD)


def compared(case: Case, then: tuple[Panel, date], now: tuple[Panel, date]) -> SignsSince:
    """The signs and scenarios of a case from panels of two days."""
    if not case.shows(read_head(case).handling):
        return SignsSince(missing="this edition does not show the mechanism, nor its signs")
    mechanism = read_mechanism(case)
    before = {row.reading.sign.id: row for row in sign_rows(mechanism, *then)}
    rows = [_sign(before[row.reading.sign.id], row) for row in sign_rows(mechanism, *now)]
    found = tuple(sorted(rows, key=lambda row: _ORDER.index(row.became)))
    start = mechanism.file.start
    if last_complete(now[1], Step.MONTH) < parse(start, Step.MONTH):
        missing = f"the scenarios start in {start}: no month of them has passed that could weigh them"
        return SignsSince(found, missing=missing)
    return SignsSince(found, _nearest(mechanism, then[1]), _nearest(mechanism, now[1]), started=True)


def _nearest(mechanism: Mechanism, day: date) -> tuple[str, ...]:
    """The names of the scenarios nearest to the levers on record; none where all have them alike."""
    last = last_complete(day, Step.MONTH)
    course = course_of(mechanism, sorted(mechanism.scenarios), last, day)
    if course.alike or not course.months:
        return ()
    return tuple(mechanism.scenarios[name].name for name in course.nearest)


def _sign(then: SignRow, now: SignRow) -> SignSince:
    sign, state = now.reading.sign, now.state
    return SignSince(
        sign.id,
        sign.name,
        str(sign.alarm),
        _became(then, now),
        then.value,
        now.value,
        state.since,
        now.warns,
        state.judged,
        state.false,
        sign.who,
    )


def _became(then: SignRow, now: SignRow) -> str:
    on_then, on_now = then.state.state == alarms.FIRED, now.state.state == alarms.FIRED
    if on_now:
        return STILL if on_then and then.state.since == now.state.since else FIRED
    if now.state.state == alarms.UNKNOWN:
        return UNTOLD
    if on_then:
        return CLEARED
    return NEARBY if now.state.state == alarms.PERHAPS or alarms.is_near(now.reading) else QUIET
