"""Briefs of two days as issues of one case: what they keep, and ids of figures that stay the same."""

import json
import re
from calendar import month_name
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from support.issued import DAYS
from typer.testing import CliRunner

from vedette import commands
from vedette.case import Issue, issues_of, read_case
from vedette.cli.verbs import app
from vedette.errors import UsageError
from vedette.evidence import edition_of
from vedette.model.exchange import read_draws


@pytest.fixture(scope="module")
def found(issued_case: Path) -> tuple[Issue, ...]:
    return issues_of(edition_of(read_case(issued_case)))


def briefs(found: tuple[Issue, ...]) -> list[dict[str, Any]]:
    return [issue.brief() for issue in found]


def test_the_brief_says_which_issue_it_is(found: tuple[Issue, ...]) -> None:
    for issue, brief, day in zip(found, briefs(found), DAYS, strict=True):
        assert brief["issue"] == issue.stamp()
        assert (issue.day, issue.known) == (day, day)
        page = (issue.folder / "brief.html").read_text(encoding="utf-8")
        assert f"Issue {issue.number}" in page
        assert "Draft" not in page.partition("</header>")[0]


def test_it_keeps_the_forecast_it_speaks_of_and_the_deaths_known_then(found: tuple[Issue, ...]) -> None:
    for issue, brief in zip(found, briefs(found), strict=True):
        country, places = read_draws(issue.draws("country")), read_draws(issue.draws("place"))
        table = brief["figures"]["forecast-country"]["table"]
        keys = [column["key"] for column in table["columns"]]
        medians = [dict(zip(keys, row, strict=True))["median"] for row in table["rows"]]
        assert country.quantiles([0.5])[0, :, 0].tolist() == medians
        assert (places.draws.sum(axis=2) == country.draws[:, :, 0]).all()
        known = pl.read_parquet(issue.counts("country"))
        assert known["period"].max() == brief["last_complete"]
        year = known.sort("period")["count"].tail(12).sum()
        assert year == brief["figures"]["deaths-last-year"]["value"]


def test_the_same_figure_has_the_same_id_on_two_days(found: tuple[Issue, ...]) -> None:
    """A title names the days, the id does not; a figure that only one day has may be missing."""
    first, second = (brief["figures"] for brief in briefs(found))

    def dateless(title: str) -> str:
        months = "|".join(month_name[1:])
        return re.sub(rf"((\d+ )?({months}) )?\d{{4}}(-\d\d){{0,2}}|\d+(?= deaths)", "DAY", title)

    shared = first.keys() & second.keys()
    assert len(shared) > 0.9 * len(first)
    assert {dateless(first[name]["title"]) == dateless(second[name]["title"]) for name in shared} == {True}
    titles = {(dateless(figure["title"]), figure["unit"]) for figure in first.values()}
    for name in second.keys() - shared:
        moved = name.startswith("chance-above")  # another threshold, which is a part of the id
        assert moved or (dateless(second[name]["title"]), second[name]["unit"]) not in titles, name


def test_ids_are_words_and_no_counters(found: tuple[Issue, ...]) -> None:
    """A number in an id is a horizon, a threshold, a date or a level of the quantity."""
    for brief in briefs(found):
        for name, figure in brief["figures"].items():
            assert re.fullmatch(r"[a-z][a-zA-Z0-9+_.-]*", name), name
            said = re.findall(r"\d+", re.sub(r"(above|ahead|to|coverage|norm)-\d+(-\d+)?", "", name))
            spoken = f"{figure['title']} {figure['unit']} {json.dumps(figure.get('table', ''))}"
            assert all(number in spoken for number in said), (name, figure["title"])


def test_a_correction_is_another_issue_and_says_what_it_corrects(issued_copy: Path, tmp_path: Path) -> None:
    words = (
        "--out",
        str(tmp_path / "sent"),
        "--issue",
        "--corrects",
        "1",
        "--why",
        "A death <b>was</b> counted twice",
        "--language",
        "fr",
    )
    done = CliRunner().invoke(app, ["brief", str(issued_copy), "--as-of", str(DAYS[0]), *words])
    assert done.exit_code == 0, done.output
    assert (
        "Issue 3 of the public edition, which corrects issue 1: 8 files in issues/public/003" in done.output
    )
    page = (issued_copy / "issues" / "public" / "003" / "brief.html").read_text(encoding="utf-8")
    assert (tmp_path / "sent" / "brief.html").read_text(encoding="utf-8") == page
    assert '<html lang="fr" dir="ltr">' in page
    why = '<bdi lang="en">A death &lt;b&gt;was&lt;/b&gt; counted twice</bdi>'
    assert f"Corrige le numéro 1\u00a0: {why}" in page
    kept = (issued_copy / "issues" / "public" / "003" / "brief.json").read_text(encoding="utf-8")
    assert '"title": "Deaths by month"' in kept
    listed = commands.issues(str(issued_copy)).table().to_dicts()
    assert [row["issue"] for row in listed] == [1, 2, 3]
    assert [row["corrected_by"] for row in listed] == ["3", "", ""]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--corrects", "1"), "about an issue. Add --issue"),
        (("--why", "x"), "about an issue. Add --issue"),
        (("--issue", "--why", "x"), "expected the issue that is corrected beside it; found none. Add"),
    ],
)
def test_options_that_need_each_other(issued_case: Path, words: tuple[str, ...], told: str) -> None:
    done = CliRunner().invoke(app, ["brief", str(issued_case), *words])
    assert isinstance(done.exception, UsageError)
    assert told in str(done.exception)


def test_a_shipped_case_is_copied_first() -> None:
    with pytest.raises(UsageError, match=r"iraq comes with vedette .* cp -r .*cases/iraq my-iraq"):
        commands.brief("iraq", issue=True)
