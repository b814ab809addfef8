"""Which scenario and branch the months since speak for, in words and tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from vedette.commands.tracking import TrackResult
from vedette.plurals import counted
from vedette.scenario.tracking.track import Track, TrackedAlternative
from vedette.scenario.tracking.weighing import BranchWeight

LEGEND = (
    "Before, now: weights, with their error of simulation. Draws: independent draws near what came. As far "
    "off or more: the part of a rival's draws that lie at least as far from their middle as what came. Found "
    "in: were it true, in how many runs it would have more than half of the weight after so many months, all "
    "being equally likely before."
)

_NAMED = 2
"""Scenarios of one value of a lever that are named; of more their number is told."""


@dataclass(frozen=True, eq=False)
class AlternativeTold:
    """An alternative: its name, a row for each rival, and what the table says in a sentence or two."""

    name: str
    rivals: pl.DataFrame
    verdict: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class TrackTold:
    """The answer of `track` as it is read, in the order of its parts."""

    since: tuple[str, ...]
    course: tuple[str, ...]
    signs: tuple[str, ...]
    alternatives: tuple[AlternativeTold, ...]
    collecting: tuple[str, ...]
    legend: str = LEGEND


def track_told(result: TrackResult) -> TrackTold:
    """Returns which scenario and branch the months since speak for, in words and tables."""
    alternatives = [
        AlternativeTold(each.name, rival_table(each), tuple(verdict_lines(each)))
        for each in result.found.alternatives
    ]
    return TrackTold(
        tuple(since_lines(result)),
        tuple(course_lines(result)),
        tuple(sign_lines(result.found)),
        tuple(alternatives),
        tuple(collecting_lines(result)),
    )


def since_lines(result: TrackResult) -> Iterator[str]:
    """Yields which months are tracked, and that the author of the mechanism knew them where that is so."""
    start, last, passed = result.start, result.last, result.found.passed
    since = f"{start} to {last}, {counted(passed, 'month')}" if passed else f"from {start} on"
    yield f"Tracked {since}, as known on {result.day}"
    if result.hindsight:
        yield (
            f"The mechanism starts in {result.written}; it is run from what was known before {start}, under "
            "the levers as they went. Its author knew these months: they test it less than later ones will."
        )


def course_lines(result: TrackResult) -> Iterator[str]:
    """Yields which scenario is on course by its levers, and what each lever on record is."""
    course, names = result.found.course, result.scenario_names
    for lever in course.levers:
        if lever.recorded is not None:
            said = "written" if course.months else "the scenarios begin at"
            beside = "" if result.hindsight else f"; {said} {_by_scenario(lever.written, names)}"
            yield f"{lever.name}: {lever.recorded:,.6g} on record in {lever.month}{beside}"
    if not course.months and result.hindsight:
        yield f"These months lie before the scenarios, which start in {result.written}: levers choose none."
    elif not course.months:
        yield f"No month of the scenarios has passed: they start in {result.written}."
    elif course.alike:
        yield "All scenarios have the levers on record alike: they choose none."
    elif course.nearest:
        yield from nearest_lines(course.apart, course.nearest, names=names, base=result.today.file.base)
    if course.without:
        taken = (
            "drawn from their whole range"
            if result.hindsight
            else f"taken as “{names[result.followed]}” has them"
        )
        yield f"Without a record, and {taken}: {', '.join(course.without)}."


def nearest_lines(
    apart: Mapping[str, float], nearest: Sequence[str], *, names: Mapping[str, str], base: str
) -> Iterator[str]:
    """Returns which scenario is on course, which are as near, and how far off the others are."""
    first = base if base in nearest else nearest[0]
    others = [f"“{names[name]}”" for name in nearest if name != first]
    yield f"On course: “{names[first]}”, {apart[first]:.0%} from the levers on record."
    if others:
        yield f"As near, since they differ in levers without a record: {', '.join(others)}."
    farther = sorted((name for name in apart if name not in nearest), key=lambda name: (apart[name], name))
    if farther:
        yield f"Farther off: {', '.join(f'“{names[name]}” ({apart[name]:.0%})' for name in farther)}."


def _by_scenario(written: Mapping[str, float], names: Mapping[str, str]) -> str:
    values: dict[str, list[str]] = {}
    for name, value in written.items():
        values.setdefault(f"{value:,.0f}", []).append(f"“{names[name]}”")
    if len(values) == 1:
        return next(iter(values))
    return "; ".join(f"{value} in {_few(scenarios)}" for value, scenarios in values.items())


def _few(names: Sequence[str]) -> str:
    """One or two names; of more how many there are."""
    return " and ".join(names) if len(names) <= _NAMED else counted(len(names), "scenario")


def sign_lines(found: Track) -> Iterator[str]:
    """Yields what was counted of each sign, and why others do not weigh."""
    for each in found.signs:
        months = int(each.known.sum())
        if months:
            yield f"{each.sign.name}: {each.total:,.0f} in {counted(months, 'month')} counted"
        else:
            yield f"{each.sign.name}: no month counted yet"
    for name, why in found.left_out.items():
        yield f"{name}: does not weigh, {why}"
    if not found.signs:
        yield "No sign weighs."


def rival_table(each: TrackedAlternative) -> pl.DataFrame:
    """Returns a row for each rival of an alternative: its weights, and how often it would be found."""
    powers = {power.months: power for power in each.powers}
    names = {rival: 0 for power in each.powers for rival in power.found}
    weights = {weight.id: weight for weight in each.weights}
    rows = []
    for rival in weights or names:
        row = {"rival": each.names.get(rival, rival)}
        if weights:
            weight = weights[rival]
            row["before"] = f"{weight.prior:.0%}"
            row["now"] = _weight(weight, each.none_of_these)
            row["draws"] = f"{weight.effective:,.0f}"
            row["as far off or more"] = f"{weight.farther:.0%}"
        row |= {f"found in {months}": f"{power.found[rival]:.0%}" for months, power in powers.items()}
        rows.append(row)
    return pl.DataFrame(rows)


def _weight(weight: BranchWeight, none: bool) -> str:
    if weight.weight is None or weight.low is None or weight.high is None or none:
        return "-"
    return f"{weight.weight:.0%} ({weight.low:.0%} to {weight.high:.0%})"


def verdict_lines(each: TrackedAlternative) -> Iterator[str]:
    """What the table says, in a sentence or two."""
    if each.none_of_these:
        yield "None of these: what came lies outside 95 % of the draws of each. No weight is given."
    elif each.thin:
        yield "No weight is given: fewer than 100 independent draws of one of them lie near what came."
    elif each.weights:
        best = max(each.weights, key=lambda weight: weight.weight or 0.0)
        moved = max(abs((weight.weight or 0.0) - weight.prior) for weight in each.weights)
        if (best.weight or 0.0) > 0.5:
            yield f"Most weight: {each.names.get(best.id, best.id)}."
        elif moved < 0.05:
            yield "These months tell nothing: no weight has moved by 5 points or more."
        else:
            yield "None has more than half of the weight."
    if each.powers:
        last = each.powers[-1]
        yield (
            f"Were each of them true in turn, the truth would get more than half in {last.overall:.0%} of "
            f"runs after {last.months} months of these signs"
            f"{', where a coin would find it in half' if len(last.found) == 2 else ''}."
        )


def collecting_lines(result: TrackResult) -> Iterator[str]:
    """Yields what would tell the branches apart, were it counted month by month."""
    names = {each.id: each.name for each in result.found.alternatives}
    best = {each.alternative: each for each in reversed(result.found.collecting)}
    for each in best.values():
        yield (
            f"{each.name}, month by month within 20 %: after a year the true branch of "
            f"“{names[each.alternative]}” would be found in {each.power:.0%} of runs, in place of "
            f"{each.without:.0%}."
        )
    if not result.found.collecting:
        yield (
            "Nothing that the mechanism reads off would tell its branches apart noticeably better within a "
            "year of these levers."
        )
