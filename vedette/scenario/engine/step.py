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

MONTHS_A_YEAR = 12
_TINY = 1e-9
_SHORTEST = 1e-3


@dataclass(frozen=True)
class MonthInputs:
    """The inputs of one month: levers, calendar, event baselines, noise (standard normal)."""

    levers: Values
    calendar: Values
    events: Values
    noise: Any


@dataclass(frozen=True)
class Constants:
    """The constants of a draw over all months: quantities, gates, and reference values of elasticities."""

    quantities: Values
    gates: Any
    references: Mapping[str, Any] | None
    """None while they are being computed: then such an effect is taken to be at its reference."""
    habits: tuple[Any, ...]
    """For each effect that remembers, the share of the last year in which it was so; 0 for shocks."""


@dataclass(frozen=True)
class Carry:
    """The state carried from one month to the next: stocks, memories of effects, rates of last month, clocks.

    A clock counts the months for which a threshold has been passed.
    """

    stocks: Values
    memories: tuple[Any, ...]
    late: Values
    clocks: tuple[Any, ...]


def month(
    plan: Plan, xp: Any, constants: Constants, inputs: MonthInputs, carry: Carry
) -> tuple[Carry, Values]:
    """The state after a month, and every value of that month; stocks as of its end."""
    seen: Values = {**inputs.levers, **inputs.calendar, **carry.stocks}
    memories: dict[int, Any] = {}
    clocks: dict[int, Any] = {}
    for node in plan.nodes:
        _reckon(node, xp, constants, inputs, carry, seen, memories, clocks)
    stocks = {store.id: _kept(store, xp, constants, carry, seen) for store in plan.stocks}
    after = Carry(
        stocks,
        tuple(memories[place] for place in range(len(plan.memories))),
        {name: seen[name] for name in plan.late},
        tuple(clocks[place] for place in range(plan.clocks)),
    )
    return after, {**seen, **stocks}


def beginning(plan: Plan, constants: Constants, inputs: MonthInputs, past: tuple[Any, ...]) -> Carry:
    """The state before the first month; ``past`` the memories that the calendar left."""
    known: Values = {**inputs.events}
    for node in plan.nodes:
        if node.join == "base":
            known[node.id] = _base(node, constants, inputs)
    stocks = {store.id: constants.quantities[store.initial] for store in plan.stocks}
    return Carry(stocks, past, {name: known.get(name, 0.0) for name in plan.late}, (0.0,) * plan.clocks)


def _reckon(
    node: Node,
    xp: Any,
    constants: Constants,
    inputs: MonthInputs,
    carry: Carry,
    state: Values,
    memories: dict[int, Any],
    clocks: dict[int, Any],
) -> None:
    """Puts the value of a node into ``state``, and for events the factor on the forecast too."""
    value = _start(node, xp, constants, inputs, carry, state)
    factor: Any = 1.0
    log_factor: Any = None
    added: Any = 0.0
    for move in node.moves:
        x = carry.late[move.source] if move.lagged else state[move.source]
        if move.form in ("share", "saturating"):
            added = added + _added(move, constants, x)
        elif move.form == "threshold":
            news = node.join == "events"
            factor = factor * _passed(move, xp, constants, x, inputs, carry, clocks, news)
        else:
            log_factor = _sum(log_factor, _log_factor(move, xp, constants, x, carry, memories))
    if node.scatter is not None and node.noise is not None:
        spread = constants.quantities[node.scatter]
        log_factor = _sum(log_factor, spread * inputs.noise[..., node.noise] - 0.5 * spread**2)
    if log_factor is not None:  # one exponential for all of them, the dearest part of a month
        factor = factor * xp.exp(log_factor)
    if node.join == "events":
        state[f"*{node.id}"] = factor
    state[node.id] = xp.clip(value * factor + added, node.low, node.high)


def _start(
    node: Node, xp: Any, constants: Constants, inputs: MonthInputs, carry: Carry, state: Values
) -> Any:
    def read(name: str) -> Any:
        return carry.late[name] if name in node.lagged else state[name]

    match node.join:
        case "base":
            return _base(node, constants, inputs)
        case "events":
            return inputs.events[node.id]
        case "product":
            value = read(node.parts[0])
            for name in node.parts[1:]:
                value = value * read(name)
            return value
        case _:
            value = sum(read(name) for name in node.parts)
            below = sum(read(name) for name in node.below)
            return value / xp.maximum(below, _TINY) if node.join == "ratio" else value


