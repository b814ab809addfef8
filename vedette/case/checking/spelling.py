"""Checks the characters of cells: invisible ones, mixed alphabets, spreadsheet formulas."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

import polars as pl

from vedette.case.checking.tables import CaseTable
from vedette.case.schema import rows
from vedette.errors import Problem
from vedette.problems import shown

UNSEEN = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Invisible characters: of zero width, or for the direction of writing.

The two joiners (200C, 200D) are left out: Persian and Kurdish need them.
"""

_UNSEEN = rf"[{UNSEEN}]"
_FORMULA = r"^\s*[=@]|^\s*[+-]\s*[^\d\s.+-]|^[\t\r]"
_LOOKALIKE = r"\p{Cyrillic}|\p{Greek}|\p{Armenian}|\p{Cherokee}"
_CODES = {"polarity"}
_Judge = Callable[[str], tuple[str, str] | None]
"""Returns what is expected of a cell and the cure; None if the cell is fine."""

_NAMED: dict[type[rows.Row], tuple[str, ...]] = {
    rows.Actor: ("id", "name", "aliases", "parent", "groups"),
    rows.Site: ("id", "name"),
    rows.Source: ("id",),
    rows.Claim: ("id", "source", "speaker", "speaker_of", "subject", "object", "place", "origin"),
    rows.Force: ("force", "part_of", "claim"),
    rows.InterventionRow: ("id", "name", "source"),
}


def spelling_problems(tables: Mapping[type[rows.Row], CaseTable]) -> Iterator[Problem]:
    """Problems of invisible characters, formulas and mixed alphabets in the tables listed in `_NAMED`."""
    for model, names in _NAMED.items():
        table = tables[model]
        if not _suspect(table.frame):
            continue
        for column, dtype in table.frame.schema.items():
            if dtype != pl.String or column in _CODES:
                continue
            yield from _matching(table, column, _UNSEEN, _unseen)
            yield from _matching(table, column, _FORMULA, _formula)
            if column in names:
                yield from _matching(table, column, _LOOKALIKE, _mixed)


def _suspect(frame: pl.DataFrame) -> bool:
    """Whether any text of a table matches any pattern: one quick pass, since few tables match."""
    text = pl.col(pl.String).str.contains(f"{_UNSEEN}|{_FORMULA}|{_LOOKALIKE}").any()
    return any(frame.select(text).row(0)) if frame.height else False


def _matching(table: CaseTable, column: str, pattern: str, judge: _Judge) -> Iterator[Problem]:
    cells = table.frame[column]
    for index in cells.str.contains(pattern).arg_true():
        fault = judge(cells[index])
        if fault:
            expected, cure = fault
            yield Problem(table.file, table.numbers[index], column, expected, shown(cells[index]), cure)


def _unseen(cell: str) -> tuple[str, str]:
    letter = next(letter for letter in cell if re.match(_UNSEEN, letter))
    name = unicodedata.name(letter, "a control character").lower()
    return "letters that can be seen", f"It holds {name} (U+{ord(letter):04X}): type the cell anew."


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
