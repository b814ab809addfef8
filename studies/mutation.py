"""Mutants: copies of a source file with one small mistake each, as mutmut makes them.

mutmut finds where a mistake can be put (``<`` for ``<=``, ``and`` for ``or``, a number one higher, an
argument left out) and what it looks like. Here each becomes the whole text of a file, so that it can be
tested in a process of its own.
"""

import difflib
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper
from mutmut.mutation.file_mutation import MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import get_ignored_lines

PLAIN_DECORATORS = {"property", "cached_property", "classmethod", "staticmethod", "contextmanager", "cache"}
"""Functions under these are mutated too; mutmut itself leaves most of them out, as it cannot wrap them."""


@dataclass(frozen=True)
class Mutant:
    """One mistake in one file.

    Attributes:
        file: the path of the file from the root of the repository.
        line: the first line that differs, from 1.
        before, after: the lines that differ, without their indentation.
        source: the whole text of the file with the mistake in it.
    """

    file: str
    line: int
    before: str
    after: str
    source: str


class _Places(MutationVisitor):
    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef) and node.decorators:
            names = [each.decorator.value for each in node.decorators if isinstance(each.decorator, cst.Name)]
            if len(names) == len(node.decorators) and set(names) <= PLAIN_DECORATORS:
                return False
        return bool(super()._skip_node_and_children(node))


class _File:
    """The places of one source file in which a mistake can be put, in the order of its text."""

    def __init__(self, root: Path, file: str) -> None:
        self.file, self.code = file, (root / file).read_text(encoding="utf-8")
        wrapper = MetadataWrapper(cst.parse_module(self.code))
        places = _Places(mutation_operators, get_ignored_lines(file, self.code, wrapper))
        self.module = wrapper.visit(places)
        self.mutations = [
            each for each in places.mutations if not _only_case(each.original_node, each.mutated_node)
        ]

    def mutant(self, number: int) -> Mutant | None:
        """The file with one mistake in it; None where Python cannot compile it or nothing differs."""
        mutation = self.mutations[number]
        source = self.module.deep_replace(mutation.original_node, mutation.mutated_node)
        text = source.code if isinstance(source, cst.Module) else self.code
        return (
            _mutant(self.file, self.code, text) if text != self.code and _compiles(text, self.file) else None
        )


def mutants_of(root: Path, file: str) -> Iterator[Mutant]:
    """Every mutant of a file in the order of its text; each text once, none that Python cannot compile."""
    places, seen = _File(root, file), set[str]()
    for number in range(len(places.mutations)):
        mutant = places.mutant(number)
        if mutant and mutant.source not in seen:
            seen.add(mutant.source)
            yield mutant


def sample(root: Path, files: Iterable[str], size: int, seed: int) -> list[Mutant]:
    """Some mutants of some files, the same for the same seed and files, in the order of the files.

    Places are drawn first and only those drawn become mutants, since a whole text for each place of many
    files takes minutes.
    """
    sources = [_File(root, file) for file in files]
    places = [(of, number) for of, source in enumerate(sources) for number in range(len(source.mutations))]
    random.Random(seed).shuffle(places)
    chosen: dict[str, tuple[tuple[int, int], Mutant]] = {}
    for of, number in places:
        if len(chosen) == size:
            break
        mutant = sources[of].mutant(number)
        if mutant:
            chosen.setdefault(mutant.source, ((of, number), mutant))
    return [mutant for _, mutant in sorted(chosen.values(), key=lambda each: each[0])]


def _only_case(before: cst.CSTNode, after: cst.CSTNode) -> bool:
    """Whether a text only changes its letters' case: the same mistake as another text, asked once."""
    if isinstance(before, cst.SimpleString) and isinstance(after, cst.SimpleString):
        return before.value.lower() == after.value.lower()
    return False


def _compiles(text: str, file: str) -> bool:
    try:
        compile(text, file, "exec")
    except SyntaxError:
        return False
    return True


def _mutant(file: str, code: str, text: str) -> Mutant:
    old, new = code.splitlines(), text.splitlines()
    changes = [
        change
        for change in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if change[0] != "equal"
    ]
    first, last = changes[0], changes[-1]
    before, after = old[first[1] : last[2]], new[first[3] : last[4]]
    return Mutant(file, first[1] + 1, _plain(before), _plain(after), text)


def _plain(lines: list[str]) -> str:
    return "\n".join(line.strip() for line in lines)
