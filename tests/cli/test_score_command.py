"""The score command: everything a scorecard adds up to, the page, chosen models, chosen months."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from support.browsing import chromium, look
from support.fourland import CaseFolder
from support.running import Run

from vedette import commands
from vedette.brief.reliability import record_page
from vedette.errors import UsageError
from vedette.model import By
from vedette.periods import Ahead, Step
from vedette.score import SCORES, Scorecard
from vedette.score.summary import reference, summarise

FEW = ("zero", "conflictology-6", "conflictology-12")


def card(folder: Path, models: tuple[str, ...] = FEW, months: Ahead | None = None) -> Scorecard:
    return scored(folder, models, months).card


def scored(
    folder: Path, models: tuple[str, ...], months: Ahead | None, cluster: str | None = None
) -> commands.ScoreResult:
    return commands.score(
        str(folder),
        models=models,
        by=By.PLACE,
        months=months,
        draws=40,
        seed=1,
        cluster=cluster,
    )


def finite(value: Any) -> bool:
    """Whether every number in a document is one."""
    if isinstance(value, dict):
        return all(map(finite, value.values()))
    if isinstance(value, list):
        return all(map(finite, value))
    return not isinstance(value, float) or math.isfinite(value)


def test_json_holds_the_whole_record(run: Run, case_folder: CaseFolder, tmp_path: Path) -> None:
    words = ("score", case_folder(), "--by", "place", "--draws", 40, "--months", 3, "--json")
    done = run(*words, "--models", "zero, conflictology-12", home=tmp_path)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert finite(told)
    assert {row["model"] for row in told["scores"]} == {"zero", "conflictology-12"}
    assert told["reference"] == "conflictology-12"
    assert [row["horizon"] for row in told["by_horizon"]] == [1, 2, 3, 1, 2, 3]
    assert len(told["by_unit"]) == 2 * 4
    assert {row["score"] for row in told["paired"]} == set(SCORES)
    noise = {row["model"]: row["standard_error"] for row in told["seed_noise"]}
    assert noise["zero"] == 0 < noise["conflictology-12"]
    cells = {row["model"]: row["cells"] for row in told["active"]}
    assert cells["zero"] <= sum(row["cells"] for row in told["by_unit"] if row["model"] == "zero")
    assert {row["model"] for row in told["tail"]} == set(noise)
    nominal = [row["nominal"] for row in told["reliability"]["intervals"] if row["model"] == "zero"]
    assert nominal == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
    assert told["reliability"]["events"][0].keys() >= {"threshold", "forecast", "observed", "low", "high"}


def test_far_months_alone_can_be_scored_and_are_the_same(case_folder: CaseFolder) -> None:
    folder = case_folder()
    whole, far = card(folder, months=Ahead(1, 4)), card(folder, months=Ahead(3, 4))
    assert far.table["horizon"].unique().sort().to_list() == [3, 4]
    keys = ["model", "origin", "unit", "horizon"]
    both = far.table.join(whole.table, on=keys)
    assert both.height == far.table.height
    assert both["crps_fair"].to_list() == both["crps_fair_right"].to_list()


def test_the_same_record_on_all_cores(case_folder: CaseFolder) -> None:
    folder = case_folder()
    alone, spread = card(folder, months=Ahead(1, 3)), scored(folder, FEW, Ahead(1, 3), "local").card
    assert alone.table.write_csv() == spread.table.write_csv()
    assert summarise(alone) == summarise(spread)


def test_mistakes_are_told_with_a_cure(run: Run, case_folder: CaseFolder, tmp_path: Path) -> None:
    folder = case_folder()
    with pytest.raises(UsageError, match="no model 'oracle'; choose one of: pool, level"):
        card(folder, ("zero", "oracle"))
    done = run("score", folder, "--cluster", "ftp://nowhere", home=tmp_path)
    assert done.returncode == 8
    assert "this is no address of a Dask scheduler" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_conflictology_the_first_model_is_the_reference(case_folder: CaseFolder) -> None:
    assert reference(card(case_folder(), ("last", "zero"))) == "last"


@pytest.mark.browser
def test_the_page_is_whole_quiet_and_the_same_twice(case_folder: CaseFolder, tmp_path: Path) -> None:
    whole = card(case_folder())
    page = tmp_path / "record.html"
    texts = [record_page(whole, "Fourland", "place", Step.MONTH, (), 1) for _ in range(2)]
    assert texts[0] == texts[1]
    page.write_text(texts[0], encoding="utf-8")
    with chromium() as browser:
        for width in (1440, 390):
            seen = look(browser, page, width)
            assert (seen.console, seen.requests, seen.overflow) == ((), (), 0)
            assert seen.wanted == len(seen.drawings) >= 1 + 3 * len(FEW)
            for drawing in seen.drawings:
                assert drawing.marks > 0, drawing
                assert 200 < drawing.width <= width, drawing


def test_the_command_writes_the_page_and_credits_the_data(
    run: Run, case_folder: CaseFolder, tmp_path: Path
) -> None:
    page = tmp_path / "out" / "record.html"
    words = ("score", case_folder(), "--draws", 20, "--months", 2, "--models", "last,zero")
    done = run(*words, "--page", page, "--quiet", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    text = page.read_text(encoding="utf-8")
    assert "UCDP GED" in text
    assert "CC BY 4.0" in text
