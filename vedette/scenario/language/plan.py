"""The structure of a mechanism without its numbers: which node is computed from which, and in which order."""

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from vedette.scenario.language.entries import EffectEntry, EventGroup, MechanismFile, Quantity, Rate, Stock
from vedette.scenario.language.naming import quantities
from vedette.scenario.language.units import support


@dataclass(frozen=True)
class Move:
    """An effect, with what it needs: ``lagged`` where it reads its source as of last month."""

    id: str
    source: str
    form: str
    size: str
    other: str | None
    """The quantity beside the size: the half level, the threshold or the half-life."""
    above: bool
    reference: float | None
    gate: int | None
    """Its place among the effects that a branch can switch off."""
    memory: int | None
    """Its place among the effects that remember: shocks and hysteresis."""
    past: str | None
    """The calendar entry that says what it remembers of the months before the start."""
    until: str | None
    """The level at which hysteresis ends."""
    clock: int | None
    """Its place among the thresholds whose size has a factor for each year since."""
    years: tuple[str, ...]
    """The names of these factors among the inputs of a draw, over the size."""
    only: tuple[str, str, bool] | None
    """A second lever, the quantity it is compared with, and whether it must be above."""
    lagged: bool


@dataclass(frozen=True)
class Node:
    """A rate or a group of events: what it starts from, and what moves it."""

    id: str
    base: str | None
    lever: bool
    parts: tuple[str, ...]
    below: tuple[str, ...]
    join: str
    """``base``, ``events``, ``sum``, ``product`` or ``ratio``."""
    scatter: str | None
    noise: int | None
    moves: tuple[Move, ...]
    lagged: tuple[str, ...]
    """Parts that are read as of last month."""
    low: float
    high: float


@dataclass(frozen=True)
class StockPlan:
    """A stock."""

    id: str
    initial: str
    inflow: tuple[str, ...]
    outflow: tuple[str, ...]
    half_life: str | None
    moves: tuple[Move, ...]
    low: float
    high: float


@dataclass(frozen=True)
class Plan:
    """All of a mechanism's structure. Equal plans are compiled once.

    ``nodes`` stand in the order in which they are reckoned within a month; ``late`` names those whose value
    of last month is read. ``kept`` names the paths that a run gives back: nodes, stocks, and the factors
    of event groups (``*`` before the name).
    """

    quantities: tuple[str, ...]
    years: tuple[str, ...]
    """The names of factors by year, as `Distribution.by_year` gives them, after the quantities."""
    levers: tuple[str, ...]
    calendar: tuple[str, ...]
    events: tuple[str, ...]
    nodes: tuple[Node, ...]
    stocks: tuple[StockPlan, ...]
    gates: tuple[str, ...]
    memories: tuple[Move, ...]
    clocks: int
    noises: tuple[str, ...]
    late: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass
class _Counter:
    """Places given out while a plan is made."""

    gates: list[str]
    memories: list[Move]
    noises: list[str]
    years: dict[str, tuple[str, ...]]
    clocks: int = 0


def plan_of(file: MechanismFile) -> Plan:
    """The structure of a mechanism whose names are known to be right."""
    gated = tuple(dict.fromkeys(n for a in file.alternatives for b in a.branches for n in b.without))
    years = {quantity.id: years_of(quantity) for quantity, _ in quantities(file)}
    counter = _Counter(list(gated), [], [], years)
    rates: dict[str, Rate | EventGroup] = {group.id: group for group in file.events}
    rates |= {rate.id: rate for rate in file.rates}
    edges = {name: list(_reads(name, rates[name], file)) for name in rates}
    loop = loops_of(edges)
    nodes = [_node(rates[name], file, loop, counter) for name in ordered(edges, loop)]
    stocks = tuple(_store(stock, file, loop, counter) for stock in file.stocks)
    late = {name for node in nodes for name in node.lagged}
    late |= {move.source for node in nodes for move in node.moves if move.lagged}
    return Plan(
        quantities=tuple(years),
        years=tuple(name for names in years.values() for name in names),
        levers=tuple(entry.id for entry in file.levers),
        calendar=tuple(entry.id for entry in file.calendar),
        events=tuple(entry.id for entry in file.events),
        nodes=tuple(nodes),
        stocks=stocks,
        gates=gated,
        memories=tuple(counter.memories),
        clocks=counter.clocks,
        noises=tuple(counter.noises),
        late=tuple(name for name in rates if name in late),
        kept=_kept(file),
    )


