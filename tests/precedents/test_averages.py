"""The factor of averages: by hand, with planted effects among chance, and with the doubt that it states."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from vedette.precedents import Answer, UcdpRecord, answer, read_like
from vedette.precedents.averages import PRIOR, averages, drawn_weights, war_averages, with_prior
from vedette.precedents.departure import Departure, Looks, quiet_years
from vedette.precedents.weighing import REFERENCE, Weighting

SPREAD = 0.8
"""Standard deviation of the log of the deaths of a year: by chance a year is often four times another."""


def restless(factor: float, seed: int, left: int = 14, held: int = 14) -> UcdpRecord:
    """Wars whose deaths move by chance; the backer leaves some in 2014, which multiplies their deaths."""
    rng, wars = np.random.default_rng(seed), left + held
    deaths = 400 * np.exp(rng.normal(0, SPREAD, (wars, 16)))
    deaths[:left, 10:] *= factor
    names = [f"Government of War{n}" for n in range(wars)]
    years = range(2005, 2021)
    rows = [(name, n, 4, year, 1) for n, name in enumerate(names) for year in years]
    rows += [("Government of Big", 998, 4, year, 2) for year in years]
    counts = [(n, year, round(deaths[n, year - 2005])) for n in range(wars) for year in years]
    counts += [(998, year, 5000 + year) for year in years] + [(999, year, year % 7) for year in years]
    rows += [("Government of Rest", 999, 4, 2009, 1)]
    spells = [
        (name, "Government of Backer", 2008, 2014 if n < left else 2020) for n, name in enumerate(names)
    ]
    empty = dict.fromkeys(["government", "backer", "last", "reason", "exclude"], pl.String)
    return UcdpRecord(
        _frame(rows, ["government", "gw", "region", "year", "intensity"]),
        _frame(spells, ["government", "backer", "first", "last"]),
        _frame(counts, ["gw", "year", "deaths"]),
        pl.DataFrame(schema=empty),
    )


def _frame(rows: Sequence[tuple[object, ...]], names: list[str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=names, orient="row")


def test_a_factor_by_hand() -> None:
    """Left: 4 and 1 with weights 3:1. Nobody left: 2 and 0.5 at the same distance. 3.25 / 1.25."""
    looks = Looks(1.0, 0.0, 3, 4)
    left, quiet = (np.log(np.array(both))[None, :, None] for both in ([4.0, 1.0], [2.0, 0.5]))
    years = [Departure(name, 2012, (), (), looks) for name in "AB"]
    found = war_averages(left, quiet, looks, years, 1)
    assert [value.tolist() for value in found.means(np.array([0.75, 0.25]), REFERENCE)] == [[3.25], [1.25]]
    assert found.effective(REFERENCE) == pytest.approx(2.0)
    rows = found.factors(np.array([0.75, 0.25]), ["C", "D"], REFERENCE)
    assert rows.min() > 0.3 and rows.max() < 8.0
    np.testing.assert_array_equal(rows, found.factors(np.array([0.75, 0.25]), ["C", "D"], REFERENCE))


def test_a_year_that_has_not_passed_counts_as_the_last_that_has() -> None:
    looks = Looks(1.0, 0.0, 3, 4)
    logs = np.log(np.array([[[2.0, 3.0, np.nan], [5.0, np.nan, np.nan]]]))
    found = war_averages(logs, np.zeros((1, 1, 3)), looks, [Departure("A", 2012, (), (), looks)], 1)
    np.testing.assert_allclose(found.left, [[[2.0, 3.0, 3.0], [5.0, 5.0, 5.0]]])


def test_weights_of_wars_are_drawn_as_wide_as_students_t() -> None:
    """Ten wars, one in two parts: parameters sum to 6, so a share p has the variance p (1 - p) / 7."""
    weights, wars = np.array([*np.full(9, 0.1), 0.075, 0.025]), [*"ABCDEFGHIJJ"]
    drawn = drawn_weights(weights, wars, 40_000, np.random.default_rng(2))
    np.testing.assert_allclose(drawn.sum(axis=1), 1.0)
    np.testing.assert_allclose(drawn.mean(axis=0), weights, atol=0.003)
    assert drawn[:, 0].var() == pytest.approx(0.09 / 7, rel=0.05)
    np.testing.assert_allclose(drawn[:, 9], 3 * drawn[:, 10])
    few = drawn_weights(np.array([0.5, 0.5]), ["A", "B"], 40_000, np.random.default_rng(2))
    assert few[:, 0].var() == pytest.approx(0.25 / 2, rel=0.05)


def test_a_factor_is_drawn_towards_one_by_its_doubt() -> None:
    """By hand: with a spread as wide as the prior half of the mean is kept, without any doubt all of it."""
    logs = np.array([[2.0 - PRIOR, 2.0], [2.0 + PRIOR, 2.0]])
    drawn = with_prior(logs)
    np.testing.assert_allclose(drawn[:, 1], 2.0)
    np.testing.assert_allclose(drawn[:, 0], [1 - PRIOR / np.sqrt(2), 1 + PRIOR / np.sqrt(2)])
    assert np.exp(1.6449 * PRIOR) == pytest.approx(5.0)


def test_averages_take_one_draw_a_row() -> None:
    values = np.arange(6.0).reshape(2, 3, 1)
    weights = np.array([[1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0]])
    assert averages(values, weights).ravel().tolist() == [0.0, 4.0, 2.0]


def test_years_in_which_nobody_left() -> None:
    """War0 is left after 2014, so 2008 to 2010 have no departure within three years; War1 is held to the end.

    War2 ends in 2016 with troops there: that is no departure, and its years until then count.
    """
    record = restless(1.0, 1, left=1, held=2)
    over = (pl.col("government") == "Government of War2") & (pl.col("year") > 2016)
    ended = pl.when(pl.col("government") == "Government of War2").then(2016).otherwise("last")
    ends = replace(record, years=record.years.filter(~over), spells=record.spells.with_columns(last=ended))
    years = [(one.government[-4:], one.year) for one in quiet_years(ends, 3)]
    assert years == [
        *(("War0", year) for year in range(2008, 2011)),
        *(("War1", year) for year in range(2008, 2020)),
        *(("War2", year) for year in range(2008, 2016)),
    ]


@pytest.mark.parametrize("factor", [1.0, 2.5])
def test_a_planted_effect_is_found_and_chance_is_left_out(factor: float) -> None:
    """Most 90 % intervals hold it, and they are far narrower than what single wars do."""
    answers = [_asked(restless(factor, seed)) for seed in range(12)]
    levels = [np.log(found.average_factors).mean(axis=1) for found in answers]
    ends = np.array([np.quantile(level, (0.05, 0.5, 0.95)) for level in levels])
    held = (ends[:, 0] < np.log(factor)) & (np.log(factor) < ends[:, 2])
    assert held.sum() >= 8
    assert ends[:, 1].mean() == pytest.approx(np.log(factor), abs=0.3)
    single = [np.ptp(found.quantiles(found.compared, (0.05, 0.95))) for found in answers]
    assert np.mean(ends[:, 2] - ends[:, 0]) < 0.5 * np.mean(single)


def test_the_grid_is_told_by_medians_of_the_factor() -> None:
    found = _asked(restless(3.0, 3))
    low, high = found.average_over_grid()
    middle = float(np.exp(np.median(np.log(found.average_factors).mean(axis=1))))
    assert low <= middle * (1 + 1e-9) and middle <= high * (1 + 1e-9)
    bounded = Weighting("epanechnikov", 0.5, 0.0)
    assert found.average.effective(bounded) > 0


def _asked(record: UcdpRecord) -> Answer:
    return answer(
        record,
        read_like(
            record, "Backer leaves War20 2014" if len(record.spells) > 20 else "Backer leaves War0 2014"
        ),
        3,
        20,
        1,
    )
