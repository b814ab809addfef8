"""Adaptive rules while a run goes on: what they have seen, when they act, and the levers that follow.

Arrays are those of ``xp``, which is `jax.numpy` inside the compiled function.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from vedette.model import BoolArray, FloatArray, IntArray
from vedette.periods import Span, Step, parse
from vedette.scenario.language.rules import Rule

Fired = npt.NDArray[np.int16]
NEVER = -1


@dataclass(frozen=True)
class Watch:
    """What a compiled function must know of rules: the nodes that give signs, R rules, the longest lag."""

    nodes: tuple[str, ...]
    rules: int
    lag: int


@dataclass(frozen=True, eq=False)
class RuleTable:
    """The rules of S scenarios as arrays, R to a scenario; L levers.

    Of shape (S, R): ``sign`` the place among the watched nodes, ``level`` and ``above`` what it is compared
    with and on which side, ``need`` months in a row, ``lag`` until a month is known, ``first`` and ``last``
    the months that count, ``after`` the place of the rule to wait for or -1. Of shape (S, R, L): ``sets``
    whether a lever is set, ``to`` its value, ``over`` how many months it takes, ``step`` whether it waits for
    the last of them. Rows that fill a scenario up need infinitely many months.
    """

    watch: Watch
    sign: IntArray
    level: FloatArray
    above: BoolArray
    need: FloatArray
    lag: IntArray
    first: IntArray
    last: IntArray
    after: IntArray
    sets: BoolArray
    to: FloatArray
    over: FloatArray
    step: BoolArray

    def of(self, scenarios: IntArray) -> "RuleTable":
        """The rules of some of the scenarios."""
        return RuleTable(self.watch, **{name: rows[scenarios] for name, rows in self.rows().items()})

    def rows(self) -> dict[str, Any]:
        """The arrays by name, each with the scenarios first."""
        names = (
            "sign",
            "level",
            "above",
            "need",
            "lag",
            "first",
            "last",
            "after",
            "sets",
            "to",
            "over",
            "step",
        )
        return {name: getattr(self, name) for name in names}


def rule_table(rules: Sequence[Sequence[Rule]], levers: Sequence[str], span: Span) -> RuleTable | None:
    """The rules of each scenario as arrays; None where no scenario has any."""
    most = max((len(own) for own in rules), default=0)
    if not most:
        return None
    nodes = tuple(dict.fromkeys(rule.node for own in rules for rule in own))
    longest = max(rule.entry.when.lag for own in rules for rule in own)
    shape, wide = (len(rules), most), (len(rules), most, len(levers))
    table = RuleTable(
        Watch(nodes, most, longest),
        sign=np.zeros(shape, np.int64),
        level=np.zeros(shape),
        above=np.zeros(shape, bool),
        need=np.full(shape, np.inf),
        lag=np.ones(shape, np.int64),
        first=np.zeros(shape, np.int64),
        last=np.full(shape, len(span) - 1, np.int64),
        after=np.full(shape, NEVER, np.int64),
        sets=np.zeros(wide, bool),
        to=np.zeros(wide),
        over=np.ones(wide),
        step=np.zeros(wide, bool),
    )
    for scenario, own in enumerate(rules):
        for place, rule in enumerate(own):
            _fill(table, (scenario, place), rule, own[:place], levers, span)
    return table


def _fill(
    table: RuleTable,
    at: tuple[int, int],
    rule: Rule,
    before: Sequence[Rule],
    levers: Sequence[str],
    span: Span,
) -> None:
    when = rule.entry.when
    table.sign[at] = table.watch.nodes.index(rule.node)
    table.level[at] = when.above if when.above is not None else when.below
    table.above[at] = when.above is not None
    table.need[at], table.lag[at] = when.months, when.lag
    if when.first:
        table.first[at] = parse(when.first, Step.MONTH) - span.first
    if when.last:
        table.last[at] = parse(when.last, Step.MONTH) - span.first
    if when.after:
        table.after[at] = max(place for place, other in enumerate(before) if other.entry.id == when.after)
    for lever, change in rule.entry.levers.items():
        column = (*at, levers.index(lever))
        table.sets[column], table.to[column] = True, change.to
        table.over[column], table.step[column] = change.over, change.between == "step"


@dataclass(frozen=True)
class RuleState:
    """What the rules of one scenario carry from month to month in one draw.

    ``count`` (R,): months in a row that met the condition. ``met`` (R, lag): whether it was met for long
    enough, as of each of the last months, the newest first. ``since`` (R,): months since it acted, that month
    included; 0 before. ``start`` (R, L): the levers of the month before it acted. ``levers`` (L,): those of
    last month.
    """

    count: Any
    met: Any
    since: Any
    start: Any
    levers: Any


def rules_at_rest(watch: Watch, xp: Any, levers: Any) -> RuleState:
    """The state before the first month; ``levers`` (L,) those of the first month."""
    none = xp.zeros(watch.rules)
    return RuleState(
        none, xp.zeros((watch.rules, watch.lag)), none, xp.zeros((watch.rules, len(levers))), levers
    )


def levers_now(rules: dict[str, Any], xp: Any, state: RuleState, planned: Any) -> RuleState:
    """The state at the beginning of a month, with its levers: those planned, or what rules made of them.

    A rule acts once, as soon as the months known by then meet its condition. Of rules that set one lever, the
    one that acted last counts; of those that acted in one month, the one that stands last.
    """
    number = state.since.shape[0]
    known = xp.take_along_axis(state.met, rules["lag"][:, None] - 1, axis=1)[:, 0]
    acts = (known > 0) & (state.since == 0)
    since = xp.where(acts, 1.0, xp.where(state.since > 0, state.since + 1.0, 0.0))
    start = xp.where(acts[:, None], state.levers[None, :], state.start)
    done = xp.minimum(since[:, None] / rules["over"], 1.0)
    done = xp.where(rules["step"], xp.where(done >= 1.0, 1.0, 0.0), done)
    values = start + (rules["to"] - start) * done
    active = rules["sets"] & (since[:, None] > 0)
    order = since[:, None] * number - xp.arange(number)[:, None]
    latest = xp.argmin(xp.where(active, order, xp.inf), axis=0)
    chosen = xp.take_along_axis(values, latest[None, :], axis=0)[0]
    levers = xp.where(active.any(axis=0), chosen, planned)
    return RuleState(state.count, state.met, since, start, levers)


def month_seen(rules: dict[str, Any], xp: Any, state: RuleState, signs: Any, month: Any) -> RuleState:
    """The state after a month, whose number from 0 is given; ``signs`` (W,) are the watched nodes in it."""
    value = signs[rules["sign"]]
    beyond = xp.where(rules["above"], value > rules["level"], value < rules["level"])
    waited = (rules["after"] < 0) | (state.since[xp.maximum(rules["after"], 0)] > 0)
    counts = beyond & waited & (month >= rules["first"]) & (month <= rules["last"])
    count = xp.where(counts, state.count + 1.0, 0.0)
    newest = xp.where(count >= rules["need"], 1.0, 0.0)
    met = xp.concatenate([newest[:, None], state.met[:, :-1]], axis=1)
    return RuleState(count, met, state.since, state.start, state.levers)


def fired_at(since: FloatArray, months: int) -> Fired:
    """The month, from 0, in which each rule acted, from ``since`` as of the last month; -1 for never."""
    return np.where(since > 0, months - since, NEVER).astype(np.int16)
