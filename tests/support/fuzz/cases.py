"""Cases to mutate, and the growing sequence of their mutants."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from support.event_files import ged, write
from support.fourland import CASE_FILES
from support.fuzz.folders import BYTES, LINKS, NAMES
from support.fuzz.mutant import Fate, Files, Kind, Mutant
from support.fuzz.settings import GEOJSON, YAML
from support.fuzz.tables import CELLS, COLUMNS, ENCODINGS, ROWS, SIZES
from support.fuzz.trial import Verdict, deaths_of, tried
from support.small_mechanism import FILES
from support.spoken import spoken
from vedette.case import SHIPPED, new_case, read_case
from vedette.events import load

KINDS = (CELLS, ROWS, COLUMNS, ENCODINGS, YAML, GEOJSON, NAMES, LINKS, SIZES, BYTES)
_FORMS = (".csv", ".yaml", ".geojson", ".json", ".md")


@dataclass(frozen=True)
class Base:
    """A case to mutate: its files, the deaths of its country, and how often it is taken."""

    name: str
    files: Files
    deaths: int | None
    weight: float


def bases(desk: Path, names: tuple[str, ...] = ("fourland", "events", "new", "iraq")) -> list[Base]:
    """The cases to start from: a made-up one, the same from event files, a new one, the shipped one."""
    makers = {
        "fourland": (_fourland, 0.5),
        "events": (_with_events, 0.2),
        "new": (_new, 0.2),
        "iraq": (_iraq, 0.1),
    }
    made = []
    for name in names:
        make, weight = makers[name]
        files = make(desk / name)
        home = Mutant("", "", files, Fate.ACCEPTED).write(desk / "bases" / name)
        made.append(Base(name, files, deaths_of(home), weight))
    return made


def _fourland(folder: Path) -> Files:
    del folder
    whole = {**CASE_FILES, **spoken(), **FILES, "claims.csv": spoken()["claims.csv"]}
    return {name: text if isinstance(text, bytes) else str(text).encode() for name, text in whole.items()}


def _with_events(folder: Path) -> Files:
    files = {name: content for name, content in _fourland(folder).items() if name != "observed.csv"}
    home = Mutant("", "", files, Fate.ACCEPTED).write(folder)
    months = [f"{2012 + number // 12}-{number % 12 + 1:02d}-03" for number in range(36)]
    events = [
        {"id": number, "date_start": day, "date_end": day, "best": number % 7, "high": 9, "low": 0}
        for number, day in enumerate(months)
    ]
    load(read_case(home), [write(folder.parent, "ged.csv", ged(*events))], release="15.1")
    return _read(home)


def _new(folder: Path) -> Files:
    return _read(new_case(folder, "Mali"))


def _iraq(folder: Path) -> Files:
    del folder
    return _read(SHIPPED / "iraq")


def _read(home: Path) -> Files:
    paths = sorted(path for path in home.rglob("*") if path.is_file() and path.suffix in _FORMS)
    inside = {path.relative_to(home).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in inside.items() if not name.startswith(".")}


def verdicts(desk: Path, count: int, seed: int, starts: list[Base], every: int = 50) -> Iterator[Verdict]:
    """The verdict on each of ``count`` mutants; of the accepted one in ``every`` is asked for the brief too.

    The sequence grows: what was accepted by a gentle mutation becomes a case to mutate, one time in four.
    """
    rng = np.random.default_rng(seed)
    grown: list[Base] = []
    accepted = 0
    number = 0
    while number < count:
        start = _start(rng, starts, grown)
        turn, place = divmod(number, len(KINDS))
        mutant = _mutant(rng, start, KINDS[place], gentle=(turn + place) % 2 == 0)
        if mutant is None:
            continue
        verdict = tried(mutant, desk / f"m{number}", start.deaths, brief=accepted % every == every - 1)
        accepted += verdict.accepted
        number += 1
        if verdict.accepted and mutant.fate is Fate.ACCEPTED and not mutant.hands and not verdict.faults:
            moved = mutant.moved or 0
            deaths = None if start.deaths is None else start.deaths + moved
            grown = [*grown[-30:], Base(f"{start.name}+", mutant.files, deaths, 0.0)]
        yield verdict


def _start(rng: np.random.Generator, starts: list[Base], grown: list[Base]) -> Base:
    if grown and rng.random() < 0.25:
        return grown[int(rng.integers(len(grown)))]
    weights = np.array([base.weight for base in starts])
    return starts[int(rng.choice(len(starts), p=weights / weights.sum()))]


def _mutant(rng: np.random.Generator, start: Base, kind: Kind, *, gentle: bool) -> Mutant | None:
    """A mutation of a kind, one in five of the wild ones where the kind has any."""
    chosen = kind.gentle if gentle else kind.harsh
    if kind.wild and (not chosen or rng.random() < 0.2):
        chosen = kind.wild
    return chosen[int(rng.integers(len(chosen)))](rng, start.files)


def tally(found: list[Verdict]) -> dict[str, Counter[str]]:
    """How many mutants of each kind were accepted, refused, and faulty."""
    counts: dict[str, Counter[str]] = {}
    for verdict in found:
        of_kind = counts.setdefault(verdict.mutant.kind, Counter())
        of_kind["accepted" if verdict.accepted else "refused"] += 1
        of_kind["faulty"] += bool(verdict.faults)
    return counts


def lopsided(counts: dict[str, Counter[str]], share: float = 1 / 3, fewest: int = 30) -> list[str]:
    """Kinds of which less than a share is accepted, or refused: the generator is broken there.

    Changed bytes are left out: nobody can say what becomes of them.
    """
    return [
        f"{kind}: {count['accepted']} accepted, {count['refused']} refused"
        for kind, count in counts.items()
        if kind != BYTES.name
        and count.total() - count["faulty"] >= fewest
        and min(count["accepted"], count["refused"]) < share * (count["accepted"] + count["refused"])
    ]
