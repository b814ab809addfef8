"""Alarms: whether a sign has fired, since when, and how often it fired without what it warns of."""

from dataclasses import dataclass, replace

import numpy as np

from vedette.model import BoolArray, FloatArray
from vedette.scenario.drivers.futures import bad_futures
from vedette.scenario.engine.ensemble import Ensemble
from vedette.scenario.language.entries import Outcome
from vedette.scenario.language.naming import node_of
from vedette.scenario.language.sign_checks import warned
from vedette.scenario.language.sign_entries import Alarm, Sign
from vedette.scenario.tracking.nearness import NEAR
from vedette.scenario.tracking.readings import CARRIED, NOTHING, SignReading

FIRED, PERHAPS, QUIET, UNKNOWN = "fired", "perhaps", "not fired", "unknown"
FOLLOWS = 12
"""Months after a firing within which what it warns of is looked for in the record."""


@dataclass(frozen=True)
class State:
    """Whether an alarm has fired as of the last month known, and what it did before.

    Attributes:
        state: ``fired``; ``perhaps``, where only a part of the range of the value has passed the level;
            ``not fired``; or ``unknown``, where nothing was measured in the last twelve months.
        since: the month in which it fired; empty unless it has.
        months: how many months are known.
        fired: in how many of them the alarm was on.
        firings: how many times it went on.
        judged: how many of these could be judged by what followed, within a year.
        false: how many of those were not followed by what the sign warns of.
    """

    state: str
    since: str
    months: int
    fired: int
    firings: int
    judged: int | None
    false: int | None


@dataclass(frozen=True)
class Simulated:
    """What the alarm of a sign does in simulated futures, lowest and highest over unweighted branches.

    ``false``: the share of futures without what it warns of in which it fires; ``caught``: the share of those
    with it. ``scenario`` is an id, ``name`` that scenario's name; ``bad`` says in words what it warns of.
    The shares are None where there are fewer than 20 futures of the kind, and for a ``lever``, which is the
    same in every future.
    """

    scenario: str
    name: str
    bad: str
    false: tuple[float, float] | None
    caught: tuple[float, float] | None
    lever: bool = False


ENOUGH = 20


def state_of(reading: SignReading, outcome: Outcome | None) -> State:
    """The state of a sign; ``outcome`` is what it warns of, if that is read from what the sign is of."""
    alarm = reading.sign.alarm
    known = np.array([word != NOTHING for word in reading.basis])
    near, far = (reading.low, reading.high) if alarm.above is not None else (reading.high, reading.low)
    surely, perhaps = (on_in(end, alarm) for end in (near, far))
    starts = np.flatnonzero(np.diff(surely.astype(np.int8), prepend=0) == 1)
    judged = None if outcome is None else [_came(reading, int(start), outcome) for start in starts]
    record = State(
        UNKNOWN,
        "",
        int(known.sum()),
        int(surely.sum()),
        len(starts),
        None if judged is None else sum(came is not None for came in judged),
        None if judged is None else sum(came is False for came in judged),
    )
    now = reading.current
    if now is None or reading.age is None or reading.age >= CARRIED:
        return record
    if surely[now]:
        return replace(record, state=FIRED, since=reading.month(int(starts[starts <= now][-1])))
    return replace(record, state=PERHAPS if perhaps[now] else QUIET)


def on_in(values: FloatArray, alarm: Alarm) -> BoolArray:
    """The months in which an alarm is on, like ``values`` (..., T): it has been passed for long enough.

    >>> on_in(np.array([5.0, 9, 9, 9, np.nan, 9]), Alarm.model_validate({"above": 8, "for": 2})).tolist()
    [False, False, True, True, False, False]
    """
    past = values > alarm.level if alarm.above is not None else values < alarm.level
    run = np.zeros(past.shape[:-1], dtype=np.int64)
    on = np.zeros(past.shape, dtype=bool)
    for month in range(past.shape[-1]):
        run = np.where(past[..., month], run + 1, 0)
        on[..., month] = run >= alarm.months
    return on


def is_near(reading: SignReading) -> bool:
    """Whether the value that holds now lies within `NEAR` of the level of the alarm, or is past it.

    For an alarm that is not on: past the level it is for too short a time.
    """
    now, alarm = reading.current, reading.sign.alarm
    if now is None or not np.isfinite(reading.value[now]):
        return False
    margin = NEAR * abs(alarm.level)
    if alarm.above is not None:
        return bool(reading.value[now] >= alarm.level - margin)
    return bool(reading.value[now] <= alarm.level + margin)


def is_past(reading: SignReading) -> bool:
    """Whether the value that holds now, with all of its range, lies past the level of the alarm."""
    now, alarm = reading.current, reading.sign.alarm
    if now is None:
        return False
    if alarm.above is not None:
        return bool(reading.low[now] > alarm.level)
    return bool(reading.high[now] < alarm.level)


def _came(reading: SignReading, start: int, outcome: Outcome) -> bool | None:
    """Whether the threshold of an outcome was passed in the year from a month on; None if unknown."""
    year = reading.value[start : start + FOLLOWS]
    if len(year) < FOLLOWS or np.isnan(year).any() or outcome.threshold is None:
        return None
    value = {"mean": year.mean(), "total": year.sum(), "highest": year.max()}.get(outcome.read, year[-1])
    above, below = outcome.threshold.above, outcome.threshold.below
    return bool(value > above) if above is not None else bool(value < float(below or 0.0))


def judged_by(sign: Sign, outcome: Outcome | None, node: str) -> Outcome | None:
    """The outcome by which the record of a sign is judged: with a threshold, of the sign's own node."""
    if outcome is None or outcome.threshold is None or outcome.of != node or sign.alarm_only:
        return None
    return outcome


def simulated_alarm(ensemble: Ensemble, sign: Sign, scenario: str) -> Simulated | None:
    """What the alarm of a sign does in the futures of a scenario; None for a sign that is read alone."""
    file = ensemble.mechanism.file
    outcome, node = warned(file, sign), node_of(file, sign.of)
    if outcome is None or sign.alarm_only:
        return None
    bad, words = bad_futures(ensemble, outcome.id, scenario)
    name = ensemble.scenarios[ensemble.index(scenario)].name
    if node in {lever.id for lever in file.levers}:
        return Simulated(scenario, name, f"{outcome.name}: {words}", None, None, lever=True)
    path = np.asarray(ensemble.path(node)[ensemble.index(scenario)], dtype=np.float64)
    on: BoolArray = np.asarray(on_in(path, sign.alarm).any(axis=-1))
    false, caught = (_share(ensemble, on, kind) for kind in (~bad, bad))
    return Simulated(scenario, name, f"{outcome.name}: {words}", false, caught)


def _share(ensemble: Ensemble, on: BoolArray, kind: BoolArray) -> tuple[float, float] | None:
    shares = []
    for group in range(ensemble.groups):
        own = on[kind & (ensemble.drawn.group == group)]
        if len(own) >= ENOUGH:
            shares.append(float(own.mean()))
    return (min(shares), max(shares)) if shares else None
