"""Early signs on the two days: alarms that fired, were cleared, or are near."""

from dataclasses import dataclass

from vedette.case import Case
from vedette.changes.known_on import AsKnown
from vedette.periods import Step, last_complete, parse
from vedette.scenario import Mechanism, has_mechanism, read_head, read_mechanism
from vedette.scenario.tracking.alarms import FIRED, PERHAPS, UNKNOWN, is_near
from vedette.scenario.tracking.course import course_of
from vedette.scenario.tracking.sign_table import SignRow, sign_rows

CLEARED, CLOSE, STILL, QUIET = "cleared", "near", "still on", "quiet"
"""What became of an alarm, besides `FIRED` since the first day and `UNKNOWN`."""


@dataclass(frozen=True)
class SignSince:
    """A sign on the two days.

    Attributes:
        id: its id.
        name: its name.
        alarm: the level, in words.
        became: ``fired`` since, ``cleared``, ``near``, ``still on``, ``quiet``, or ``unknown``.
        then: its value on the first day, in words.
        now: on the last day.
        since: the month in which its alarm fired; empty unless it is on.
        warns: what it warns of.
        judged: how many earlier alarms could be judged by what followed; None where none can be.
        false: how many of these were not followed by what it warns of.
        who: who measures it.
    """

    id: str
    name: str
    alarm: str
    became: str
    then: str
    now: str
    since: str
    warns: str
    judged: int | None
    false: int | None
    who: str


@dataclass(frozen=True)
class BranchSince:
    """The weight of a branch of the mechanism by the months since it starts, on the two days."""

    alternative: str
    branch: str
    then: float | None
    now: float | None


@dataclass(frozen=True)
class SignsSince:
    """The signs of a mechanism and its scenarios on the two days.

    Attributes:
        signs: the signs, those that fired first.
        on_course_then: the scenarios nearest to the levers on record on the first day.
        on_course_now: on the last day.
        branches: the weights of branches; none before a month of the mechanism has passed.
        missing: why there are none, or no weights; else empty.
    """

    signs: tuple[SignSince, ...] = ()
    on_course_then: tuple[str, ...] = ()
    on_course_now: tuple[str, ...] = ()
    branches: tuple[BranchSince, ...] = ()
    missing: str = ""

    def that(self, became: str) -> tuple[SignSince, ...]:
        """The signs of which this became."""
        return tuple(sign for sign in self.signs if sign.became == became)


def signs_since(case: Case, then: AsKnown, now: AsKnown) -> SignsSince:
    """Compares the signs of the two days.

    Which signs are watched and at which level their alarms fire is as ``mechanisms.yaml`` says today; their
    values are those known on each day. A mechanism is shown whole or, in an edition that may not, not at all.
    """
    if not has_mechanism(case):
        return SignsSince(missing="the case has no mechanism, so it names no signs")
    if not case.shows(read_head(case).handling):
        return SignsSince(missing="this edition does not show the mechanism, nor its signs")
    mechanism = read_mechanism(case)
    before = {row.reading.sign.id: row for row in sign_rows(mechanism, then.panel, then.day)}
    rows = [_sign(before[row.reading.sign.id], row) for row in sign_rows(mechanism, now.panel, now.day)]
    order = (FIRED, CLEARED, CLOSE, STILL, QUIET, UNKNOWN)
    found = tuple(sorted(rows, key=lambda row: order.index(row.became)))
    start = mechanism.file.start
    if last_complete(now.day, Step.MONTH) < parse(start, Step.MONTH):
        return SignsSince(
            found,
            missing=f"the scenarios start in {start}: no month of them has passed that could weigh them",
        )
    return SignsSince(found, _nearest(mechanism, then), _nearest(mechanism, now))


def _nearest(mechanism: Mechanism, known: AsKnown) -> tuple[str, ...]:
    """The names of the scenarios nearest to the levers on record; none where all have them alike."""
    last = last_complete(known.day, Step.MONTH)
    course = course_of(mechanism, sorted(mechanism.scenarios), last, known.day)
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
    on_then, on_now = then.state.state == FIRED, now.state.state == FIRED
    if on_now:
        return STILL if on_then and then.state.since == now.state.since else FIRED
    if now.state.state == UNKNOWN:
        return UNKNOWN
    if on_then:
        return CLEARED
    return CLOSE if now.state.state == PERHAPS or is_near(now.reading) else QUIET
