"""Mutated event, panel, report and import files, each given to the command that reads it."""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from support.event_files import acled, ged
from support.fourland import CASE_FILES
from support.fuzz.folders import flipped
from support.fuzz.mutant import Fate, Files, Mutant, pick
from support.fuzz.tables import Rows, parsed, written
from support.fuzz.trial import Verdict, Watched, laid
from support.spoken import spoken
from vedette import commands

Bytes = Callable[[np.random.Generator, bytes], bytes]

_NASTY = (
    "",
    "NA",
    "-",
    "abc",
    "-5",
    "1e5",
    "٣",
    "2014-02-30",
    "9" * 25,
    "a\x1b[2Jb",
    "x" * 3000,
    "=1+1",
    "0",
    "\u202ea",
)


@dataclass(frozen=True)
class FileKind:
    """Files of one kind: those to mutate by name, the mutations, and the command that reads them.

    ``read`` gives a number that no gentle mutation may move.
    """

    name: str
    files: Files
    gentle: dict[str, Bytes]
    harsh: dict[str, Bytes]
    wild: dict[str, Bytes]
    read: Callable[[Path, Path], float]


def _rows(change: Callable[[np.random.Generator, Rows], Rows], **how: str | int) -> Bytes:
    return lambda rng, content: written(change(rng, parsed(content)), **how)


def _same(rng: np.random.Generator, rows: Rows) -> Rows:
    del rng
    return rows


def _shuffled(rng: np.random.Generator, rows: Rows) -> Rows:
    return [rows[0], *(rows[1:][place] for place in rng.permutation(len(rows) - 1))]


def _turned(rng: np.random.Generator, rows: Rows) -> Rows:
    order = rng.permutation(len(rows[0]))
    return [[row[place] for place in order] for row in rows]


def _put(*columns: str, values: tuple[str, ...]) -> Bytes:
    """One value in one row of one of these columns; in any column if none is named."""

    def change(rng: np.random.Generator, rows: Rows) -> Rows:
        names = [name for name in rows[0] if not columns or name in columns]
        row = 1 + int(rng.integers(len(rows) - 1))
        rows[row][rows[0].index(pick(rng, names))] = pick(rng, values)
        return rows

    return _rows(change)


def _without(*columns: str) -> Bytes:
    def change(rng: np.random.Generator, rows: Rows) -> Rows:
        del rng
        places = [place for place, name in enumerate(rows[0]) if name not in columns]
        return [[row[place] for place in places] for row in rows]

    return _rows(change)


_TABLE_GENTLE: dict[str, Bytes] = {
    "another order": _rows(_shuffled),
    "other columns first": _rows(_turned),
    "all quoted": _rows(_same, quoting=csv.QUOTE_ALL),
    "Windows line ends": _rows(_same, lineterminator="\r\n"),
    "byte order mark": lambda rng, content: b"\xef\xbb\xbf" + content,
}
_WILD: dict[str, Bytes] = {"any bytes": flipped, "any cell": _put(values=_NASTY)}


def _case(folder: Path, *, counted: bool) -> Path:
    files = {**CASE_FILES, **spoken()} | ({} if counted else {"observed.csv": None})
    return Mutant("", "", {k: str(v).encode() for k, v in files.items() if v is not None}, Fate.EITHER).write(
        folder
    )


def _load(file: Path, desk: Path) -> float:
    case = str(_case(desk / "fourland", counted=False))
    commands.load(case, [file])
    table = commands.summary(case).table
    commands.check(case)
    if table.height and table["dataset"][0] == "ucdp":
        commands.forecast(case, "last", draws=20).document()
    return float(table["best"].sum() or 0)


def _count(file: Path, desk: Path) -> float:
    del desk
    counts = commands.CountFile(file)
    commands.forecast_counts(counts, "last", draws=20).document()
    return float(counts.read()[1].truth.sum())


def _read(file: Path, desk: Path) -> float:
    case = str(_case(desk / "fourland", counted=True))
    commands.read_report(case, file, source="paper")
    return 0.0


def _bring(file: Path, desk: Path) -> float:
    case = str(_case(desk / "fourland", counted=True))
    added = commands.bring_in(case, file, form="followthemoney", source="paper").document()
    commands.check(case)
    return float(len(added["claims"]))


