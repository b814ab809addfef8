"""Checks the characters of cells: invisible ones, mixed alphabets, spreadsheet formulas."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

import polars as pl

from vedette.case.checking.letters import CONTROL, NOT_SEEN, unprintable, unseen
from vedette.case.checking.tables import CaseTable
from vedette.case.schema import rows
from vedette.errors import Problem
from vedette.problems import shown

_FORMULA = r"^\s*[=@]|^\s*[+-]\s*[^\d\s.+-]|^[\t\r]"
_LOOKALIKE = r"\p{Cyrillic}|\p{Greek}|\p{Armenian}|\p{Cherokee}"
_CONTROL = f"[{CONTROL}]"
"""What is looked for in observed.csv, whose names are a publisher's."""
_CODES = {"polarity"}
_Judge = Callable[[str], tuple[str, str] | None]
"""Returns what is expected of a cell and the cure; None if the cell is fine."""

_NAMED: dict[type[rows.Row], tuple[str, ...]] = {
    rows.Actor: ("id", "name", "aliases", "parent", "groups"),
    rows.Site: ("id", "name"),
    rows.Source: ("id",),
    rows.Claim: (
        "id",
        "source",
        "speaker",
        "speaker_of",
        "speaker_id",
        "subject",
        "object",
        "place",
        "origin",
    ),
    rows.Force: ("force", "part_of", "claim"),
    rows.InterventionRow: ("id", "name", "source"),
}


def spelling_problems(tables: Mapping[type[rows.Row], CaseTable]) -> Iterator[Problem]:
    """Problems of invisible characters in all tables, of formulas and mixed alphabets where `_NAMED` says."""
    for model, table in tables.items():
        names = _NAMED.get(model)
        if not _suspect(table.frame):
            continue
        for column, dtype in table.frame.schema.items():
            if dtype != pl.String:
                continue
            yield from _matching(table, column, _CONTROL if model is rows.Cell else NOT_SEEN, _unseen)
            if names and column not in _CODES:
                yield from _matching(table, column, _FORMULA, _formula)
            if names and column in names:
                yield from _matching(table, column, _LOOKALIKE, _mixed)


def _suspect(frame: pl.DataFrame) -> bool:
    """Whether any text of a table matches any pattern: one quick pass, since few tables match."""
    text = pl.col(pl.String).str.contains(f"{NOT_SEEN}|{_FORMULA}|{_LOOKALIKE}").any()
    return any(frame.select(text).row(0)) if frame.height else False


def _matching(table: CaseTable, column: str, pattern: str, judge: _Judge) -> Iterator[Problem]:
    cells = table.frame[column]
    for index in cells.str.contains(pattern).arg_true():
        fault = judge(cells[index])
        if fault:
            expected, cure = fault
            yield Problem(table.file, table.numbers[index], column, expected, shown(cells[index]), cure)


def _unseen(cell: str) -> tuple[str, str]:
    found, cure = unprintable(unseen(cell) or "")
    return "letters that can be seen", f"It holds {found}. {cure}"


def _formula(cell: str) -> tuple[str, str]:
    del cell
    return "text that no spreadsheet takes for a formula", "Begin with a letter or a number."


def _mixed(cell: str) -> tuple[str, str] | None:
    """The problem of a word that mixes Latin letters with another alphabet; one alphabet is fine."""
    for word in re.findall(r"[^\W\d_]+", cell):
        alphabets = {unicodedata.name(letter, "").split(" ")[0] for letter in word}
        strange = alphabets - {"LATIN"}
        if "LATIN" in alphabets and strange & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}:
            return (
                "words of one alphabet",
                f"{word} mixes LATIN and {', '.join(sorted(strange))}: type it anew.",
            )
    return None
