"""Records of early signs on the two days: alarms that fired, were cleared, or are near."""

from dataclasses import dataclass
from datetime import date

from vedette.panel import Panel

FIRED, CLEARED, NEARBY, STILL, QUIET, UNTOLD = "fired", "cleared", "near", "still on", "quiet", "unknown"
"""What became of an alarm: it fired since the first day, was cleared, is near, is on as it was, is quiet, or
cannot be told."""


NONE_OF_THESE, THIN = "none of these", "too few draws"
"""Why no weight is given: what came lies outside 95 % of every branch; too few draws lie near what came."""


@dataclass(frozen=True, eq=False)
class PanelsOfDay:
    """What was counted by a day, and before the first month of the scenarios; None where none has passed."""

    day: date
    panel: Panel
    start: Panel | None


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
        past: whether its value on the last day, low end and high, lies past the level.
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
    past: bool


@dataclass(frozen=True)
class Weighed:
    """The weight of a branch on one day.

    ``weight`` is None where no weight is given, for the reason ``why``. ``low`` and ``high`` are the 90 %
    interval of the error of simulation, the weight itself where it is the one before any month.
    """

    weight: float | None
    low: float | None
    high: float | None
    why: str = ""


@dataclass(frozen=True)
class WeightSince:
    """The weight of one branch of an alternative on the two days.

    Attributes:
        alternative: the id of the alternative; empty for a mechanism without any.
        question: its question.
        branch: the id of the branch; ``forecast`` for the forecast alone.
        name: of the branch.
        prior: its weight before any month.
        then: its weight on the first day.
        now: on the last day.
        error: the standard error of simulation of the difference.
        told: whether the difference is larger than noise: see `vedette.changes.thresholds`.
    """

    alternative: str
    question: str
    branch: str
    name: str
    prior: float
    then: Weighed
    now: Weighed
    error: float
    told: bool


@dataclass(frozen=True)
class ScenarioSince:
    """How far a scenario is from the levers on record on the two days, from 0 (the same) to 1.

    None on a day by which none of its months had passed, or no lever had a record.
    """

    id: str
    name: str
    then: float | None
    now: float | None


@dataclass(frozen=True)
class SignsSince:
    """The signs of a mechanism and its scenarios on the two days.

    Attributes:
        signs: the signs, those that fired first.
        on_course_then: the scenarios nearest to the levers on record on the first day.
        on_course_now: on the last day.
        scenarios: how far each scenario is from the levers on record.
        weights: of the branches of the mechanism; none before a month of the scenarios has passed.
        counted: whether enough months were counted by the last day to weigh branches.
        missing: why there are no signs, no scenario is on course, or no branch is weighed; else empty.
    """

    signs: tuple[SignSince, ...] = ()
    on_course_then: tuple[str, ...] = ()
    on_course_now: tuple[str, ...] = ()
    scenarios: tuple[ScenarioSince, ...] = ()
    weights: tuple[WeightSince, ...] = ()
    counted: bool = False
    missing: str = ""

    def that(self, became: str) -> tuple[SignSince, ...]:
        """The signs of which this became."""
        return tuple(sign for sign in self.signs if sign.became == became)
