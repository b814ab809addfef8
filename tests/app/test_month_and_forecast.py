"""The first page says what the next issue waits for; forecasts add up and are held against what came."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from support.secrets_of_fourland import SECRET_FILES
from support.served import Opened
from support.spoken import spoken

from vedette import commands
from vedette.app import visitors
from vedette.app.access import COOKIE
from vedette.app.jobs import ANSWER, ASKED, Job, Jobs
from vedette.app.visitors import Role, Visitor
from vedette.commands import outlooks, registered_cells
from vedette.errors import UsageError
from vedette.model import Forecast, History
from vedette.periods import Step

FIRST = 24161  # 2013-06
NAMES = {"a": "A", "b": "B"}
LEAD = ["An arrow back.", "No alert ahead."]
CHANGES = {
    "lead": LEAD,
    "parts": [
        {"id": "came", "heading": "What came", "lines": ["Came."], "tables": []},
        {
            "id": "claims",
            "heading": "Claims",
            "lines": ["Claims came."],
            "tables": [{"title": "T", "rows": []}],
        },
        {"id": "signs", "heading": "Signs", "lines": ["A sign fired."], "tables": []},
        {"id": "network", "heading": "Network", "lines": [], "tables": []},
    ],
    "rules": ["A rule."],
}


BANDS = {"low_90": 0.0, "low_50": 1.0, "median": 20.0, "high_50": 30.0, "high_90": 400.0}
MONTH = {"unit": "a", "name": "<A>", "period": "2013-06", **BANDS, "chance_of_any": 0.5}
TOTAL = {**BANDS, "unit": "a", "name": "<A>", "months": 1, "last": "2013-06", "before": 7, "more": 0.5}
ISSUED = {"measure": "deaths", "by": "place", "origin": "2013-05", "id": "x", "as_of": "2013-05-31"}
ANSWERS = {
    "changes": CHANGES,
    "check": {"warnings": ["Look <here>."]},
    "outlook": {
        "by": "place",
        "origin": "2013-05",
        "draws": 2000,
        "seed": 1,
        "scale": "icd203",
        "notes": [],
        "months": [MONTH],
        "totals": [{**TOTAL, "chance": "50 %", "word": "roughly even chance"}],
        "rivals": [{**BANDS, "unit": "a", "name": "<A>", "model": "last"}],
    },
    "registered": {
        "issued": {**ISSUED, "issued_at": "2013-06-01T00:00", "model": "pool", "draws": 10, "seed": 1},
        "scored": 1,
        "open": 2,
        "inside_90": None,
        "by_horizon": [],
        "revisions": [{"period": "2013-05", "unit": "a", "then": None, "now": 3}],
        "cells": [{**MONTH, "came": 9, "standing": "estimated, not scored"}],
    },
}


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What jobs were started for; each is answered at once, the check with one remark."""
    found: list[dict[str, object]] = []

    def start(jobs: Jobs, job: Job, asked: dict[str, object]) -> None:
        found.append(asked)
        job.folder.mkdir(parents=True, exist_ok=True)
        commands.write_private(job.folder / ASKED, json.dumps(asked))
        answer = ANSWERS.get(str(asked["verb"]), {"sections": []})
        commands.write_private(job.folder / ANSWER, json.dumps(answer))

    monkeypatch.setattr(Jobs, "_start", start)
    return found


