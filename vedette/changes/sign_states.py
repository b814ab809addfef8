"""Reads the signs of a mechanism on two days, and says what became of each alarm."""

from collections.abc import Iterator
from datetime import date

from vedette.case import Case
from vedette.changes.signs import (
    CLEARED,
    FIRED,
    NEARBY,
    QUIET,
    STILL,
    UNTOLD,
    PanelsOfDay,
    ScenarioSince,
    SignSince,
    SignsSince,
)
from vedette.changes.weights import weights_since
from vedette.changes.wording import month_words
from vedette.periods import Step, last_complete
from vedette.scenario import Mechanism, read_head, read_mechanism
from vedette.scenario.tracking import alarms
from vedette.scenario.tracking.course import ScenarioCourse, course_of
from vedette.scenario.tracking.sign_table import SignRow, sign_rows
from vedette.scenario.tracking.since_start import standing_weights

_ORDER = (FIRED, CLEARED, NEARBY, STILL, QUIET, UNTOLD)


def first_month(case: Case) -> str:
    """The first month of the scenarios of a case, like 2020-10; empty where the edition may not show it."""
    head = read_head(case)
    return head.start if case.shows(head.handling) else ""


def compared(case: Case, then: PanelsOfDay, now: PanelsOfDay, seed: int) -> SignsSince:
    """The signs and scenarios of a case from the panels of two days."""
    if not case.shows(read_head(case).handling):
        return SignsSince(missing="this edition does not show the mechanism, nor its signs")
    mechanism = read_mechanism(case)
    earlier = {row.reading.sign.id: row for row in sign_rows(mechanism, then.panel, then.day)}
    rows = [_sign(earlier[row.reading.sign.id], row) for row in sign_rows(mechanism, now.panel, now.day)]
    found = tuple(sorted(rows, key=lambda row: _ORDER.index(row.became)))
    if now.start is None:
        begin = month_words(mechanism.file.start)
        missing = f"the scenarios start in {begin}: no month of them has passed that could weigh them"
        return SignsSince(found, missing=missing)
    was, course = (_course(mechanism, each.day) for each in (then, now))
    before, after = (
        standing_weights(mechanism, each.panel, each.start, each.day, seed) for each in (then, now)
    )
    counted = any(one.weights for one in after)
    return SignsSince(
        found,
        _nearest(mechanism, was),
        _nearest(mechanism, course),
        tuple(_scenarios(mechanism, was, course)),
        tuple(weights_since(before, after)),
        counted,
        "" if counted else _uncounted(mechanism),
    )


def _uncounted(mechanism: Mechanism) -> str:
    begin = month_words(mechanism.file.start)
    return (
        f"fewer than three months were counted since the scenarios start, in {begin}, "
        "so that every branch of the mechanism keeps the weight that its author gave it"
    )


def _course(mechanism: Mechanism, day: date) -> ScenarioCourse:
    return course_of(mechanism, sorted(mechanism.scenarios), last_complete(day, Step.MONTH), day)


def _nearest(mechanism: Mechanism, course: ScenarioCourse) -> tuple[str, ...]:
    """The names of the scenarios nearest to the levers on record; none where all have them alike."""
    if course.alike or not course.months:
        return ()
    return tuple(mechanism.scenarios[name].name for name in course.nearest)


def _scenarios(mechanism: Mechanism, then: ScenarioCourse, now: ScenarioCourse) -> Iterator[ScenarioSince]:
    for name in sorted(now.apart, key=lambda name: (now.apart[name], name)):
        yield ScenarioSince(name, mechanism.scenarios[name].name, then.apart.get(name), now.apart[name])


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
        alarms.is_past(now.reading),
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
