"""The index of arms and the attacks on sites, in sentences."""

from datetime import date

import numpy as np
import pytest

from vedette.cli.text.arms import day_in_words
from vedette.network import ArmedForce, Monopoly
from vedette.network.stays import UncountedAttacks, left_out_in_words

DAY = date(2014, 6, 30)
NAMES = {"army": "The Army", "militia": "The Militia", "bandits": "The Bandits", "pirates": "The Pirates"}


def force(name: str, status: str, size: float, **more: object) -> ArmedForce:
    """A force of one strength, counted on the day unless said otherwise."""
    cells = {"claims": ("c1",), "years": 0.0, **more}
    return ArmedForce(name, status, np.full(100, size), **cells)  # type: ignore[arg-type]


def words(*parts: ArmedForce, **more: tuple[str, ...]) -> list[str]:
    """The sentences of an index of these forces."""
    return list(day_in_words(Monopoly(DAY, parts, armies=("army",), **more), NAMES))


def test_a_share_and_what_it_leaves_out() -> None:
    parts = (force("army", "state", 60), force("militia", "hybrid", 30), force("bandits", "non-state", 10))
    assert words(*parts, elsewhere=("pirates",)) == [
        "On 2014-06-30 forces that the state alone commands hold 60% of armed strength (60% to 60%); hybrid "
        "forces, on a public payroll and under others' command too, 30%; others 10%.",
        "Foreign troops are not counted.",
        "Nor are armed groups whose war is elsewhere: The Pirates.",
    ]


def test_what_of_a_range_is_assumed() -> None:
    bandits = force("bandits", "non-state", 5, claims=(), years=None, most=25, author="a test")
    told = words(force("army", "state", 75), bandits)
    assert "(75% to 100%)" in told[0]
    assert told[1] == "Of that range 25 points rest on assumed strengths: The Bandits (0 to 25, by a test)."


def test_a_share_that_is_withheld_names_the_reason() -> None:
    told = words(force("militia", "hybrid", 30), missing=("army",))
    assert told[0] == "The share of 2014-06-30 is withheld, since the army is missing."
    assert told[1] == "Main forces without a headcount within reach, not counted: The Army."


def test_a_range_that_is_too_wide_names_the_force_that_widens_it() -> None:
    bandits = force("bandits", "non-state", 5, claims=(), years=None, most=75, author="a test")
    assert words(force("army", "state", 75), bandits)[0] == (
        "The share of 2014-06-30 is withheld, since its range, 50 to 100 %, is wider than 30 points. Least "
        "certain is the strength of The Bandits."
    )


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        (UncountedAttacks(0, 0, 0), "recorded."),
        (UncountedAttacks(1, 0, 0), "leave out: 1 day of attacks on these hosts away from the sites"),
        (
            UncountedAttacks(0, 2, 3),
            "leave out: 2 reports of attacks without a day; 3 days of attacks at the",
        ),
    ],
)
def test_what_numbers_of_attacks_leave_out(left_out: UncountedAttacks, said: str) -> None:
    assert said in left_out_in_words(left_out)