def _events() -> FileKind:
    months = [f"{2012 + n // 12}-{n % 12 + 1:02d}-03" for n in range(36)]
    rows = [
        {"id": n, "date_start": day, "date_end": day, "best": n % 7, "high": 9, "low": 0}
        for n, day in enumerate(months)
    ]
    own = [
        {"event_id_cnty": f"FOU{n}", "event_date": day, "fatalities": n % 5} for n, day in enumerate(months)
    ]
    dates, deaths = ("date_start", "date_end", "event_date"), ("best", "fatalities")
    harsh = {
        "a day that is none": _put(*dates, values=("2014-02-30", "soon", "٢٠١٤-٠٦-١٠", "0000-00-00")),
        "deaths that are none": _put(*deaths, values=("many", "-5", "1.5", "9" * 25, "٣")),
        "no dates": _without(*dates),
        "no deaths": _without(*deaths),
        "cut within quotes": lambda rng, content: content + b'"cut off',
        "a picture": lambda rng, content: b"\x89PNG\r\n\x1a\n" + rng.bytes(500),
        "nothing": lambda rng, content: b"",
        "a header alone": lambda rng, content: content.split(b"\n")[0] + b"\n",
    }
    files = {"ged.csv": ged(*rows).encode(), "acled.csv": acled(*own).encode()}
    return FileKind("events", files, _TABLE_GENTLE, harsh, _WILD, _load)


def _panel() -> FileKind:
    long = "period,unit,count\n" + "".join(
        f"{2012 + n // 12}-{n % 12 + 1:02d},{unit},{(n * 7 + place) % 5}\n"
        for n in range(36)
        for place, unit in enumerate("abc")
    )
    harsh = {
        "a period that is none": _put("period", values=("2014-13", "soon", "2014-٠1", "")),
        "a count that is none": _put("count", values=("many", "-5", "1.5", "9" * 25, "٣", "inf")),
        "no counts": _without("count"),
        "a cell twice": _rows(lambda rng, rows: [*rows, rows[1]]),
        "nothing": lambda rng, content: b"",
        "a header alone": lambda rng, content: content.split(b"\n")[0] + b"\n",
        "UTF-16": lambda rng, content: content.decode().encode("utf-16"),
    }
    return FileKind("panel", {"counts.csv": long.encode()}, _TABLE_GENTLE, harsh, _WILD, _count)


def _lines(content: bytes) -> list[bytes]:
    return [line for line in content.split(b"\n") if line.strip()]


def _report() -> FileKind:
    text = "\n\n".join(
        [
            "Bigland trains the Home Guard in Alfa.",
            "The Rebel Front said on 3 May 2013 that it fights the Home Guard.",
            "Officials deny that Bigland funds the Party Brigades; 1,200 to 1,500 troops stay.",
        ]
    )
    page = f"<html><body><p>{'</p><p>'.join(text.split(chr(10) * 2))}</p></body></html>"
    gentle: dict[str, Bytes] = {
        "Windows line ends": lambda rng, content: content.replace(b"\n", b"\r\n"),
        "byte order mark": lambda rng, content: b"\xef\xbb\xbf" + content,
        "more text": lambda rng, content: content + b"\n\n" + b"More of it. " * int(rng.integers(1, 2000)),
        "signs": lambda rng, content: content.replace(b"Bigland", "Big\u200bland \x1b[2J\u202e".encode()),
        "scripts": lambda rng, content: content + "\n\nعربي ١٢٣ 日本語".encode(),
    }
    harsh: dict[str, Bytes] = {
        "nothing": lambda rng, content: b"",
        "blanks": lambda rng, content: b" \n\t\n",
        "a picture": lambda rng, content: b"\x89PNG\r\n\x1a\n" + rng.bytes(500),
        "no archive": lambda rng, content: b"PK\x03\x04" + rng.bytes(500),
        "no PDF": lambda rng, content: b"%PDF-1.7\n" + rng.bytes(500),
    }
    files = {"report.txt": text.encode(), "report.html": page.encode(), "report.md": text.encode()}
    return FileKind("report", files, gentle, harsh, {"any bytes": flipped}, _read)


