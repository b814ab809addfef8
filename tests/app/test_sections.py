"""Sections of the brief on pages of the workbench: no styles or scripts, and figures traced."""

import json
import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient
from support.sample_brief import CHARTS, NASTY, fourland_brief
from support.served import Opened, state_of

from vedette import commands
from vedette.app.jobs import Job, Jobs
from vedette.app.worker import work
from vedette.brief.figures import Figure
from vedette.brief.fragments import fragments_of
from vedette.brief.styles import fragment_styles

BRIEF = fourland_brief(CHARTS)
INLINE = re.compile(r'\sstyle="|\son[a-z]+="|<style|<script|javascript:')

Composed = Callable[[TestClient], Job]


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> Composed:
    """Returns a function that answers the job ``sections`` of a client with a made-up brief."""
    monkeypatch.setattr(commands, "composed", lambda case, **options: BRIEF)
    monkeypatch.setattr(Jobs, "_start", _work_here)

    def ask(client: TestClient) -> Job:
        client.get("/figures/any")
        kept: Jobs = state_of(client).jobs
        return kept.all()[0]

    return ask


def _work_here(jobs: Jobs, job: Job, asked: dict[str, object]) -> None:
    """Does a job in this process."""
    job.folder.mkdir(parents=True, exist_ok=True)
    commands.write_private(job.folder / "asked.json", json.dumps(asked))
    work(job.folder)


def test_a_fragment_holds_no_style_and_no_script_and_leads_to_the_workbench() -> None:
    fragments = list(fragments_of(BRIEF))
    assert [each.id for each in fragments] == [each.id for each in BRIEF.all_sections]
    for each in fragments:
        assert not INLINE.search(each.html), each.id
        assert NASTY not in each.html
        assert 'href="#' not in each.html
    named = {name for each in fragments for name in re.findall(r'href="/figures/([^"?]+)"', each.html)}
    assert named <= set(BRIEF.figures)
    assert {chart for each in fragments for chart in each.charts} == set(CHARTS)


def test_every_class_of_a_fragment_has_its_style_in_the_scope() -> None:
    styles = fragment_styles()
    assert styles.startswith(".composed {")
    assert styles.count("{") == styles.count("}")
    used = {
        name for each in fragments_of(BRIEF) for name in re.findall(r'class="(wide-\d+|[nkw]\d+)', each.html)
    }
    assert all(f".{name}" in styles for name in used)


def test_a_figure_is_traced_to_its_chain_and_its_rows(opened: Opened, composed: Composed) -> None:
    client = opened()
    assert composed(client).answer is not None
    for name, figure in BRIEF.figures.items():
        text = client.get(f"/figures/{name}").text
        assert str(figure.mark) in text
        assert figure.chain[0].text.split(",")[0] in text
    tabled = next(figure for figure in BRIEF.figures.values() if figure.table)
    lines = client.get(f"/figures/{tabled.id}?form=csv").text.splitlines()
    assert len(lines) == 1 + rows_of(tabled)


def rows_of(figure: Figure) -> int:
    """How many rows a figure has."""
    assert figure.table is not None
    return len(figure.table.rows)


def test_a_figure_that_the_brief_lacks_is_said(opened: Opened, composed: Composed) -> None:
    client = opened()
    composed(client)
    answer = client.get("/figures/none")
    assert (answer.status_code, "no figure" in answer.text) == (404, True)


@pytest.mark.parametrize("name", ["..", "asked.json", "answer.json", "../asked.json", "", "none"])
def test_a_job_hands_out_no_file_but_those_of_its_answer(
    opened: Opened, composed: Composed, name: str
) -> None:
    job = composed(opened())
    assert job.file("brief.json") is not None
    assert job.file(name) is None
