"""Deaths against the norm: sums of the years before, words at their edges."""

import pytest

from vedette.brief.pages.deaths_now import headline
from vedette.brief.pages.norm import AgainstNorm, alike
from vedette.periods import Span, Step, parse

MONTH = parse("2020-09", Step.MONTH)
YEAR = Span(MONTH - 11, MONTH, Step.MONTH)


def against(best: int, *years: int | None, low: int | None = None, high: int | None = None) -> AgainstNorm:
    """A year of so many deaths after these, the latest first."""
    now = {"best": best, "low": best if low is None else low, "high": best if high is None else high}
    return AgainstNorm(YEAR, dict(now), years)


def test_the_norm_is_the_mean_of_the_years_that_are_known() -> None:
    assert against(10, 100, 200, 300, None, None).norm == 200
    assert against(10, 100, 200, None, None, None).norm is None


@pytest.mark.parametrize(
    ("year", "place"),
    [
        (against(99, 100, 200, 300), "lowest"),
        (against(100, 100, 200, 300), "within"),
        (against(99, 100, 200, 300, high=100), "within"),
        (against(301, 100, 200, 300), "highest"),
        (against(301, 100, 200, 300, low=300), "within"),
        (against(301, 100, 200), ""),
    ],
)
def test_lowest_and_highest_take_in_the_doubt_of_the_reports(year: AgainstNorm, place: str) -> None:
    assert year.place == place


@pytest.mark.parametrize(
    ("year", "years"),
    [
        (against(964, 946, 2083, 14613, 10108, 13180), 4),
        (against(2437, 3202, 4000, 6000, 5000, 10334), 5),
        (against(964, 946, 999, 1000, 900, 951), 0),
        (against(9000, 946, 2083, 8000), 0),
        (against(964, 1946, 2083), 0),
    ],
)
def test_a_norm_that_holds_war_says_so_where_fewer_died(year: AgainstNorm, years: int) -> None:
    assert year.of_war == years
    assert (f"which holds {years} years of war" in headline(year)) is bool(years and year.place != "lowest")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [(0, 24, True), (0, 25, False), (1000, 1111, True), (1000, 1112, False), (300, 300, True)],
)
def test_few_deaths_or_a_tenth_make_no_difference(one: int, other: int, *, same: bool) -> None:
    assert alike(one, other) is alike(other, one) is same


@pytest.mark.parametrize(
    ("year", "words"),
    [
        (against(50, 100, 200, 300), "50 deaths in twelve months, fewer than in any of the 3 years before"),
        (against(1, 100, 200, 300), "1 death in twelve months, fewer than in any of the 3 years before"),
        (against(400, 100, 200, 300), "400 deaths in twelve months, more than in any of the 3 years before"),
        (
            against(200, 100, 200, 600),
            "200 deaths in twelve months: 2.0 times those of the year before, 33 % below the norm",
        ),
        (
            against(300, 600, 100, 200),
            "300 deaths in twelve months: 50 % fewer than in the year before, about the norm",
        ),
        (against(60, 55), "60 deaths in twelve months: about as many as in the year before"),
        (against(60, 0), "60 deaths in twelve months: after none in the year before"),
        (against(60, None), "60 deaths in twelve months"),
        (
            AgainstNorm(YEAR, None, (1, 2, 3)),
            "How many died in the last twelve months is not known: no file covers a part of them",
        ),
    ],
)
def test_the_headline_tells_the_year_before_and_the_norm(year: AgainstNorm, words: str) -> None:
    assert headline(year) == words