def text_of(client: TestClient, address: str = "/") -> str:
    """The text of a page."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def test_what_matters_stands_in_five_lines_at_most(opened: Opened, answered: list[dict[str, object]]) -> None:
    text = text_of(opened(spoken(), "internal"))
    lines = text.split('<ol class="lines">')[1].split("</ol>")[0]
    assert lines.count("<li>") == 4
    places = [lines.index(line) for line in (*LEAD, "A sign fired.", "Claims came.")]
    assert places == sorted(places)
    assert "Look &lt;here&gt;." in text


def test_changes_are_told_since_the_last_issue(
    opened: Opened, issued_copy: Path, answered: list[dict[str, object]]
) -> None:
    text = text_of(opened(issued_copy, "public"))
    [asked] = [one["options"] for one in answered if one["verb"] == "changes"]
    issue = commands.issues(str(issued_copy)).issues[-1]
    assert isinstance(asked, dict)
    assert asked["first"] == issue.known.isoformat()
    assert f"issue {issue.number}, data known to {issue.known}" in text


def test_the_next_issue_waits_for_steps_that_lead_somewhere(
    opened: Opened, answered: list[dict[str, object]]
) -> None:
    client = opened(spoken(), "internal")
    table = text_of(client).split('<table class="steps">')[1].split("</table>")[0]
    addresses = [part.split('"')[0] for part in table.split('href="')[1:]]
    assert addresses[-2:] == ["/brief/notes", "/brief/issue"]
    assert {"/reading", "/case", "/register", "/brief"} <= {*addresses}
    assert "Issue 1 of the internal edition" in table


def test_an_edition_that_withholds_neither_checks_nor_registers(
    opened: Opened, answered: list[dict[str, object]]
) -> None:
    client = opened(SECRET_FILES, "public")
    assert 'class="steps"' not in text_of(client)
    assert "check" not in {one["verb"] for one in answered}
    assert client.get("/register").status_code == 400
    assert client.get("/register/any").status_code == 400


@pytest.mark.parametrize("address", ["/forecast?by=planet", "/forecast?horizon=0", "/forecast?csv=all"])
def test_a_forecast_of_something_else_is_refused(opened: Opened, address: str) -> None:
    assert opened(spoken(), "internal").get(address).status_code == 400


def forecast_of(draws: list[list[list[int]]]) -> Forecast:
    """A forecast of two places by draws, months and places, from the month before the first."""
    made = np.asarray(draws)
    months = tuple(range(1, made.shape[1] + 1))
    return Forecast(made, FIRST - 1, Step.MONTH, months, ("a", "b"), "deaths", "pool", 1)


def test_totals_add_up_each_draw_and_are_held_against_as_many_months_before() -> None:
    whole = forecast_of([[[1, 0], [2, 0], [3, 9]], [[5, 0], [5, 0], [5, 0]]])
    past = History.of([[9, 1], [2, 0], [2, 1], [2, 0]], ["a", "b"], FIRST - 4, Step.MONTH)
    rows = list(outlooks._totals(whole, past, names=NAMES, scale="icd203"))
    by_span = {(row["unit"], row["months"]): row for row in rows}
    assert set(by_span) == {("a", 1), ("a", 3), ("b", 1), ("b", 3)}
    two = outlooks._totals(whole.ahead(1, 2), past, names=NAMES, scale="icd203")
    assert [row["months"] for row in two] == [1, 2, 1, 2]
    assert (by_span["a", 3]["before"], by_span["a", 3]["more"]) == (6, 0.5)
    assert (by_span["b", 3]["before"], by_span["b", 3]["more"]) == (1, 0.5)
    assert by_span["a", 1]["last"] == "2013-06"


def test_a_total_longer_than_what_is_known_has_nothing_before_it() -> None:
    whole = forecast_of([[[1, 0], [2, 0], [3, 9]]])
    past = History.of([[9, 1]], ["a", "b"], FIRST - 1, Step.MONTH)
    rows = list(outlooks._totals(whole, past, names=NAMES, scale="icd203"))
    assert [row["before"] for row in rows if row["unit"] == "a"] == [9, None]
    assert rows[1]["chance"] == ""


def test_each_cell_of_a_registered_forecast_has_come_or_is_open() -> None:
    ahead = forecast_of([[[1, 5], [1, 5], [1, 5], [1, 5]], [[3, 5], [3, 5], [3, 5], [3, 5]]])
    now = History.of([[2, 9], [4, 5], [0, 5]], ["a", "b"], FIRST, Step.MONTH, observed=[True, True, False])
    rows = list(registered_cells._cells(ahead, now, unknown={FIRST + 1}, names=NAMES))
    assert [row["standing"] for row in rows if row["unit"] == "a"] == [
        "inside",
        "no file",
        "estimated, not scored",
        "open",
    ]
    assert [row["came"] for row in rows] == [2, None, 0, None, 9, None, 5, None]
    assert rows[4]["standing"] == "above"


def test_a_forecast_that_is_not_registered_is_said(issued_case: Path) -> None:
    with pytest.raises(UsageError, match="there is no registered forecast"):
        commands.registered_forecast(str(issued_case), "none", as_of=date(2014, 10, 31))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/forecast?by=place", "50 %: roughly even chance"),
        ("/record", "How past forecasts did"),
        ("/register", "Nothing is registered yet."),
        ("/register/x", "estimated, not scored"),
        ("/brief", "Issued now, it would be"),
    ],
)
def test_pages_of_the_forecast_show_what_was_answered(
    opened: Opened, answered: list[dict[str, object]], address: str, said: str
) -> None:
    text = text_of(opened(spoken(), "internal"), address)
    assert said in text
    assert "<A>" not in text


def test_each_table_of_a_forecast_comes_as_csv(opened: Opened, answered: list[dict[str, object]]) -> None:
    client = opened(spoken(), "internal")
    for name, columns in (("months", "chance_of_any"), ("totals", "before"), ("rivals", "model")):
        assert columns in text_of(client, f"/forecast?by=place&csv={name}").splitlines()[0]
    assert "standing" in text_of(client, "/register/x?csv=true").splitlines()[0]


def test_a_lead_registers_the_forecasts_and_an_analyst_does_not(
    opened: Opened, answered: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = opened(spoken(), "internal")
    app = client.app
    assert isinstance(app, FastAPI)
    sent = {"form_token": app.state.door.form_token(client.cookies[COOKIE])}
    monkeypatch.setattr(visitors, "visitor", lambda _: Visitor("Zahra", Role.ANALYST))
    assert client.post("/register", data=sent).status_code == 403
    monkeypatch.setattr(visitors, "visitor", lambda _: Visitor("Zahra", Role.LEAD))
    assert client.post("/register", data=sent).status_code == 200
    assert [one["options"] for one in answered if one["verb"] == "register"] == [{"by": "Zahra"}]
