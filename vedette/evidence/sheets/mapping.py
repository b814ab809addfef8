"""Which column of a table each column of a sheet fills: by name, as it was kept, or as a person says."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import yaml

from vedette.case.checking import schema
from vedette.case.schema import Row
from vedette.case.schema.sheet_mappings import FILE, SheetMapping, read_mappings
from vedette.errors import CaseError, Problem, UsageError
from vedette.evidence.sheets.grid import SheetGrid
from vedette.problems import did_you_mean, shown

NUMBER = "row"
"""The column of a workbook of vedette with the number that a row had, in tables whose rows have no id."""

_ALSO = {
    **dict.fromkeys(("start", "begin", "since", "startdate"), "from"),
    **dict.fromkeys(("end", "until", "enddate"), "to"),
    **dict.fromkeys(("alias", "othernames", "alsoknownas"), "aliases"),
    **dict.fromkeys(("link", "address", "website"), "url"),
    **dict.fromkeys(("notes", "comment", "comments", "remarks"), "note"),
    **dict.fromkeys(("lat",), "latitude"),
    **dict.fromkeys(("lon", "long", "lng"), "longitude"),
}
"""Plain names of columns that need no question, if the table has the column they mean."""


@dataclass(frozen=True)
class Unknown:
    """A column of a sheet of which nobody has said what it is, with its first value."""

    sheet: str
    column: str
    example: str
    choices: tuple[str, ...]


Ask = Callable[[Unknown], str]
"""Gives the column of the table that a column of a sheet fills, or nothing to leave it out."""


@dataclass(frozen=True)
class ColumnMapping:
    """What the columns of a sheet are.

    ``fields`` gives the column of the table by that of the sheet, nothing where it is left out;
    ``every_row`` the cells that all rows get; ``kept`` whether the case has this mapping already.
    """

    fields: Mapping[str, str]
    every_row: Mapping[str, str]
    kept: bool

    def cells(self, row: Mapping[str, str]) -> dict[str, str]:
        """The cells of a row of the sheet as cells of the table; a figure in one column is both ends of it.

        A row with an id may be one of the case, whose other end stays as it is.
        """
        own = {self.fields[name]: cell for name, cell in row.items() if self.fields.get(name)}
        filled = {*self.fields.values(), *self.every_row}
        for end, other in (("low", "high"), ("high", "low")):
            if end in own and not filled & {other, "id"}:
                own[other] = own[end]
        return {**self.every_row, **own}

    def plain(self) -> bool:
        """Whether the sheet has the columns of the table under their own names, and nothing else was said."""
        return not self.every_row and all(name == field for name, field in self.fields.items())


@dataclass(frozen=True)
class Words:
    """What the user says of a sheet: columns by their names there, and cells that every row gets."""

    columns: Mapping[str, str]
    every_row: Mapping[str, str]


def columns_of(
    grid: SheetGrid, model: type[Row], words: Words, kept: Sequence[SheetMapping], ask: Ask | None
) -> ColumnMapping:
    """What the columns of a sheet are: as the user says, else as kept in the case, else by their names.

    Raises:
        UsageError: what the user says names no column of the sheet or of the table.
        CaseError: columns are left of which nobody says what they are; all are listed.
    """
    names = list(schema(model))
    _check_words(grid, model, words, names)
    stem = model.file.removesuffix(".csv")
    before = next((one for one in kept if one.table == stem and set(one.columns) == set(grid.columns)), None)
    fields = {**{name: _guess(name, names) for name in grid.columns}, **(before.columns if before else {})}
    fields |= words.columns
    unknown = [name for name in grid.columns if fields[name] is None]
    if unknown and ask is None:
        raise CaseError(f"{grid.file} cannot be imported.", [_unknown(grid, name, names) for name in unknown])
    for name in unknown:
        assert ask is not None
        example = next((cells[name] for _, cells in grid.rows if name in cells), "")
        taken = {field for field in fields.values() if field}
        choices = tuple(field for field in names if field not in taken)
        fields[name] = _said(ask(Unknown(grid.sheet, name, example, choices)), names)
    every_row = {**(before.every_row if before else {}), **words.every_row}
    said = {name: field or "" for name, field in fields.items()}
    _once(grid, said)
    same = before is not None and (dict(before.columns), dict(before.every_row)) == (said, every_row)
    return ColumnMapping(said, every_row, same)


def with_mapping(content: bytes | None, model: type[Row], columns: ColumnMapping) -> bytes:
    """The content of ``sheets.yaml`` with a mapping; one of the same columns is replaced."""
    kept = kept_mappings(content)
    stem = model.file.removesuffix(".csv")
    others = [one for one in kept if (one.table, set(one.columns)) != (stem, set(columns.fields))]
    new = SheetMapping(table=stem, columns=dict(columns.fields), every_row=dict(columns.every_row))
    entries = [one.model_dump(exclude_defaults=True) for one in (*others, new)]
    return yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=110).encode("utf-8")


def kept_mappings(content: bytes | None) -> tuple[SheetMapping, ...]:
    """The mappings that a case keeps.

    Raises:
        CaseError: ``sheets.yaml`` cannot be read.
    """
    mappings, problems = read_mappings((content or b"").decode("utf-8", "replace"))
    if problems:
        raise CaseError(f"{FILE} cannot be read.", problems)
    return mappings


def _guess(name: str, names: Sequence[str]) -> str | None:
    plain = re.sub(r"[\W_]+", "", name.casefold())
    exact = next((field for field in names if field.replace("_", "") == plain), None)
    also = _ALSO.get(plain, "")
    return exact or (also if also in names else "" if name == NUMBER else None)


def _said(answer: str, names: Sequence[str]) -> str:
    if answer and answer not in names:
        raise UsageError(f"{answer!r} is no column of the table. {did_you_mean(answer, names)}")
    return answer


def _check_words(grid: SheetGrid, model: type[Row], words: Words, names: Sequence[str]) -> None:
    for column, field in words.columns.items():
        if column not in grid.columns:
            cure = did_you_mean(column, grid.columns)
            raise UsageError(f"--map: {grid.file} has no column {column!r}. {cure}")
        if field and field not in names:
            raise UsageError(f"--map: {model.file} has no column {field!r}. {did_you_mean(field, names)}")
    for field in words.every_row:
        if field not in names:
            raise UsageError(f"--set: {model.file} has no column {field!r}. {did_you_mean(field, names)}")


def _unknown(grid: SheetGrid, name: str, names: Sequence[str]) -> Problem:
    listed = ", ".join(names)
    cure = f"Say which it is: --map '{name}=COLUMN' (of {listed}); to leave it out: --map '{name}='."
    return Problem(grid.file, grid.header, name, "a column whose meaning is known", shown(name), cure)


def _once(grid: SheetGrid, fields: Mapping[str, str]) -> None:
    first: dict[str, str] = {}
    for name, field in fields.items():
        if field and first.setdefault(field, name) != name:
            cure = f"Leave one of them out: --map '{name}='."
            found = f"{first[field]!r} and {name!r}"
            problem = Problem(grid.file, grid.header, name, f"one column for {field}", found, cure)
            raise CaseError(f"{grid.file} cannot be imported.", [problem])
