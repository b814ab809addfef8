"""The order in which units are simulated, so that names and the order of a table move no draw."""

from dataclasses import replace

import numpy as np

from vedette.model.history import History, IntArray


def unit_order(history: History) -> IntArray:
    """The units (U,) in the order of their counts, the first period first; twins in the order of their names.

    Random numbers go to units in this order. So the same data give the same draws whatever units are called
    and however they are arranged; units whose whole past is alike are told apart by name alone.

    >>> from vedette.periods import Step
    >>> unit_order(History.of([[7, 0, 0], [1, 5, 5]], ["a", "c", "b"], 24161, Step.MONTH)).tolist()
    [2, 1, 0]
    """
    layers = [history.values] if history.events is None else [history.values, history.events]
    past = np.concatenate([layer.reshape(-1, len(history.units)) for layer in layers])
    keys = [column.tobytes() for column in np.ascontiguousarray(past.T.astype(">i8"))]
    order = sorted(range(len(keys)), key=lambda unit: (keys[unit], history.units[unit]))
    return np.array(order, dtype=np.int64)


def arranged(history: History) -> History:
    """The history as a model sees it: its units in `unit_order`, and one draw where there is no doubt."""
    past = without_doubt(history)
    return past.pick(unit_order(past))


def without_doubt(history: History) -> History:
    """The same history with one panel draw in place of several that are all alike."""
    layers = [history.values] if history.events is None else [history.values, history.events]
    if len(history.values) == 1 or any((layer != layer[:1]).any() for layer in layers):
        return history
    events = None if history.events is None else history.events[:1]
    return replace(history, values=history.values[:1], events=events)
