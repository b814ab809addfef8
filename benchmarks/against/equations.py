"""The equations of a mechanism, in the words of XMILE; names as in the mechanism, hyphens and all.

Three things need more than one entry. A stock's next value is bounded as a whole. An effect that remembers
has a stock of its own, what is left of it from last month. What elasticities refer to, the first month of the
base scenario, stands beside each node under its name with ``_usual``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isinf

import numpy as np

from vedette.model import FloatArray
from vedette.scenario.engine.step import MONTHS_A_YEAR, WIDEST
from vedette.scenario.language.plan import Move, Node, Plan, StockPlan

TINY, SHORTEST = "1e-09", "0.001"
"""What vedette never divides by less than, and the shortest half-life, in months."""


@dataclass(frozen=True, eq=False)
class Equations:
    """The equations of a plan; ``calendar`` (T, C) and ``ages`` (M, past) as the running of it takes them."""

    plan: Plan
    calendar: FloatArray
    ages: FloatArray

    def auxiliaries(self) -> Iterator[tuple[str, str]]:
        """Names and equations of all that is reckoned within a month."""
        for place, name in enumerate(self.plan.calendar):
            yield name, _months(self.calendar[:, place])
            yield f"{name}_usual", repr(float(self.calendar[0, place]))
        for stock in self.plan.stocks:
            yield f"{stock.id}_usual", stock.initial
        for node in self.plan.nodes:
            for move in node.moves:
                if move.memory is not None:
                    past = _past(move, self.ages[move.memory])
                    yield f"{move.id}_left", _left(move, f"{move.id}_before", self._now(move))
                    yield f"{move.id}_left_usual", _left(move, past, self._usual(move))
            if node.join == "events":
                yield f"{node.id}_factor", "1" + self._factors(node, self._now, usual=False)
            yield node.id, self._value(node, usual=False)
            yield f"{node.id}_usual", self._value(node, usual=True)

    def stocks(self) -> Iterator[tuple[str, str, str]]:
        """Names, beginnings and equations of what passes to the next month."""
        for store in self.plan.stocks:
            yield store.id, store.initial, self._next(store)
        for move in self.plan.memories:
            yield f"{move.id}_before", _past(move, self.ages[move.memory or 0]), f"{move.id}_left"
        for name in self.plan.late:
            yield f"{name}_late", self._beginning(name, usual=False), name

    def _now(self, move: Move) -> str:
        return f"{move.source}_late" if move.lagged else move.source

    def _usual(self, move: Move) -> str:
        return self._beginning(move.source, usual=True) if move.lagged else f"{move.source}_usual"

    def _beginning(self, name: str, usual: bool) -> str:
        """What stands for last month's value of a rate in the first month."""
        node = next(each for each in self.plan.nodes if each.id == name)
        return self._start(node, usual) if node.join in ("base", "events") else "0"

    def _value(self, node: Node, usual: bool) -> str:
        read = self._usual if usual else self._now
        named = node.join == "events" and not usual
        factors = f" * {node.id}_factor" if named else self._factors(node, read, usual)
        added = [_added(move, read(move)) for move in node.moves if move.form in ("share", "saturating")]
        return _held(" + ".join([self._start(node, usual) + factors, *added]), node.low, node.high)

    def _start(self, node: Node, usual: bool) -> str:
        def read(name: str) -> str:
            if name in node.lagged:
                return self._beginning(name, usual=True) if usual else f"{name}_late"
            return f"{name}_usual" if usual else name

        match node.join:
            case "base":
                return read(str(node.base)) if node.lever else str(node.base)
            case "events":
                return f"{node.id}_mean" if usual else f"{node.id}_forecast"
            case "product":
                return " * ".join(map(read, node.parts))
        above = f"({' + '.join(map(read, node.parts))})"
        return f"{above} / MAX({' + '.join(map(read, node.below))}, {TINY})" if node.below else above

    def _factors(self, node: Node, read: Callable[[Move], str], usual: bool) -> str:
        """What multiplies a node, each with a sign before it; at the references free elasticities are 1."""
        moves = [move for move in node.moves if move.form not in ("share", "saturating")]
        if usual:
            moves = [move for move in moves if move.form != "elasticity" or move.reference is not None]
        parts = [self._factor(move, read(move), usual) for move in moves]
        if node.scatter is not None:
            noise = "0" if usual else f"{node.id}_noise"
            parts.append(f"EXP({node.scatter} * {noise} - 0.5 * {node.scatter} * {node.scatter})")
        return "".join(f" * {part}" for part in parts)

    def _factor(self, move: Move, x: str, usual: bool) -> str:
        if move.form == "elasticity":
            factor = f"EXP({move.size} * LN({self._ratio(move, x)}))"
        elif move.form == "threshold":
            factor = f"(IF {x} {'>' if move.above else '<'} {move.other} THEN {move.size} ELSE 1)"
        else:
            left = f"{move.id}_left{'_usual' if usual else ''}"
            habit = _habit(move, self.ages[move.memory or 0])
            factor = f"MAX({move.size}, {TINY}) ^ ({left} - {habit!r})"
        return factor if move.gate is None else f"(IF {move.id}_holds > 0 THEN {factor} ELSE 1)"

    def _ratio(self, move: Move, x: str) -> str:
        usual = f"{move.source}_mean" if move.source in self.plan.events else f"{move.source}_usual"
        reference = usual if move.reference is None else repr(float(move.reference))
        return f"MIN(MAX({x} / MAX({reference}, {TINY}), {1 / WIDEST!r}), {WIDEST!r})"

    def _next(self, store: StockPlan) -> str:
        kept = f"{store.id} * {_keep(store.half_life)}" if store.half_life else store.id
        flows = [f" + {name}" for name in store.inflow] + [f" - {name}" for name in store.outflow]
        added = [f" + {_added(move, self._now(move))}" for move in store.moves]
        return _held(kept + "".join(flows + added), store.low, store.high)


