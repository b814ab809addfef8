"""Mutations of the tables of a case: cells, rows, columns, encodings, sizes."""

import csv
import io
from collections.abc import Callable

import numpy as np

from support.fuzz.mutant import Fate, Files, Kind, Mutant, Mutation, pick
from vedette.case.schema import rows as schema

Rows = list[list[str]]
Change = Callable[[np.random.Generator, Rows], Rows | None]

_DAYS = ("2014-02-30", "10/06/2014", "٢٠١٤-٠٦-١٠", "soon", "2059-01-01", "0000-00-00", "41800", "NaT")
_NUMBERS = ("NaN", "inf", "1,5", "1e400", "٣", "0x1F", "--1", "9" * 30, "many", "1 000")
_COUNTS = ("-1", "1.5", "9" * 12, "9223372036854775808", *_NUMBERS)
_IDS = ("no-such-id-7", "Nobody Heard Of 7", "x\x1b[31m7", "\u202eabc7")
HARSH: dict[str, dict[str, tuple[str, ...]]] = {
    "posture.csv": {
        "date": _DAYS,
        "value": ("-1", *_NUMBERS),
        "backer": _IDS,
        "source": _IDS,
        "basis": ("hearsay",),
    },
    "timeline.csv": {
        "date": _DAYS,
        "actor": _IDS,
        "latitude": ("91", *_NUMBERS),
        "source": _IDS,
        "weight": _COUNTS,
    },
    "claims.csv": {
        "subject": _IDS,
        "relation": ("likes",),
        "hedge": ("perhaps",),
        "from": _DAYS,
        "credibility": ("7",),
    },
    "forces.csv": {
        "force": _IDS,
        "status": ("unsure",),
        "part_of": _IDS,
        "main": ("maybe",),
        "most": ("-1", "many"),
        "claim": _IDS,
        "from": _DAYS,
    },
    "sources.csv": {
        "date": _DAYS,
        "url": ("javascript:x", "www.example.org"),
        "reliability": ("Z", "b"),
        "protected": ("maybe",),
    },
    "actors.csv": {
        "parent": _IDS,
        "from": _DAYS,
        "iso3": ("irq", "1RQ"),
        "groups": _IDS,
        "name": ("a\u200bb",),
    },
    "sites.csv": {"place": _IDS, "latitude": ("91", *_NUMBERS), "source": _IDS},
    "interventions.csv": {"from": ("2014", *_DAYS), "source": _IDS, "id": ("Two Words",)},
    "totals.csv": {"period": ("2015-13", "2015", *_DAYS), "deaths": _COUNTS, "source": _IDS},
    "observed.csv": {
        "first": ("2015-13", *_DAYS),
        "events": ("0", *_COUNTS),
        "best": _COUNTS,
        "place": ("nowhere", *_IDS[:1]),
        "dataset": ("ged",),
    },
}
"""Cells that no table may hold, by file and column."""

TEXTS = (
    *(
        "plain words",
        "with, commas; and semicolons",
        'with "quotes"',
        "عربي ١٢٣",
        "Ελλάδα",
        "日本語",
        "🕊 emoji",
    ),
    *(
        "a\nline break",
        "'apostrophes'",
        "x" * 2000,
        "50 % <b>not bold</b> & more",
        "[red]brackets[/red] {braces}",
    ),
    *("$VAR `backtick` \\slash", "NA", "null", "é è ü ß ı İ", "e\u0301 combined", "کتاب‌ها"),
)
GENTLE: dict[str, tuple[str, ...]] = {
    "posture.csv": ("note",),
    "timeline.csv": ("summary", "place"),
    "claims.csv": ("note",),
    "forces.csv": ("note",),
    "sources.csv": ("title", "publisher"),
    "sites.csv": ("note",),
    "interventions.csv": ("note", "what"),
}
"""Columns of free text, by file."""
_COUNTED = ("observed.csv", "totals.csv")
TABLES = tuple(model.file for model in schema.TABLES)


