"""A YAML file of a case, checked against its model, with the line of every mistake."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from vedette.case.checking import load_yaml, read_text, yaml_lines
from vedette.errors import Problem
from vedette.problems import Path as Keys
from vedette.problems import key_path, key_problems, shown
from vedette.scenario.language.public import with_public_ids

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Lines:
    """The line numbers of the entries of a file."""

    file: str
    lines: dict[Keys, int]

    def at(self, keys: Keys) -> int:
        """The line of an entry, or of the nearest one around it."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 0)

    def problem(self, keys: Keys, expected: str, found: object, cure: str) -> Problem:
        """A problem of an entry, with its line."""
        text = found if isinstance(found, str) else shown(found)
        return Problem(self.file, self.at(keys), key_path(keys), expected, text, cure)


def read_located(
    folder: Path,
    name: str,
    model: type[M],
    context: object = None,
    public_ids: Mapping[str, str] = MappingProxyType({}),
) -> tuple[M | None, Lines, list[Problem]]:
    """A file as its model and the lines of its entries, or None and what is wrong with it.

    ``context`` is what the validators of the model may look at; ``public_ids`` are put in place of the ids
    of claims and sources that the file cites.
    """
    text = read_text(folder / name)
    if isinstance(text, Problem):
        return None, Lines(name, {}), [replace(text, file=name)]
    loaded, problems = load_yaml(text, name)
    if problems:
        return None, Lines(name, {}), problems
    lines = Lines(name, yaml_lines(text))
    try:
        return model.model_validate(with_public_ids(loaded, public_ids), context=context), lines, []
    except ValidationError as error:
        by_column = {key_path(keys): keys for keys in lines.lines}
        mistakes = key_problems(error, name, model)
        return None, lines, list(_placed(mistakes, lines, by_column))


def _placed(problems: Iterable[Problem], lines: Lines, known: dict[str, Keys]) -> Iterable[Problem]:
    """The problems with the line of the entry that they name, or of the nearest one around it."""
    for problem in problems:
        column = problem.column
        while column and column not in known:
            column = column[: max(column.rfind("."), column.rfind("["), 0)]
        yield replace(problem, row=lines.at(known.get(column, ())))
