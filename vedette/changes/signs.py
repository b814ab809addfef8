"""Early signs on the two days: alarms that fired, were cleared, or are near."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vedette.case import Case
from vedette.changes.known_on import AsKnown
from vedette.panel import Panel

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

    Raises:
        CaseError: the mechanism holds mistakes.
    """
    files = _files(case)
    if not files:
        return SignsSince(missing="the case has no mechanism, so it names no signs")
    return case.cache.keep(signs_of_files, case, files, (then.panel, then.day), (now.panel, now.day))


def _files(case: Case) -> Mapping[str, bytes]:
    """The content of the files of a mechanism, by name; nothing where there is none."""
    paths = [case.folder / "mechanisms.yaml", *sorted((case.folder / "scenarios").glob("*.yaml"))]
    return {path.name: path.read_bytes() for path in paths if path.is_file()} if paths[0].is_file() else {}


def signs_of_files(
    case: Case, files: Mapping[str, bytes], then: tuple[Panel, date], now: tuple[Panel, date]
) -> SignsSince:
    """The signs of a mechanism whose files hold this, from panels of two days.

    ``files`` says what the answer depends on; they are read from the folder of the case.
    """
    from vedette.changes.sign_states import compared  # scenarios: half a second that a kept answer saves

    assert files
    return compared(case, then, now)
