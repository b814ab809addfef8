"""What the data changed: six months of event files, against a plain difference of their rows.

A generator writes a file at the end of each month, of all events from January on. Some events come a month or
two late, one is revised, one withdrawn, one moved to another place and one to another month.
"""

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from support.event_files import ged, write
from support.fourland import CASE_FILES

from vedette import commands
from vedette.case import read_case
from vedette.changes.revised import RevisedCell
from vedette.events import load

NAMES = {"FO-A": "Alfa", "FO-B": "Bravo", "FO-C": "Charlie", "FO-D": "Delta"}
POINTS = {"FO-A": (0.5, 0.25), "FO-B": (0.5, 1.5), "FO-C": (1.5, 0.5), "FO-D": (1.5, 1.5)}
MONTHS = range(1, 7)


@dataclass(frozen=True)
class Event:
    """A generated event: its month, place and deaths, and the month of the file that has it first."""

    number: int
    month: int
    place: str
    best: int
    known: int


State = dict[int, Event]


def generated(rng: random.Random) -> dict[int, State]:
    """What the file of each month holds, by the number of the event."""
    events = [
        Event(100 * month + slot, month, rng.choice(list(NAMES)), rng.randrange(1, 30), month + late)
        for month in MONTHS
        for slot in range(8)
        for late in [rng.choice([0, 0, 0, 1, 2])]
    ]
    states = {}
    first, second, third, fourth, fifth = [each.number for each in events if each.known == 1][:5]
    for file in MONTHS:
        state = {each.number: each for each in events if each.known <= file}
        if file >= 4:
            state[first] = replace(state[first], best=state[first].best + 50)
            state.pop(second)
        if file >= 5:
            there = "FO-A" if state[third].place != "FO-A" else "FO-B"
            state[third] = replace(state[third], place=there)
            state[fourth] = replace(state[fourth], month=2)
            state[fifth] = replace(state[fifth], month=5)
        states[file] = state
    return states


def text(state: State) -> str:
    """A file of UCDP Candidates with these events."""
    rows = []
    for each in state.values():
        day = f"2025-{each.month:02d}-1{each.number % 9}"
        latitude, longitude = POINTS[each.place]
        where = {"adm_1": f"{NAMES[each.place]} province", "latitude": latitude, "longitude": longitude}
        deaths = {"best": each.best, "low": each.best, "high": each.best}
        rows.append({"id": each.number, "date_start": day, "date_end": day, **where, **deaths})
    return ged(*rows)


def difference(then: State, now: State, last: int) -> dict[tuple[str, str], dict[str, int]]:
    """What changed up to a month by month and place, worked out event by event."""
    cells: dict[tuple[int, str], Counter[str]] = {}

    def note(event: Event, what: str) -> None:
        if event.month <= last:
            cells.setdefault((event.month, event.place), Counter())[what] += 1

    for number in {*then, *now}:
        old, new = then.get(number), now.get(number)
        if old is None and new is not None:
            note(new, "added")
        elif new is None and old is not None:
            note(old, "withdrawn")
        elif old is not None and new is not None and (old.month, old.place) != (new.month, new.place):
            if min(old.month, new.month) <= last:
                note(old, "moved_out")
                note(new, "moved_in")
        elif old is not None and new is not None and old.best != new.best:
            note(new, "revised")
    return {
        (f"2025-{month:02d}", place): {
            **{what: counts[what] for what in ("added", "withdrawn", "revised", "moved_in", "moved_out")},
            "deaths_then": sum(e.best for e in then.values() if (e.month, e.place) == (month, place)),
            "deaths_now": sum(e.best for e in now.values() if (e.month, e.place) == (month, place)),
        }
        for (month, place), counts in cells.items()
    }


def loaded(tmp_path: Path, states: dict[int, State], *, said: bool = True) -> str:
    """A case with these files, each published on the twentieth of the month after."""
    yaml = str(CASE_FILES["case.yaml"]).replace("as_of: 2014-12-31\n", "")
    yaml = yaml.replace("  partial: {dataset: ucdp-ged-precise, first: 2015-01, last: 2015-06}\n", "")
    folder = tmp_path / "fourland"
    folder.mkdir()
    for name, content in {**CASE_FILES, "case.yaml": yaml}.items():
        if name not in ("observed.csv", "totals.csv") and content is not None:
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    for file, state in states.items():
        name = f"GEDEvent_v25_01_25_{file:02d}.csv" if file > 1 else "GEDEvent_v25_0_1.csv"
        written, day = write(tmp_path, name, text(state)), date(2025, file + 1, 20) if said else None
        load(read_case(folder), [written], agree=lambda months: True, published=day)
    return str(folder)


def found(cell: RevisedCell) -> dict[str, int]:
    skipped = ("month", "place", "name")
    return {name: value for name, value in vars(cell).items() if name not in skipped}


@pytest.fixture(scope="module")
def six_months(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[int, State]]:
    """A case with the files of six months, and what each holds."""
    states = generated(random.Random(0))
    return loaded(tmp_path_factory.mktemp("six"), states), states


@pytest.mark.parametrize(("first", "last"), [(3, 6), (2, 4), (4, 5)])
def test_it_equals_a_plain_difference_of_the_files(
    six_months: tuple[str, dict[int, State]], first: int, last: int
) -> None:
    folder, states = six_months
    days = [date(2025, month + 1, 25) for month in (first, last)]
    revised = commands.changes(folder, first=days[0], last=days[1]).changes.revised
    expected = difference(states[first], states[last], first)
    assert {(cell.month, cell.place): found(cell) for cell in revised.cells} == expected
    kinds = {"added": 0, "withdrawn": 0, "revised": 0, "moved": 0}
    for cell in expected.values():
        for kind in ("added", "withdrawn", "revised"):
            kinds[kind] += cell[kind]
    assert (revised.added, revised.withdrawn, revised.revised) == tuple(list(kinds.values())[:3])
    assert revised.deaths_then == sum(e.best for e in states[first].values() if e.month <= first)
    assert revised.deaths_now == sum(e.best for e in states[last].values() if e.month <= first)
    assert revised.until == f"2025-{first:02d}" and revised.missing == ""


def test_each_kind_is_told_with_both_releases(six_months: tuple[str, dict[int, State]]) -> None:
    folder, _ = six_months
    result = commands.changes(folder, first=date(2025, 4, 25), last=date(2025, 7, 25))
    revised = result.changes.revised
    assert (revised.withdrawn, revised.revised, revised.moved) == (1, 1, 3)
    assert revised.added > 0
    lines = result.parts[1].lines
    assert "1 event was withdrawn, 1 event was revised and 3 events were moved" in lines[0]
    assert "UCDP Candidate 25.01.25.03" in lines[1] and "25.01.25.06" in lines[1]
    assert result.changes.came.country is not None and result.changes.came.country.median is None
    assert "too few months were known on 25 April 2025 to forecast from: 3 in a row" in result.lead[0]


def test_files_without_a_day_of_publication_say_so(tmp_path: Path) -> None:
    states = generated(random.Random(0))
    folder = loaded(tmp_path, {6: states[6]}, said=False)
    result = commands.changes(folder, first=date(2025, 3, 31), last=date(2025, 6, 30))
    assert result.changes.revised.cells == ()
    assert "is not said" in result.parts[1].lines[-1] and "--published DAY" in result.parts[1].lines[-1]
