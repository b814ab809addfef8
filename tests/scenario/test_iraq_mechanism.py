"""The Iraq mechanism: whole, sourced, and answering in the direction that its own words say."""

import numpy as np
import pytest
from support.small_mechanism import flat

from vedette.case import read_case
from vedette.scenario import Ensemble, Mechanism, read_mechanism, run
from vedette.scenario.answers.diagram import svg
from vedette.scenario.language.reach import outcomes_of

SCENARIOS = [
    "stay",
    "leave-2023",
    "leave-fast",
    "nato-takes-over",
    "iran-steps-in",
    "militias-off-payroll",
    "army-holds-crossings",
]


@pytest.fixture(scope="module")
def iraq() -> Mechanism:
    return read_mechanism(read_case("iraq"))


@pytest.fixture(scope="module")
def made(iraq: Mechanism) -> Ensemble:
    return run(
        iraq, [*SCENARIOS, "leave-2023+iran-steps-in", "cts-to-basra"], flat(iraq, 1.0, futures=10), 300, 1
    )


def test_every_assumption_moves_an_outcome(iraq: Mechanism) -> None:
    moved = outcomes_of(iraq.file)
    assert [quantity.id for quantity, _ in iraq.quantities if not moved.get(quantity.id)] == []


def test_it_starts_after_what_the_case_knows(iraq: Mechanism) -> None:
    assert iraq.span.labels()[0] == "2020-10"
    assert iraq.span.labels()[-1] == "2023-12"
    assert iraq.case.as_of is not None
    assert str(iraq.case.as_of) < "2020-10"


def test_precedents_are_those_known_at_the_as_of(iraq: Mechanism) -> None:
    alone, others_stay = [each for each in iraq.file.estimates if each.precedents]
    assert (alone.mark, alone.distribution.years) == ("estimated", 3)
    assert (others_stay.mark, others_stay.distribution.years) == ("assumed", 1)
    for estimate in (alone, others_stay):
        assert "known by 2019" in estimate.ground.rests_on
        assert estimate.distribution.support[0] >= 0


def test_precedents_of_others_that_stayed_are_for_the_scenario_in_which_they_stay(made: Ensemble) -> None:
    """In the branch that asks for the record alone deaths are the forecast times the factor of the year."""
    record = made.drawn.group == 2
    numbers = {quantity.id: quantity.distribution for quantity, _ in made.mechanism.quantities}
    for scenario, size, year in (
        ("leave-fast", "precedent-factor", 3),
        ("leave-2023", "precedent-factor", 2),
        ("nato-takes-over", "precedent-factor-others-stay", 1),
    ):
        paths = made.path("*is-elsewhere")[:, record, -1]
        level = made.quantities[size][record]
        factor = level * numbers[size].by_year(level)[:, year - 1] if numbers[size].years > 1 else level
        np.testing.assert_allclose(paths[made.index("stay")], 1.0, rtol=1e-5)
        np.testing.assert_allclose(paths[made.index(scenario)], factor, rtol=1e-4)


def test_numbers_follow_from_the_case(iraq: Mechanism) -> None:
    numbers = {quantity.id: quantity for quantity, _ in iraq.quantities}
    assert numbers["army-customs"].mark == "assumed"
    assert "assumed from 2 points, of at least 8" in numbers["army-customs"].ground.rests_on
    pooled = numbers["is-men-2020"]
    assert pooled.mark == "estimated"
    assert "pooled by the rule equal" in pooled.ground.rests_on
    low, high = pooled.distribution.quantile(np.array([0.05, 0.95]))
    assert low < 100
    assert high > 14000
    followed = numbers["is-deaths-by-strength"]
    low, high = followed.distribution.quantile(np.array([0.05, 0.95]))
    assert (followed.mark, followed.ground.points) == ("estimated", 8)
    assert low < 0 < high < 1.2  # eight years with a figure each settle nothing
    authors = {answer.author for answer in numbers["customs-potential"].ground.answers}
    assert {"vedette", "Jamal Kocher, member of parliament"} < authors


def test_staying_is_the_base(made: Ensemble) -> None:
    """With no shock and no scatter capability stays what it was, since renewal replaces what is worn."""
    cts = made.path("cts")[0].astype(float)
    np.testing.assert_allclose(cts[:, -1], made.quantities["cts-2020"], rtol=1e-3)


def test_directions(made: Ensemble) -> None:
    def sure(one: str, outcome: str, against: str = "stay") -> list[float]:
        gain = made.difference(one, against, outcome)
        return made.by_group(gain > 0 if made.outcomes[outcome].good == "up" else gain < 0).tolist()  # type: ignore[no-any-return]

    assert max(sure("leave-2023", "cts-capability")) < 0.01
    holds, depends, elsewhere = sure("leave-fast", "army-capability", "leave-2023")
    assert max(holds, depends) < 0.01
    assert elsewhere < 0.1  # where the record says that leaving quiets the war, the army wears less
    assert min(sure("nato-takes-over", "peshmerga-capability", "leave-2023")) > 0.99
    assert max(sure("iran-steps-in", "iran-linked-strength")) < 0.01
    assert min(sure("militias-off-payroll", "state-monopoly")) > 0.99
    assert min(sure("army-holds-crossings", "customs-revenue")) > 0.8
    assert min(sure("leave-2023", "hosted-attacks")) > 0.99
    assert max(sure("cts-to-basra", "is-strength")[:2]) < 0.01


def test_the_monopoly_is_a_share_and_attacks_are_counts(made: Ensemble) -> None:
    assert 0 < made.outcome("state-monopoly").min() <= made.outcome("state-monopoly").max() < 1
    assert made.outcome("hosted-attacks").min() > 0


def test_a_combination_has_both_sets_of_levers(made: Ensemble) -> None:
    both = made.scenarios[made.index("leave-2023+iran-steps-in")]
    assert {"us-troops", "iran-support"} <= set(both.paths)
    assert np.all(made.difference("leave-2023+iran-steps-in", "leave-2023", "leaning-on-iran") >= 0)


def test_the_diagram_tells_marks_apart(iraq: Mechanism) -> None:
    drawn = svg(iraq)
    for colour in ("#1b7837", "#2166ac", "#b2560d"):
        assert colour in drawn
    assert drawn.count("<rect") == sum(
        len(entries)
        for entries in (
            iraq.file.levers,
            iraq.file.calendar,
            iraq.file.events,
            iraq.file.rates,
            iraq.file.stocks,
            iraq.file.outcomes,
        )
    )
    assert "http" not in drawn.replace('xmlns="http://www.w3.org/2000/svg"', "")
