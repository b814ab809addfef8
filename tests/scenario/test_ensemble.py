"""Ensembles: same seed same bytes, common random numbers, branches never averaged, parts that add up."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from support.fourland import CaseFolder
from support.small_mechanism import BRANCHED, FILES, flat, lay, read

from vedette import commands
from vedette.commands.known import panel_of
from vedette.errors import DataError, UsageError
from vedette.model import By, Coherent, Conflictology, History, forecast_coherent
from vedette.periods import Ahead, Span
from vedette.progress import quiet
from vedette.scenario import Ensemble, forecast_baseline, kept_baseline, run
from vedette.scenario.answers import tables as answers


def small(
    case_folder: CaseFolder, draws: int = 400, seed: int = 1, files: dict[str, str] = FILES
) -> Ensemble:
    mechanism = read(lay(case_folder(name=f"case{seed}{draws}"), files))
    return run(mechanism, ["stay", "leave"], flat(mechanism, 2.0, futures=100), draws, seed)


def test_same_seed_same_bytes(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder()))
    baseline = flat(mechanism, 2.0, futures=50)
    one, two = (run(mechanism, ["stay", "leave"], baseline, 120, 7) for _ in range(2))
    other = run(mechanism, ["stay", "leave"], baseline, 120, 8)
    assert one.paths.tobytes() == two.paths.tobytes()
    assert one.paths.tobytes() != other.paths.tobytes()


def test_a_scenario_against_itself_differs_by_exactly_0(case_folder: CaseFolder) -> None:
    mechanism = read(lay(case_folder()))
    baseline = flat(mechanism, 2.0, futures=50)
    both = run(mechanism, ["stay", "leave", "leave+leave"], baseline, 100, 1)
    assert np.all(both.difference("leave", "leave+leave", "deaths") == 0)
    alone = run(mechanism, ["leave"], baseline, 100, 1)
    np.testing.assert_array_equal(alone.outcome("deaths")[0], both.outcome("deaths")[1])


def test_draws_are_the_same_whatever_the_block(
    case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = small(case_folder, draws=250, seed=2)
    monkeypatch.setattr("vedette.scenario.engine.compiled.BLOCK", 64)
    mechanism = whole.mechanism
    pieces = run(mechanism, ["stay", "leave"], whole.baseline, 250, 2)
    np.testing.assert_allclose(pieces.paths, whole.paths, rtol=1e-6)


def test_leaving_hollows_the_guard(case_folder: CaseFolder) -> None:
    made = small(case_folder)
    assert np.all(made.difference("leave", "stay", "guard") < 0)
    (told,) = answers.differences(made, ["guard"], parts=False).to_dicts()
    assert (told["better"], told["same"], told["worse"]) == (0.0, 0.0, 1.0)
    assert made.odds("deaths").shape == (2, 1)
    assert made.odds("deaths")[1, 0] > made.odds("deaths")[0, 0]


def test_places_add_up_to_the_whole_in_every_draw(case_folder: CaseFolder) -> None:
    made = small(case_folder)
    months = Span(made.span.first + 2, made.span.first + 13, made.span.step)
    places = made.by_place("rebel-deaths", months)
    np.testing.assert_allclose(places.sum(axis=2), made.outcome("deaths", months), rtol=1e-5)


def test_unweighted_branches_are_ranges_and_share_their_draws(case_folder: CaseFolder) -> None:
    made = small(case_folder, draws=300, files=BRANCHED)
    assert made.groups == 2
    assert made.group_names() == ["view: strong", "view: none"]
    deaths = made.outcome("deaths")
    even, odd = deaths[:, ::2], deaths[:, 1::2]
    assert made.quantities["attack-elasticity"][::2].tolist() == [-1.0] * 150
    np.testing.assert_array_equal(
        made.quantities["capability-life"][::2], made.quantities["capability-life"][1::2]
    )
    np.testing.assert_allclose(odd[0], odd[1])
    assert np.all(even[1] >= even[0])
    table = answers.levels(made, ["deaths"])
    assert table["branch"].to_list() == ["view: strong", "view: none"] * 2
    assert made.enumeration == (
        "full enumeration: 4 of 4 combinations of branches (1 weighted, 1 unweighted) in 300 draws; answers "
        "are ranges over 2 unweighted combinations"
    )


def test_few_draws_sample_the_branches_and_say_so(case_folder: CaseFolder) -> None:
    made = small(case_folder, draws=4, files=BRANCHED)
    assert made.enumeration.startswith(("sampled: ", "full enumeration: "))
    with pytest.raises(UsageError, match="at least 4 draws; found 2 scenarios and 3 draws"):
        run(made.mechanism, ["stay", "leave"], made.baseline, 3, 1)


def test_weights_are_kept(case_folder: CaseFolder) -> None:
    made = small(case_folder, draws=400, files=BRANCHED)
    share = (made.drawn.branch[:, 1] == 0).mean()
    assert abs(share - 0.75) < 0.01


def test_what_is_not_there_is_said(case_folder: CaseFolder) -> None:
    made = small(case_folder, draws=10)
    with pytest.raises(UsageError, match=r"there is no outcome 'death'\. Did you mean 'deaths'"):
        made.outcome("death")
    with pytest.raises(UsageError, match="there is no scenario 'go' here"):
        made.index("go")
    with pytest.raises(UsageError, match="guard has no threshold"):
        made.odds("guard")
    with pytest.raises(UsageError, match="expected months from 2015-01 to 2017-12"):
        made.outcome("deaths", Span(1, 2, made.span.step))


def test_the_forecast_behind_it(case_folder: CaseFolder) -> None:
    from vedette.commands.known import panel_of
    from vedette.model import By, Measure, counted_history
    from vedette.scenario.hindcast.truths import belongs

    mechanism = read(lay(case_folder()))
    _, panel, _ = panel_of(mechanism.case, None, seed=1)
    baseline = forecast_baseline(mechanism, panel, 20, 1, Conflictology(12))
    assert baseline.cells["deaths"].shape == (20, 36, 4, 3)
    group = mechanism.file.events[0]
    np.testing.assert_allclose(baseline.by_place(group).sum(axis=2), baseline.group(group))
    counted = counted_history(panel, mechanism.case, Measure("deaths"), By.CELL)
    inside = [belongs(unit, group) for unit in counted.units]
    known = baseline.past_of(group)[counted.observed]
    np.testing.assert_allclose(known, counted.values[:, :, inside].sum(axis=2).mean(axis=0)[counted.observed])
    early = replace(mechanism, span=Span(panel.grid.span.last, mechanism.span.last, mechanism.span.step))
    with pytest.raises(
        DataError, match="expected a start after 2014-12, the last month known; found 2014-12"
    ):
        forecast_baseline(early, panel, 20, 1, Conflictology(12))


def test_an_outcome_that_meets_its_threshold_has_not_passed_it(case_folder: CaseFolder) -> None:
    below = FILES["mechanisms.yaml"].replace(
        "read: last, unit: index, good: up}",
        "read: last, unit: index, good: up, threshold: {name: spent, below: 0.5}}",
    )
    made = small(case_folder, draws=4, files={**FILES, "mechanisms.yaml": below})
    january = Span(made.span.first, made.span.first, made.span.step)
    for outcome, at, past in (("deaths", 400.0, 401.0), ("guard", 0.5, 0.25)):
        meets, passes = (replace(made, paths=np.full_like(made.paths, level)) for level in (at, past))
        assert meets.odds(outcome, january).ravel().tolist() == [0.0, 0.0]
        assert passes.odds(outcome, january).ravel().tolist() == [1.0, 1.0]


def test_months_asked_for_are_read_off_from_the_first_to_the_last_of_them(case_folder: CaseFolder) -> None:
    made = small(case_folder, draws=4)
    paths = np.broadcast_to(2.0 ** np.arange(len(made.span))[:, None], made.paths.shape).astype(np.float32)
    counted = replace(made, paths=paths)
    found = commands.compare(counted, ["deaths", "guard"], months=Ahead(3, 5), report=quiet)
    assert found.months.labels() == ["2015-03", "2015-04", "2015-05"]
    assert set(found.levels.filter(outcome="deaths")["median"]) == {4.0 + 8.0 + 16.0}
    assert set(found.levels.filter(outcome="guard")["median"]) == {16.0}
    whole = commands.compare(counted, ["guard"], months=None, report=quiet)
    assert whole.months == made.span
    assert set(whole.levels["median"]) == {2.0**35}
    with pytest.raises(UsageError, match="expected months from 2015-01 to 2017-12"):
        commands.compare(counted, ["guard"], months=Ahead(36, 37), report=quiet)


def test_a_forecast_is_kept_for_these_counts_whatever_else_the_mechanism_says(
    case_folder: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    mechanism = read(lay(case_folder(), FILES))
    _, panel, _ = panel_of(mechanism.case, None, seed=1)
    made = list[int]()

    def forecast(pool: object, past: Mapping[By, History], horizons: int, draws: int, seed: int) -> Coherent:
        made.append(draws)
        return forecast_coherent(Conflictology(2), past, horizons, draws, seed)

    monkeypatch.setattr("vedette.scenario.engine.baseline.forecast_coherent", forecast)
    first, again = (kept_baseline(mechanism, panel, 10, 1) for _ in range(2))
    assert made == [10] and first.cells["deaths"].tobytes() == again.cells["deaths"].tobytes()
    renamed = replace(mechanism, scenarios={}, moved="later")
    assert kept_baseline(renamed, panel, 10, 1).source == first.source and made == [10]
    kept_baseline(mechanism, panel, 12, 1)
    kept_baseline(mechanism, panel, 10, 2)
    shorter = replace(mechanism, span=replace(mechanism.span, last=mechanism.span.last - 1))
    kept_baseline(shorter, panel, 10, 1)
    assert made == [10, 12, 10, 10]