def years_of(quantity: Quantity) -> tuple[str, ...]:
    """The names of the factors by year of a quantity; none for one that is the same in all years."""
    years = quantity.distribution.years
    return tuple(f"{quantity.id}/{year}" for year in range(1, years + 1)) if years > 1 else ()


def _kept(file: MechanismFile) -> tuple[str, ...]:
    named = [*(stock.id for stock in file.stocks), *(outcome.of for outcome in file.outcomes)]
    return tuple(dict.fromkeys([*named, *(f"*{group.id}" for group in file.events)]))


def _reads(name: str, entry: Rate | EventGroup, file: MechanismFile) -> Iterator[str]:
    """The rates and event groups that a node reads."""
    if isinstance(entry, Rate):
        yield from (*entry.sum, *entry.product)
        yield from (*entry.ratio.of, *entry.ratio.over) if entry.ratio else ()
    yield from (effect.source for effect in file.effects if effect.target == name)


def loops_of(edges: dict[str, list[str]]) -> dict[str, int]:
    """For each node the number of the loop it is in, the same for all of one loop; -1 for none.

    >>> loops_of({"a": ["b"], "b": ["a"], "c": ["a"]})
    {'a': 0, 'b': 0, 'c': -1}
    """
    names = list(edges)
    table = np.zeros((len(names), len(names)))
    for row, name in enumerate(names):
        for source in edges[name]:
            if source in edges:
                table[row, names.index(source)] = 1
    if not names:
        return {}
    _, group = connected_components(csr_array(table), connection="strong")
    sizes = np.bincount(group)
    alone = [sizes[group[row]] == 1 and not table[row, row] for row in range(len(names))]
    numbers = {
        g: n for n, g in enumerate(dict.fromkeys(group[row] for row in range(len(names)) if not alone[row]))
    }
    return {name: -1 if alone[row] else numbers[group[row]] for row, name in enumerate(names)}


def ordered(edges: dict[str, list[str]], loop: dict[str, int]) -> list[str]:
    """The nodes so that each comes after what it reads of the same month, else in the order given.

    >>> ordered({"a": ["c"], "b": [], "c": []}, {})
    ['b', 'c', 'a']
    """
    place = {name: number for number, name in enumerate(edges)}
    same_month = {
        name: [source for source in sources if source in edges and not _same(name, source, loop)]
        for name, sources in edges.items()
    }
    sorter = TopologicalSorter(same_month)
    sorter.prepare()
    done: list[str] = []
    ready: list[str] = []
    while sorter.is_active():
        ready += sorter.get_ready()
        first = min(ready, key=place.__getitem__)
        ready.remove(first)
        sorter.done(first)
        done.append(first)
    return done


def _same(name: str, source: str, loop: dict[str, int]) -> bool:
    """Whether two nodes are in one loop, so that one reads the other as of last month."""
    return loop.get(name, -1) >= 0 and loop[name] == loop.get(source, -2)


