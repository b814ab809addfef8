"""One month of a mechanism. The same lines run on plain arrays and, traced, inside the compiled function.

Every value is a number, or an array of any one shape; ``xp`` is `numpy` or `jax.numpy`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vedette.scenario.language.plan import Move, Node, Plan, StockPlan

Values = dict[str, Any]

WIDEST = 100.0
"""An elasticity sees its source at most this many times above or below its reference."""

_TINY = 1e-9
_SHORTEST = 1e-3


@dataclass(frozen=True)
class Given:
    """What comes from outside in one month: levers, calendar, event baselines, noise (standard normal)."""

    levers: Values
    calendar: Values
    events: Values
    noise: Any


@dataclass(frozen=True)
class Held:
    """What does not change over the months of a draw: quantities, gates, and what elasticities refer to."""

    quantities: Values
    gates: Any
    references: Mapping[str, Any] | None
    """None in the reckoning that finds them: then such an effect is taken to be at its reference."""


@dataclass(frozen=True)
class Carry:
    """What passes from one month to the next: stocks, shock memories, and rates as of last month."""

    stocks: Values
    memories: tuple[Any, ...]
    late: Values


def month(plan: Plan, xp: Any, held: Held, given: Given, carry: Carry) -> tuple[Carry, Values]:
    """The state after a month, and every value of that month; stocks as of its end."""
    seen: Values = {**given.levers, **given.calendar, **carry.stocks}
    memories: dict[int, Any] = {}
    for node in plan.nodes:
        _reckon(node, xp, held, given, carry, seen, memories)
    stocks = {store.id: _kept(store, xp, held, carry, seen) for store in plan.stocks}
    after = Carry(
        stocks,
        tuple(memories[place] for place in range(len(plan.shocks))),
        {name: seen[name] for name in plan.late},
    )
    return after, {**seen, **stocks}


def beginning(plan: Plan, held: Held, given: Given, past: tuple[Any, ...]) -> Carry:
    """The state before the first month; ``past`` the shock memories that the calendar left."""
    known: Values = {**given.events}
    for node in plan.nodes:
        if node.join == "base":
            known[node.id] = _base(node, held, given)
    stocks = {store.id: held.quantities[store.initial] for store in plan.stocks}
    return Carry(stocks, past, {name: known.get(name, 0.0) for name in plan.late})


def _reckon(
    node: Node, xp: Any, held: Held, given: Given, carry: Carry, seen: Values, memories: dict[int, Any]
) -> None:
    """Puts the value of a node into ``seen``, and for events the factor on the forecast too."""
    value = _start(node, xp, held, given, carry, seen)
    factor: Any = 1.0
    added: Any = 0.0
    for move in node.moves:
        x = carry.late[move.source] if move.lagged else seen[move.source]
        if move.form in ("share", "saturating"):
            added = added + _added(move, held, x)
        else:
            factor = factor * _factor(move, xp, held, x, carry, memories)
    if node.scatter is not None and node.noise is not None:
        spread = held.quantities[node.scatter]
        factor = factor * xp.exp(spread * given.noise[..., node.noise] - 0.5 * spread**2)
    if node.join == "events":
        seen[f"*{node.id}"] = factor
    seen[node.id] = xp.clip(value * factor + added, node.low, node.high)


def _start(node: Node, xp: Any, held: Held, given: Given, carry: Carry, seen: Values) -> Any:
    def read(name: str) -> Any:
        return carry.late[name] if name in node.lagged else seen[name]

    match node.join:
        case "base":
            return _base(node, held, given)
        case "events":
            return given.events[node.id]
        case "product":
            value = read(node.parts[0])
            for name in node.parts[1:]:
                value = value * read(name)
            return value
        case _:
            value = sum(read(name) for name in node.parts)
            below = sum(read(name) for name in node.below)
            return value / xp.maximum(below, _TINY) if node.join == "ratio" else value


def _base(node: Node, held: Held, given: Given) -> Any:
    name = str(node.base)
    return given.levers[name] if node.lever else held.quantities[name]


def _added(move: Move, held: Held, x: Any) -> Any:
    size = held.quantities[move.size]
    more = size * x if move.form == "share" else size * x / (x + held.quantities[str(move.other)] + _TINY)
    return more if move.gate is None else more * held.gates[..., move.gate]


def _factor(move: Move, xp: Any, held: Held, x: Any, carry: Carry, memories: dict[int, Any]) -> Any:
    size = held.quantities[move.size]
    if move.form == "elasticity":
        factor = _elastic(move, xp, held, size, x)
    elif move.form == "threshold":
        at = held.quantities[str(move.other)]
        factor = xp.where((x > at) if move.above else (x < at), size, 1.0)
    else:
        assert move.memory is not None
        keep = 0.5 ** (1.0 / xp.maximum(held.quantities[str(move.other)], _SHORTEST))
        memories[move.memory] = carry.memories[move.memory] * keep + x
        factor = xp.maximum(size, _TINY) ** memories[move.memory]
    return factor if move.gate is None else xp.where(held.gates[..., move.gate] > 0, factor, 1.0)


def _elastic(move: Move, xp: Any, held: Held, size: Any, x: Any) -> Any:
    reference = move.reference
    if reference is None:
        if held.references is None:
            return 1.0
        reference = held.references[move.source]
    ratio = xp.clip(x / xp.maximum(reference, _TINY), 1.0 / WIDEST, WIDEST)
    return xp.exp(size * xp.log(ratio))


def _kept(store: StockPlan, xp: Any, held: Held, carry: Carry, seen: Values) -> Any:
    value = carry.stocks[store.id]
    if store.half_life is not None:
        value = value * 0.5 ** (1.0 / xp.maximum(held.quantities[store.half_life], _SHORTEST))
    value = value + sum(seen[name] for name in store.inflow) - sum(seen[name] for name in store.outflow)
    for move in store.moves:
        value = value + _added(move, held, seen[move.source])
    return xp.clip(value, store.low, store.high)
