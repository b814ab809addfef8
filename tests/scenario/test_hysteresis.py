"""Hysteresis by hand: a level is passed, and stays so until another one is reached."""

import numpy as np
import pytest
from support.fourland import CaseFolder
from support.small_mechanism import FILES, MECHANISM, flat, lay, read

from vedette.errors import CaseError
from vedette.scenario import run

GUARD = (
    "  - {id: guard-holds, from: capability, to: rebel-deaths, form: elasticity, size: attack-elasticity}\n"
)
ALONE = MECHANISM.replace(GUARD, "")
LINES = """\
  - {id: gone, name: Troops below which towns fall, unit: people, distribution: {form: point, value: 500},
     author: tester, source: none, why: a guess}
  - {id: back, name: Troops that take them back, unit: people, distribution: {form: point, value: 800},
     author: tester, source: none, why: a guess}
  - {id: war-factor, name: Deaths while towns are lost, unit: number, distribution: {form: point, value: 4},
     author: tester, source: none, why: a guess}
levers:
"""
EFFECT = """\
  - {id: towns-fall, from: troops, to: rebel-deaths, form: hysteresis, size: war-factor, at: gone,
     until: back, side: below}
outcomes:
"""
COME_AND_GO = """\
id: leave
name: Bigland leaves and comes back
author: tester
source: none
levers:
  troops: {path: {2015-01: 1000, 2015-02: 400, 2015-03: 700, 2015-04: 900, 2015-05: 700}, between: step}
"""


def files(effect: str = EFFECT) -> dict[str, str]:
    text = ALONE.replace("levers:\n", LINES, 1).replace("outcomes:\n", effect, 1)
    return {**FILES, "mechanisms.yaml": text, "scenarios/leave.yaml": COME_AND_GO}


def factors(case_folder: CaseFolder, effect: str) -> list[float]:
    mechanism = read(lay(case_folder(), files(effect)))
    made = run(mechanism, ["stay", "leave"], flat(mechanism), draws=4, seed=1)
    stay, leave = made.path("*rebel-deaths").astype(np.float64)
    return list((leave / stay)[0, :6].round(5))


def test_a_passed_level_is_remembered_until_the_other_one(case_folder: CaseFolder) -> None:
    # 400 is below 500; 700 is not yet above 800; 900 is; 700 again is not below 500
    assert factors(case_folder, EFFECT) == [1, 4, 4, 1, 1, 1]


def test_what_was_so_before_the_start_is_in_the_forecast_already(case_folder: CaseFolder) -> None:
    past = ALONE.replace("first: 2014-11,", "first: 2014-07,\n     last: 2014-12,")
    assert past != ALONE
    effect = EFFECT.replace("side: below", "side: below, past: strike")
    text = past.replace("levers:\n", LINES, 1).replace("outcomes:\n", effect, 1)
    text = text.replace("value: 1000}", "value: 700}")
    stay = FILES["scenarios/stay.yaml"].replace("1000", "700")
    both = {"mechanisms.yaml": text, "scenarios/stay.yaml": stay, "scenarios/leave.yaml": COME_AND_GO}
    mechanism = read(lay(case_folder(), both))
    made = run(mechanism, ["stay", "leave"], flat(mechanism), draws=4, seed=1)
    stays, leaves = made.path("*rebel-deaths").astype(np.float64)
    # half of the last year was so: while it goes on 4^(1 - 1/2), once it is over 4^(0 - 1/2)
    assert (leaves / stays)[0, :3].round(5).tolist() == [0.25, 1, 1]


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (
            EFFECT.replace("until: back, ", ""),
            "effects[2].until: expected until of a hysteresis; found nothing",
        ),
        (
            EFFECT.replace("side: below", "past: strik"),
            "effects[2].past: expected the id of a calendar entry",
        ),
        (
            EFFECT.replace("until: back", "until: war-factor"),
            "effects[2].until: expected people; found number",
        ),
    ],
)
def test_a_mistake_in_hysteresis_is_told(case_folder: CaseFolder, effect: str, said: str) -> None:
    with pytest.raises(CaseError) as error:
        read(lay(case_folder(), files(effect)))
    assert said in str(error.value.problems[0])
