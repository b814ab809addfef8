"""The signs of a mechanism as a table: who measures each, its value, its alarm, false alarms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from vedette.message import Day, say
from vedette.panel import Panel
from vedette.periods import Step, first_day, parse
from vedette.plurals import counted
from vedette.scenario.engine.ensemble import Ensemble
from vedette.scenario.language.entries import FILE
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.naming import node_of
from vedette.scenario.language.sign_checks import node_unit, warned
from vedette.scenario.tracking.alarms import (
    FOLLOWS,
    Simulated,
    State,
    judged_by,
    simulated_alarm,
    state_of,
)
from vedette.scenario.tracking.readings import CARRIED, SignReading, SignRecord

_BASES = {
    "counted": say("counted"),
    "estimated": say("estimated"),
    "stated": say("stated"),
    "carried": say("carried"),
    "sampled": say("sampled"),
}


def in_words(month: str) -> Day:
    """A month like 2020-08, so that it can be told in another language."""
    return Day.at(first_day(parse(month, Step.MONTH), Step.MONTH), "short")


@dataclass(frozen=True, eq=False)
class SignRow:
    """A sign as known on a day.

    Attributes:
        reading: its months.
        unit: of its values.
        of: the name of what it is of.
        warns: the name of what it warns of.
        state: whether its alarm has fired.
        simulated: what its alarm does in simulated futures; None where there are none, or it is read alone.
        stale: what is missing where nothing was measured in the last twelve months; else empty.
    """

    reading: SignReading
    unit: str
    of: str
    warns: str
    state: State
    simulated: Simulated | None
    stale: str

    def document(self) -> dict[str, Any]:
        """What is said of it, by name."""
        reading, sign, now = self.reading, self.reading.sign, self.reading.current
        simulated = self.simulated
        return {
            "id": sign.id,
            "name": sign.name,
            "of": sign.of,
            "who": sign.who,
            "unit": self.unit,
            "month": "" if now is None else reading.month(now),
            "value": None if now is None else float(reading.value[now]),
            "low": None if now is None else float(reading.low[now]),
            "high": None if now is None else float(reading.high[now]),
            "basis": "" if now is None else reading.basis[now],
            "last_measured": "" if reading.newest is None else reading.month(reading.newest),
            "alarm": str(sign.alarm),
            "warns": self.warns,
            "state": self.state.state,
            "since": self.state.since,
            "record_months": self.state.months,
            "record_fired": self.state.fired,
            "firings": self.state.firings,
            "judged": self.state.judged,
            "false": self.state.false,
            "scenario": simulated.scenario if simulated else "",
            "warned_of": simulated.bad if simulated else "",
            "false_low": simulated.false[0] if simulated and simulated.false else None,
            "false_high": simulated.false[1] if simulated and simulated.false else None,
            "caught_low": simulated.caught[0] if simulated and simulated.caught else None,
            "caught_high": simulated.caught[1] if simulated and simulated.caught else None,
            "alarm_only": sign.alarm_only,
            "note": sign.note,
            "stale": self.stale,
        }

    @property
    def value(self) -> str:
        """The value in words: ``94 (43 to 160), 2020-08, estimated``."""
        reading, now = self.reading, self.reading.current
        if now is None:
            return say("nothing measured")
        low, value, high = (float(end[now]) for end in (reading.low, reading.value, reading.high))
        number = f"{value:,.0f}"
        if high - low >= 0.5:
            number = say("{low} to {high}", low=f"{low:,.0f}", high=f"{high:,.0f}")
        newest = reading.newest if reading.newest is not None else now
        basis = reading.basis[newest]
        return say(
            "{number} ({month}, {basis})",
            number=number,
            month=in_words(reading.month(newest)),
            basis=_BASES.get(basis, basis),
        )

    @property
    def record(self) -> str:
        """How often the alarm went on in the record, in words."""
        state = self.state
        told = f"on in {state.fired} of {counted(state.months, 'month')}"
        if state.judged:
            told += (
                f"; {state.false} of {counted(state.judged, 'alarm')} not followed within {FOLLOWS} months"
            )
        return told


def sign_rows(
    mechanism: Mechanism, panel: Panel, day: date, ensemble: Ensemble | None = None
) -> Iterator[SignRow]:
    """A row for each sign, in the order of the file.

    With an ensemble, what each alarm does in the futures of its first scenario.
    """
    file, record = mechanism.file, SignRecord(mechanism.case, panel, day)
    names = {entry.id: entry.name for where in _NAMED for entry in getattr(file, where)}
    for index, sign in enumerate(file.signs):
        reading, node = record.reading(sign), node_of(file, sign.of)
        outcome = warned(file, sign)
        yield SignRow(
            reading,
            node_unit(file, mechanism.names, sign),
            names.get(sign.of, sign.of),
            outcome.name if outcome else "",
            state_of(reading, judged_by(sign, outcome, node)),
            simulated_alarm(ensemble, sign, ensemble.names[0]) if ensemble else None,
            _stale(reading, mechanism, index),
        )


_NAMED = ("levers", "events", "rates", "stocks", "outcomes")


def _stale(reading: SignReading, mechanism: Mechanism, index: int) -> str:
    """What is missing where no month of the last twelve was measured: file, line, expected, found, cure."""
    age = reading.age
    if age is not None and age < CARRIED:
        return ""
    found = "none" if reading.newest is None else f"the last in {reading.month(reading.newest)}"
    file = {"deaths": "observed.csv", "events": "observed.csv", "posture": "posture.csv"}
    into = {"strength": "claims.csv", "attacks": "timeline.csv", **file}[reading.sign.measured.kind]
    return (
        f"{FILE}, line {mechanism.lines.at(('signs', index))}: expected a month of the last {CARRIED} in "
        f"which {reading.sign.id} was measured; found {found}. Add later rows to {into}, or watch something "
        "else."
    )