def _base(node: Node, constants: Constants, inputs: MonthInputs) -> Any:
    name = str(node.base)
    return inputs.levers[name] if node.lever else constants.quantities[name]


def _added(move: Move, constants: Constants, x: Any) -> Any:
    size = constants.quantities[move.size]
    more = (
        size * x if move.form == "share" else size * x / (x + constants.quantities[str(move.other)] + _TINY)
    )
    return more if move.gate is None else more * constants.gates[..., move.gate]


def _sum(one: Any, other: Any) -> Any:
    return other if one is None else one + other


def _log_factor(
    move: Move, xp: Any, constants: Constants, x: Any, carry: Carry, memories: dict[int, Any]
) -> Any:
    size = constants.quantities[move.size]
    if move.form == "elasticity":
        log_factor = _elastic(move, xp, constants, size, x)
    elif move.form == "hysteresis":
        log_factor = _remembered(move, xp, constants, x, carry, memories)
    else:
        assert move.memory is not None
        keep = 0.5 ** (1.0 / xp.maximum(constants.quantities[str(move.other)], _SHORTEST))
        memories[move.memory] = carry.memories[move.memory] * keep + x
        log_factor = memories[move.memory] * xp.log(xp.maximum(size, _TINY))
    return _gated(move, xp, constants, log_factor, 0.0)


def _gated(move: Move, xp: Any, constants: Constants, value: Any, without: float) -> Any:
    return value if move.gate is None else xp.where(constants.gates[..., move.gate] > 0, value, without)


def _passed(
    move: Move,
    xp: Any,
    constants: Constants,
    x: Any,
    inputs: MonthInputs,
    carry: Carry,
    clocks: dict[int, Any],
    news: bool,
) -> Any:
    """The factor of a threshold: that of the year since it was passed, where its size has one for each.

    With ``news`` a level that is passed at the reference moves nothing: the forecast has learnt from it.
    """
    at = constants.quantities[str(move.other)]
    passed = (x > at) if move.above else (x < at)
    if move.only is not None:
        lever, level, above = move.only
        other, line = inputs.levers[lever], constants.quantities[level]
        passed = passed & ((other > line) if above else (other < line))
    if news and constants.references is not None and move.source in constants.references:
        before = constants.references[move.source]
        passed = passed & ~((before > at) if move.above else (before < at))
    size = constants.quantities[move.size]
    if move.clock is not None:
        months = xp.where(passed, carry.clocks[move.clock] + 1.0, 0.0)
        clocks[move.clock] = months
        size = size * _of_year(move, xp, constants, months)
    return _gated(move, xp, constants, xp.where(passed, size, 1.0), 1.0)


def _of_year(move: Move, xp: Any, constants: Constants, months: Any) -> Any:
    """The factor of the running year over the size; after the last year its factor holds on."""
    value = constants.quantities[move.years[0]]
    for place, name in enumerate(move.years[1:], start=1):
        value = xp.where(months > MONTHS_A_YEAR * place, constants.quantities[name], value)
    return value


def _remembered(
    move: Move, xp: Any, constants: Constants, x: Any, carry: Carry, memories: dict[int, Any]
) -> Any:
    """The logarithm of the factor of hysteresis: a level is passed, and stays so until another one is."""
    assert move.memory is not None
    at, until = constants.quantities[str(move.other)], constants.quantities[str(move.until)]
    passed, back = (x > at, x < until) if move.above else (x < at, x > until)
    state = xp.where(passed, 1.0, xp.where(back, 0.0, carry.memories[move.memory]))
    memories[move.memory] = state
    size = xp.maximum(constants.quantities[move.size], _TINY)
    return (state - constants.habits[move.memory]) * xp.log(size)


def _elastic(move: Move, xp: Any, constants: Constants, size: Any, x: Any) -> Any:
    reference = move.reference
    if reference is None:
        if constants.references is None:
            return 0.0
        reference = constants.references[move.source]
    return size * xp.log(xp.clip(x / xp.maximum(reference, _TINY), 1.0 / WIDEST, WIDEST))


def _kept(store: StockPlan, xp: Any, constants: Constants, carry: Carry, state: Values) -> Any:
    value = carry.stocks[store.id]
    if store.half_life is not None:
        value = value * 0.5 ** (1.0 / xp.maximum(constants.quantities[store.half_life], _SHORTEST))
    value = value + sum(state[name] for name in store.inflow) - sum(state[name] for name in store.outflow)
    for move in store.moves:
        value = value + _added(move, constants, state[move.source])
    return xp.clip(value, store.low, store.high)
