"""Checks the units of a mechanism: quantities that are added, multiplied or compared must fit."""

from collections.abc import Callable, Iterator

from vedette.errors import Problem
from vedette.problems import Path as Keys
from vedette.scenario.language.distributions import Distribution
from vedette.scenario.language.entries import EffectEntry, MechanismFile, Outcome, Rate, Stock
from vedette.scenario.language.located import Lines
from vedette.scenario.language.naming import MARKS, Names, quantities
from vedette.scenario.language.units import Dimensions, dimensions, over, spoken, support, times

MULTIPLYING = ("elasticity", "threshold", "shock", "hysteresis")
NUMBER = dimensions("number")
MONTHS = dimensions("months")
ATTACKS = dimensions("attacks/month")

Check = tuple[Keys, Dimensions, str]
"""The place in the file, the expected unit, and the id that must have it."""


def mismatches(file: MechanismFile, names: Names, lines: Lines) -> Iterator[Problem]:
    """Units that do not fit; every id must be known."""
    for where, checks in (("rates", _rate), ("stocks", _stock), ("effects", _effect)):
        yield from _compared(where, checks, file, names, lines)
    for index, effect in enumerate(file.effects):
        yield from _form(("effects", index), effect, names, lines)
        yield from _by_year(("effects", index), effect, file, lines)
    yield from _set_by_year(file, lines)
    for index, outcome in enumerate(file.outcomes):
        yield from _read_off(("outcomes", index), outcome, names, lines)


def _compared(
    where: str, checks: Callable[..., Iterator[Check]], file: MechanismFile, names: Names, lines: Lines
) -> Iterator[Problem]:
    for index, entry in enumerate(getattr(file, where)):
        for keys, expected, name in checks(entry, names):
            found = dimensions(names.units[name])
            if found != expected:
                cure = f"Change the unit of {name} or of {entry.id}, or name another."
                unit = f"{names.units[name]} ({name})"
                yield lines.problem((where, index, *keys), f"{spoken(expected)}", unit, cure)


def _rate(rate: Rate, names: Names) -> Iterator[Check]:
    own = dimensions(rate.unit)
    for name in (*((rate.base,) if rate.base else ()), *rate.sum):
        yield ("base" if rate.base else "sum",), own, name
    if rate.scatter:
        yield ("scatter",), NUMBER, rate.scatter
    if rate.product:
        others = times(*(dimensions(names.units[name]) for name in rate.product[1:]))
        yield ("product",), over(own, others), rate.product[0]
    if rate.ratio:
        of, below = rate.ratio.of, rate.ratio.over
        for name in below:
            yield ("ratio", "over"), dimensions(names.units[below[0]]), name
        for name in of:
            yield ("ratio", "of"), times(own, dimensions(names.units[below[0]])), name


def _stock(stock: Stock, names: Names) -> Iterator[Check]:
    own = dimensions(stock.unit)
    yield ("initial",), own, stock.initial
    for key in ("inflow", "outflow"):
        for name in getattr(stock, key):
            yield (key,), over(own, MONTHS), name
    if stock.half_life:
        yield ("half_life",), MONTHS, stock.half_life


def _effect(effect: EffectEntry, names: Names) -> Iterator[Check]:
    source, target = dimensions(names.units[effect.source]), dimensions(names.units[effect.target])
    if names.lists[effect.target] == "stocks":
        target = over(target, MONTHS)
    match effect.form:
        case "share":
            yield ("size",), over(target, source), effect.size
        case "saturating":
            yield ("size",), target, effect.size
        case _:
            yield ("size",), NUMBER, effect.size
    for key, expected in (("half", source), ("at", source), ("until", source), ("half_life", MONTHS)):
        name = getattr(effect, key)
        if name is not None:
            yield (key,), expected, name
    if effect.only is not None:
        yield ("while",), dimensions(names.units[effect.only.lever]), effect.only.at


def _form(keys: Keys, effect: EffectEntry, names: Names, lines: Lines) -> Iterator[Problem]:
    """Forms that do not suit what they lead from or to."""
    where = names.lists[effect.target]
    if where == "stocks" and effect.form in MULTIPLYING:
        cure = "Lead it to a rate that flows into the stock, or choose share or saturating."
        yield lines.problem((*keys, "form"), "share or saturating to a stock", effect.form, cure)
    if where == "events" and effect.form not in MULTIPLYING:
        cure = "The forecast is multiplied: choose elasticity, threshold, shock or hysteresis."
        yield lines.problem((*keys, "form"), f"{' or '.join(MULTIPLYING)} to events", effect.form, cure)
    if effect.form == "shock" and dimensions(names.units[effect.source]) not in (NUMBER, ATTACKS):
        cure = "Lead it from the calendar, or from attacks/month, an index, a share or a number."
        found = f"{names.units[effect.source]} ({effect.source})"
        yield lines.problem((*keys, "from"), "something that can be counted in shocks", found, cure)


