"""The order in which units are simulated, so that names and the order of a table move no draw."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from vedette.model.history import History, IntArray


def unit_order(history: History) -> IntArray:
    """The units (U,) in the order of their counts, the first period first; twins in the order of their names.

    Random numbers go to units in this order. So the same data give the same draws whatever units are called
    and however they are arranged; units whose whole past is alike are told apart by name alone. Most differ
    in the first panel draw already, so that the others are read only where units are alike there.

    >>> from vedette.periods import Step
    >>> unit_order(History.of([[7, 0, 0], [1, 5, 5]], ["a", "c", "b"], 24161, Step.MONTH)).tolist()
    [2, 1, 0]
    """
    first = _keys([history.values[:1]])
    alike = Counter(first)
    twins = [unit for unit, key in enumerate(first) if alike[key] > 1]
    rest = [history.values[1:], *([] if history.events is None else [history.events])]
    whole = dict(zip(twins, _keys([layer[:, :, twins] for layer in rest]), strict=True))
    order = sorted(
        range(len(first)), key=lambda unit: (first[unit], whole.get(unit, b""), history.units[unit])
    )
    return np.array(order, dtype=np.int64)


def _keys(layers: Sequence[IntArray]) -> list[bytes]:
    """Each unit's counts, layer by layer, as bytes that stand in the order of the counts."""
    units = layers[0].shape[2]
    parts = [layer.transpose(2, 0, 1).astype(">i8", order="C") for layer in layers]
    return [b"".join(part[unit].tobytes() for part in parts) for unit in range(units)]


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
