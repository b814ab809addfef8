"""Prints signs, and which scenario and branch the months since speak for."""

from collections.abc import Iterator
from textwrap import fill

import polars as pl

from vedette import commands
from vedette.cli.text import screen
from vedette.plurals import counted

_LEGEND = (
    "Before, now: weights, with their error of simulation. Draws: independent draws near what came. As far "
    "off or more: the part of a rival's draws that lie at least as far from their middle as what came. Found "
    "in: were it true, in how many runs it would have more than half of the weight after so many months, all "
    "being equally likely before."
)


def print_signs(result: commands.SignsResult, *, quiet: bool) -> None:
    """Prints each early sign: its value, its alarm, what it warns of, and how often falsely."""
    on = [row for row in result.rows if row.state.state == commands.FIRED]
    screen.say(f"Signs known on {result.day}: {counted(len(on), 'alarm')} on, of {len(result.rows)}\n")
    screen.records(
        pl.DataFrame(
            [
                {
                    "sign": row.reading.sign.name,
                    "now": row.value,
                    "alarm": f"{row.reading.sign.alarm}: {commands.state_in_words(row)}",
                    "warns of": commands.false_in_words(row),
                    "in the record": row.record,
                    "measured by": row.reading.sign.who,
                    "note": row.reading.sign.note or "-",
                }
                for row in result.rows
            ]
        )
    )
    screen.warn([row.stale for row in result.rows if row.stale], quiet=quiet)


def print_track(result: commands.TrackResult) -> None:
    """Prints the course of the levers, the weights of branches, and how well they can be told apart."""
    found = result.found
    start, last = result.start, result.last
    since = f"{start} to {last}, {counted(found.passed, 'month')}" if found.passed else f"from {start} on"
    screen.say(f"Tracked {since}, as known on {result.day}")
    if result.hindsight:
        screen.say(
            f"The mechanism starts in {result.written}; it is run from what was known before {start}, under "
            "the levers as they went. Its author knew these months: they test it less than later ones will."
        )
    screen.say("\nWHICH SCENARIO, BY THE LEVERS ON RECORD")
    for line in _course(result):
        screen.say(line)
    screen.say("\nWHICH BRANCH, BY WHAT WAS COUNTED SINCE")
    for line in _signs(found):
        screen.say(line)
    screen.say(fill(_LEGEND, 100))
    for each in found.alternatives:
        screen.say(f"\n{each.name}")
        _alternative(each)
    screen.say("\nWHAT TO COLLECT NEXT")
    for line in _collecting(result):
        screen.say(line)


def _course(result: commands.TrackResult) -> Iterator[str]:
    course, names = result.found.course, result.scenario_names
    for lever in course.levers:
        if lever.recorded is not None:
            said = "written" if course.months else "the scenarios begin at"
            beside = "" if result.hindsight else f"; {said} {_by_scenario(lever.written)}"
            yield f"{lever.name}: {lever.recorded:,.6g} on record in {lever.month}{beside}"
    if not course.months and result.hindsight:
        yield f"These months lie before the scenarios, which start in {result.written}: levers choose none."
    elif not course.months:
        yield f"No month of the scenarios has passed: they start in {result.written}."
    elif course.alike:
        yield "All scenarios have the levers on record alike: they choose none."
    elif course.nearest:
        yield from nearest_lines(course.apart, course.nearest, names, result.today.file.base)
    if course.without:
        taken = (
            "drawn from their whole range"
            if result.hindsight
            else f"taken as “{names[result.followed]}” has them"
        )
        yield f"Without a record, and {taken}: {', '.join(course.without)}."


def nearest_lines(
    apart: dict[str, float], nearest: tuple[str, ...], names: dict[str, str], base: str
) -> Iterator[str]:
    """Returns which scenario is on course, which are as near, and how far off the others are."""
    first = base if base in nearest else nearest[0]
    others = [name for name in nearest if name != first]
    off = f"{apart[first]:.0%} from the levers on record"
    yield f"On course: {first} ({names[first]}), {off}."
    if others:
        yield f"As near, since they differ in levers without a record: {', '.join(others)}."
    farther = sorted((name for name in apart if name not in nearest), key=lambda name: (apart[name], name))
    if farther:
        yield f"Farther off: {', '.join(f'{name} ({apart[name]:.0%})' for name in farther)}."


def _by_scenario(written: dict[str, float]) -> str:
    values: dict[str, list[str]] = {}
    for name, value in written.items():
        values.setdefault(f"{value:,.0f}", []).append(name)
    if len(values) == 1:
        return next(iter(values))
    return "; ".join(f"{value} in {', '.join(names)}" for value, names in values.items())


def _signs(found: commands.Track) -> Iterator[str]:
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


def _alternative(each: commands.TrackedAlternative) -> None:
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
    screen.table(pl.DataFrame(rows))
    for line in _verdict(each):
        screen.say(line)


def _weight(weight: commands.BranchWeight, none: bool) -> str:
    if weight.weight is None or weight.low is None or weight.high is None or none:
        return "-"
    return f"{weight.weight:.0%} ({weight.low:.0%} to {weight.high:.0%})"


def _verdict(each: commands.TrackedAlternative) -> Iterator[str]:
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


def _collecting(result: commands.TrackResult) -> Iterator[str]:
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
