"""What the study learns: a planted rule is found, and nothing from a later year enters an earlier forest."""

import numpy as np
import pytest
from learn_analogues import Series, forests, rows_of
from numpy.typing import NDArray

from vedette.model import Analogues, History, forecast
from vedette.model.analogues.forest import Forest, Rows
from vedette.model.analogues.prior import COLUMNS
from vedette.model.history import Kind
from vedette.periods import Step, parse
from vedette.randomness import rng_stream

FIRST = parse("2001-01", Step.MONTH)


def world(after_silence: float) -> list[Series]:
    """Twenty countries, 20 years: a level holds for a year; after half of these years come six silent months,
    and then a year at a multiple of the level.
    """
    rng = rng_stream(1, "world")
    found = []
    for number in range(20):
        months: list[float] = []
        while len(months) < 240:
            level = rng.uniform(15, 25)
            months += [level] * 12
            if rng.random() < 0.5:
                months += [0.0] * 6 + [after_silence * level] * 12
        found.append(Series(f"C{number:02d}", FIRST, rng.poisson(months[:240])))
    return found


def learned(series: list[Series]) -> tuple[Rows, Forest]:
    rows = rows_of(series, 10)
    trees = forests(rows)
    return rows, Forest(trees[max(trees)], rows.until(max(trees)))


def year_after_silence(monkeypatch: pytest.MonkeyPatch, series: list[Series]) -> NDArray[np.int64]:
    forest = learned(series)[1]
    monkeypatch.setattr("vedette.model.analogues.member.forest_known", lambda kind, origin: forest)
    past = [20] * 24 + [0] * 6
    history = History.of(
        np.array(past)[:, None],
        ["here"],
        FIRST,
        Step.MONTH,
        measure="deaths",
        kind=Kind.COUNTRY,
        countries=["IRQ"],
    )
    return forecast(Analogues(), history, history.span.last, 12, 1000, seed=1).draws


@pytest.mark.parametrize("factor", [3.0, 1.0])
def test_a_planted_rule_is_found(monkeypatch: pytest.MonkeyPatch, factor: float) -> None:
    draws = year_after_silence(monkeypatch, world(factor))
    assert draws.mean() == pytest.approx(20 * factor, rel=0.2)


def test_nothing_later_moves_rows_or_trees() -> None:
    rng, full = rng_stream(2, "later"), world(3.0)
    kept = parse("2011-12", Step.MONTH) - FIRST + 1
    other = [
        Series(
            one.country, one.first, np.append(one.deaths[:kept], rng.permutation(one.deaths[kept:]) * 7 + 1)
        )
        for one in full
    ]
    short = [Series(one.country, one.first, one.deaths[:kept]) for one in full]
    rows, trees = rows_of(full, 10), forests(rows_of(full, 10).until(2011))
    for changed in (other, short):
        again = rows_of(changed, 10)
        for column in COLUMNS:
            assert np.array_equal(getattr(rows.until(2011), column), getattr(again.until(2011), column))
        after = forests(again.until(2012))
        assert max(trees) == 2011
        for year, found in trees.items():
            for part in ("feature", "threshold", "right"):
                assert np.array_equal(getattr(found, part), getattr(after[year], part))


def test_a_row_counts_only_when_its_path_is_over() -> None:
    months = np.arange(36)
    rows = rows_of([Series("AAA", FIRST, months)], 10)
    assert len(rows.years) == 36 - 12 - 12 + 1
    assert rows.years.tolist() == [2002] + [2003] * 12
    assert len(rows.until(2001).years) == 0


def test_silent_months_are_thinned_and_weigh_more() -> None:
    rows = rows_of([Series("AAA", FIRST, np.zeros(240, dtype=np.int64))], 10)
    assert set(rows.weights) == {10}
    assert abs(rows.weights.sum() - 217) <= 10
