"""A mechanism reckoned plainly from its file: one draw, one scenario, one month and one number at a time.

Written from the reference page alone, apart from the package's own reckoning, which it checks.
"""

from collections.abc import Callable, Mapping, Sequence
from math import exp, log

from vedette.periods import Step, parse
from vedette.scenario.language.entries import EffectEntry, EventGroup, MechanismFile, Rate, Stock
from vedette.scenario.language.rules import Rule

BOUNDS = {"share": (0.0, 1.0), "index": (0.0, 1.0), "share/month": (0.0, 1.0)}
FREE = {"number", "index/month"}
Months = list[dict[str, float]]


def bounds(unit: str) -> tuple[float, float]:
    if unit in FREE:
        return -float("inf"), float("inf")
    return BOUNDS.get(unit, (0.0, float("inf")))


class Plain:
    """One draw of one mechanism."""

    def __init__(
        self,
        file: MechanismFile,
        values: Mapping[str, float],
        off: set[str],
        base_levers: Mapping[str, float],
    ) -> None:
        self.file = file
        self.values = values
        self.off = off
        self.entries: dict[str, Rate | EventGroup] = {e.id: e for e in file.events}
        self.entries |= {e.id: e for e in file.rates}
        self.start = parse(file.start, Step.MONTH)
        self.first = base_levers
        self.references: dict[str, float] = {}
        self.loops = {(a, b) for a in self.entries for b in self.entries if self.reaches(b, a)}
        self.sequence = self.order()
        self.into = {t: [e for e in file.effects if e.target == t] for t in [*self.entries, *self.initial()]}

    def run(
        self,
        levers: Months,
        events: Months,
        noise: Months,
        usual: Mapping[str, float],
        rules: Sequence[Rule] = (),
    ) -> list[dict[str, float]]:
        """Every value of every month; the stocks as of its end."""
        adaptive = PlainRules(self.file, rules)
        quiet = dict.fromkeys(self.entries, 0.0)
        self.begin(usual, self.first)
        seen = self.month(self.start, self.first, usual, quiet, True)
        self.references = {**seen, **self.first, **self.initial(), **usual}
        self.begin(events[0], levers[0])
        rows: list[dict[str, float]] = []
        for month, planned in enumerate(levers):
            row = adaptive.levers(month, planned, rows)
            seen = self.month(self.start + month, row, events[month], noise[month], False)
            self.last = {name: seen[name] for name in self.entries}
            self.stocks = {stock.id: self.next(stock, seen) for stock in self.file.stocks}
            rows.append({**seen, **self.stocks})
        return rows

    def initial(self) -> dict[str, float]:
        return {stock.id: self.values[stock.initial] for stock in self.file.stocks}

    def begin(self, events: Mapping[str, float], levers: Mapping[str, float]) -> None:
        self.stocks = self.initial()
        self.last = dict.fromkeys(self.entries, 0.0) | dict(events)
        for rate in self.file.rates:
            if rate.base:
                self.last[rate.id] = levers.get(rate.base, self.values.get(rate.base, 0.0))
        self.anger = {e.id: self.past(e) for e in self.file.effects if e.form == "shock"}
        self.passed = {e.id: self.was(e, 0) for e in self.file.effects if e.form == "hysteresis"}

    def past(self, effect: EffectEntry) -> float:
        entry = next((e for e in self.file.calendar if e.id == effect.source), None)
        if entry is None:
            return 0.0
        first, last = parse(entry.first, Step.MONTH), parse(entry.last or entry.first, Step.MONTH)
        life = max(self.values[str(effect.half_life)], 1e-3)
        return sum(
            float(0.5 ** ((self.start - 1 - m) / life)) for m in range(first, last + 1) if m < self.start
        )

    def was(self, effect: EffectEntry, months_ago: int) -> float:
        """Whether what hysteresis remembers was so, a number of months before the last one."""
        entry = next((e for e in self.file.calendar if e.id == effect.past), None)
        if entry is None:
            return 0.0
        first, last = parse(entry.first, Step.MONTH), parse(entry.last or entry.first, Step.MONTH)
        return float(first <= self.start - 1 - months_ago <= last)

    def month(
        self,
        period: int,
        levers: Mapping[str, float],
        events: Mapping[str, float],
        noise: Mapping[str, float],
        finding: bool,
    ) -> dict[str, float]:
        seen = {**levers, **self.stocks}
        for entry in self.file.calendar:
            first, last = parse(entry.first, Step.MONTH), parse(entry.last or entry.first, Step.MONTH)
            seen[entry.id] = float(first <= period <= last)
        for name in self.sequence:
            seen[name] = self.value(name, seen, events, noise, finding)
        return seen

    def sources(self, name: str) -> list[str]:
        entry = self.entries[name]
        parts: list[str] = [e.source for e in self.file.effects if e.target == name]
        if isinstance(entry, Rate):
            parts += [*entry.sum, *entry.product]
            parts += [*entry.ratio.of, *entry.ratio.over] if entry.ratio else []
        return [part for part in parts if part in self.entries]

    def reaches(self, name: str, goal: str) -> bool:
        seen, waiting = set(), list(self.sources(name))
        while waiting:
            node = waiting.pop()
            if node == goal:
                return True
            if node not in seen:
                seen.add(node)
                waiting += self.sources(node)
        return False

    def lagged(self, name: str, source: str) -> bool:
        """Whether the two are in one loop of rates: then the source is read as of last month."""
        return (name, source) in self.loops

    def order(self) -> list[str]:
        done: list[str] = []
        while len(done) < len(self.entries):
            done.append(
                next(
                    name
                    for name in self.entries
                    if name not in done and all(s in done or self.lagged(name, s) for s in self.sources(name))
                )
            )
        return done

    def value(
        self,
        name: str,
        seen: Mapping[str, float],
        events: Mapping[str, float],
        noise: Mapping[str, float],
        finding: bool,
    ) -> float:
        entry = self.entries[name]

        def read(source: str) -> float:
            return self.last[source] if self.lagged(name, source) else seen[source]

        value = self.begins(entry, events, seen, read)
        factor, added = 1.0, 0.0
        for effect in self.into[name]:
            x = read(effect.source)
            if effect.form in ("share", "saturating"):
                added += self.adds(effect, x)
            else:
                factor *= self.multiplies(effect, x, finding)
        if isinstance(entry, Rate) and entry.scatter:
            spread = self.values[entry.scatter]
            factor *= exp(spread * noise.get(name, 0.0) - 0.5 * spread**2)
        low, high = bounds(entry.unit)
        return min(max(value * factor + added, low), high)

    def begins(
        self,
        entry: Rate | EventGroup,
        events: Mapping[str, float],
        seen: Mapping[str, float],
        read: Callable[[str], float],
    ) -> float:
        if isinstance(entry, EventGroup):
            return events[entry.id]
        if entry.base:
            return seen[entry.base] if entry.base in seen else self.values[entry.base]
        if entry.sum:
            return float(sum(read(part) for part in entry.sum))
        if entry.product:
            value = 1.0
            for part in entry.product:
                value *= read(part)
            return value
        assert entry.ratio is not None
        return float(sum(map(read, entry.ratio.of)) / max(sum(map(read, entry.ratio.over)), 1e-9))

    def adds(self, effect: EffectEntry, x: float) -> float:
        if effect.id in self.off:
            return 0.0
        size = self.values[effect.size]
        return size * x if effect.form == "share" else size * x / (x + self.values[str(effect.half)] + 1e-9)

    def multiplies(self, effect: EffectEntry, x: float, finding: bool) -> float:
        size, factor = self.values[effect.size], 1.0
        if effect.form == "elasticity":
            if effect.reference is None and finding:
                return 1.0
            against = effect.reference or self.references[effect.source]
            ratio = min(max(x / max(against, 1e-9), 0.01), 100.0)
            factor = exp(size * log(ratio))
        elif effect.form == "threshold":
            at = self.values[str(effect.at)]
            passed = x > at if effect.side == "above" else x < at
            if effect.target in {group.id for group in self.file.events} and effect.source in self.references:
                before = self.references[effect.source]
                passed = passed and not (before > at if effect.side == "above" else before < at)
            factor = size if passed else 1.0
        elif effect.form == "hysteresis":
            at, until = self.values[str(effect.at)], self.values[str(effect.until)]
            above = effect.side == "above"
            if x > at if above else x < at:
                self.passed[effect.id] = 1.0
            elif x < until if above else x > until:
                self.passed[effect.id] = 0.0
            usual = sum(self.was(effect, ago) for ago in range(12)) / 12
            factor = max(size, 1e-9) ** (self.passed[effect.id] - usual)
        else:
            life = max(self.values[str(effect.half_life)], 1e-3)
            self.anger[effect.id] = self.anger[effect.id] * 0.5 ** (1 / life) + x
            factor = max(size, 1e-9) ** self.anger[effect.id]
        return 1.0 if effect.id in self.off else factor

    def next(self, stock: Stock, seen: Mapping[str, float]) -> float:
        value = self.stocks[stock.id]
        if stock.half_life:
            value *= 0.5 ** (1 / max(self.values[stock.half_life], 1e-3))
        value += sum(seen[name] for name in stock.inflow) - sum(seen[name] for name in stock.outflow)
        value += sum(self.adds(e, seen[e.source]) for e in self.into[stock.id])
        low, high = bounds(stock.unit)
        return min(max(value, low), high if stock.most is None else min(high, stock.most))


