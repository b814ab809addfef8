"""Sums of a case are scored on what came, beside baselines of sums."""

import json
from pathlib import Path

import pytest
from support.fourland import CaseFolder
from support.running import Run

from vedette import commands
from vedette.commands import SumScoreResult
from vedette.errors import UsageError
from vedette.model import By, sum_baselines
from vedette.periods import Ahead, Step

SUMS = [Ahead(1, 3), Ahead(1, 2)]


def scored(folder: Path, by: By = By.COUNTRY, **more: object) -> SumScoreResult:
    options = {"first": "2013-12", "draws": 40, "models": ["conflictology-12"]} | more
    return commands.score_sums(str(folder), SUMS, by=by, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("by", [By.COUNTRY, By.PLACE])
def test_the_table_holds_the_means_of_the_scores(by: By, case_folder: CaseFolder) -> None:
    result = scored(case_folder(), by)
    [row] = [one for one in result.document()["scores"] if one["model"] == "conflictology-12"][:1]
    assert row["periods"] == 2
    found = result.scores.filter(model="conflictology-12", periods=2)
    assert row["crps_fair"] == pytest.approx(found["crps_fair"].mean(), abs=1e-4)
    assert row["inside_90"] == pytest.approx(found["inside"].mean(), abs=1e-4)
    assert row["sums"] == found.height


def test_the_table_is_best_first_and_held_against_the_best_baseline(case_folder: CaseFolder) -> None:
    result = scored(case_folder())
    simple = {baseline.name for baseline in sum_baselines(Step.MONTH)}
    for length in (2, 3):
        rows = result.table().filter(periods=length)
        assert set(rows["model"]) == {*simple, "conflictology-12"}
        assert rows["crps_fair"].is_sorted()
        best = rows.filter(rows["model"].is_in(simple))["crps_fair"].min()
        for row in rows.iter_rows(named=True):
            assert row["over_best"] == pytest.approx(row["crps_fair"] / best, abs=2e-3)


def test_sums_that_overlap_are_not_counted_as_many(case_folder: CaseFolder) -> None:
    result = scored(case_folder(), first="2013-12", last="2014-08")
    origins = result.scores["origin"].n_unique()
    assert origins == 9
    assert result.apart() == {2: 5, 3: 3}
    assert result.document()["sums_that_do_not_overlap"] == {2: 5, 3: 3}


def test_the_last_origin_is_the_last_with_a_whole_sum(case_folder: CaseFolder) -> None:
    scores = scored(case_folder()).scores
    two, three = (scores.filter(periods=length)["origin"].unique().sort() for length in (2, 3))
    assert two[:-1].to_list() == three.to_list()


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"sums": [Ahead(13, 24)]}, r"found 13-24\. Score --sum 24"),
        ({"months": Ahead(1, 3)}, "Leave out --months"),
    ],
)
def test_what_cannot_be_scored_is_refused(
    case_folder: CaseFolder, more: dict[str, list[Ahead]], message: str
) -> None:
    options = {"sums": SUMS, "draws": 20, **more}
    with pytest.raises(UsageError, match=message):
        commands.score_sums(str(case_folder()), **options)  # type: ignore[arg-type]


def test_the_command_prints_them(run: Run, case_folder: CaseFolder, tmp_path: Path) -> None:
    words = ("score", case_folder(), "--sum", 3, "--from", "2014-01", "--models", "zero", "--draws", 20)
    done = run(*words, home=tmp_path)
    assert "sums of deaths by country" in done.stdout
    assert "do not overlap" in done.stdout
    told = json.loads(run(*words, "--json", home=tmp_path).stdout)
    assert {row["periods"] for row in told["scores"]} == {3}
    refused = run(*words, "--page", tmp_path / "page.html", home=tmp_path)
    assert refused.returncode != 0
    assert "--page is about single periods" in refused.stderr
