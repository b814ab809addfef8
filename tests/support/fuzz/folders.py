"""Mutations of the folder of a case: names of files, links, and bytes anywhere."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np

from support.fuzz.mutant import Fate, Files, Kind, Mutant, Mutation, pick

_OPTIONAL = ("posture.csv", "timeline.csv", "interventions.csv", "sites.csv")


def _added(what: str, fate: Fate, names: tuple[str, ...]) -> Mutation:
    def mutation(rng: np.random.Generator, files: Files) -> Mutant | None:
        name = pick(rng, names)
        if name in files:
            return None
        return Mutant("names", f"{what}: {name}", {**files, name: b"id,name\n"}, fate)

    return mutation


def _renamed(rng: np.random.Generator, files: Files) -> Mutant | None:
    """A table under a name that is nearly right."""
    there = [name for name in _OPTIONAL if name in files]
    if not there:
        return None
    name = pick(rng, there)
    stem = name.removesuffix(".csv")
    other = pick(
        rng,
        [f"{stem[:-1]}.csv", name.upper(), f"{stem}.csv.txt", f"{stem}2.csv", f"{stem}_.csv", f"{stem}.tsv"],
    )
    changed = {key: value for key, value in files.items() if key != name} | {other: files[name]}
    return Mutant("names", f"{name} is {other}", changed, Fate.REFUSED)


def _folder_for_file(folder: Path, name: str) -> None:
    (folder / name).mkdir()


def _pipe(folder: Path, name: str) -> None:
    os.mkfifo(folder / name)


def _nowhere(folder: Path, name: str) -> None:
    (folder / name).symlink_to("nothing-here")


def _device(folder: Path, name: str) -> None:
    (folder / name).symlink_to("/dev/zero")


def _outside(folder: Path, name: str) -> None:
    outside = folder.parent / f"{folder.name}-outside"
    outside.write_text("id,name\n")
    (folder / name).symlink_to(outside)


def _linked(what: str, make: Callable[[Path, str], None]) -> Mutation:
    """The mutation that puts something else where a file belongs."""

    def mutation(rng: np.random.Generator, files: Files) -> Mutant | None:
        name = pick(rng, [*_OPTIONAL, "forces.csv", "claims.proposed.csv", "mechanisms.yaml", "events/a.csv"])
        rest = {key: value for key, value in files.items() if key != name}

        def hand(folder: Path) -> None:
            (folder / name).parent.mkdir(exist_ok=True)
            make(folder, name)

        return Mutant("links", f"{name}: {what}", rest, Fate.REFUSED, (hand,))

    return mutation


def _inside(rng: np.random.Generator, files: Files) -> Mutant | None:
    """A link to another file of the case."""
    there = [name for name in _OPTIONAL if name in files]
    if not there:
        return None
    name = pick(rng, there)
    kept = f"tables/kept-{name}"
    rest = {key: value for key, value in files.items() if key != name} | {kept: files[name]}
    link = Path(kept) if rng.integers(2) else None
    return Mutant(
        "links",
        f"{name}: a link within the case",
        rest,
        Fate.ACCEPTED,
        (lambda folder: (folder / name).symlink_to(link or folder / kept),),
    )


def _linked_folder(rng: np.random.Generator, files: Files) -> Mutant | None:
    if not any(name.startswith("scenarios/") for name in files):
        return None
    del rng

    def hand(folder: Path) -> None:
        (folder / "scenarios").rename(folder / "kept")
        (folder / "scenarios").symlink_to("kept")

    return Mutant("links", "scenarios: a link within the case", files, Fate.ACCEPTED, (hand,))


def _idle_link(rng: np.random.Generator, files: Files) -> Mutant | None:
    """A link of a name that nobody reads."""
    name = pick(rng, ["my-notes", "latest.html", "figures"])
    return Mutant(
        "links",
        f"{name}: a link that nobody reads",
        files,
        Fate.ACCEPTED,
        (lambda at: (at / name).symlink_to("x"),),
    )


def flipped(rng: np.random.Generator, content: bytes) -> bytes:
    """Some bytes with a few changed, taken out, put in or doubled."""
    made = bytearray(content)
    for _ in range(int(rng.integers(1, 4))):
        at = int(rng.integers(len(made) + 1))
        size = int(rng.integers(1, 20))
        match int(rng.integers(4)):
            case 0:
                made[at : at + 1] = bytes([int(rng.integers(256))])
            case 1:
                del made[at : at + size]
            case 2:
                made[at:at] = made[at : at + size]
            case _:
                made[at:at] = rng.bytes(size)
    return bytes(made)


def _bytes(rng: np.random.Generator, files: Files) -> Mutant:
    """Any bytes anywhere."""
    name = pick(rng, list(files))
    return Mutant("bytes", name, {**files, name: flipped(rng, files[name])}, Fate.EITHER, moved=None)


NAMES = Kind(
    "names",
    (
        _added(
            "beside",
            Fate.ACCEPTED,
            ("README", "report.pdf", "figures.csv", "old-posture-of-2012.csv", "ا.txt", ".hidden"),
        ),
    ),
    (
        _renamed,
        _renamed,
        _added(
            "beside", Fate.REFUSED, ("claim.csv", "Case.YAML", "place.geojson", "mechanism.yml", "actor.csv")
        ),
        _added(
            "beside",
            Fate.REFUSED,
            ("scenarios/x.yml", "scenario/x.yaml", "replays/soon/mechanisms.yaml", "event/a.csv"),
        ),
    ),
)
LINKS = Kind(
    "links",
    (_inside, _linked_folder, _idle_link),
    tuple(
        _linked(what, make)
        for what, make in (
            ("a folder", _folder_for_file),
            ("a pipe", _pipe),
            ("a link to nothing", _nowhere),
            ("a device", _device),
            ("a link outside", _outside),
        )
    ),
)
BYTES = Kind("bytes", (), (), (_bytes,))