def _node(entry: Rate | EventGroup, file: MechanismFile, loop: dict[str, int], counter: _Counter) -> Node:
    moves = _moves(entry.id, file, loop, counter)
    low, high = support(entry.unit)
    if isinstance(entry, EventGroup):
        return Node(entry.id, None, False, (), (), "events", None, None, moves, (), low, high)
    parts, join = entry.sum or entry.product, "sum" if entry.sum else "product"
    below: tuple[str, ...] = ()
    if entry.ratio:
        parts, below, join = entry.ratio.of, entry.ratio.over, "ratio"
    if entry.base:
        join = "base"
    noise = len(counter.noises) if entry.scatter else None
    if entry.scatter:
        counter.noises.append(entry.id)
    return Node(
        id=entry.id,
        base=entry.base,
        lever=entry.base in {lever.id for lever in file.levers},
        parts=parts,
        below=below,
        join=join,
        scatter=entry.scatter,
        noise=noise,
        moves=moves,
        lagged=tuple(name for name in (*parts, *below) if _same(entry.id, name, loop)),
        low=low,
        high=high,
    )


def _store(stock: Stock, file: MechanismFile, loop: dict[str, int], counter: _Counter) -> StockPlan:
    low, high = support(stock.unit)
    return StockPlan(
        id=stock.id,
        initial=stock.initial,
        inflow=stock.inflow,
        outflow=stock.outflow,
        half_life=stock.half_life,
        moves=_moves(stock.id, file, loop, counter),
        low=low,
        high=high if stock.most is None else min(high, stock.most),
    )


def _moves(target: str, file: MechanismFile, loop: dict[str, int], counter: _Counter) -> tuple[Move, ...]:
    return tuple(_move(effect, loop, counter) for effect in file.effects if effect.target == target)


def _move(effect: EffectEntry, loop: dict[str, int], counter: _Counter) -> Move:
    move = Move(
        id=effect.id,
        source=effect.source,
        form=effect.form,
        size=effect.size,
        other=effect.half or effect.at or effect.half_life,
        above=effect.side == "above",
        reference=effect.reference,
        gate=counter.gates.index(effect.id) if effect.id in counter.gates else None,
        memory=len(counter.memories) if effect.form in ("shock", "hysteresis") else None,
        past=effect.source if effect.form == "shock" else effect.past,
        until=effect.until,
        clock=counter.clocks if (years := counter.years.get(effect.size, ())) else None,
        years=years,
        only=(only.lever, only.at, only.above is not None) if (only := effect.only) else None,
        lagged=_same(effect.target, effect.source, loop),
    )
    counter.clocks += move.clock is not None
    if move.memory is not None:
        counter.memories.append(move)
    return move


def loops(file: MechanismFile) -> list[tuple[str, ...]]:
    """The ids of the nodes of each loop, in the order in which one moves the next."""
    edges = reads(file)
    groups: dict[int, list[str]] = {}
    for name, number in loops_of(edges).items():
        if number >= 0:
            groups.setdefault(number, []).append(name)
    return [_round(names, edges) for names in groups.values()]


def reads(file: MechanismFile) -> dict[str, list[str]]:
    """The inputs of each rate, event group and stock."""
    edges: dict[str, list[str]] = {entry.id: [] for entry in (*file.events, *file.rates, *file.stocks)}
    for rate in file.rates:
        below = (*rate.ratio.of, *rate.ratio.over) if rate.ratio else ()
        edges[rate.id] += [*rate.sum, *rate.product, *below]
    for stock in file.stocks:
        edges[stock.id] += [*stock.inflow, *stock.outflow]
    for effect in file.effects:
        edges[effect.target].append(effect.source)
    return edges


def _round(names: list[str], edges: dict[str, list[str]]) -> tuple[str, ...]:
    """One way round a loop through as many of its members as a walk finds, each moving the next."""
    moves = {name: [other for other in names if name in edges[other]] for name in names}
    best: tuple[str, ...] = ()
    waiting: list[tuple[str, ...]] = [(names[0],)]
    while waiting and len(waiting) < 10_000:
        way = waiting.pop()
        if names[0] in moves[way[-1]] and len(way) > len(best):
            best = way
        waiting += [(*way, other) for other in moves[way[-1]] if other not in way]
    return best or tuple(names)
