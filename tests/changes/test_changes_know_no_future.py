"""What changed between two days is the same whatever came after the second."""

from datetime import date
from pathlib import Path

import pytest
from support.fourland import CASE_FILES, CaseFolder
from support.spoken import CLAIM_ROWS, claim, spoken

from vedette import commands
from vedette.changes import known_on

FIRST, LAST = date(2014, 2, 28), date(2014, 5, 31)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(known_on, "DRAWS", 40)
    monkeypatch.setenv("VEDETTE_HOME", str(tmp_path))


def test_a_later_fact_moves_nothing(case_folder: CaseFolder) -> None:
    claims = [*CLAIM_ROWS, claim("c20", "bigland", "training", "rebels", from_="2013", said="2014-04-01")]
    plain = case_folder({**CASE_FILES, **spoken(claims)}, "plain")
    later = [
        *claims,
        claim("c21", "bigland", "training", "guard", from_="2011", polarity="-", said="2014-06-01"),
        claim("c22", "bigland", "funding", "rebels", from_="2012", said="2014-07"),
    ]
    observed = "".join(
        line if line.split(",")[2] < "2014-06" or line.startswith("dataset") else _deadlier(line)
        for line in str(CASE_FILES["observed.csv"]).splitlines(keepends=True)
    )
    assert "777" in observed
    planted = case_folder({**CASE_FILES, **spoken(later), "observed.csv": observed}, "planted")
    one, two = (
        commands.changes(str(folder), first=FIRST, last=LAST, edition="internal").document()
        for folder in (plain, planted)
    )
    assert one == two
    told = {row["id"] for row in one["claims"]["claims"]}
    assert "c20" in told and not told & {"c21", "c22"}


def test_a_fact_between_the_days_is_told(case_folder: CaseFolder) -> None:
    claims = [*CLAIM_ROWS, claim("c20", "bigland", "training", "rebels", from_="2013", said="2014-04-01")]
    folder = case_folder({**CASE_FILES, **spoken(claims)})
    found = commands.changes(str(folder), first=FIRST, last=LAST, edition="internal").changes
    (row,) = [row for row in found.beliefs if row.object == "rebels"]
    assert (row.then, [one.claim for one in row.influences]) == (None, ["c20"])
    assert row.now == pytest.approx(
        commands.ledger_of(str(folder), LAST, edition="internal")
        .holding(LAST)
        .filter(object="rebels", relation="training")["belief"][0]
    )


def _deadlier(line: str) -> str:
    """A row of observed.csv with 777 deaths."""
    return ",".join([*line.rstrip().split(",")[:-3], "777", "777", "777"]) + "\n"