def _by_year(keys: Keys, effect: EffectEntry, file: MechanismFile, lines: Lines) -> Iterator[Problem]:
    """Sizes with a factor for each year of an effect that does not count years."""
    years = {quantity.id: quantity.distribution.years for quantity, _ in quantities(file)}
    if effect.form != "threshold" and years[effect.size] > 1:
        found = f"{effect.size}, which has a factor for each of {years[effect.size]} years"
        cure = "Choose threshold, whose years are counted, or a size that is one number."
        yield lines.problem((*keys, "size"), f"a size that is one number, for {effect.form}", found, cure)


def _set_by_year(file: MechanismFile, lines: Lines) -> Iterator[Problem]:
    """Branches that set a quantity whose own distribution has a factor for each year."""
    years = {quantity.id: quantity.distribution.years for quantity, _ in quantities(file)}
    for a, alternative in enumerate(file.alternatives):
        for b, branch in enumerate(alternative.branches):
            for name, other in branch.sets.items():
                if max(years.get(name, 1), other.years) > 1:
                    keys: Keys = ("alternatives", a, "branches", b, "sets", name)
                    cure = "Write a second quantity and effect, and leave one of the effects out by without."
                    yield lines.problem(keys, "quantities that are one number", f"{name}, by year", cure)


def _read_off(keys: Keys, outcome: Outcome, names: Names, lines: Lines) -> Iterator[Problem]:
    expected = dimensions(names.units[outcome.of])
    if outcome.read == "total":
        expected = times(expected, MONTHS)
    if dimensions(outcome.unit) != expected:
        cure = f"{outcome.of} is in {names.units[outcome.of]}, read as {outcome.read}: correct one of them."
        yield lines.problem((*keys, "unit"), spoken(expected), outcome.unit, cure)
    if outcome.matters and outcome.matters.unit != outcome.unit:
        found = f"{outcome.matters.least:g} {outcome.matters.unit}"
        cure = f"{outcome.id} is in {outcome.unit}: write the difference in that unit{_over_time(outcome)}."
        yield lines.problem((*keys, "matters"), f"a number of {outcome.unit}", found, cure)


def _over_time(outcome: Outcome) -> str:
    """How a difference a month becomes one of a total, where that is the likely mistake."""
    matters = outcome.matters
    if matters and outcome.read == "total" and matters.unit == f"{outcome.unit}/month":
        return f", {matters.least:g} times the number of months simulated"
    return ""


def impossible(file: MechanismFile, names: Names, lines: Lines) -> Iterator[Problem]:
    """Distributions that reach where their unit makes no sense; what an effect adds may be negative."""
    added = {effect.size for effect in file.effects if effect.form not in MULTIPLYING}
    for where in MARKS:
        for index, quantity in enumerate(getattr(file, where)):
            keys: Keys = (where, index, "distribution")
            if quantity.id not in added or quantity.unit == "share":
                yield from _outside(keys, quantity.distribution, quantity.unit, lines)
    for a, alternative in enumerate(file.alternatives):
        for b, branch in enumerate(alternative.branches):
            for name, distribution in branch.sets.items():
                keys = ("alternatives", a, "branches", b, "sets", name)
                yield from _outside(keys, distribution, names.units.get(name, "number"), lines)
    yield from _not_positive(file, lines)


def _outside(keys: Keys, distribution: Distribution, unit: str, lines: Lines) -> Iterator[Problem]:
    (least, most), (low, high) = support(unit), distribution.support
    if low < least or high > most:
        top = f" to {most:g}" if most < float("inf") else " up"
        cure = (
            "Choose a form that stays inside (beta, uniform, lognormal), or cut it off with least and most."
        )
        found = f"{distribution}, which reaches from {low:g} to {high:g}"
        yield lines.problem(keys, f"{unit} from {least:g}{top}", found, cure)


def _not_positive(file: MechanismFile, lines: Lines) -> Iterator[Problem]:
    """Half-lives, factors, and levels at which half is reached, that could be 0 or less."""
    roles = {name: "half-life" for entry in file.stocks if (name := entry.half_life)}
    roles |= {name: "half-life" for effect in file.effects if (name := effect.half_life)}
    roles |= {name: "level of half the effect" for effect in file.effects if (name := effect.half)}
    factors = ("threshold", "shock", "hysteresis")
    roles |= {effect.size: "factor" for effect in file.effects if effect.form in factors}
    roles |= {rate.scatter: "scatter" for rate in file.rates if rate.scatter}
    for where in MARKS:
        for index, quantity in enumerate(getattr(file, where)):
            role = roles.get(quantity.id)
            low = quantity.distribution.support[0]
            if role and low < 0 and support(quantity.unit)[0] < 0:
                found = f"{quantity.distribution}, which reaches down to {low:g}"
                cure = "Choose lognormal, beta or uniform, or cut it off with least."
                yield lines.problem((where, index, "distribution"), f"a {role} of 0 or more", found, cure)
