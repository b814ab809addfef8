"""An intervention's effect as an estimate: the number of `vedette effect`, as known on the day."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from support.fourland import CaseFolder
from support.small_mechanism import FILES, MECHANISM, lay, read

from vedette import commands
from vedette.effect import Effect
from vedette.errors import CaseError
from vedette.scenario import read_mechanism
from vedette.scenario.language.entries import Estimate

WRITTEN = MECHANISM[MECHANISM.index("  - {id: attack-elasticity") : MECHANISM.index("assumptions:\n")]
ELSE = "else: {distribution: {form: uniform, low: 0, high: 1}, author: tester, source: none, why: a guess}"


def laid(folder: CaseFolder, fit: str, unit: str = "number", more: str = "") -> Path:
    entry = f"  - {{id: another, name: An estimate, unit: {unit}, fit: {{effect: {fit}}}{more}}}\n"
    return lay(folder(), {**FILES, "mechanisms.yaml": MECHANISM.replace(WRITTEN, entry + WRITTEN)})


def estimate(made: Path, as_of: date | None = None) -> Estimate:
    mechanism = read(made)
    return (read_mechanism(mechanism.case, as_of) if as_of else mechanism).file.estimates[0]


def test_it_is_what_the_command_answers(case_folder: CaseFolder) -> None:
    made = laid(case_folder, "{of: drawdown-2013, series: rebels, months: 12}")
    found = estimate(made)
    effect = commands.effect(str(made), "drawdown-2013", on="rebels", months=12).changed.estimate
    assert isinstance(effect, Effect)
    ends = found.distribution.quantile(np.array([0.05, 0.5, 0.95]))
    assert ends == pytest.approx(np.quantile(effect.ratios(), [0.05, 0.5, 0.95]), rel=1e-3)
    assert (found.mark, found.ground.points) == ("estimated", 12)
    assert "2013-06 to 2014-05, by the pool fitted up to 2013-05" in found.ground.rests_on
    assert f"likeliest shape {effect.shape.name}" in found.ground.rests_on


def test_it_is_as_known_on_the_day(case_folder: CaseFolder) -> None:
    made = laid(case_folder, "{of: drawdown-2013, months: 18}")
    whole, then = estimate(made), estimate(made, date(2014, 3, 31))
    assert "2013-06 to 2014-11" in whole.ground.rests_on
    assert "2013-06 to 2014-03" in then.ground.rests_on
    assert (whole.ground.points, then.ground.points) == (18, 10)


def test_fewer_than_eight_months_are_assumed(case_folder: CaseFolder) -> None:
    found = estimate(laid(case_folder, "{of: drawdown-2013, months: 7}", more=f", {ELSE}"))
    assert found.mark == "assumed"
    assert "from 7 months, of at least 8" in found.ground.rests_on


@pytest.mark.parametrize(
    ("fit", "unit", "words"),
    [
        ("{of: drawup-2013}", "number", "lists no intervention of that id"),
        ("{of: drawdown-2013, series: nowhere}", "number", "'nowhere' is none of these"),
        ("{of: drawdown-2013, months: 12}", "people", "number, which fit.effect gives"),
        ("{of: drawdown-2013, months: 12, read: half-life}", "number", "months, which fit.effect gives"),
        ("{of: drawdown-2013, months: 99}", "number", "months from 1 to 60"),
    ],
)
def test_a_mistake_is_told_with_its_cure(case_folder: CaseFolder, fit: str, unit: str, words: str) -> None:
    with pytest.raises(CaseError) as raised:
        estimate(laid(case_folder, fit, unit))
    assert words in str(raised.value)
    assert "mechanisms.yaml" in str(raised.value)


def test_an_intervention_after_the_day_is_a_mistake(case_folder: CaseFolder) -> None:
    made = laid(case_folder, "{of: drawdown-2013, months: 12}")
    with pytest.raises(CaseError, match="a whole month from 2013-06 on to be known"):
        estimate(made, date(2013, 5, 31))
