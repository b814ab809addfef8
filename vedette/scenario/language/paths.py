"""Scenarios: the path of each lever, month by month, alone and in combination."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import numpy as np

from vedette.errors import Problem, UsageError
from vedette.model import FloatArray
from vedette.periods import Span, Step, label, parse
from vedette.plurals import counted
from vedette.problems import Path as Keys
from vedette.problems import did_you_mean, shown
from vedette.scenario.language.citations import uncited
from vedette.scenario.language.entries import Lever, MechanismFile
from vedette.scenario.language.located import Lines, read_located
from vedette.scenario.language.naming import as_read, namesake
from vedette.scenario.language.rules import Rule, rule_problems, rules_of
from vedette.scenario.language.scenario_file import LeverPath, ScenarioFile
from vedette.scenario.language.units import support

FOLDER = "scenarios"


@dataclass(frozen=True, eq=False)
class Scenario:
    """A scenario: the path of each lever that it sets, float (T,), in its unit, and its rules in their order.

    A combination has the levers and rules of all its parts; ``parts`` names them. ``written`` are the paths
    as they stand in the file.
    """

    id: str
    name: str
    author: str
    source: str
    note: str
    paths: Mapping[str, FloatArray]
    parts: tuple[str, ...] = ()
    written: Mapping[str, LeverPath] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()


def read_scenarios(
    folder: Path,
    mechanism: MechanismFile,
    span: Span,
    sources: Collection[str] = (),
    public_ids: Mapping[str, str] = MappingProxyType({}),
) -> tuple[dict[str, Scenario], list[Problem]]:
    """Every scenario of a case by its id, and its mistakes.

    ``sources`` are the ids that may be cited; ``public_ids`` are put in place of those of an edition.
    """
    scenarios: dict[str, Scenario] = {}
    problems: list[Problem] = list(misnamed_scenarios(folder))
    borne: dict[str, str] = {}
    for file in sorted((folder / FOLDER).glob("*.yaml")):
        name = f"{FOLDER}/{file.name}"
        read, lines, wrong = read_located(folder, name, ScenarioFile, public_ids=public_ids)
        problems += wrong
        if read is None:
            continue
        wrong = [
            *_wrong(read, file.stem, mechanism.levers, span, lines),
            *rule_problems(read.rules, mechanism, span, lines),
            *_adaptive_base(read, mechanism, lines),
            *uncited(("source",), read.source, sources, lines),
        ]
        first = borne.setdefault(as_read(read.name), file.stem)
        if first != file.stem:
            wrong.append(lines.problem(("name",), *namesake(read.name, first)))
        problems += wrong
        if not wrong:
            paths = {lever: along(path, span) for lever, path in read.levers.items()}
            words = (read.id, read.name, read.author, read.source, read.note)
            rules = rules_of(read.rules, mechanism)
            scenarios[read.id] = Scenario(*words, paths, written=read.levers, rules=rules)
    return scenarios, problems


def _adaptive_base(read: ScenarioFile, mechanism: MechanismFile, lines: Lines) -> Iterator[Problem]:
    """A base scenario with rules: all others would have them too."""
    if read.id == mechanism.base and read.rules:
        found = counted(len(read.rules), "rule")
        cure = "Write a scenario of its own for them."
        yield lines.problem(("rules",), "no rules in the base scenario", found, cure)


def misnamed_scenarios(home: Path) -> Iterator[Problem]:
    """Files that look like scenarios and would not be read."""
    folder = home / FOLDER
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        ending = file.name.partition(".")[2].casefold()
        if file.suffix != ".yaml" and ending in ("yaml", "yml", "yaml.txt", "yml.txt"):
            cure = f"Rename it to {file.name.partition('.')[0]}.yaml."
            yield Problem(f"{FOLDER}/{file.name}", 0, "", "a name that ends in .yaml", shown(file.name), cure)


def along(path: LeverPath, span: Span, known: Mapping[int, float] = MappingProxyType({})) -> FloatArray:
    """The value in each month of a span, (T,); before the first month given, that of the first.

    ``known`` are values on record by month: they take the place of what is written up to their last, and the
    path goes on from there to what is written for later months. One number for all months stays as it was
    last known.

    >>> leaving = LeverPath.model_validate({"path": {"2020-10": 3000, "2021-02": 1000}, "between": "line"})
    >>> along(leaving, Span(24249, 24254, Step.MONTH)).tolist()
    [3000.0, 2500.0, 2000.0, 1500.0, 1000.0, 1000.0]
    >>> along(leaving, Span(24251, 24254, Step.MONTH), {24250: 2800.0}).tolist()
    [2200.0, 1600.0, 1000.0, 1000.0]
    """
    months = np.arange(span.first, span.last + 1)
    if path.value is not None and not known:
        return np.full(len(months), path.value)
    newest = max(known, default=-1)
    written = {parse(month, Step.MONTH): value for month, value in path.path.items() if value is not None}
    points = sorted({**known, **{month: value for month, value in written.items() if month > newest}}.items())
    at, values = (np.array(column, dtype=np.float64) for column in zip(*points, strict=True))
    if path.between == "line":
        return np.asarray(np.interp(months, at, values), dtype=np.float64)
    return np.asarray(values[np.maximum(np.searchsorted(at, months, side="right") - 1, 0)])


def combined(named: str, known: Mapping[str, Scenario]) -> Scenario:
    """The scenario of a name, or of several joined by ``+``, which must not pull a lever two ways.

    A rule of one part may change a lever whose path another part sets.

    Raises:
        UsageError: no scenario of that name, or two parts that set one lever to different paths.
    """
    parts = [_named(part.strip(), known) for part in named.split("+")]
    if len(parts) == 1:
        return parts[0]
    paths: dict[str, FloatArray] = {}
    setter: dict[str, str] = {}
    for part in parts:
        for lever, path in part.paths.items():
            if lever in paths and not np.array_equal(paths[lever], path):
                raise UsageError(
                    f"{named}: expected scenarios that do not set the same lever differently; found "
                    f"{lever} set by both {setter[lever]} and {part.id}. Combine others, or write a "
                    f"scenario of its own that decides between them."
                )
            paths[lever], setter[lever] = path, part.id
    _one_rule_maker(named, parts)
    ids = tuple(part.id for part in parts)
    author, source, note = (
        "; ".join(dict.fromkeys(getattr(part, key) for part in parts if getattr(part, key)))
        for key in ("author", "source", "note")
    )
    name = "; ".join(part.name for part in parts)
    rules = tuple(rule for part in dict.fromkeys(parts) for rule in part.rules)
    return Scenario("+".join(ids), name, author, source, note, paths, ids, rules=rules)


def _one_rule_maker(named: str, parts: list[Scenario]) -> None:
    """Refuses rules of two parts for one lever."""
    setter: dict[str, str] = {}
    for part in parts:
        for lever in dict.fromkeys(lever for rule in part.rules for lever in rule.entry.levers):
            if setter.setdefault(lever, part.id) != part.id:
                raise UsageError(
                    f"{named}: expected scenarios whose rules do not set the same lever; found {lever} "
                    f"set by rules of both {setter[lever]} and {part.id}. Combine others, or write a "
                    "scenario of its own with the rules in one order."
                )


def _named(name: str, known: Mapping[str, Scenario]) -> Scenario:
    if name not in known:
        raise UsageError(f"there is no scenario {name!r}. {did_you_mean(name, list(known))}")
    return known[name]


def missing(base: Scenario, levers: tuple[Lever, ...], file: str) -> Iterator[Problem]:
    """Levers that the base scenario does not set."""
    for lever in levers:
        if lever.id not in base.paths:
            expected = f"a path of {lever.id}: the base scenario sets every lever"
            yield Problem(file, 0, "levers", expected, "none", "Add it.")


def _wrong(
    read: ScenarioFile, stem: str, levers: tuple[Lever, ...], span: Span, lines: Lines
) -> Iterator[Problem]:
    if read.id != stem:
        yield lines.problem(("id",), f"the name of the file ({stem})", shown(read.id), "Rename one.")
    units = {lever.id: lever.unit for lever in levers}
    for lever, path in read.levers.items():
        keys: Keys = ("levers", lever)
        if lever not in units:
            cure = did_you_mean(lever, list(units))
            yield lines.problem(keys, "the id of a lever", shown(lever), cure)
            continue
        yield from _gaps(keys, path, span, lines)
        yield from _beyond(keys, path, units[lever], lines)


def _gaps(keys: Keys, path: LeverPath, span: Span, lines: Lines) -> Iterator[Problem]:
    """Months for which a path without ``between`` has no value."""
    for month, value in path.path.items():
        if value is None:
            yield lines.problem((*keys, "path", month), "a number", "nothing", "Fill it in, or remove it.")
    months = sorted(parse(month, Step.MONTH) for month in path.path)
    if not months:
        return
    start = label(span.first, Step.MONTH)
    if months[0] > span.first:
        found = f"nothing before {label(months[0], Step.MONTH)}"
        yield lines.problem((*keys, "path"), f"a value from {start} on", found, f"Add {start}.")
    elif path.between is None:
        gap = next((month for month in range(months[0], months[-1]) if month not in months), None)
        if gap is not None:
            found = f"none for {label(gap, Step.MONTH)}"
            cure = "Add it, or say what holds between: step or line."
            yield lines.problem((*keys, "path"), "a value for every month", found, cure)


def _beyond(keys: Keys, path: LeverPath, unit: str, lines: Lines) -> Iterator[Problem]:
    least, most = support(unit)
    values = [path.value, *path.path.values()]
    for value in values:
        if value is not None and not least <= value <= most:
            top = f" to {most:g}" if most < float("inf") else " up"
            yield lines.problem(keys, f"{unit} from {least:g}{top}", f"{value:g}", "Correct it.")
