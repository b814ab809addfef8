"""The compiled mechanism: all draws of all scenarios in one function, made once for each structure."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import numpy.typing as npt

import vedette.model.jax_config  # noqa: F401  double precision before JAX counts
from vedette.model import FloatArray
from vedette.scenario.engine.rules import (
    Fired,
    RuleState,
    RuleTable,
    Watch,
    fired_at,
    levers_now,
    month_seen,
    rules_at_rest,
)
from vedette.scenario.engine.step import (
    MONTHS_A_YEAR,
    Carry,
    Constants,
    MonthInputs,
    Values,
    beginning,
    month,
)
from vedette.scenario.language.plan import Move, Plan

BLOCK = 1000
"""Draws that are simulated at once; no number depends on it."""

Paths = npt.NDArray[np.float32]
Run = Callable[..., Any]


@lru_cache(maxsize=16)
def compiled(plan: Plan, watch: Watch | None = None, own_levers: bool = False) -> Run:
    """The function of one structure, and of the rules that are watched if there are any.

    Its arguments, in this order: quantities and their factors by year (B, Q + Y), gates (B, G), event
    baselines (B, T, E), noise (B, T, K), lever paths (S, T, L), the first levers of the base scenario (L,),
    calendar (T, C), what effects remember of the calendar's past, as ages in months (M, past), event
    references (E,), rules (S first). With ``own_levers`` each draw has paths of levers of its own: these are
    then (S, B, T, L) and (B, L). It gives the path of each kept node, (S, B, T) each, and the months since
    each rule acted (S, B, R).
    """

    def one_draw(
        values: Any,
        gates: Any,
        events: Any,
        noise: Any,
        levers: Any,
        first: Any,
        calendar: Any,
        ages: Any,
        usual: Any,
        rules: Any,
    ) -> Any:
        known = dict(zip((*plan.quantities, *plan.years), values, strict=True))
        past = tuple(_past(move, known, ages[place]) for place, move in enumerate(plan.memories))
        habits = tuple(_habit(move, ages[place]) for place, move in enumerate(plan.memories))
        start = Constants(known, gates, None, habits)
        references = _references(plan, start, events, first, calendar, past, usual)
        constants = Constants(known, gates, references, habits)

        def one_scenario(path: Any, own: Any) -> Any:
            begin = beginning(plan, constants, _given(plan, path[0], calendar[0], events[0], noise[0]), past)
            rows = (path, calendar, events, noise, jnp.arange(len(path)))
            one_month = _month_of(plan, watch, constants, own)
            carry = (_as_tree(begin), _at_rest(watch, path[0]))
            (_, state), kept = jax.lax.scan(one_month, carry, rows)
            return kept, state[2]

        return jax.vmap(one_scenario)(levers, rules)

    ways = (1, 0) if own_levers else (None, None)
    axes = (0, 0, 0, 0, *ways, None, None, None, None)
    return jax.jit(jax.vmap(one_draw, in_axes=axes, out_axes=1))


def _at_rest(watch: Watch | None, levers: Any) -> Any:
    none = jnp.zeros(0)
    state = rules_at_rest(watch, jnp, levers) if watch else RuleState(none, none, none, none, none)
    return _state_tree(state)


def _month_of(plan: Plan, watch: Watch | None, constants: Constants, rules: Any) -> Any:
    """One month of a scan: the rules set the levers at its beginning and look at it when it is over."""

    def one_month(carry: Any, row: Any) -> Any:
        before, (levers, *given, number) = carry[0], row
        state = RuleState(*carry[1])
        if watch:
            state = levers_now(rules, jnp, state, levers)
            levers = state.levers
        after, seen = month(plan, jnp, constants, _given(plan, levers, *given), Carry(*before))
        if watch:
            signs = jnp.stack([jnp.asarray(seen[name], jnp.float64) for name in watch.nodes])
            state = month_seen(rules, jnp, state, signs, number)
        kept = tuple(jnp.asarray(seen[name], jnp.float32) for name in plan.kept)
        return (_as_tree(after), _state_tree(state)), kept

    return one_month


def _state_tree(state: RuleState) -> Any:
    parts = (state.count, state.met, state.since, state.start, state.levers)
    return tuple(jnp.asarray(part, jnp.float64) for part in parts)


def simulate(
    plan: Plan,
    values: FloatArray,
    gates: FloatArray,
    events: FloatArray,
    noise: FloatArray,
    levers: FloatArray,
    first: FloatArray,
    calendar: FloatArray,
    ages: FloatArray,
    usual: FloatArray,
    rules: RuleTable | None = None,
) -> tuple[Paths, Fired]:
    """The kept paths of all scenarios and draws, 32-bit float (S, D, T, N): see `compiled` for the arguments.

    Beside them the month in which each rule acted, int (S, D, R), counted from 0; -1 for never.

    Draws go through in blocks, the last one filled up, so that memory does not grow with their number
    beyond what is kept, and the function is compiled for one shape. In memory the path of a node lies in one
    piece, since paths are read node by node.
    """
    draws = len(values)
    size = min(BLOCK, draws)
    own_levers = levers.ndim == 4
    run = compiled(plan, rules.watch if rules else None, own_levers)
    own = rules.rows() if rules else {}
    since = np.zeros((len(levers), draws, rules.watch.rules if rules else 0))
    out = np.empty((len(plan.kept), len(levers), draws, levers.shape[-2]), dtype=np.float32)
    for start in range(0, draws, size):
        rows = np.minimum(np.arange(start, start + size), draws - 1)
        drawn = (values[rows], gates[rows], events[rows], noise[rows])
        ways = (levers[:, rows], first[rows]) if own_levers else (levers, first)
        block, acted = run(*drawn, *ways, calendar, ages, usual, own)
        used = min(size, draws - start)
        for path, node in zip(out, block, strict=True):
            path[:, start : start + used] = np.asarray(node)[:, :used]
        since[:, start : start + used] = np.asarray(acted)[:, :used]
    return np.moveaxis(out, 0, -1), fired_at(since, levers.shape[-2])


def _references(
    plan: Plan, constants: Constants, events: Any, first: Any, calendar: Any, past: Any, usual: Any
) -> Values:
    """Reference values of elasticities: the first month of the base scenario; for events, a usual month."""
    begin = dict(zip(plan.events, usual, strict=True)) if plan.events else {}
    still = jnp.zeros(max(1, len(plan.noises)))
    inputs = MonthInputs(_named(plan.levers, first), _named(plan.calendar, calendar[0]), begin, still)
    carry = beginning(plan, constants, inputs, past)
    _, state = month(plan, jnp, constants, inputs, carry)
    return {**state, **inputs.levers, **carry.stocks, **begin}


def _past(move: Move, known: Values, ages: Any) -> Any:
    """What an effect remembers of past calendar entries, ``ages`` months old before the start; inf: none."""
    if move.form == "hysteresis":
        return jnp.max(jnp.where(ages == 0, 1.0, 0.0), initial=0.0)
    half_life = move.other
    keep = 0.5 ** (1.0 / jnp.maximum(known[str(half_life)], 1e-3))
    return jnp.sum(jnp.where(jnp.isfinite(ages), keep ** jnp.where(jnp.isfinite(ages), ages, 0.0), 0.0))


def _habit(move: Move, ages: Any) -> Any:
    """The share of the last twelve months in which hysteresis was passed."""
    return jnp.sum(ages < MONTHS_A_YEAR) / MONTHS_A_YEAR if move.form == "hysteresis" else jnp.zeros(())


def _given(plan: Plan, levers: Any, calendar: Any, events: Any, noise: Any) -> MonthInputs:
    return MonthInputs(
        _named(plan.levers, levers), _named(plan.calendar, calendar), _named(plan.events, events), noise
    )


def _named(names: tuple[str, ...], row: Any) -> Values:
    return {name: row[place] for place, name in enumerate(names)}


def _as_tree(carry: Any) -> Any:
    """A carry of one kind of number throughout, as `jax.lax.scan` wants it."""
    return jax.tree.map(
        lambda value: jnp.asarray(value, jnp.float64),
        (carry.stocks, carry.memories, carry.late, carry.clocks),
    )