def _added(move: Move, x: str) -> str:
    more = f"{move.size} * {x}" + (f" / ({x} + {move.other} + {TINY})" if move.form == "saturating" else "")
    return more if move.gate is None else f"{move.id}_holds * {more}"


def _keep(half_life: str | None) -> str:
    return f"0.5 ^ (1 / MAX({half_life}, {SHORTEST}))"


def _left(move: Move, before: str, x: str) -> str:
    """What an effect remembers after a month: of a shock what is left, of hysteresis whether it is passed."""
    if move.form == "shock":
        return f"{before} * {_keep(move.other)} + {x}"
    there, back = (">", "<") if move.above else ("<", ">")
    return f"(IF {x} {there} {move.other} THEN 1 ELSE (IF {x} {back} {move.until} THEN 0 ELSE {before}))"


def _habit(move: Move, ages: FloatArray) -> float:
    """The share of the last year in which hysteresis was passed."""
    return float((ages < MONTHS_A_YEAR).sum() / MONTHS_A_YEAR) if move.form == "hysteresis" else 0.0


def _past(move: Move, ages: FloatArray) -> str:
    """What is left of months of the calendar that were over before the start."""
    if move.form == "hysteresis":
        return "1" if (ages == 0).any() else "0"
    left = [f"({_keep(move.other)}) ^ {float(age)!r}" for age in ages if not isinf(age)]
    return f"({' + '.join(left)})" if left else "0"


def _held(value: str, low: float, high: float) -> str:
    value = value if isinf(low) else f"MAX({value}, {low!r})"
    return value if isinf(high) else f"MIN({value}, {high!r})"


def _months(row: FloatArray) -> str:
    """1 in the months of a calendar entry, which follow one another."""
    months = np.flatnonzero(row)
    return f"(IF TIME >= {months[0]} AND TIME <= {months[-1]} THEN 1 ELSE 0)" if len(months) else "0"