def _import() -> FileKind:
    entities = [
        {"id": "e1", "schema": "Organization", "properties": {"name": ["Newcome League"]}},
        {"id": "e2", "schema": "Organization", "properties": {"name": ["Home Guard"]}},
        {"id": "e3", "schema": "Person", "properties": {"name": ["Ann Example"], "country": ["fr"]}},
        {
            "id": "l1",
            "schema": "Membership",
            "properties": {"member": ["e3"], "organization": ["e1"], "startDate": ["2013-05"]},
        },
        {
            "id": "l2",
            "schema": "Payment",
            "properties": {"payer": ["e1"], "beneficiary": ["e3"], "date": ["2014-01-02"]},
        },
    ]
    content = "\n".join(json.dumps(each) for each in entities).encode() + b"\n"

    def shuffled(rng: np.random.Generator, text: bytes) -> bytes:
        lines = _lines(text)
        return b"\n".join(lines[place] for place in rng.permutation(len(lines))) + b"\n"

    def swapped(old: bytes, new: bytes) -> Bytes:
        return lambda rng, text: text.replace(old, new)

    gentle: dict[str, Bytes] = {
        "another order": shuffled,
        "a strange schema": lambda rng, text: (
            text + b'{"id": "z", "schema": "Vessel", "properties": {"name": ["Boat"]}}\n'
        ),
        "blank lines": lambda rng, text: text.replace(b"\n", b"\n\n"),
        "more keys": swapped(b'"schema"', b'"datasets": ["x"], "schema"'),
    }
    harsh: dict[str, Bytes] = {
        "no JSON": lambda rng, text: b"not json\n",
        "no properties": swapped(b'"properties"', b'"attributes"'),
        "no id": swapped(b'"id"', b'"key"'),
        "a number for a name": swapped(b'["Newcome League"]', b"5"),
        "nothing": lambda rng, text: b"",
        "cut off": lambda rng, text: text[: len(text) // 2 + 3],
        "deep": lambda rng, text: b"[" * 100_000,
    }
    return FileKind("import", {"entities.ftm.json": content}, gentle, harsh, {"any bytes": flipped}, _bring)


def file_kinds() -> tuple[FileKind, ...]:
    """The kinds of files, each with what to mutate."""
    return _events(), _panel(), _report(), _import()


def file_verdicts(desk: Path, count: int, seed: int) -> Iterator[Verdict]:
    """The verdict on each of ``count`` mutated files."""
    rng = np.random.default_rng(seed)
    kinds = file_kinds()
    plain = {
        (kind.name, name): _answer(
            kind, Mutant(kind.name, "as it is", {name: content}, Fate.ACCEPTED), desk / "plain"
        )
        for kind in kinds
        for name, content in kind.files.items()
    }
    for number in range(count):
        kind = kinds[number % len(kinds)]
        name = pick(rng, list(kind.files))
        gentle = number // len(kinds) % 2 == 0
        changes = kind.wild if rng.random() < 0.2 else kind.gentle if gentle else kind.harsh
        what = pick(rng, list(changes))
        fate = {id(kind.gentle): Fate.ACCEPTED, id(kind.harsh): Fate.REFUSED}.get(id(changes), Fate.EITHER)
        content = changes[what](rng, kind.files[name])
        mutant = Mutant(kind.name, f"{name}: {what}", {name: content}, fate)
        yield _judged(kind, mutant, desk / f"f{number}", plain[kind.name, name][1])


def _answer(kind: FileKind, mutant: Mutant, folder: Path) -> tuple[Watched, float | None]:
    value = None
    with laid(mutant, folder) as home, Watched() as watched:
        value = kind.read(home / next(iter(mutant.files)), home / "desk")
    return watched, value


def _judged(kind: FileKind, mutant: Mutant, folder: Path, expected: float | None) -> Verdict:
    watched, value = _answer(kind, mutant, folder)
    verdict = Verdict(mutant, accepted=not (watched.error or watched.fault), words=str(watched.error or ""))
    if watched.fault:
        verdict.faults.append(watched.fault)
    elif watched.error and mutant.fate is Fate.ACCEPTED:
        verdict.faults.append(f"refused though right: {str(watched.error)[:300]}")
    elif not watched.error and mutant.fate is Fate.REFUSED:
        verdict.faults.append("accepted in silence")
    elif mutant.fate is Fate.ACCEPTED and value != expected:
        verdict.faults.append(f"expected {expected}; found {value}")
    return verdict
