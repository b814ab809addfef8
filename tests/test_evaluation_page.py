"""The page of the evaluation: every table is filled, and a target says whether it is met."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from country_file import country_rows
from measured import Terms, measure, whole_origins
from report import NOT_READ, WORDS, page
from report_targets import targets_table
from sum_cases import score_contests
from work import Contest

from vedette.model import Conflictology, History, IntArray, Model, sum_baselines
from vedette.periods import Step

FIRST = 24161


@dataclass(frozen=True)
class Doubled:
    """Twice a year's memory, under the name of the pool."""

    name: str = "pool"

    def simulate(self, history: History, horizons: int, draws: int, rng: np.random.Generator) -> IntArray:
        """Draws (S, H, U)."""
        return 2 * Conflictology(12).simulate(history, horizons, draws, rng)


MODELS: tuple[Model, ...] = (Doubled(), Conflictology(12))


def history() -> History:
    counts = np.random.default_rng(1).negative_binomial(0.6, 0.02, (90, 3))
    counts[:40, 2] = 0
    counts[40, 2] = 50
    counts[70:, 1] += 900
    return History.of(counts, ["a", "b", "c"], FIRST, Step.MONTH, measure="deaths")


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    """Figures of a made-up world, as the study writes them."""
    past, baselines = history(), sum_baselines()
    origins = whole_origins(past, FIRST + 38, 12)
    scored, scored_baselines = (
        [measure(each, past, Terms(origins, (12,), 20)) for each in some] for some in (MODELS, baselines)
    )
    countries = country_rows(past, origins, scored, scored_baselines)
    with ThreadPoolExecutor(1) as workers:
        contests = [Contest("Iraq", past, Terms(origins[:20], (n,), 20), MODELS, baselines) for n in (12, 24)]
        cases = score_contests(contests, workers)
    window = {"crps": 2.0, "seed_noise": 0.1, "skill": 0.2, "skill_low": 0.1, "skill_high": 0.3}
    window |= {"best_baseline": "last", "over_best_baseline": 0.1}  # type: ignore[dict-item]
    inside = {"inside_90": {"1": 0.9, "6": 0.8, "12": 0.7}}
    ratio = {"crps": 0.8, "ign": 0.9, "mis": 1.0}
    return {
        "seed": 1,
        "draws": 1000,
        "country_draws": 20,
        "evaluation": True,
        "country_development": countries,
        "country_evaluation": countries,
        "places": [row for row in cases if row["periods"] == 12],
        "far_development": [row for row in cases if row["periods"] == 24],
        "far_evaluation": [row for row in cases if row["periods"] == 24],
        "challenge": [
            {"year": year, "model": "pool", **ratio, "ratio": ratio, "other_seeds": [0.7, 0.9]}
            for year in (2018, 2019, 2020)
        ],
        "windows": [
            {"window": name, "target": "T1 all", "model": "pool", **window, **inside}
            for name in ("Iraq 2010-18", "Iraq 2005-09", "Nigeria 2008-18")
        ],
        "chance_of_2014": [{"model": "pool", "observed": 14983, "chance": 0.02, "error": 0.001}],
        "sums_over_places": [{"horizon": 1, "inside_90": 0.9}],
    }


def line(found: dict[str, Any], words: str) -> str:
    """The first line of the table of targets that holds some words."""
    return next(row for row in targets_table(found).splitlines() if words in row)


def test_every_table_of_the_words_is_filled(figures: dict[str, Any]) -> None:
    made = page(figures, WORDS.read_text(encoding="utf-8"))
    assert "{{" not in made
    assert NOT_READ not in made
    assert "| not read |" not in made


def test_what_was_not_read_says_so_in_its_place(figures: dict[str, Any]) -> None:
    evaluation = ("country_evaluation", "far_evaluation", "chance_of_2014", "sums_over_places")
    found = {name: value for name, value in figures.items() if name not in evaluation}
    found["challenge"] = figures["challenge"][:1]
    made = page(found, WORDS.read_text(encoding="utf-8"))
    assert "{{" not in made
    assert made.count(NOT_READ) == 7
    assert line(found, "VIEWS 2018-20").endswith("| at most 0.89 | not read | - |")
    assert line(found, "country file, targets 2018-20").endswith("| at most .97 | not read | - |")


def test_a_target_is_met_or_not_by_its_number(figures: dict[str, Any]) -> None:
    assert line(figures, "mean of the years").endswith("| 0.800 | yes |")
    worse = {**figures, "challenge": [{**row, "ratio": {"crps": 0.95}} for row in figures["challenge"]]}
    worse["challenge"] = [
        {**row, "year": year} for row, year in zip(worse["challenge"], (1, 2, 3), strict=True)
    ]
    assert line(worse, "mean of the years").endswith("| 0.950 | **no** |")
    rows = figures["country_evaluation"]["sums"]
    (pool,) = (row for row in rows if row["model"] == "pool")
    for value, answer in ((0.96, "yes"), (0.98, "**no**")):
        changed = [{**pool, "ratio": (value, 0.9, 1.0)}]
        found = {**figures, "country_evaluation": {**figures["country_evaluation"], "sums": changed}}
        assert line(found, "targets 2018-20 | CRPS of 12-month sums").endswith(f"| {answer} |")
    for value, answer in ((0.84, "**no**"), (0.86, "yes"), (0.96, "**no**")):
        changed = [{**pool, "inside": (value, 0.8, 1.0)}]
        found = {**figures, "country_evaluation": {**figures["country_evaluation"], "sums": changed}}
        assert line(found, "inside the 90 % interval, active").endswith(f"| {answer} |")


def test_chances_hold_where_their_mean_lies_in_the_interval_of_what_came(figures: dict[str, Any]) -> None:
    for came, answer in (((0.02, 0.01, 0.03), "yes"), ((0.09, 0.05, 0.12), "**no**")):
        tenfold = [{"model": "pool", "low": 0.01, "given": 0.02, "came": came}]
        found = {**figures, "country_evaluation": {**figures["country_evaluation"], "tenfold": tenfold}}
        row = next(row for row in targets_table(found).splitlines() if "2018-20 | tenfold" in row)
        assert row.endswith(f"| {answer} |")