class PlainRules:
    """The rules of one scenario in one draw, looked up in the months that are over."""

    def __init__(self, file: MechanismFile, rules: Sequence[Rule]) -> None:
        self.rules = [rule.entry for rule in rules]
        self.nodes = [rule.node for rule in rules]
        self.start = parse(file.start, Step.MONTH)
        self.acted: dict[int, int] = {}
        self.before: dict[int, Mapping[str, float]] = {}

    def levers(self, month: int, planned: Mapping[str, float], rows: Months) -> dict[str, float]:
        """The levers of a month, from the rows of the months before it."""
        for place in range(len(self.rules)):
            if place not in self.acted and self.met(place, month, rows):
                self.acted[place], self.before[place] = month, rows[-1]
        now = dict(planned)
        for place in sorted(self.acted, key=lambda place: (self.acted[place], place)):
            for lever, change in self.rules[place].levers.items():
                months = month - self.acted[place] + 1
                begin = self.before[place][lever]
                part = min(months / change.over, 1.0)
                if change.between == "step":
                    part = 1.0 if months >= change.over else 0.0
                now[lever] = begin + part * (change.to - begin)
        return now

    def met(self, place: int, month: int, rows: Months) -> bool:
        """Whether the last months that are known by then all meet the condition."""
        when = self.rules[place].when
        newest = month - when.lag
        looked_at = range(newest - when.months + 1, newest + 1)
        return looked_at[0] >= 0 and all(self.counts(place, each, rows) for each in looked_at)

    def counts(self, place: int, month: int, rows: Months) -> bool:
        when, number = self.rules[place].when, self.start + month
        if when.first and number < parse(when.first, Step.MONTH):
            return False
        if when.last and number > parse(when.last, Step.MONTH):
            return False
        if when.after:
            first = next(p for p, rule in enumerate(self.rules) if rule.id == when.after)
            if first not in self.acted or month < self.acted[first]:
                return False
        value = rows[month][self.nodes[place]]
        return value > when.above if when.above is not None else value < float(when.below or 0.0)
