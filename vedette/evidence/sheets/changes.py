"""What a sheet would change in a table of a case: rows added, cells changed, rows that both sides changed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from vedette.case import Case
from vedette.case.schema import Actor, Claim, Row, Site, Source
from vedette.case.writing import free_id
from vedette.case.writing.editing import WITH_ID
from vedette.case.writing.table_text import TableText, table_text
from vedette.errors import Problem, UsageError
from vedette.evidence.actors import Actors
from vedette.evidence.sheets.grid import SheetGrid
from vedette.evidence.sheets.mapping import NUMBER, ColumnMapping
from vedette.evidence.sheets.marks import Marks, mark_of, normal
from vedette.problems import did_you_mean, row_problems, shown

Cells = Mapping[str, str]

_ACTORS = ("subject", "object", "speaker_of", "parent", "force", "part_of")
_ALSO_SITES = ("subject", "object")


@dataclass(frozen=True)
class ChangedRow:
    """A row of the case that a sheet changes: its name, its number there, its cells before and after."""

    name: str
    number: int
    before: Cells
    after: Cells


@dataclass(frozen=True)
class SheetChanges:
    """What a sheet would change in one table.

    Attributes:
        model: the table.
        columns: what the columns of the sheet are.
        added: rows that the table has not, with an id.
        changed: rows of the table with other cells in the sheet.
        known: how many rows of the sheet the table has as they are.
        newer: rows that changed in the case since the workbook was written, and not in the sheet; they stay.
        absent: rows that the workbook had and the sheet lacks; they stay.
    """

    model: type[Row]
    columns: ColumnMapping
    added: tuple[Cells, ...] = ()
    changed: tuple[ChangedRow, ...] = ()
    known: int = 0
    newer: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    def left_out(self) -> list[str]:
        """ColumnMapping of the sheet that nothing is taken from."""
        return [name for name, field in self.columns.fields.items() if not field and name != NUMBER]


@dataclass(frozen=True)
class Known:
    """What rows of a sheet may name: actors by any spelling, ids of actors, sites and places, sources."""

    actors: Actors
    ids: frozenset[str]
    sources: Mapping[str, str]

    @classmethod
    def of(cls, case: Case, more: Mapping[type[Row], Sequence[Cells]]) -> "Known":
        """What a case knows, and the ids of rows that come with it in the same file."""
        new = {
            model: [row["id"] for row in more.get(model, ()) if row.get("id")]
            for model in (Actor, Site, Source)
        }
        regions = (region.id for region in case.regions)
        ids = {*case.actors["id"], *case.sites["id"], *case.places.ids, *regions, *new[Actor], *new[Site]}
        titles = dict(case.sources.select("title", "id").iter_rows())
        sources = {**titles, **{key: key for key in (*case.sources["id"], *new[Source])}}
        return cls(Actors(case.actors), frozenset(ids), sources)


def changes_of(
    grid: SheetGrid,
    model: type[Row],
    columns: ColumnMapping,
    *,
    content: bytes | None,
    known: Known,
    marks: Marks,
) -> tuple[SheetChanges, list[Problem]]:
    """What a sheet would change in a table, and the problems of its rows in the words of the sheet.

    Args:
        grid: the sheet.
        model: the table.
        columns: what the columns of the sheet are.
        content: the table as it stands; None where there is none.
        known: what the rows may name.
        marks: what the rows were when vedette wrote the workbook; none for other sheets.
    """
    work = _Work(grid, model, columns, table_text(content, model), marks)
    rows = []
    for number, cells in grid.rows:
        found = dict(columns.cells(cells))
        work.problems += list(_resolve(grid, number, found, known))
        rows.append((number, cells.get(NUMBER, ""), found))
    work.problems += _repeated_ids(grid, model, rows)
    for number, row_number, found in rows:
        work.take(number, row_number, found)
    work.problems += _invalid(grid, model, [*work.whole])
    return work.result(), work.problems


class _Work:
    """Rows of a sheet being compared with those of a table."""

    def __init__(
        self, grid: SheetGrid, model: type[Row], columns: ColumnMapping, table: TableText, marks: Marks
    ) -> None:
        self.grid, self.model, self.columns = grid, model, columns
        self.rows = dict(table.rows())
        self.with_id = model in WITH_ID
        self.numbers = {cells["id"]: number for number, cells in self.rows.items() if "id" in cells}
        self.marks = {name: mark for (stem, name), mark in marks.items() if f"{stem}.csv" == model.file}
        self.held: dict[tuple[tuple[str, str], ...], int] = {}
        for number, cells in self.rows.items():
            self.held.setdefault(self._key(cells), number)
        self.problems: list[Problem] = []
        self.whole: list[tuple[int, Cells]] = []
        self.added: list[dict[str, str]] = []
        self.changed: list[ChangedRow] = []
        self.known, self.newer, self.seen = 0, list[str](), set[str]()

    def take(self, number: int, row_number: str, found: dict[str, str]) -> None:
        """Compares one row of the sheet."""
        name = found.get("id", "") if self.with_id else row_number
        self.seen.add(name)
        if name and not self._comparable(number, name, found):
            return
        at = self.numbers.get(name) if self.with_id else self._numbered(row_number)
        if at is None and not (self.with_id and name):
            at = self.held.get(self._key(found))
        if at is None:
            self._add(number, found)
            return
        row = self.rows[at]
        fields = {field for field in self.columns.fields.values() if field} | set(self.columns.every_row)
        after = {
            column: found.get(column, "")
            for column in fields - {"id"}
            if normal(self.model, column, found.get(column, ""))
            != normal(self.model, column, row.get(column, ""))
        }
        if after:
            before = {column: row.get(column, "") for column in after}
            self.changed.append(ChangedRow(self._named(name or str(at)), at, before, after))
            self.whole.append((number, {**row, **after}))
        else:
            self.known += 1

    def result(self) -> SheetChanges:
        """What the sheet would change."""
        absent = (name for name in self.marks if name not in self.seen and self._stands(name))
        return SheetChanges(
            *(self.model, self.columns, tuple(self.added), tuple(self.changed)),
            *(self.known, tuple(self.newer), tuple(map(self._named, absent))),
        )

    def _key(self, cells: Cells) -> tuple[tuple[str, str], ...]:
        """The cells that a row without a name is found by: those the sheet has, without an id."""
        fields = {field for field in self.columns.fields.values() if field} | set(self.columns.every_row)
        pairs = ((name, normal(self.model, name, cells.get(name, ""))) for name in sorted(fields - {"id"}))
        return tuple(pairs)

    def _add(self, number: int, found: dict[str, str]) -> None:
        if self.with_id and not found.get("id"):
            taken = [*self.numbers, *(row["id"] for row in self.added)]
            stem = found.get("source") or found.get("name") or found.get("title") or "row"
            found["id"] = free_id(stem, taken, numbered=self.model is Claim)
        self.added.append({name: cell for name, cell in found.items() if cell})
        self.whole.append((number, self.added[-1]))

    def _numbered(self, row_number: str) -> int | None:
        """The number that a row without an id has now: the one it had, or that of its like if rows moved."""
        if not row_number.isdigit() or row_number not in self.marks:
            return None
        mark, at = self.marks[row_number], int(row_number)
        if at in self.rows and mark_of(self.model, self.rows[at]) == mark:
            return at
        like = [number for number, cells in self.rows.items() if mark_of(self.model, cells) == mark]
        return like[0] if len(like) == 1 else None

    def _named(self, name: str) -> str:
        return name if self.with_id else f"{self.model.file}:{name}"

    def _stands(self, name: str) -> bool:
        return name in self.numbers if self.with_id else self._numbered(name) is not None

    def _comparable(self, number: int, name: str, found: Cells) -> bool:
        """Whether to compare a row: one that only the case changed stays, one that both did is told."""
        if name not in self.marks:
            return True
        mark = self.marks[name]
        at = self.numbers.get(name) if self.with_id else self._numbered(name)
        if at is not None and mark_of(self.model, self.rows[at]) == mark:
            return True
        if mark_of(self.model, found) == mark:
            self.newer.append(self._named(name))
            return False
        if at is not None and self._key(self.rows[at]) == self._key(found):
            return True
        expected = f"row {name} of {self.model.file} as the workbook was written from it"
        now = "another row" if at is None else "one that was changed in the case meanwhile"
        cure = (
            "Yours is not taken. Write the workbook anew (vedette export workbook) and put your change there."
        )
        self.problems.append(Problem(self.grid.file, number, "", expected, now, cure))
        return False


def _resolve(grid: SheetGrid, number: int, cells: dict[str, str], known: Known) -> Iterator[Problem]:
    """Puts ids in place of names, in a row of a sheet; problems of names that mean nobody, or several."""
    for column in _ACTORS:
        named = cells.get(column, "")
        if not named or named in known.ids:
            continue
        try:
            cells[column] = known.actors.resolve(named)
        except UsageError as error:
            kind = "an actor, site or place" if column in _ALSO_SITES else "an actor"
            found, _, cure = str(error).partition(". ")
            cure = f"{cure} Or give it a row first: vedette add actor." if "no actor" in found else cure
            yield Problem(grid.file, number, column, f"{kind} of the case", shown(named), cure)
    source = cells.get("source", "")
    if source and source not in known.sources:
        cure = f"{did_you_mean(source, list(known.sources))} Or add it first: vedette add source."
        yield Problem(
            grid.file, number, "source", "a source of the case, by id or title", shown(source), cure
        )
    elif source:
        cells["source"] = known.sources[source]


def _repeated_ids(grid: SheetGrid, model: type[Row], rows: Sequence[tuple[int, str, Cells]]) -> list[Problem]:
    """Problems of rows of a sheet with the id, or the number, of an earlier one."""
    first: dict[str, int] = {}
    problems = []
    for number, row_number, cells in rows:
        name = cells.get("id", "") if model in WITH_ID else row_number
        earlier = first.setdefault(name, number) if name else number
        if earlier != number:
            cure = f"Row {earlier} has it. Clear this cell if the row is new, or delete one of the two."
            column = "id" if model in WITH_ID else NUMBER
            problems.append(Problem(grid.file, number, column, "each row once", shown(name), cure))
    return problems


def _invalid(grid: SheetGrid, model: type[Row], rows: Collection[tuple[int, Cells]]) -> list[Problem]:
    """Problems of rows as they would be, in the words of the schema and with the numbers of the sheet."""
    try:
        TypeAdapter(list[model]).validate_python([dict(cells) for _, cells in rows])  # type: ignore[valid-type]
    except ValidationError as error:
        return list(row_problems(error, grid.file, model, [number for number, _ in rows]))
    return []
