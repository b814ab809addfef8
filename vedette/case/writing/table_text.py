"""The text of a table by records: one row can change while all others stay as they are written."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vedette.case.checking.sheets import is_comment
from vedette.case.checking.tables import schema
from vedette.case.schema.row import Row
from vedette.case.writing.preserved_rows import BOM

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Record:
    """One record of a CSV file: its number in a spreadsheet, its text, its cells; a comment has no cells."""

    number: int
    text: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableText:
    """A table as its file has it.

    Attributes:
        columns: the names in the header, without empty ones at its end.
        records: header, rows, comments and blank rows, in the order of the file.
        ending: how its lines end.
        mark: the byte order mark, where the file has one.
    """

    columns: tuple[str, ...]
    records: tuple[Record, ...]
    ending: str = "\n"
    mark: str = ""

    @property
    def header(self) -> int:
        """The number of the row with the names of the columns."""
        return next(record.number for record in self.records if record.cells)

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Number and filled cells of each row."""
        for record in self.records:
            if record.cells and record.number != self.header:
                cells = zip(self.columns, record.cells, strict=False)
                yield record.number, {name: cell for name, cell in cells if cell and not cell.isspace()}

    def changed(self, number: int, changes: Cells) -> "TableText":
        """The table with other cells in one row; a column that the file lacks is added."""
        return self.all_changed({number: changes})

    def all_changed(self, changes: Mapping[int, Cells]) -> "TableText":
        """The table with other cells in some rows, by number; the others stay as they are written."""
        table = self.with_columns(
            [name for cells in changes.values() for name, cell in cells.items() if cell]
        )
        return replace(
            table,
            records=tuple(
                table._with_cells(record, changes[record.number]) if record.number in changes else record
                for record in table.records
            ),
        )

    def without(self, numbers: Collection[int]) -> "TableText":
        """The table without some rows."""
        return replace(self, records=tuple(one for one in self.records if one.number not in numbers))

    def longer(self, rows: Sequence[Cells]) -> "TableText":
        """The table with rows at its end; a column that the file lacks is added."""
        table = self.with_columns([name for row in rows for name, cell in row.items() if cell])
        start = max(record.number for record in table.records) + 1
        cells = [tuple(row.get(name, "") for name in table.columns) for row in rows]
        more = (Record(number, table._line(one), one) for number, one in enumerate(cells, start=start))
        return replace(table, records=(*table.records, *more))

    def with_columns(self, names: Sequence[str]) -> "TableText":
        """The table with columns at the end of its header, empty in every row; those it has are not added."""
        more = tuple(dict.fromkeys(name for name in names if name not in self.columns))
        if not more:
            return self
        width, padding = len(self.columns), ("",) * len(more)
        wide = replace(self, columns=(*self.columns, *more))
        records = (
            self._written(one, (*one.cells[:width], *(more if one.number == self.header else padding)))
            if one.cells
            else one
            for one in self.records
        )
        return replace(wide, records=tuple(records))

    def content(self) -> bytes:
        """The bytes of the file."""
        *most, last = [record.text for record in self.records]
        ended = (text if text.endswith(("\n", "\r")) else text + self.ending for text in most)
        return "".join([self.mark, *ended, last]).encode("utf-8")

    def _with_cells(self, record: Record, changes: Cells) -> Record:
        cells = list(record.cells[: len(self.columns)])
        for name, cell in changes.items():
            if name in self.columns:
                cells[self.columns.index(name)] = cell
        return self._written(record, tuple(cells))

    def _written(self, record: Record, cells: tuple[str, ...]) -> Record:
        """The record with other cells and the line end that it has."""
        end = record.text[len(record.text.rstrip("\r\n")) :]
        return Record(record.number, self._line(cells).removesuffix(self.ending) + end, cells)

    def _line(self, cells: Sequence[str]) -> str:
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator=self.ending).writerow(cells)
        return out.getvalue()


def table_text(content: bytes | None, model: type[Row]) -> TableText:
    """The text of a table that was checked; only a header with all columns where there is no file."""
    if content is None:
        names = tuple(schema(model))
        header = TableText(names, ())._line(names)
        return TableText(names, (Record(1, header, names),))
    whole = content.decode("utf-8")
    text = whole.removeprefix(BOM)
    records = tuple(_records(text))
    columns = [cell.strip() for cell in next(record.cells for record in records if record.cells)]
    while columns and not columns[-1]:
        columns.pop()
    ending, mark = "\r\n" if "\r\n" in text else "\n", BOM if whole != text else ""
    return TableText(tuple(columns), records, ending, mark)


def _records(text: str) -> Iterator[Record]:
    raw = io.StringIO(text, newline="").readlines()
    reader, start = csv.reader(raw), 0
    for number, cells in enumerate(reader, start=1):
        piece, start = "".join(raw[start : reader.line_num]), reader.line_num
        filled = any(cell.strip() for cell in cells) and not is_comment(cells)
        yield Record(number, piece, tuple(cells) if filled else ())
