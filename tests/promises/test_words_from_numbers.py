"""Words from numbers: a likelihood word follows the number beside it, and never meets confidence."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from support.running import figures, records

# ICD 203; an edge belongs to the row nearer to an even chance.
SCALE = {
    "almost no chance": range(1, 5),
    "very unlikely": range(5, 20),
    "unlikely": range(20, 45),
    "roughly even chance": range(45, 56),
    "likely": range(56, 81),
    "very likely": range(81, 96),
    "almost certain": range(96, 100),
}
WORD = re.compile(
    r"\b(almost no chance|very unlikely|unlikely|roughly even chance|very likely|likely|almost certain)\b"
)
SAID = re.compile(rf"(?:{WORD.pattern} to )?{WORD.pattern} \((?:(\d+) to )?(\d+) %\)")
"""A likelihood with its number, or a range of both."""


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """Each likelihood word of a text with its number, those of ranges at both ends."""
    for low_word, high_word, low, high in SAID.findall(text):
        yield high_word, high
        if low:
            yield low_word or high_word, low


def texts(value: object) -> Iterator[str]:
    """Every string of a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


def test_every_word_with_a_number_is_the_word_of_that_number(iraq_brief: Path) -> None:
    said = [pair for text in texts(figures(iraq_brief)) for pair in pairs(text)]
    assert len({word for word, _ in said}) >= 3
    assert [(word, points) for word, points in said if int(points) not in SCALE[word]] == []


def test_no_likelihood_word_of_a_figure_stands_without_its_number(iraq_brief: Path) -> None:
    for name, figure in figures(iraq_brief).items():
        shown = figure.get("shown", "")
        if WORD.search(shown):
            assert SAID.search(shown), f"{name}: {shown}"
        for row in records(figure) if figure.get("table") else ():
            if "word" in row and row["word"] in SCALE:
                points = re.match(r"(\d+) %", str(row["chance"]))
                assert points, f"{name}: {row}"
                assert int(points[1]) in SCALE[str(row["word"])], f"{name}: {row}"


def test_likelihood_and_confidence_share_no_sentence_and_the_scale_is_named(iraq_brief: Path) -> None:
    whole = json.loads((iraq_brief / "brief.json").read_text(encoding="utf-8"))
    sentences = [one for text in texts(whole) for one in re.split(r"(?<=[.!?]) ", text)]
    assert [one for one in sentences if WORD.search(one) and "confiden" in one.lower()] == []
    assert whole["scale"] == "icd203"
    assert "ICD 203" in (iraq_brief / "brief.html").read_text(encoding="utf-8")
