"""The page of a mechanism: its diagram and everything that it rests on, as one file that asks for nothing."""

import re
from pathlib import Path

import pytest

from vedette import commands
from vedette.brief.mechanism_page import mechanism_page
from vedette.errors import UsageError


@pytest.fixture(scope="module")
def result() -> commands.MechanismResult:
    return commands.mechanisms("iraq")


def test_it_holds_the_diagram_and_every_row_under_its_mark(result: commands.MechanismResult) -> None:
    page = mechanism_page(result.mechanism, result.rows)
    assert page.count("<svg xmlns") + page.count('<svg width="') >= 1
    sections = dict(zip(*[iter(re.split(r'<section id="(\w+)"', page)[1:])] * 2, strict=True))
    marks = {mark: count for mark, count in result.marks().items() if count}
    assert list(sections) == [
        "diagram",
        *(mark for mark in ("observed", "estimated", "assumed") if mark in marks),
    ]
    for mark, count in marks.items():
        assert sections[mark].count('<th scope="row"') == count


def test_it_has_no_script_and_makes_no_request(result: commands.MechanismResult) -> None:
    page = mechanism_page(result.mechanism, result.rows)
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert re.findall(r'(?:src|href)="(?!#|data:)', page) == []


def test_it_is_the_same_twice_and_escapes_what_a_case_says(result: commands.MechanismResult) -> None:
    pages = {mechanism_page(result.mechanism, result.rows) for _ in range(2)}
    assert len(pages) == 1
    planted = [{**result.rows[0], "name": "<script>alert(1)</script>"}, *result.rows[1:]]
    page = mechanism_page(result.mechanism, planted)
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_only_html_and_svg_are_written(result: commands.MechanismResult, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"--out a.png: expected a name that ends in .svg or .html"):
        result.write(tmp_path / "a.png")
    assert result.write(tmp_path / "a.svg").read_text(encoding="utf-8").startswith("<svg")
