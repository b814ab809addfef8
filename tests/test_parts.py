"""The shipped Iraq case answers all 22 parts of its conflict, and the page shows what it answers."""

from pathlib import Path

import pytest
from parts import Part, answer, parts

from vedette.cli.text import screen

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "iraq.md"
PARTS = list(parts())


def test_there_are_22_parts() -> None:
    assert [part.number for part in PARTS] == list(range(1, 23))


@pytest.mark.parametrize("part", PARTS, ids=lambda part: str(part.number))
def test_a_part_is_answered_as_the_page_says(part: Part, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen.out, "width", 110)
    told = PAGE.read_text(encoding="utf-8")
    for command in part.ask:
        answered = answer(command)
        assert len(answered.split("\n")) > 2
        assert "holds nothing" not in answered
        assert f"```text\n$ {command}\n{answered}\n```" in told, f"make parts: {command} answers otherwise"


def test_the_page_holds_nothing_else() -> None:
    assert PAGE.read_text(encoding="utf-8").count("\n## ") == len(PARTS)
