"""What is forecast: histories of every kind of unit that agree with each other, and the models for them."""

from datetime import date

import pytest
from support.fourland import CaseFolder

from vedette.cache import digest_of
from vedette.case import Case, read_case
from vedette.model import (
    PARTS,
    By,
    History,
    Measure,
    baselines,
    contest,
    forecast,
    histories_of_parts,
    median_history,
    methods,
    panel_history,
    uncertain_truth,
)
from vedette.model.pool import SHARES
from vedette.panel import Panel, gather, make_panel
from vedette.periods import Step

Made = tuple[Case, Panel]


@pytest.fixture
def made(case_folder: CaseFolder) -> Made:
    case = read_case(str(case_folder()))
    return case, make_panel(gather(case).cells, case, date(2014, 12, 31), case.step, seed=1, draws=8)


def past(made: Made, measure: Measure, by: By) -> History:
    case, panel = made
    return panel_history(panel, case, measure, by)


def test_a_cell_is_named_by_its_place_and_stratum(made: Made) -> None:
    cells, places, strata = (past(made, Measure.EVENTS, by) for by in (By.CELL, By.PLACE, By.STRATUM))
    assert By("place,stratum") is By.CELL
    assert cells.units == tuple(f"{place}/{stratum}" for place in places.units for stratum in strata.units)


@pytest.mark.parametrize("measure", list(Measure))
def test_cells_add_up_to_places_strata_and_the_country_in_every_draw(made: Made, measure: Measure) -> None:
    cells, places, strata, country = (
        past(made, measure, by).values for by in (By.CELL, By.PLACE, By.STRATUM, By.COUNTRY)
    )
    table = cells.reshape(*places.shape, strata.shape[2])
    assert (table.sum(axis=3) == places).all()
    assert (table.sum(axis=2) == strata).all()
    assert (places.sum(axis=2) == country[..., 0]).all()
    assert country.sum() > 0


@pytest.mark.parametrize("by", list(By))
def test_deaths_come_with_the_events_behind_them(made: Made, by: By) -> None:
    deaths, events = past(made, Measure.DEATHS, by), past(made, Measure.EVENTS, by)
    assert deaths.events is not None
    assert (deaths.events == events.values).all()
    assert events.events is None
    assert (deaths.measure, events.measure) == ("deaths", "events")
    assert deaths.units == events.units


def test_only_places_have_neighbours(made: Made) -> None:
    touch = past(made, Measure.DEATHS, By.PLACE).neighbours
    assert touch is not None
    assert touch.tolist() == [[0, 1, 1, 0], [1, 0, 0, 1], [1, 0, 0, 1], [0, 1, 1, 0]]
    for by in (By.COUNTRY, By.STRATUM, By.REGION, By.CELL):
        assert past(made, Measure.DEATHS, by).neighbours is None


@pytest.mark.parametrize("measure", [Measure.DEATHS, Measure.EVENTS])
def test_the_parts_together_are_those_asked_for_one_by_one(made: Made, measure: Measure) -> None:
    case, panel = made
    together = histories_of_parts(panel, case, measure)
    assert tuple(together) == PARTS
    for by, history in together.items():
        assert digest_of(history) == digest_of(panel_history(panel, case, measure, by))
    together[By.CELL].values[:] = -1
    assert together[By.PLACE].values.min() >= 0


def test_what_was_estimated_is_not_observed(made: Made) -> None:
    _, panel = made
    assert (past(made, Measure.DEATHS, By.PLACE).observed == ~panel.estimated).all()


@pytest.mark.parametrize("by", list(By))
def test_uncertain_truth_has_the_shape_of_the_history(made: Made, by: By) -> None:
    case, panel = made
    assert uncertain_truth(panel, case, by).shape == past(made, Measure.DEATHS, by).values.shape


def test_a_settled_history_is_one_draw_of_deaths_and_of_events(made: Made) -> None:
    plain = median_history(past(made, Measure.DEATHS, By.PLACE))
    assert plain.events is not None
    assert plain.values.shape == plain.events.shape == (1, *plain.values.shape[1:])
    assert (plain.values[0] == past(made, Measure.DEATHS, By.PLACE).truth).all()
    assert median_history(past(made, Measure.EVENTS, By.PLACE)).events is None


def test_methods_are_the_pool_its_members_the_families_and_the_baselines() -> None:
    names = list(methods(By.COUNTRY, Step.MONTH))
    members = [share.model.name for share in SHARES]
    families = ["analogues", "endemic-epidemic", "endemic-bayes", "level-bayes"]
    assert names == ["pool", *members, *families, *(model.name for model in baselines(Step.MONTH))]
    assert len(set(names)) == len(names)
    assert all(name == model.name for name, model in methods(By.PLACE, Step.WEEK).items())
    assert "conflictology-52" in methods(By.PLACE, Step.WEEK)


@pytest.mark.parametrize("by", list(By))
@pytest.mark.parametrize("step", list(Step))
def test_a_contest_is_the_pool_against_the_baselines(by: By, step: Step) -> None:
    found = contest(by, step)
    assert list(found) == ["pool", *(model.name for model in baselines(step))]
    assert all(found[name] == methods(by, step)[name] for name in found)


@pytest.mark.parametrize("by", list(By))
def test_the_pool_forecasts_every_kind_of_unit(made: Made, by: By) -> None:
    history = past(made, Measure.DEATHS, by)
    ahead = forecast(methods(by, Step.MONTH)["pool"], history, history.span.last, 2, 10, seed=1)
    assert ahead.draws.shape == (10, 2, len(history.units))
    assert ahead.units == history.units
