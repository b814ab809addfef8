"""Reads a mechanism and checks it as a whole."""

import os
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path

from vedette.case import Case
from vedette.errors import CaseError, DataError, Problem, UsageError
from vedette.network import Monopoly
from vedette.periods import Span, Step, parse
from vedette.plurals import counted
from vedette.scenario.engine.divergence import diverging
from vedette.scenario.language import paths
from vedette.scenario.language.answered_questions import question_problems
from vedette.scenario.language.arms_index import other_definitions, withheld_nodes
from vedette.scenario.language.citations import unsourced
from vedette.scenario.language.deciders import undecided
from vedette.scenario.language.entries import FILE, MechanismFile, MechanismHead
from vedette.scenario.language.from_case import FromCase
from vedette.scenario.language.hindcast_checks import misplaced
from vedette.scenario.language.located import Lines, read_located
from vedette.scenario.language.measuring import impossible, mismatches
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.naming import names_of, namesakes, shadows, unknown
from vedette.scenario.language.paths import Scenario, combined, read_scenarios
from vedette.scenario.language.reactions import wrong_reactions
from vedette.scenario.language.records import unrecorded
from vedette.scenario.language.sign_checks import wrong_signs
from vedette.scenario.language.witnesses import unwitnessed


def has_mechanism(case: Case) -> bool:
    """Whether the folder of a case contains a mechanism."""
    return os.path.lexists(case.folder / FILE)


def read_head(case: Case, folder: Path | None = None) -> MechanismHead:
    """The first month and the marking of a mechanism, without the rest; the folder is that of the case.

    Raises:
        CaseError: they cannot be read.
    """
    folder = folder or case.folder
    head, _, problems = read_located(folder, FILE, MechanismHead)
    if head is None:
        raise _mistakes(folder, problems)
    return head


def read_mechanism(case: Case, as_of: date | None = None, folder: Path | None = None) -> Mechanism:
    """Reads ``mechanisms.yaml`` and ``scenarios/`` of a case and checks names, units, supports and loops.

    Sets of precedents say what was known on ``as_of``, by default the case's own. The files lie in the folder
    of the case, unless another is given.

    Raises:
        CaseError: they hold mistakes; its ``problems`` list all of them, each with file and line.
        DataError: the case has no mechanism, or does not count months.

    >>> from vedette.case import read_case
    >>> sorted(read_mechanism(read_case("iraq")).scenarios)[:2]
    ['army-holds-crossings', 'cts-to-basra']
    """
    folder = folder or case.folder
    if not os.path.lexists(folder / FILE):
        raise DataError(f"{case.id} has no {FILE}. See the how-to on mechanisms, and write one.")
    if case.step is not Step.MONTH:
        raise DataError(f"{FILE}: expected a case that counts months; found step {case.step}.")
    mechanism, problems = examine_mechanism(case, as_of, folder)
    problems = [*problems, *question_problems(case.folder)]
    if mechanism is None or problems:
        raise _mistakes(folder, problems)
    return mechanism


