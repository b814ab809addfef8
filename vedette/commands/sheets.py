"""Write the tables of a case as a workbook, and take in sheets with their changes shown first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vedette.case import Case, find_case, read_case
from vedette.case.schema import Claim, Row
from vedette.case.schema.sheet_mappings import FILE
from vedette.case.writing import changing_case, check_change, refuse_shipped
from vedette.case.writing.repeats import repeated
from vedette.case.writing.table_text import table_text
from vedette.errors import CaseError, DataError, Problem, UsageError
from vedette.evidence.sheets.changes import Known, SheetChanges, changes_of
from vedette.evidence.sheets.grid import SheetGrid
from vedette.evidence.sheets.mapping import (
    NUMBER,
    Ask,
    Words,
    columns_of,
    kept_mappings,
    with_mapping,
)
from vedette.evidence.sheets.marks import read_marks
from vedette.evidence.sheets.opening import Opened, open_sheets
from vedette.evidence.sheets.workbook import SHEETS, as_workbook
from vedette.files import current, replacing, steady
from vedette.plurals import counted
from vedette.problems import did_you_mean

Read = Callable[[str], bytes | None]


@dataclass(frozen=True)
class SheetChoice:
    """Which sheet of a file, for which table, and what is said of its columns and of every row."""

    table: str = ""
    sheet: str = ""
    columns: Mapping[str, str] | None = None
    every_row: Mapping[str, str] | None = None


@dataclass(frozen=True)
class SheetPlan:
    """What a file would change in a case, table by table, and claims that say what the case has already."""

    file: Path
    changes: tuple[SheetChanges, ...]
    repeats: Mapping[str, tuple[str, ...]]
    choice: SheetChoice

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not any(one.added or one.changed for one in self.changes)

    def document(self) -> dict[str, Any]:
        """Returns the changes by table, as JSON."""
        tables = {
            one.model.file: {
                "added": [dict(row) for row in one.added],
                "changed": [
                    {"id": row.name, "row": row.number, "before": dict(row.before), "after": dict(row.after)}
                    for row in one.changed
                ],
                "known": one.known,
                "changed_in_the_case_since": list(one.newer),
                "not_in_the_sheet": list(one.absent),
                "columns_left_out": one.left_out(),
            }
            for one in self.changes
        }
        repeats = {key: list(same) for key, same in self.repeats.items()}
        return {"file": self.file.name, "tables": tables, "same_as": repeats}


@dataclass(frozen=True)
class WorkbookResult:
    """A workbook as written: the file, its rows by table, how many of them are protected."""

    out: Path
    rows: Mapping[str, int]
    protected: int

    def document(self) -> dict[str, Any]:
        """Returns the same as JSON."""
        return {"wrote": str(self.out), "rows": dict(self.rows), "protected": self.protected}


def export_workbook(case: str, out: Path) -> WorkbookResult:
    """Writes the tables of a case, whole, as one .xlsx file that only its owner can read.

    Raises:
        UsageError: the name of the file does not end in .xlsx.
        DataError: a cell does not fit into Excel.
        StorageError: the file cannot be written.
    """
    if out.suffix.lower() != ".xlsx":
        raise UsageError(f"{out}: expected a file that ends in .xlsx. Name it {out.stem}.xlsx.")
    home = find_case(case)
    read, tables = steady(home, lambda: (read_case(home), _tables(home)))
    content = as_workbook(read, tables)
    with replacing(out, "Choose another file.") as made:
        made.touch(mode=0o600)
        made.write_bytes(content)
    rows = {model.file: len(list(table_text(tables[model], model).rows())) for model in SHEETS}
    marked = read.claims.filter(read.claims["speaker_kind"] == "protected").height
    return WorkbookResult(out, rows, marked + int(read.sources["protected"].sum()))


def read_sheets(case: str, file: Path, *, choice: SheetChoice, ask: Ask | None = None) -> SheetPlan:
    """Says what a workbook or CSV file would change in a case; nothing is written.

    Args:
        case: a case of the user's own.
        file: an .xlsx or .csv file.
        choice: which sheet for which table, and what is said of its columns.
        ask: asked what a column is, where neither its name nor the case says it; None: that is an error.

    Raises:
        UsageError: the case comes with vedette, or no such table, sheet or column.
        DataError: the file cannot be read, or holds what would mislead; all problems are listed.
        CaseError: columns are left of which nobody says what they are.
    """
    home = find_case(case)
    refuse_shipped(home)
    opened = open_sheets(file)
    return steady(
        home,
        lambda: _planned(read_case(home), _reader(home), file=file, opened=opened, choice=choice, ask=ask),
    )


def take_sheets(case: str, plan: SheetPlan) -> SheetPlan:
    """Takes what a plan shows into the case, as one change; a mapping that was asked is kept in the case.

    Raises:
        CaseError: the case would hold mistakes, or is no longer that of the plan; nothing is written.
        StorageError: the folder cannot be locked or written.
    """
    with changing_case(case, "import sheet") as change:
        read = read_case(change.home)
        words = {one.model: one.columns for one in plan.changes}
        opened = open_sheets(plan.file)
        now = _planned(read, change.read, file=plan.file, opened=opened, choice=_as_said(plan), ask=None)
        if now.document() != plan.document():
            problem = Problem(plan.file.name, 0, "", "the changes that were shown", "others", "Look again.")
            raise CaseError("The case or the sheet changed meanwhile; nothing was written.", [problem])
        for one in now.changes:
            table = table_text(change.read(one.model.file), one.model)
            table = table.all_changed({row.number: row.after for row in one.changed})
            if one.changed or one.added:
                change.write(one.model.file, (table.longer(one.added) if one.added else table).content())
            columns = words[one.model]
            if not columns.plain() and not columns.kept and not _own(opened):
                change.write(FILE, with_mapping(change.read(FILE), one.model, columns))
        change.about["file"] = plan.file.name
        if change.made():
            check_change(change)
    return plan


def _as_said(plan: SheetPlan) -> SheetChoice:
    """The choice of a plan with all that was asked on the way."""
    if len(plan.changes) != 1:
        return plan.choice
    (one,) = plan.changes
    said = {name: field for name, field in one.columns.fields.items() if name != NUMBER}
    stem = one.model.file.removesuffix(".csv")
    return SheetChoice(stem, plan.choice.sheet, said, one.columns.every_row)


def _planned(
    case: Case, read: Read, *, file: Path, opened: Opened, choice: SheetChoice, ask: Ask | None
) -> SheetPlan:
    """What a file would change in a case as it stands."""
    chosen = list(_chosen(opened, choice))
    if problems := [problem for grid, _ in chosen for problem in opened.problems[grid.sheet]]:
        raise DataError(f"{file.name} cannot be imported.", problems)
    kept = kept_mappings(read(FILE))
    words = Words(choice.columns or {}, choice.every_row or {})
    columns = {model: columns_of(grid, model, words, kept, ask) for grid, model in chosen}
    rows = {model: [columns[model].cells(cells) for _, cells in grid.rows] for grid, model in chosen}
    known, marks = Known.of(case, rows), read_marks(opened.marks)
    changes, problems = [], []
    for grid, model in chosen:
        found, wrong = changes_of(
            grid, model, columns[model], content=read(model.file), known=known, marks=marks
        )
        changes.append(found)
        problems += wrong
    if problems:
        raise DataError(f"{file.name} cannot be imported.", problems)
    claims = [row for one in changes if one.model is Claim for row in one.added]
    repeats = {row["id"]: same for row in claims if (same := repeated(case, row))}
    return SheetPlan(file, tuple(changes), repeats, choice)


def _chosen(opened: Opened, choice: SheetChoice) -> Iterator[tuple[SheetGrid, type[Row]]]:
    """The sheets to read, each with its table."""
    stems = {model.file.removesuffix(".csv"): model for model in SHEETS}
    if choice.table and choice.table not in stems:
        raise UsageError(f"--table: {choice.table!r} is no table. {did_you_mean(choice.table, stems)}")
    titles = [grid.sheet for grid in opened.grids]
    if choice.sheet and choice.sheet not in titles:
        raise UsageError(
            f"--sheet: the file has no sheet {choice.sheet!r}. {did_you_mean(choice.sheet, titles)}"
        )
    grids = [grid for grid in opened.grids if choice.sheet in ("", grid.sheet)]
    if _own(opened) and not choice.table:
        yield from ((grid, stems[grid.sheet]) for grid in grids if grid.sheet in stems)
    elif len(grids) > 1:
        raise UsageError(
            f"the file has {counted(len(grids), 'sheet')}: {', '.join(titles)}. Name one: --sheet NAME."
        )
    elif choice.table or grids[0].sheet.casefold() in stems:
        yield grids[0], stems[choice.table or grids[0].sheet.casefold()]
    else:
        raise UsageError(f"which table is {grids[0].file}? Name it: --table, one of {', '.join(stems)}.")


def _own(opened: Opened) -> bool:
    """Whether vedette wrote the workbook."""
    return bool(opened.marks)


def _tables(home: Path) -> Mapping[type[Row], bytes | None]:
    read = _reader(home)
    return {model: read(model.file) for model in SHEETS}


def _reader(home: Path) -> Read:
    def content(file: str) -> bytes | None:
        path = current(home, file)
        return path.read_bytes() if path.is_file() else None

    return content


def lines_of_plan(plan: SheetPlan, most: int = 40) -> Sequence[str]:
    """The changes of a plan as lines of text, at most so many of each kind in a table."""
    lines: list[str] = []
    for one in plan.changes:
        cells = [
            f"  {row.name}: {column} {row.before[column] or 'empty'} -> {row.after[column] or 'empty'}"
            for row in one.changed
            for column in row.after
        ]
        news = [f"  new: {' '.join(list(row.values())[:8])}" for row in one.added]
        if len(plan.changes) > 1 and not (cells or news or one.newer or one.absent):
            continue
        counts = f"{len(one.added)} new, {len(one.changed)} changed, {one.known} as they are"
        lines.append(f"{one.model.file}: {counts}")
        lines += _cut(cells, most) + _cut(news, most)
        for names, what in ((one.newer, "changed in the case since"), (one.absent, "not in the sheet")):
            if names:
                lines.append(f"  {len(names)} {what}, left as they are: {', '.join(names[:8])}")
        if one.left_out():
            lines.append(f"  columns left out: {', '.join(one.left_out())}")
    lines += [
        f"{', '.join(same)} says the same already as the new {key}" for key, same in plan.repeats.items()
    ]
    return lines


def _cut(lines: list[str], most: int) -> list[str]:
    return lines if len(lines) <= most else [*lines[:most], f"  ... and {len(lines) - most} more"]
