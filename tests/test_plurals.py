"""Numbers in sentences agree with their nouns and verbs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from vedette.plurals import counted, plural

PACKAGE = Path(__file__).parents[1] / "vedette"
MODULES = sorted(PACKAGE.rglob("*.py"))
PLURAL = re.compile(r" (?:[a-z]+ )?[a-z]{2,}[^s\W]s\b")


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 ties have"), (1, "1 tie has"), (2, "2 ties have"), (1200, "1,200 ties have")]
)
def test_noun_and_verb_agree_with_the_number(number: int, words: str) -> None:
    assert counted(number, "tie has", "ties have") == words


@pytest.mark.parametrize(("number", "word"), [(0, "deaths"), (1.0, "death"), (1.4, "deaths"), (2, "deaths")])
def test_an_s_is_added_unless_another_plural_is_given(number: float, word: str) -> None:
    assert plural(number, "death") == word


def unchecked_plurals(source: str) -> Iterator[str]:
    """The f-strings of a source that put a size (a length, a height) straight before a plural noun.

    Those that are an argument of `plural` are chosen by the number and left out.
    """
    tree = ast.parse(source)
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "plural"
    ]
    checked = {id(argument) for call in calls for argument in call.args}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in checked:
            for part, following in zip(node.values, node.values[1:], strict=False):
                if isinstance(part, ast.FormattedValue) and isinstance(following, ast.Constant):
                    size = ast.unparse(part.value)
                    measured = re.match(r"(len|sum)\(", size) or re.search(r"(\.height|n_unique\(\))$", size)
                    if measured and PLURAL.match(str(following.value)):
                        yield size + str(following.value)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_message_writes_a_size_before_a_plural_by_hand(path: Path) -> None:
    assert list(unchecked_plurals(path.read_text(encoding="utf-8"))) == []


def test_the_search_for_plurals_written_by_hand_finds_them() -> None:
    assert list(unchecked_plurals('f"{len(rows)} hybrid forces: {ties.height} ties have"'))