def examine_mechanism(
    case: Case, as_of: date | None, folder: Path, unsure: Collection[str] = ()
) -> tuple[Mechanism | None, list[Problem]]:
    """A mechanism as far as it can be read, and its mistakes.

    ``unsure`` names tables of the case that hold mistakes: what is cited from them is not judged.
    """
    known = FromCase(case, as_of or case.as_of, unsure)
    file, lines, problems = read_located(folder, FILE, MechanismFile, known, case.public_ids)
    if file is None:
        return None, problems
    span = Span(parse(file.start, Step.MONTH), parse(file.end, Step.MONTH), Step.MONTH)
    names = names_of(file)
    sources = () if case.withheld or "sources.csv" in unsure else case.sources["id"].to_list()
    scenarios, wrong = read_scenarios(folder, file, span, sources, case.public_ids)
    problems += [*shadows(file, lines), *namesakes(file, lines), *unknown(file, names, lines, case)]
    problems += [*impossible(file, names, lines), *wrong, *_base(file, scenarios, lines, folder)]
    problems += undecided(file.levers, lines, case, unsure)
    problems += [*_compared(file, scenarios, lines), *wrong_signs(file, names, lines, case, unsure)]
    problems += [*overlaps(file, lines, case), *unsourced(file, lines, sources)]
    arms = _arms(file, known)
    problems += other_definitions(file, lines, arms)
    problems += unwitnessed(file, lines, case) if "claims.csv" not in unsure else ()
    if not {"posture.csv", "actors.csv", "sources.csv"} & set(unsure):
        problems += unrecorded(file, lines, case)
    if not {"case.yaml", "forces.csv"} & set(unsure):
        problems += misplaced(file, lines, case)
    if not problems:
        problems += [*mismatches(file, names, lines), *no_reference(file, scenarios, lines)]
    nodes = withheld_nodes(file, arms)
    mechanism = Mechanism(case, file, names, lines, span, scenarios, withheld_nodes=nodes)
    problems = problems or list(wrong_reactions(mechanism))
    return mechanism, problems or list(diverging(mechanism))


def _arms(file: MechanismFile, known: FromCase) -> Monopoly | None:
    """The index of arms on the as-of, for mechanisms that start from the strengths of main forces."""
    if not known.countable or not any(estimate.strength for estimate in file.estimates):
        return None
    return known.arms


def overlaps(file: MechanismFile, lines: Lines, case: Case) -> Iterable[Problem]:
    """Groups of events that share a place and stratum: their effects would both claim it."""
    holders: dict[tuple[str, str, str], str] = {}
    for index, group in enumerate(file.events):
        for place in group.places or case.places.ids:
            for stratum in group.strata or tuple(stratum.id for stratum in case.strata):
                holder = holders.setdefault((group.measure, place, stratum), group.id)
                if holder != group.id:
                    found = f"{place}/{stratum} in both {holder} and {group.id}"
                    cure = "Name the places or strata of each, so that none is in two."
                    yield lines.problem(("events", index), "each place and stratum in one group", found, cure)
                    return


def _base(
    file: MechanismFile, scenarios: Mapping[str, Scenario], lines: Lines, folder: Path
) -> list[Problem]:
    """A base scenario that is not there, or does not set every lever; one with mistakes has its own."""
    name = f"{paths.FOLDER}/{file.base}.yaml"
    if file.base not in scenarios:
        if (folder / name).is_file():
            return []
        cure = f"Write {name}, or name another."
        return [lines.problem(("base",), "the id of a scenario", repr(file.base), cure)]
    return list(paths.missing(scenarios[file.base], file.levers, name))


def _compared(file: MechanismFile, scenarios: Mapping[str, Scenario], lines: Lines) -> Iterable[Problem]:
    """Scenarios to compare that are not there, or whose levers clash."""
    for index, name in enumerate(file.compared):
        try:
            combined(name, scenarios)
        except UsageError as error:
            expected = "scenarios of this case"
            yield lines.problem(("compared", index), expected, repr(name), str(error))
        if name in file.compared[:index]:
            yield lines.problem(("compared", index), "each scenario once", repr(name), "Remove it.")


def no_reference(file: MechanismFile, scenarios: Mapping[str, Scenario], lines: Lines) -> Iterable[Problem]:
    """Elasticities from what begins at 0, or from the calendar: 0 is no reference."""
    base = scenarios[file.base]
    begin = {lever.id: float(base.paths[lever.id][0]) for lever in file.levers}
    begin |= {entry.id: 0.0 for entry in file.calendar}
    for index, effect in enumerate(file.effects):
        if effect.form == "elasticity" and effect.reference is None and begin.get(effect.source) == 0:
            found = f"{effect.source}, which begins at 0"
            cure = "Give a reference above 0, or choose share, saturating, threshold or shock."
            yield lines.problem(("effects", index), "a source that begins above 0", found, cure)


def _mistakes(folder: Path, problems: list[Problem]) -> CaseError:
    return CaseError(f"The mechanisms of {folder} have {counted(len(problems), 'mistake')}.", problems)
