"""What a user may ask about: interventions, days, steps of a posture, and series."""

from datetime import date

import pytest
from support.fourland import CaseFolder

from vedette.case import Case, read_case
from vedette.effect import find_intervention, find_series, interventions
from vedette.errors import UsageError
from vedette.model import By
from vedette.periods import Step, label


@pytest.fixture(scope="module")
def iraq() -> Case:
    return read_case("iraq")


def test_interventions_stand_by_the_day_they_began(iraq: Case) -> None:
    listed = interventions(iraq)
    assert [each.first for each in listed] == sorted(each.first for each in listed)
    assert {"surge-2007", "withdrawal-2011", "strike-2020", "crossings-2020"} <= {e.id for e in listed}
    assert all(each.source in iraq.sources["id"].to_list() for each in listed)


def test_dates_of_any_precision_become_days(case_folder: CaseFolder) -> None:
    trainers, drawdown = interventions(read_case(case_folder()))
    assert (trainers.first, trainers.last) == (date(2012, 3, 1), date(2012, 6, 30))
    assert (drawdown.first, drawdown.last) == (date(2013, 6, 15), date(2013, 12, 31))


def test_what_goes_on_counts_where_it_begins(iraq: Case) -> None:
    found = find_intervention(iraq, "coalition-2014")
    began = found.start(Step.MONTH)
    assert label(began, Step.MONTH) == "2014-08"
    assert found.touches(began - 3, began, Step.MONTH)
    assert not found.touches(began + 1, began + 12, Step.MONTH)
    surge = find_intervention(iraq, "surge-2007")
    assert surge.touches(surge.start(Step.MONTH) + 3, surge.start(Step.MONTH) + 5, Step.MONTH)


def test_a_day_of_the_timeline_is_its_heaviest_entry(iraq: Case) -> None:
    assert find_intervention(iraq, "2006-02-22").kind == "attack"
    assert "Soleimani" in find_intervention(iraq, "2020-01-03").name


def test_a_step_of_a_posture_is_the_month_and_the_figure_before(case_folder: CaseFolder) -> None:
    found = find_intervention(read_case(case_folder()), "main@2013-06")
    assert found.name == "main from 1,500 (2012-01) to 900 (2013-06)"
    assert (found.first, found.kind, found.source) == (
        date(2013, 6, 1),
        "posture",
        "paper",
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("surge", "no intervention of that id. Did you mean 'surge-2007'"),
        ("2006-02-23", "the timeline of iraq has no entry of that day"),
        ("us-troop@2007-06", "there is no such posture. Did you mean 'us-troops'"),
        ("us-troops@2013-06", "expected a month with a figure and one before it"),
        ("us-troops@2003-03", "expected a month with a figure and one before it"),
    ],
)
def test_an_unknown_intervention_is_answered(iraq: Case, said: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        find_intervention(iraq, said)


@pytest.mark.parametrize(
    ("said", "by", "unit"),
    [
        ("all", By.COUNTRY, "all"),
        ("Iraq", By.COUNTRY, "all"),
        ("islamic-state", By.STRATUM, "islamic-state"),
        ("IQ-NI", By.PLACE, "IQ-NI"),
        ("Baghdad", By.PLACE, "IQ-BG"),
        ("disputed-territories", By.REGION, "disputed-territories"),
        ("militias/Basra", By.CELL, "IQ-BA/militias"),
    ],
)
def test_a_series_of_counts_is_named_as_users_do(iraq: Case, said: str, by: By, unit: str) -> None:
    found = find_series(iraq, said)
    assert (found.by, found.unit, found.figures) == (by, unit, False)


def test_figures_are_named_by_their_relation_or_its_end(iraq: Case) -> None:
    assert find_series(iraq, "revenue").relation == "customs-revenue"
    whose = find_series(iraq, "customs-revenue/umm-qasr")
    assert (whose.relation, whose.subject) == ("customs-revenue", "umm-qasr")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("islamic-stat", "Did you mean 'islamic-state'"),
        ("islamic-state/Nowhere", "'Nowhere' is none of these"),
        ("Nowhere/Baghdad", "'Nowhere' is none of these"),
    ],
)
def test_an_unknown_series_is_answered(iraq: Case, said: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        find_series(iraq, said)
