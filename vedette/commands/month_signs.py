"""The step of a monthly round that reads the early signs."""

from collections.abc import Iterator

from vedette.commands.defaults import SIGN_DRAWS, TRACK_DRAWS
from vedette.commands.known import age_of
from vedette.commands.month_round import NOTHING, MonthRound, Told
from vedette.commands.tracking import (
    FIRED,
    TrackResult,
    signs,
    state_in_words,
    track,
)
from vedette.periods import parse
from vedette.plurals import counted
from vedette.scenario import has_mechanism, read_head


def read_signs(asked: MonthRound) -> Told:
    """Reads the early signs, and which scenario and branch the months since speak for."""
    case, command = asked.case, f"vedette signs {asked.typed}"
    if not has_mechanism(case):
        return Told(("The case has no mechanism, so there are no signs.",), state=NOTHING)
    head = read_head(case)
    if not case.shows(head.handling):
        words = f"The {case.edition} edition withholds the mechanism and its signs."
        return Told((words,), command, NOTHING)
    result = signs(asked.name, as_of=asked.as_of, draws=SIGN_DRAWS, seed=asked.seed, report=asked.report)
    on = [row for row in result.rows if row.state.state == FIRED]
    named = "; ".join(
        f"{row.reading.sign.name}: {row.reading.sign.alarm}, {state_in_words(row)}" for row in on
    )
    stale = sum(bool(row.stale) for row in result.rows)
    lines = [f"{counted(len(on), 'alarm')} on, of {len(result.rows)}{': ' if on else ''}{named}."]
    lines += [f"{counted(stale, 'sign')} had nothing measured in the last twelve months."] if stale else []
    return Told((*lines, *_tracked(asked, head.start)), command)


def _tracked(asked: MonthRound, start: str) -> Iterator[str]:
    """Which scenario is on course, where a month of the scenarios has passed."""
    reach = age_of(asked.case, asked.as_of)
    last = max(filter(None, (reach.events_to, reach.totals_to)), default="")
    step = asked.case.step
    if not last or parse(last, step) < parse(start, step):
        yield f"No month of the scenarios has passed: they start in {start}."
        return
    found = track(asked.name, as_of=asked.as_of, draws=TRACK_DRAWS, seed=asked.seed, report=asked.report)
    yield from _course(found, f"vedette track {asked.typed}")


def _course(found: TrackResult, command: str) -> Iterator[str]:
    course, names = found.found.course, found.scenario_names
    if course.alike or not course.nearest:
        yield "The levers on record choose none of the scenarios."
    else:
        nearest = ", ".join(names[name] for name in course.nearest)
        yield f"On course by the levers on record: {nearest}. What speaks for which branch: {command}"
