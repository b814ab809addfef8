"""Where the id of a row is named in other files of a case, and how it is replaced there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

from vedette.case.checking import load_yaml
from vedette.case.schema import (
    Actor,
    Claim,
    Force,
    InterventionRow,
    Moment,
    Posture,
    Retraction,
    Row,
    Site,
    Source,
)
from vedette.case.schema.rows import Total
from vedette.case.writing.table_text import table_text
from vedette.files import CaseChange, own_files

PROPOSED = "claims.proposed.csv"
"""The table of proposals, which has the columns of claims.csv and more."""
_REMARKS = "review.csv"
"""The remarks of reviewers, which may be about a claim."""


@dataclass(frozen=True)
class Reference:
    """A column that holds an id; ``listed``: several, joined by ``;``."""

    file: str
    column: str
    listed: bool = False


def _in(model: type[Row], *columns: str) -> list[Reference]:
    files = (model.file, PROPOSED) if model is Claim else (model.file,)
    return [Reference(file, column) for file in files for column in columns]


REFERENCES: Mapping[type[Row], Sequence[Reference]] = {
    Actor: [
        *_in(Actor, "parent"),
        Reference(Actor.file, "groups", listed=True),
        *_in(Claim, "subject", "object", "speaker", "speaker_of"),
        *_in(Force, "force", "part_of"),
        *_in(Posture, "backer"),
        *_in(Moment, "actor", "target"),
    ],
    Site: [*_in(Claim, "subject", "object", "place"), *_in(Moment, "place")],
    Source: [
        reference
        for model in (Site, Claim, Retraction, Total, Posture, Moment, InterventionRow)
        for reference in _in(model, "source")
    ],
    Claim: [
        *_in(Retraction, "claim"),
        *_in(Force, "claim"),
        *_in(Claim, "origin"),
        Reference(_REMARKS, "about"),
    ],
    InterventionRow: [],
}
"""The columns that name rows of a table."""

_KEYS: Mapping[type[Row], tuple[str, ...]] = {
    Actor: ("strength", "backer", "who", "subject"),
    Source: ("source",),
    Claim: ("claims",),
}
"""The keys of YAML files whose texts name rows of a table."""
_ALONE = (Actor,)
"""The tables whose rows such a text names by the id alone: words of a sentence are no ids."""


def replace_everywhere(change: CaseChange, model: type[Row], old: str, new: str) -> dict[str, int]:
    """Replaces an id in all columns and YAML keys that name rows of its table, as part of a change.

    Returns:
        How many rows or values changed, by file.
    """
    counts: dict[str, int] = {}
    for file in dict.fromkeys(reference.file for reference in REFERENCES[model]):
        columns = {each.column: each.listed for each in REFERENCES[model] if each.file == file}
        content = change.read(file)
        if content is None:
            continue
        table = table_text(content, model)
        changes = {
            number: changed
            for number, cells in table.rows()
            if (changed := dict(_replaced(cells, columns, old, new)))
        }
        if changes:
            change.write(file, table.all_changed(changes).content())
            counts[file] = len(changes)
    return counts | _replaced_in_yaml(change, model, old, new)


def mentions(change: CaseChange, name: str) -> list[str]:
    """Lines of YAML files and notes that still name an id, as ``mechanisms.yaml, line 12``."""
    word = _word(name)
    places = []
    for file in own_files(change.home):
        if file.endswith((".yaml", ".yml", ".md")):
            text = (change.read(file) or b"").decode("utf-8", "replace")
            lines = enumerate(text.splitlines(), start=1)
            places += [f"{file}, line {number}" for number, line in lines if word.search(line)]
    return places


def _replaced(
    cells: Mapping[str, str], columns: Mapping[str, bool], old: str, new: str
) -> Iterator[tuple[str, str]]:
    for column, listed in columns.items():
        cell = cells.get(column, "")
        words = cell.split(";") if listed else [cell]
        if old in words:
            yield column, ";".join(dict.fromkeys(new if word == old else word for word in words))


def _replaced_in_yaml(change: CaseChange, model: type[Row], old: str, new: str) -> dict[str, int]:
    counts = {}
    keys = _KEYS.get(model, ())
    for file in own_files(change.home):
        text = (change.read(file) or b"").decode("utf-8", "surrogateescape")
        if not keys or not file.endswith((".yaml", ".yml")) or load_yaml(text, file)[1]:
            continue
        texts = _texts_under(yaml.compose(text, Loader=yaml.SafeLoader), keys)
        named = [node for node in texts if model not in _ALONE or node.value == old]
        word, count = _word(old), 0
        for node in reversed(named):
            start, end = node.start_mark.index, node.end_mark.index
            piece, found = word.subn(new, text[start:end])
            text, count = text[:start] + piece + text[end:], count + found
        if count:
            change.write(file, text.encode("utf-8", "surrogateescape"))
            counts[file] = count
    return counts


def _texts_under(
    node: yaml.Node | None, keys: Sequence[str], *, named: bool = False
) -> Iterator[yaml.ScalarNode]:
    """The texts under some keys, at any depth, in their order."""
    match node:
        case yaml.MappingNode():
            for key, value in node.value:
                yield from _texts_under(value, keys, named=str(key.value) in keys)
        case yaml.SequenceNode():
            for value in node.value:
                yield from _texts_under(value, keys, named=named)
        case yaml.ScalarNode() if named:
            yield node


def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
