"""The study that measures the forecasts: what it reads, how it counts, what its page says."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import evaluate
import numpy as np
import pytest
from country_file import onset_rows, onsets, tenfold_rows
from intervals import geometric, ratio, resample, share
from measured import Measured, Terms, measure, tenfold, whole_origins
from panels import COUNTRIES, countries
from sum_cases import far_contests, month, place_contests
from windows import DEVELOPMENT, EVALUATION
from work import Work, run

from vedette.model import BoolArray, Conflictology, Fading, History, Last, Model, PastSums
from vedette.periods import Step
from vedette.score import score_sums

FIRST = 24161


@pytest.fixture
def workers() -> Iterator[Executor]:
    """One thread in place of the processes."""
    with ThreadPoolExecutor(1) as executor:
        yield executor


def country_folder(folder: Path, planted: int = 0) -> Path:
    """A made-up country-month file from 2010 to 2020; ``planted`` is added to each month after 2017."""
    counts = np.random.default_rng(1).negative_binomial(0.5, 0.02, (132, 4))
    counts[96:] += planted
    lines = ["isocode,period,fatalities_UCDP,population"]
    for unit, name in enumerate(("AAA", "BBB", "CCC", "DDD")):
        lines += [f"{name},{2010 + n // 12}{n % 12 + 1:02d},{counts[n, unit]}.0,1" for n in range(132)]
    file = folder / COUNTRIES
    file.parent.mkdir(parents=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def cheap_models(_history: History, _origins: Sequence[int]) -> tuple[Model, ...]:
    return Fading(3.0), Conflictology(12)


def test_development_touches_no_target_after_2017_and_evaluation_does(
    tmp_path: Path, workers: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluate, "path_models", cheap_models)
    folders = [country_folder(tmp_path / f"plant{wrong}", wrong) for wrong in (0, 5000)]
    plain, planted = (
        evaluate.figures("countries", folder, workers, 30, evaluation=False) for folder in folders
    )
    assert plain == planted
    assert plain["country_development"]
    assert "country_evaluation" not in plain
    read, moved = (
        evaluate.figures("countries", folder, workers, 30, evaluation=True)["country_evaluation"]
        for folder in folders
    )
    assert read != moved


def test_the_country_file_is_read_to_the_month_asked_for(tmp_path: Path) -> None:
    history = countries(country_folder(tmp_path), month("2017-12"))
    assert history.span.labels()[0] == "2010-01"
    assert history.span.labels()[-1] == "2017-12"
    assert history.units == ("AAA", "BBB", "CCC", "DDD")


def test_development_cases_end_before_the_windows_that_judge(shared: Path) -> None:
    ends = {"Iraq": month("2009-12"), "country file": month("2017-12"), "Nigeria": month("2019-12")}
    contests = [*place_contests(shared, 10), *far_contests(shared, 10, evaluation=False)]
    assert len(contests) == 14
    for each in contests:
        end = next(last for name, last in ends.items() if each.label.startswith(name))
        assert each.history.span.last <= end, each.label
        assert each.terms.origins[-1] + max(each.terms.lengths) <= each.history.span.last


def test_windows_that_judge_are_no_development() -> None:
    assert not DEVELOPMENT.keys() & EVALUATION.keys()
    assert DEVELOPMENT["Iraq 2005-09"][3] == "2009-12"


def test_origins_are_those_whose_sum_is_known_whole() -> None:
    history = History.of(np.zeros((40, 1), int), ["a"], FIRST, Step.MONTH)
    assert whole_origins(history, FIRST + 20, 12) == tuple(range(FIRST + 20, FIRST + 28))
    assert whole_origins(history, FIRST + 20, 12, 3) == (FIRST + 20, FIRST + 23, FIRST + 26)


def test_a_model_is_measured_by_month_by_sum_and_by_the_chance_of_a_tenfold_year() -> None:
    counts = np.full((40, 1), 4)
    counts[20:] = 50
    history = History.of(counts, ["a"], FIRST, Step.MONTH)
    found = measure(Last(), history, Terms((FIRST + 18, FIRST + 20), (12, 18), 10))
    assert found.months is not None
    assert found.months[0, :, 0].tolist() == [0.0] + [46.0] * 11
    assert found.sums[12].crps.ravel().tolist() == [11 * 46.0, 0.0]
    assert found.sums[18].inside.ravel().tolist() == [False, True]
    assert found.tenfold is not None
    assert found.tenfold.ravel().tolist() == [0.0, 0.0]
    # 11 * 4 + 50 deaths known at the second origin: ten times that is more than 12 * 50
    assert tenfold(np.array([0, 9, 10, 94])).tolist() == [100, 100, 100, 940]


def test_units_are_added_up_in_every_draw() -> None:
    counts = np.random.default_rng(1).poisson(9, (40, 3))
    history = History.of(counts, ["a", "b", "c"], FIRST, Step.MONTH)
    terms = Terms((FIRST + 20,), (12,), 50, 1, True)
    found = measure(Conflictology(12), history, terms).sums[12]
    alone = measure(Conflictology(12), history.total("all"), terms).sums[12]
    assert found.crps.shape == (1, 1)
    assert found.crps.tolist() == alone.crps.tolist()  # its units share their months
    assert measure(PastSums(12), history, terms).sums[12].crps.shape == (1, 1)


def test_onsets_are_months_with_20_deaths_after_a_year_without_any() -> None:
    counts = np.zeros((40, 3), int)
    counts[15, 0] = 20  # an onset; the next one comes too soon
    counts[20, 0] = 500
    counts[15, 1] = 19
    counts[5, 2] = 90  # less than a year is known before it
    counts[30, 2] = 25
    assert onsets(counts) == [(15, 0), (30, 2)]


def test_scores_of_an_onset_are_those_of_its_month_and_of_the_year_after() -> None:
    counts = np.zeros((60, 2), int)
    counts[30:, 0] = 40
    history = History.of(counts, ["a", "b"], FIRST, Step.MONTH)
    origins = whole_origins(history, FIRST + 25, 12)
    (row,) = onset_rows(history, origins, [measure(Last(), history, Terms(origins, (12,), 10))])
    assert row["onsets"] == 1
    assert row["before"] == 40.0
    assert row["after"] == 0.0
    assert row["cells"] == 3
    assert row["inside"] == 1.0


def test_chances_are_held_against_what_came() -> None:
    chance = np.array([[0.0, 0.02], [0.03, 0.5]])
    scores = score_sums(np.zeros((2, 2, 2)), np.zeros((2, 2)))
    model = Measured("pool", None, {12: scores}, chance)
    came = np.array([[False, True], [False, True]])
    rows = tenfold_rows([model], came, resample(2, 2, None))
    assert [(row["cells"], row["came_true"]) for row in rows] == [(1, 0), (2, 1), (1, 1)]
    assert rows[1]["given"] == 0.025
    assert rows[1]["came"][0] == 0.5  # type: ignore[index]


def test_ratios_and_geometric_means_are_those_done_by_hand() -> None:
    ours, base = np.array([[1.0, 8.0], [1.0, 8.0]]), np.array([[2.0, 2.0], [2.0, 2.0]])
    samples = resample(2, 2, None)
    value, low, high = ratio(ours, base, samples)
    assert value == 18 / 8
    assert (low, high) == (0.5, 4.0)
    assert geometric(ours, base, samples)[0] == pytest.approx((0.5 * 4.0) ** 0.5)


def test_units_that_one_score_says_nothing_of_are_left_out_of_the_geometric_mean() -> None:
    ours, base = np.array([[1.0, 0.0, 3.0]]), np.array([[2.0, 2.0, 0.0]])
    assert geometric(ours, base, resample(1, 3, None))[0] == pytest.approx(0.5)


def test_the_effective_number_of_independent_cells_is_their_number() -> None:
    held: BoolArray = np.random.default_rng(1).random((50, 40)) < 0.8
    counted = np.ones(held.shape, bool)
    _, over_units = share(held, counted, resample(50, 40, None))
    _, over_both = share(held, counted, resample(50, 40, 1))
    assert over_units == pytest.approx(2000, rel=0.35)
    assert over_both == pytest.approx(1000, rel=0.4)  # both ways of drawing add their variance


def test_cells_that_repeat_each_other_count_once() -> None:
    one = np.random.default_rng(1).random((1, 60)) < 0.8
    held = np.repeat(one, 50, axis=0)
    value, independent = share(held, np.ones(held.shape, bool), resample(50, 60, None))
    assert value[0] == pytest.approx(one.mean())
    assert independent == pytest.approx(60, rel=0.15)


def test_blocks_of_the_calendar_keep_together_what_happened_together() -> None:
    """Origins that fail together in one long spell tell less than as many that fail here and there."""
    scattered = (np.arange(60) % 3 > 0)[:, None]
    spell = (np.arange(60) >= 20)[:, None]
    counted, samples = np.ones((60, 1), bool), resample(60, 1, 12)
    (_, low, high), few = share(spell, counted, samples)
    (_, narrow_low, narrow_high), many = share(scattered, counted, samples)
    assert high - low > 3 * (narrow_high - narrow_low)
    assert few is not None
    assert many is None or few < many / 5


def test_far_sums_of_the_evaluation_start_from_1995_to_2009_and_end_by_2012(tmp_path: Path) -> None:
    lines = ["month_id,country_id,ged_sb,ged_ns,ged_os"]
    lines += [f"{n},{unit},{unit},{n % 2},1" for n in range(108, 493) for unit in (7, 9)]
    file = tmp_path / "data" / "views" / "country_month_history.csv"
    file.parent.mkdir(parents=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    file.with_name("country_list.csv").write_text("country_id,name\n7,Argentina\n9,Brazil\n")
    (contest,) = far_contests(tmp_path, 10, evaluation=True)
    months = contest.history.span.labels()
    assert (months[0], months[-1]) == ("1988-12", "2012-12")
    assert contest.history.truth[0].tolist() == [8, 10]
    assert contest.history.truth[1].tolist() == [9, 11]
    first = contest.history.span.first
    assert [months[origin - first] for origin in contest.terms.origins[:2]] == ["1994-12", "1995-06"]
    assert months[contest.terms.origins[-1] - first] == "2009-12"
    assert contest.terms.lengths == (24, 36)


def test_work_is_done_in_any_order_and_given_back_in_its_own(workers: Executor) -> None:
    work = [Work(f"{n} squared", pow, (n, 2)) for n in (3, 1, 2)]
    assert run(work, workers) == [9, 1, 4]
