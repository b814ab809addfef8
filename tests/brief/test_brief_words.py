"""Likelihood words agree with the number beside them, and numbers carry no more than the draws support."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.brief.words import SCALES, chance, chance_clause, likelihood, rounded_percent, word
from vedette.rounding import estimate, interval

MANY = 1_000_000
ICD203 = {
    **dict.fromkeys(range(1, 5), "almost no chance"),
    **dict.fromkeys(range(5, 20), "very unlikely"),
    **dict.fromkeys(range(20, 45), "unlikely"),
    **dict.fromkeys(range(45, 56), "roughly even chance"),
    **dict.fromkeys(range(56, 81), "likely"),
    **dict.fromkeys(range(81, 96), "very likely"),
    **dict.fromkeys(range(96, 100), "almost certain"),
}
PHIA = {
    **dict.fromkeys(range(1, 6), "remote chance"),
    **dict.fromkeys(range(10, 21), "highly unlikely"),
    **dict.fromkeys(range(25, 36), "unlikely"),
    **dict.fromkeys(range(40, 50), "realistic possibility"),
    **dict.fromkeys(range(55, 76), "likely"),
    **dict.fromkeys(range(80, 91), "highly likely"),
    **dict.fromkeys(range(95, 100), "almost certain"),
}


@pytest.mark.parametrize(("scale", "expected"), [("icd203", ICD203), ("phia", PHIA)])
@pytest.mark.parametrize("points", range(101))
def test_every_percent_has_its_word(scale: str, expected: dict[int, str], points: int) -> None:
    assert word(points / 100, MANY, scale) == expected.get(points)


@given(probability=st.floats(0, 1), draws=st.integers(10, 100_000), scale=st.sampled_from(sorted(SCALES)))
def test_the_word_follows_the_number_that_is_printed(probability: float, draws: int, scale: str) -> None:
    said = likelihood(probability, draws, scale)
    found = word(probability, draws, scale)
    points = rounded_percent(probability, draws)
    assert found == word(points / 100, MANY, scale)
    assert said == (f"{found} ({points} %)" if found else chance(probability, draws))


@given(probability=st.floats(0, 1), draws=st.integers(10, 100_000))
def test_no_digit_is_finer_than_the_standard_error(probability: float, draws: int) -> None:
    error = 100 * sqrt(probability * (1 - probability) / draws)
    points = rounded_percent(probability, draws)
    step = next(step for step in (25, 10, 5, 1) if points % step == 0)
    assert step >= min(error, 25) or points == 0
    assert abs(points - 100 * probability) <= max(0.5, 1.25 * error, 2.5 if error > 1 else 0) + 2.6 * error


CLAUSES = {
    "roughly even chance": "there is a roughly even chance ({} %) that",
    "remote chance": "there is a remote chance ({} %) that",
    "realistic possibility": "there is a realistic possibility ({} %) that",
    "almost no chance": "there is almost no chance ({} %) that",
    "almost certain": "it is almost certain ({} %) that",
    "very unlikely": "it is very unlikely ({} %) that",
    "highly unlikely": "it is highly unlikely ({} %) that",
    "unlikely": "it is unlikely ({} %) that",
    "likely": "it is likely ({} %) that",
    "very likely": "it is very likely ({} %) that",
    "highly likely": "it is highly likely ({} %) that",
    None: "the chance is {} % that",
}


@pytest.mark.parametrize("scale", sorted(SCALES))
@pytest.mark.parametrize("points", range(1, 100))
def test_a_clause_begins_as_its_word_asks(scale: str, points: int) -> None:
    before, after = chance_clause(points / 100, MANY, scale)
    clause = f"{before} {likelihood(points / 100, MANY, scale)}{after}"
    assert clause == CLAUSES[word(points / 100, MANY, scale)].format(points)


@pytest.mark.parametrize(
    ("chance_", "clause"),
    [
        (0, "in fewer than 1 in 1,000,000 draws"),
        (0.0004, "the chance is less than 1 % that"),
        (0.9996, "the chance is more than 99 % that"),
        (1, "in all 1,000,000 draws"),
    ],
)
def test_a_clause_without_a_word_begins_with_the_number(chance_: float, clause: str) -> None:
    before, after = chance_clause(chance_, MANY, "icd203")
    assert f"{before} {likelihood(chance_, MANY, 'icd203')}{after}" == clause


def test_none_and_all_draws_have_no_word_and_say_how_many() -> None:
    assert likelihood(0, 1000, "icd203") == "fewer than 1 in 1,000 draws"
    assert likelihood(1, 1000, "phia") == "all 1,000 draws"
    assert likelihood(0.0004, MANY, "icd203") == "less than 1 %"
    assert likelihood(0.9996, MANY, "icd203") == "more than 99 %"


@given(st.floats(0, 1e9))
def test_estimates_keep_two_significant_digits_at_least(number: float) -> None:
    written = float(estimate(number).replace(",", ""))
    assert abs(written - number) <= max(0.5, 0.05 * number)


def test_an_interval_is_written_low_to_high() -> None:
    assert interval(0, 99.6) == "0–100"
    assert interval(-120, 4) == "−120–4"
