"""The order in which units are simulated: by their counts alone, by names where these are alike."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vedette.model import History, IntArray
from vedette.model.arrangement import unit_order
from vedette.periods import Step

SMALL = st.integers(0, 2)


def by_plain_comparison(history: History) -> list[int]:
    """Units compared count by count: panel draw after panel draw of the counts, then of the events."""

    def key(unit: int) -> tuple[list[int], str]:
        layers = [history.values] if history.events is None else [history.values, history.events]
        counts = [int(count) for layer in layers for draw in layer for count in draw[:, unit]]
        return counts, history.units[unit]

    return sorted(range(len(history.units)), key=key)


@st.composite
def pasts(draw: st.DrawFn) -> tuple[IntArray, IntArray | None]:
    """Few different counts, so that many units are alike in the first draw, in all draws, or throughout."""
    shape = (draw(SMALL) + 1, draw(SMALL) + 1, draw(st.integers(1, 6)))
    layers = [
        np.array(draw(st.lists(SMALL, min_size=size, max_size=size))).reshape(shape)
        for size in [int(np.prod(shape))] * 2
    ]
    return layers[0], layers[1] if draw(st.booleans()) else None


@given(pasts())
def test_the_order_is_that_of_a_comparison_count_by_count(past: tuple[IntArray, IntArray | None]) -> None:
    values, events = past
    names = [f"unit-{number}" for number in range(values.shape[2])][::-1]
    history = History.of(values, names, 24161, Step.MONTH, events=events)
    assert unit_order(history).tolist() == by_plain_comparison(history)
