"""What changed since the last issue, as figures of a brief: the lines of page one and the annex."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.fourland import CASE_FILES, CaseFolder
from support.spoken import CLAIM_ROWS, claim, spoken

from vedette import commands
from vedette.brief.figures import figure_problems
from vedette.brief.sections.since import lead, since
from vedette.changes import Changes, known_on


@pytest.fixture
def changes(case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Changes:
    monkeypatch.setattr(known_on, "DRAWS", 40)
    monkeypatch.setenv("VEDETTE_HOME", str(tmp_path))
    claims = [*CLAIM_ROWS, claim("c20", "bigland", "training", "rebels", from_="2013", said="2014-04-01")]
    folder = case_folder({**CASE_FILES, **spoken(claims)})
    return commands.changes(str(folder), first=date(2014, 2, 28), last=date(2014, 5, 31)).changes


def test_numbers_are_figures_with_a_mark_and_a_chain(changes: Changes) -> None:
    section = since(changes)
    figures = [*lead(changes).figures(), *section.figures()]
    assert [problem for figure in figures for problem in figure_problems(figure)] == []
    first: dict[str, object] = {}
    for figure in figures:
        assert first.setdefault(figure.id, figure) == figure, figure.id
    came = next(figure for figure in figures if figure.id == "since-deaths-came")
    assert changes.came.country is not None and came.value == changes.came.country.came
    assert "UCDP GED" in came.title and "observed.csv" in came.title
    tables = {figure.id for figure in figures if figure.table is not None}
    assert {"since-came", "since-beliefs", "since-claims", "since-ahead"} <= tables


def test_the_first_piece_is_the_arrow_and_its_reason(changes: Changes) -> None:
    first = lead(changes).pieces[0]
    assert isinstance(first, str) and first[0] in "↓↑→" and "from March 2014 to May 2014" in first


def test_the_title_names_the_issue(changes: Changes) -> None:
    assert (
        since(replace(changes, issue=3)).title
        == "What changed since 2014-02-28, the brief issued as number 3"
    )
