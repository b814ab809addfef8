"""Adaptive rules of scenarios: what they watch and set, and what would make them refer to the future."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vedette.errors import Problem
from vedette.periods import Span, Step, label, parse
from vedette.plurals import counted
from vedette.problems import Path as Keys
from vedette.problems import did_you_mean, shown
from vedette.scenario.language.entries import FILE, MechanismFile
from vedette.scenario.language.located import Lines
from vedette.scenario.language.naming import node_of
from vedette.scenario.language.scenario_file import Condition, RuleEntry
from vedette.scenario.language.units import support


@dataclass(frozen=True)
class Rule:
    """A rule of a scenario, and the node whose months it looks at."""

    entry: RuleEntry
    node: str

    def only(self, levers: Sequence[str]) -> "Rule":
        """The rule with some of its levers alone."""
        kept = {name: change for name, change in self.entry.levers.items() if name in levers}
        return Rule(self.entry.model_copy(update={"levers": kept}), self.node)


def signs_of(file: MechanismFile) -> dict[str, str]:
    """The node that each sign is of, by the id of the sign."""
    return {sign.id: node_of(file, sign.of) for sign in file.signs}


def rules_of(entries: Sequence[RuleEntry], file: MechanismFile) -> tuple[Rule, ...]:
    """The rules of a scenario, checked before by `rule_problems`."""
    nodes = signs_of(file)
    return tuple(Rule(entry, nodes[entry.when.sign]) for entry in entries)


def rule_problems(
    entries: Sequence[RuleEntry], file: MechanismFile, span: Span, lines: Lines
) -> Iterator[Problem]:
    """Mistakes of rules: signs, levers and months that are not there, and rules that need themselves."""
    for index, entry in enumerate(entries):
        keys: Keys = ("rules", index)
        yield from _sign(keys, entry, file, lines)
        yield from _order(keys, index, entries, lines)
        yield from _months((*keys, "when"), entry.when, span, lines)
        yield from _levers((*keys, "levers"), entry, file, lines)


def _sign(keys: Keys, entry: RuleEntry, file: MechanismFile, lines: Lines) -> Iterator[Problem]:
    """A sign that nothing gives, or that is a lever which the rule sets itself."""
    nodes = signs_of(file)
    sign, at = entry.when.sign, (*keys, "when", "sign")
    if sign not in nodes:
        cure = did_you_mean(sign, list(nodes)) if nodes else f"Declare it under signs in {FILE}."
        yield lines.problem(at, "the id of a sign", shown(sign), cure)
    elif nodes[sign] in entry.levers:
        found = f"{sign}, which is the lever {nodes[sign]} that the rule sets"
        cure = "Watch something else: a rule must not answer to itself."
        yield lines.problem(at, "a sign that the rule does not set", found, cure)


def _order(keys: Keys, index: int, entries: Sequence[RuleEntry], lines: Lines) -> Iterator[Problem]:
    """Ids given twice, and rules that come after themselves or after a later one."""
    entry, before = entries[index], [other.id for other in entries[:index] if other.id]
    if entry.id in before:
        yield lines.problem((*keys, "id"), "each id once", shown(entry.id), "Choose another.")
    after = entry.when.after
    if after is None or after in before:
        return
    at = (*keys, "when", "after")
    later = [other.id for other in entries[index + 1 :]]
    if after == entry.id:
        found, cure = f"{after}, the rule itself", "Leave it out, or name an earlier rule."
    elif after in later:
        found, cure = f"{after}, which stands later", f"Move {after} up: rules act in their order."
    else:
        found, cure = shown(after), did_you_mean(after, before)
    yield lines.problem(at, "the id of an earlier rule of this scenario", found, cure)


def _months(keys: Keys, when: Condition, span: Span, lines: Lines) -> Iterator[Problem]:
    """Months outside the run, and rules that could never act within it."""
    start, end = label(span.first, Step.MONTH), label(span.last, Step.MONTH)
    inside = True
    for key in ("first", "last"):
        month = getattr(when, key)
        if month is not None and parse(month, Step.MONTH) not in span:
            inside = False
            cure = "Correct it, or leave it out."
            yield lines.problem((*keys, key), f"a month of the run, {start} to {end}", shown(month), cure)
    if not inside:
        return
    first = parse(when.first, Step.MONTH) if when.first else span.first
    last = parse(when.last, Step.MONTH) if when.last else span.last
    most = min(last - first + 1, span.last - when.lag - first + 1)
    if when.months > most:
        expected = f"at most {counted(max(most, 0), 'month')}, so that the rule can act by {end}"
        found = f"for {when.months}, with a lag of {when.lag} from {label(first, Step.MONTH)} on"
        yield lines.problem((*keys, "for"), expected, found, "Shorten it, or let it begin earlier.")


def _levers(keys: Keys, entry: RuleEntry, file: MechanismFile, lines: Lines) -> Iterator[Problem]:
    units = {lever.id: lever.unit for lever in file.levers}
    for lever, change in entry.levers.items():
        if lever not in units:
            cure = did_you_mean(lever, list(units))
            yield lines.problem((*keys, lever), "the id of a lever", shown(lever), cure)
            continue
        least, most = support(units[lever])
        if not least <= change.to <= most:
            top = f" to {most:g}" if most < float("inf") else " up"
            expected = f"{units[lever]} from {least:g}{top}"
            yield lines.problem((*keys, lever), expected, f"{change.to:g}", "Correct it.")
