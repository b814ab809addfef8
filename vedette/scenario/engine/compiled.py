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
def compiled(plan: Plan) -> Run:
    """The function of one structure.

    Its arguments, in this order: quantities and their factors by year (B, Q + Y), gates (B, G), event
    baselines (B, T, E), noise (B, T, K), lever paths (S, T, L), the first levers of the base scenario (L,),
    calendar (T, C), what effects remember of the calendar's past, as ages in months (M, past), event
    references (E,). It gives the kept paths (S, B, T, N).
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
    ) -> Any:
        known = dict(zip((*plan.quantities, *plan.years), values, strict=True))
        past = tuple(_past(move, known, ages[place]) for place, move in enumerate(plan.memories))
        habits = tuple(_habit(move, ages[place]) for place, move in enumerate(plan.memories))
        start = Constants(known, gates, None, habits)
        references = _references(plan, start, events, first, calendar, past, usual)
        constants = Constants(known, gates, references, habits)

        def one_scenario(path: Any) -> Any:
            begin = beginning(plan, constants, _given(plan, path[0], calendar[0], events[0], noise[0]), past)

            def one_month(carry: Any, row: Any) -> Any:
                after, state = month(plan, jnp, constants, _given(plan, *row), Carry(*carry))
                columns = [jnp.asarray(state[name], jnp.float64) for name in plan.kept]
                return _as_tree(after), jnp.stack(columns)

            rows = (path, calendar, events, noise)
            return jax.lax.scan(one_month, _as_tree(begin), rows)[1].astype(jnp.float32)

        return jax.vmap(one_scenario)(levers)

    fixed = (None,) * 5
    return jax.jit(jax.vmap(one_draw, in_axes=(0, 0, 0, 0, *fixed), out_axes=1))


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
) -> Paths:
    """The kept paths of all scenarios and draws, 32-bit float (S, D, T, N): see `compiled` for the arguments.

    Draws go through in blocks, the last one filled up, so that memory does not grow with their number
    beyond what is kept, and the function is compiled for one shape.
    """
    draws = len(values)
    size = min(BLOCK, draws)
    run = compiled(plan)
    out = np.empty((len(levers), draws, levers.shape[1], len(plan.kept)), dtype=np.float32)
    for start in range(0, draws, size):
        rows = np.minimum(np.arange(start, start + size), draws - 1)
        block = run(
            values[rows], gates[rows], events[rows], noise[rows], levers, first, calendar, ages, usual
        )
        used = min(size, draws - start)
        out[:, start : start + used] = np.asarray(block)[:, :used]
    return out


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
