"""Records of early signs on the two days: alarms that fired, were cleared, or are near."""

from dataclasses import dataclass

FIRED, CLEARED, NEARBY, STILL, QUIET, UNTOLD = "fired", "cleared", "near", "still on", "quiet", "unknown"
"""What became of an alarm: it fired since the first day, was cleared, is near, is on as it was, is quiet, or
cannot be told."""


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
class SignsSince:
    """The signs of a mechanism and its scenarios on the two days.

    Attributes:
        signs: the signs, those that fired first.
        on_course_then: the scenarios nearest to the levers on record on the first day.
        on_course_now: on the last day.
        started: whether a month of the scenarios has passed, so that months since can weigh their branches.
        missing: why there are no signs, or no scenario is on course; else empty.
    """

    signs: tuple[SignSince, ...] = ()
    on_course_then: tuple[str, ...] = ()
    on_course_now: tuple[str, ...] = ()
    started: bool = False
    missing: str = ""

    def that(self, became: str) -> tuple[SignSince, ...]:
        """The signs of which this became."""
        return tuple(sign for sign in self.signs if sign.became == became)
