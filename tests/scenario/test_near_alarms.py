"""Alarms that are near: within a fifth of the level, or past it for too short a time."""

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from vedette.scenario.language.sign_entries import Alarm
from vedette.scenario.tracking.alarms import is_near


@pytest.mark.parametrize(
    ("alarm", "value", "near"),
    [
        ({"above": 10}, 8.0, True),
        ({"above": 10}, 7.99, False),
        ({"above": 10, "for": 2}, 11.0, True),
        ({"below": 500}, 600.0, True),
        ({"below": 500}, 601.0, False),
        ({"below": 500}, 0.0, True),
        ({"above": -10}, -12.0, True),
        ({"above": -10}, -12.1, False),
        ({"above": 10}, np.nan, False),
    ],
)
def test_an_alarm_is_near_from_four_fifths_of_its_level_on(
    alarm: dict[str, float], value: float, *, near: bool
) -> None:
    sign = SimpleNamespace(alarm=Alarm.model_validate(alarm))
    reading = SimpleNamespace(sign=sign, current=1, value=np.array([0.0, value]))
    assert is_near(cast(Any, reading)) is near


def test_what_was_never_measured_is_not_near() -> None:
    sign = SimpleNamespace(alarm=Alarm.model_validate({"above": 1}))
    assert is_near(cast(Any, SimpleNamespace(sign=sign, current=None, value=np.array([5.0])))) is False
