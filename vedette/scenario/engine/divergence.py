"""Divergence: loops of a mechanism in which values grow without end."""

from collections.abc import Iterator

import numpy as np

from vedette.errors import Problem
from vedette.model import FloatArray
from vedette.scenario.engine.sampling import draw_quantities, with_years
from vedette.scenario.engine.step import Constants, MonthInputs, Values, beginning, month
from vedette.scenario.language.entries import MechanismFile
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.plan import Plan, loops

DRAWS, MONTHS, FAR = 64, 240, 1e3
"""Draws and months of the check, and how many times its beginning a diverging value passes."""


def diverging(mechanism: Mechanism) -> Iterator[Problem]:
    """Loops in which values grow without end in draws of the base scenario.

    The base scenario is run on for twenty years with its last levers and no chance in it. A loop diverges
    where a member passes a thousand times its beginning and still grows, in a draw of 64.
    """
    file = mechanism.file
    members = loops(file)
    if not members:
        return
    plan = mechanism.plan
    paths = runaway(mechanism, plan)
    for loop in members:
        growth = max(_growth(paths[name]) for name in loop if name in paths)
        if growth > 1.0:
            key = _key(loop, file)
            chain = " -> ".join((*loop, loop[0]))
            growing = f"{chain}, which grows by {growth - 1:.0%} a month without end"
            cure = "Weaken an effect of it, add decay or an outflow, or give the stock a most."
            yield mechanism.lines.problem(key, "loops that settle", growing, cure)


def _key(loop: tuple[str, ...], file: MechanismFile) -> tuple[str | int, ...]:
    """The entry to report for a loop: its first effect, else its first member."""
    for index, effect in enumerate(file.effects):
        if effect.source in loop and effect.target in loop:
            return ("effects", index)
    for where in ("rates", "stocks", "events"):
        for index, entry in enumerate(getattr(file, where)):
            if entry.id in loop:
                return (where, index)
    return ()


def _growth(path: FloatArray) -> float:
    """The growth a month at the end of a path (T, S) that ran away in some draw; 0 where none did."""
    first = np.maximum(np.abs(path[0]), 1e-6)
    with np.errstate(all="ignore"):
        last = np.abs(path[-1]) / first
        rate = (np.abs(path[-1]) / np.maximum(np.abs(path[-13]), 1e-12)) ** (1 / 12)
    away = ~np.isfinite(last) | ((last > FAR) & (rate > 1.0001))
    if not away.any():
        return 0.0
    rates = np.where(np.isfinite(rate), rate, np.inf)[away]
    early = path[1 : len(path)] / np.maximum(np.abs(path[:-1]), 1e-12)
    most = float(np.nanmax(np.where(np.isfinite(early), early, np.nan)))
    worst = float(rates.max())
    return max(worst if np.isfinite(worst) else most, 1.0001)


def runaway(mechanism: Mechanism, plan: Plan) -> dict[str, FloatArray]:
    """Paths (T, S) of every node and stock in the check."""
    drawn = draw_quantities(mechanism, DRAWS, seed=0)
    columns = with_years(mechanism, drawn.values)
    values: Values = {name: columns[:, place] for place, name in enumerate((*plan.quantities, *plan.years))}
    levers = mechanism.lever_paths(mechanism.base)
    ones = np.ones(DRAWS)
    noise = np.zeros((DRAWS, max(1, len(plan.noises))))
    events: Values = dict.fromkeys(plan.events, ones)
    past = tuple(np.zeros(DRAWS) for _ in plan.memories)
    paths: dict[str, list[FloatArray]] = {}
    with np.errstate(all="ignore"):
        constants = Constants(values, drawn.gates, None, past)
        inputs = MonthInputs(_at(levers, plan, 0), dict.fromkeys(plan.calendar, 0.0), events, noise)
        carry = beginning(plan, constants, inputs, past)
        _, first = month(plan, np, constants, inputs, carry)
        constants = Constants(values, drawn.gates, {**first, **inputs.levers, **carry.stocks}, past)
        for now in range(MONTHS):
            row = min(now, len(levers) - 1)
            inputs = MonthInputs(_at(levers, plan, row), dict.fromkeys(plan.calendar, 0.0), events, noise)
            carry, state = month(plan, np, constants, inputs, carry)
            for name, value in state.items():
                paths.setdefault(name, []).append(np.broadcast_to(np.asarray(value, np.float64), DRAWS))
    return {name: np.stack(path) for name, path in paths.items()}


def _at(levers: FloatArray, plan: Plan, row: int) -> Values:
    return {name: float(levers[row, place]) for place, name in enumerate(plan.levers)}