def parsed(content: bytes) -> Rows:
    """The rows of a table, its header first, all as long as that; blank ones and remarks are left out."""
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    rows = [row for row in lines if any(row) and not row[0].startswith("# ")]
    rows[0] = [name.strip() for name in rows[0]]
    return [[*row, *[""] * (len(rows[0]) - len(row))] for row in rows]


def written(rows: Rows, **how: str | int) -> bytes:
    """The bytes of a table."""
    text = io.StringIO(newline="")
    csv.writer(text, **{"lineterminator": "\n", **how}).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue().encode("utf-8", "surrogatepass")


def _table(rng: np.random.Generator, files: Files, among: tuple[str, ...]) -> str | None:
    there = [name for name in among if name in files and len(parsed(files[name])) > 1]
    return pick(rng, there) if there else None


def _cell(rng: np.random.Generator, rows: Rows, column: str, text: str) -> str:
    row = 1 + int(rng.integers(len(rows) - 1))
    rows[row][rows[0].index(column)] = text
    return f"row {row + 1}, {column} = {text[:30]!r}"


def bad_cell(rng: np.random.Generator, files: Files) -> Mutant | None:
    """One cell that its column may not hold."""
    name = _table(rng, files, tuple(HARSH))
    if name is None:
        return None
    rows = parsed(files[name])
    columns = [column for column in HARSH[name] if column in rows[0]]
    column = pick(rng, columns)
    what = _cell(rng, rows, column, pick(rng, HARSH[name][column]))
    return Mutant("cells", f"{name}, {what}", {**files, name: written(rows)}, Fate.REFUSED)


def good_cell(rng: np.random.Generator, files: Files) -> Mutant | None:
    """One cell of free text."""
    name = _table(rng, files, tuple(GENTLE))
    if name is None:
        return None
    rows = parsed(files[name])
    columns = [column for column in GENTLE[name] if column in rows[0]]
    if not columns:
        return None
    what = _cell(rng, rows, pick(rng, columns), pick(rng, TEXTS))
    return Mutant("cells", f"{name}, {what}", {**files, name: written(rows)}, Fate.ACCEPTED)


def moved_cell(rng: np.random.Generator, files: Files) -> Mutant | None:
    """One exact event of observed.csv with other deaths: the country moves by the difference."""
    if "observed.csv" not in files:
        return None
    rows = parsed(files["observed.csv"])
    at = {name: place for place, name in enumerate(rows[0])}
    exact = [
        row
        for row in rows[1:]
        if row[at["first"]] == row[at["last"]] and row[at["dataset"]] == "ucdp" and row[at["last"]] < "2014"
    ]
    if not exact:
        return None
    row = exact[int(rng.integers(len(exact)))]
    before, after = int(row[at["best"]]), int(rng.integers(0, 1000))
    row[at["best"]] = str(after)
    row[at["high"]] = str(max(after, int(row[at["high"]])))
    what = f"observed.csv, best {before} is {after}"
    return Mutant(
        "cells", what, {**files, "observed.csv": written(rows)}, Fate.ACCEPTED, moved=after - before
    )


def wild_cell(rng: np.random.Generator, files: Files) -> Mutant | None:
    """Any text in any cell."""
    name = _table(rng, files, TABLES)
    if name is None:
        return None
    rows = parsed(files[name])
    text = pick(rng, [*TEXTS, *_DAYS, *_COUNTS, *_IDS, "", " ", "=1+1", "2014", "0", "-0", "1e3", "true"])
    what = _cell(rng, rows, pick(rng, rows[0]), text)
    return Mutant("cells", f"{name}, {what}", {**files, name: written(rows)}, Fate.EITHER, moved=None)


def _changed(kind: str, what: str, fate: Fate, change: Change, among: tuple[str, ...] = TABLES) -> Mutation:
    """The mutation that changes the rows of a table."""

    def mutation(rng: np.random.Generator, files: Files) -> Mutant | None:
        name = _table(rng, files, among)
        rows = change(rng, parsed(files[name])) if name else None
        if name is None or rows is None:
            return None
        return Mutant(kind, f"{name}: {what}", {**files, name: written(rows)}, fate)

    return mutation


