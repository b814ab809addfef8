"""The state's monopoly on arms, against cases done by hand and a slow plain version."""

import csv
import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from support.fourland import CaseFolder
from support.warland import AT, claim, ledger

from vedette.network import by_year, drivers, monopoly


def strength(number: int, force: str, low: int, high: int | None = None, **cells: object) -> str:
    """A claim of a headcount on the day asked about."""
    when = {"from_": AT.isoformat(), "to": AT.isoformat(), "unit": "persons", **cells}
    return claim(number, force, "strength", low=low, high=high or low, **when)


def test_state_against_bandits(case_folder: CaseFolder) -> None:
    rows = [strength(1, "army", 6000), strength(2, "police", 3000), strength(3, "bandits", 1000)]
    index = monopoly(ledger(case_folder, rows), AT, 500, 1)
    assert index is not None
    assert np.allclose(index.share, 0.9)
    assert index.missing == ()


def test_a_hybrid_force_counts_by_who_commands_it(case_folder: CaseFolder) -> None:
    counts = [strength(1, "army", 5000), strength(2, "militia", 5000)]
    unknown = monopoly(ledger(case_folder, counts), AT, 4000, 1)
    assert unknown is not None
    assert {round(value, 6) for value in unknown.share} == {0.5, 1.0}
    assert unknown.share.mean() == pytest.approx(0.75, abs=0.02)  # nothing is said: one chance in two


def test_odds_of_command(case_folder: CaseFolder) -> None:
    rows = [
        strength(1, "army", 5000),
        strength(2, "militia", 5000),
        claim(3, "state", "command", "militia"),  # odds 8/9
        claim(4, "north", "command", "militia", source="paper", credibility=1),  # graded C: odds 3/9
    ]
    index = monopoly(ledger(case_folder, rows), AT, 500, 1)
    assert index is not None
    (militia,) = [part for part in index.parts if part.force == "militia"]
    assert militia.command == pytest.approx((8 / 9) / (8 / 9 + 3 / 9))


def test_a_force_within_another_counts_once(case_folder: CaseFolder) -> None:
    rows = [
        strength(1, "army", 6000),
        strength(2, "militia", 4000),
        strength(3, "brigade", 1500),
        claim(4, "north", "command", "brigade", source="totals"),
    ]
    index = monopoly(ledger(case_folder, rows), AT, 500, 1)
    assert index is not None
    assert np.allclose(index.whole, 10000)
    assert {part.force: part.strength[0].round() for part in index.parts} == {
        "army": 6000,
        "militia": 2500,
        "brigade": 1500,
    }


def test_a_headcount_of_long_ago_says_nothing(case_folder: CaseFolder) -> None:
    rows = [strength(1, "army", 5000), strength(2, "bandits", 9000, from_="2004", to="2004")]
    index = monopoly(ledger(case_folder, rows), AT, 200, 1)
    assert index is not None
    assert index.missing == ("bandits",)
    assert np.allclose(index.share, 1)


def test_recalled_and_later_headcounts_are_not_used(case_folder: CaseFolder) -> None:
    rows = [
        strength(1, "army", 5000),
        strength(2, "bandits", 5000, source="", basis="recalled", credibility=6, known="2012"),
        strength(3, "bandits", 5000, known="2015-01"),
    ]
    index = monopoly(ledger(case_folder, rows, as_of=date(2014, 12, 31)), AT, 200, 1)
    assert index is not None
    assert np.allclose(index.share, 1)


def test_a_claim_on_one_force_leaves_the_others_as_they_were(case_folder: CaseFolder) -> None:
    rows = [strength(1, "army", 4000, 6000), strength(2, "bandits", 500, 2000)]
    fewer = monopoly(ledger(case_folder, rows[:1]), AT, 300, 1)
    assert fewer is not None
    more = monopoly(ledger(_again(case_folder), rows), AT, 300, 1)
    assert more is not None
    (before,), (after, _) = fewer.parts, more.parts
    assert np.array_equal(before.strength, after.strength)
    assert ((more.share >= 0) & (more.share <= 1)).all()


def test_what_would_change_it_most(case_folder: CaseFolder) -> None:
    rows = [strength(1, "army", 5000, 5100), strength(2, "militia", 5000), strength(3, "bandits", 10, 20)]
    index = monopoly(ledger(case_folder, rows), AT, 1000, 1)
    assert index is not None
    first = drivers(index).row(0, named=True)
    assert (first["what"], first["force"]) == ("command", "militia")
    assert first["low"] == pytest.approx(0.5, abs=0.01)
    assert first["high"] == pytest.approx(1, abs=0.01)


def test_years_without_a_headcount_are_empty(case_folder: CaseFolder) -> None:
    table = by_year(ledger(case_folder, [strength(1, "army", 5000)]), range(2003, 2015), 200, 1)
    assert table["middle"].is_null().to_list() == [True] * 2 + [False] * 10


def _again(folder: CaseFolder) -> CaseFolder:
    def write(files: dict[str, str], name: str = "again") -> Path:
        return folder(files, name)

    return write


def _plain(path: Path, when: date) -> float:
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["relation"] == "strength"]
    sizes = {row["subject"]: math.sqrt(float(row["low"]) * float(row["high"])) for row in rows}
    del when
    return sizes["army"] / (sizes["army"] + sizes["bandits"])


def test_the_middle_is_that_of_the_plain_sums(case_folder: CaseFolder) -> None:
    rows = [strength(1, "army", 4000, 9000), strength(2, "bandits", 500, 2000)]
    told = ledger(case_folder, rows)
    index = monopoly(told, AT, 20000, 1)
    assert index is not None
    assert np.median(index.share) == pytest.approx(_plain(told.case.folder / "claims.csv", AT), abs=0.01)