def _shuffled(rng: np.random.Generator, rows: Rows) -> Rows:
    return [rows[0], *(rows[1:][place] for place in rng.permutation(len(rows) - 1))]


def _blank_between(rng: np.random.Generator, rows: Rows) -> Rows:
    at = 1 + int(rng.integers(len(rows)))
    return [*rows[:at], [""] * len(rows[0]), *rows[at:]]


def _repeated(rng: np.random.Generator, rows: Rows) -> Rows:
    return [*rows, list(rows[1 + int(rng.integers(len(rows) - 1))])]


def _cut(rng: np.random.Generator, rows: Rows) -> Rows | None:
    row = 1 + int(rng.integers(len(rows) - 1))
    return [*rows[:row], rows[row][: len(rows[0]) // 2], *rows[row + 1 :]] if len(rows[0]) > 2 else None


def _longer(rng: np.random.Generator, rows: Rows) -> Rows:
    row = 1 + int(rng.integers(len(rows) - 1))
    return [*rows[:row], [*rows[row], "more", "cells"], *rows[row + 1 :]]


def _columns_shuffled(rng: np.random.Generator, rows: Rows) -> Rows:
    order = rng.permutation(len(rows[0]))
    return [[row[place] for place in order] for row in rows]


def _empty_columns(rng: np.random.Generator, rows: Rows) -> Rows:
    return [[*row, *[""] * int(rng.integers(1, 4))] for row in rows[:1]] + [[*row, ""] for row in rows[1:]]


def _spaced_header(rng: np.random.Generator, rows: Rows) -> Rows:
    del rng
    return [[f" {name} " for name in rows[0]], *rows[1:]]


def _strange_column(rng: np.random.Generator, rows: Rows) -> Rows:
    name = pick(rng, ["remarks of mine", "Unnamed: 0", "id2", "İd", ""]) or "?"
    return [[*rows[0], name], *([*row, "x"] for row in rows[1:])]


def _column_twice(rng: np.random.Generator, rows: Rows) -> Rows:
    place = int(rng.integers(len(rows[0])))
    return [[*row, row[place]] for row in rows]


def _needed_column_gone(rng: np.random.Generator, rows: Rows) -> Rows:
    del rng
    names = [name.strip() for name in rows[0]]
    place = next(names.index(name) for name in ("id", "date", "period", "dataset", "force") if name in names)
    return [row[:place] + row[place + 1 :] for row in rows]


def _encoded(what: str, fate: Fate, change: Callable[[bytes], bytes]) -> Mutation:
    def mutation(rng: np.random.Generator, files: Files) -> Mutant | None:
        name = _table(rng, files, TABLES)
        if name is None:
            return None
        return Mutant("encodings", f"{name}: {what}", {**files, name: change(files[name])}, fate)

    return mutation


def _plain(content: bytes) -> bytes:
    return written(parsed(content))


def _latin(content: bytes) -> bytes:
    """An older encoding, with a letter that needs it."""
    head, _, rest = _plain(content).partition(b"\n")
    return head + b"\n" + rest.replace(b"\n", " é\n".encode("latin-1"), 1)


def _long_cell(rng: np.random.Generator, files: Files) -> Mutant | None:
    name = _table(rng, files, tuple(GENTLE))
    if name is None:
        return None
    rows = parsed(files[name])
    columns = [column for column in GENTLE[name] if column in rows[0]]
    if not columns:
        return None
    size = int(rng.integers(10_000, 120_000))
    _cell(rng, rows, pick(rng, columns), "word " * (size // 5))
    return Mutant("sizes", f"{name}: a cell of {size} letters", {**files, name: written(rows)}, Fate.ACCEPTED)


def _many_sources(rng: np.random.Generator, files: Files) -> Mutant | None:
    if "sources.csv" not in files:
        return None
    rows, count = parsed(files["sources.csv"]), int(rng.integers(500, 3000))
    place = rows[0].index("title")
    for number in range(count):
        row = [""] * len(rows[0])
        key = f"extra-{len(rows)}-{number}"
        row[rows[0].index("id")], row[place] = key, f"Extra {number}"
        rows.append(row)
    return Mutant("sizes", f"{count} more sources", {**files, "sources.csv": written(rows)}, Fate.ACCEPTED)


def _many_mistakes(rng: np.random.Generator, files: Files) -> Mutant | None:
    if "sources.csv" not in files:
        return None
    rows, count = parsed(files["sources.csv"]), int(rng.integers(500, 3000))
    rows += [[f"bad-{number}", *["?"] * (len(rows[0]) - 1)] for number in range(count)]
    return Mutant("sizes", f"{count} rows of mistakes", {**files, "sources.csv": written(rows)}, Fate.REFUSED)


def _endless_field(rng: np.random.Generator, files: Files) -> Mutant | None:
    name = _table(rng, files, TABLES)
    if name is None:
        return None
    size = int(rng.integers(140_000, 400_000))  # Python's csv reads fields of up to 131,072
    content = files[name] + b'"' + b"x" * size + b"\n"
    return Mutant("sizes", f"{name}: a field of {size} letters", {**files, name: content}, Fate.REFUSED)


CELLS = Kind("cells", (good_cell, moved_cell), (bad_cell,), (wild_cell,))
ROWS = Kind(
    "rows",
    (
        _changed(
            "rows",
            "in another order",
            Fate.ACCEPTED,
            _shuffled,
            tuple(t for t in TABLES if t != "actors.csv"),
        ),
        _changed("rows", "a blank one between", Fate.ACCEPTED, _blank_between),
    ),
    (
        _changed("rows", "one twice", Fate.REFUSED, _repeated),
        _changed("rows", "one cut off", Fate.REFUSED, _cut),
        _changed("rows", "one too long", Fate.REFUSED, _longer),
    ),
)
COLUMNS = Kind(
    "columns",
    (
        _changed("columns", "in another order", Fate.ACCEPTED, _columns_shuffled),
        _changed("columns", "blanks around names", Fate.ACCEPTED, _spaced_header),
    ),
    (
        _changed("columns", "a strange one", Fate.REFUSED, _strange_column),
        _changed("columns", "one twice", Fate.REFUSED, _column_twice),
        _changed("columns", "a needed one gone", Fate.REFUSED, _needed_column_gone),
    ),
)
ENCODINGS = Kind(
    "encodings",
    (
        _encoded("byte order mark", Fate.ACCEPTED, lambda c: b"\xef\xbb\xbf" + _plain(c)),
        _encoded("Windows line ends", Fate.ACCEPTED, lambda c: written(parsed(c), lineterminator="\r\n")),
        _encoded("all quoted", Fate.ACCEPTED, lambda c: written(parsed(c), quoting=csv.QUOTE_ALL)),
        _encoded("no last line end", Fate.ACCEPTED, lambda c: _plain(c).rstrip(b"\n")),
        _encoded("blank lines at the end", Fate.ACCEPTED, lambda c: _plain(c) + b"\n\n"),
    ),
    (
        _encoded("UTF-16", Fate.REFUSED, lambda c: c.decode("utf-8").encode("utf-16")),
        _encoded("Latin-1", Fate.REFUSED, _latin),
        _encoded("semicolons", Fate.REFUSED, lambda c: written(parsed(c), delimiter=";")),
        _encoded("tabs", Fate.REFUSED, lambda c: written(parsed(c), delimiter="\t")),
        _encoded("cut within quotes", Fate.REFUSED, lambda c: c + b'"cut off'),
        _encoded("NUL", Fate.REFUSED, lambda c: c[: len(c) // 2] + b"\0" + c[len(c) // 2 :]),
    ),
)
SIZES = Kind("sizes", (_long_cell, _many_sources), (_many_mistakes, _endless_field))
