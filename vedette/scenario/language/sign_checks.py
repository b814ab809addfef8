"""Checks the signs of a mechanism: each is of something in it, and a file of the case measures it."""

from collections.abc import Collection, Iterator

import polars as pl

from vedette.case import Case
from vedette.errors import Problem
from vedette.problems import Path as Keys
from vedette.problems import did_you_mean, shown
from vedette.scenario.language.entries import MechanismFile, Outcome
from vedette.scenario.language.located import Lines
from vedette.scenario.language.naming import Names, node_of
from vedette.scenario.language.records import rows_of
from vedette.scenario.language.sign_entries import ALL, Measured, PostureSeries, RecordedAttacks, Sign
from vedette.scenario.language.units import support

READ_FROM = ("levers", "events", "rates", "stocks", "outcomes")
_UNITS = {
    "deaths": "deaths/month",
    "events": "attacks/month",
    "strength": "people",
    "attacks": "attacks/month",
}
_PERSONS = ("persons", "people")


def wrong_signs(
    file: MechanismFile, names: Names, lines: Lines, case: Case, unsure: Collection[str] = ()
) -> Iterator[Problem]:
    """Problems of signs; what is measured by a table of ``unsure`` is not judged."""
    seen: set[str] = set()
    for index, sign in enumerate(file.signs):
        keys: Keys = ("signs", index)
        if sign.id in seen:
            yield lines.problem((*keys, "id"), "each sign once", shown(sign.id), "Choose another name.")
        seen.add(sign.id)
        if names.lists.get(sign.of) not in READ_FROM:
            known = names.of(*READ_FROM)
            expected = "the id of a lever, event group, rate, stock or outcome"
            yield lines.problem((*keys, "of"), expected, shown(sign.of), did_you_mean(sign.of, known))
            continue
        mistakes = list(_unmeasured((*keys, "measured"), sign.measured, lines, case, unsure))
        yield from mistakes or _unfit(keys, sign, node_unit(file, names, sign), lines, case)
        if warned(file, sign) is None:
            known = [outcome.id for outcome in file.outcomes]
            found = shown(sign.warns) if sign.warns else f"none that reads {sign.of}"
            cure = did_you_mean(sign.warns, known) if sign.warns else "Name the outcome under warns."
            yield lines.problem((*keys, "warns"), "the id of an outcome", found, cure)


def warned(file: MechanismFile, sign: Sign) -> Outcome | None:
    """The outcome that a sign warns of; None if the mechanism has no such outcome."""
    if sign.warns is not None:
        return next((outcome for outcome in file.outcomes if outcome.id == sign.warns), None)
    node = node_of(file, sign.of)
    own = [outcome for outcome in file.outcomes if outcome.id == sign.of]
    return next(iter(own + [outcome for outcome in file.outcomes if outcome.of == node]), None)


def node_unit(file: MechanismFile, names: Names, sign: Sign) -> str:
    """The unit of the node that a sign is of."""
    return names.units.get(node_of(file, sign.of), "number")


def _unmeasured(
    keys: Keys, measured: Measured, lines: Lines, case: Case, unsure: Collection[str]
) -> Iterator[Problem]:
    """Problems of a measure that no file of the case holds; an edition may withhold some of the rows."""
    strata, places = [stratum.id for stratum in case.strata], case.places.ids
    for key, found, known in (
        (measured.kind, measured.strata, strata),
        ("places", measured.places, places),
    ):
        for name in found:
            if name not in known:
                expected = f"{'a place' if key == 'places' else 'a stratum'} of the case"
                yield lines.problem((*keys, key), expected, shown(name), did_you_mean(name, known))
    if case.withheld:
        return
    if measured.posture is not None and "posture.csv" not in unsure:
        yield from _no_posture((*keys, "posture"), measured.posture, lines, case)
    if measured.strength is not None and "claims.csv" not in unsure:
        yield from _no_strength((*keys, "strength"), measured.strength, lines, case)
    if measured.attacks is not None and "timeline.csv" not in unsure:
        yield from _no_attack((*keys, "attacks"), measured.attacks, lines, case)


def _no_posture(keys: Keys, series: PostureSeries, lines: Lines, case: Case) -> Iterator[Problem]:
    rows = rows_of(series, case.posture, case)
    if rows.is_empty():
        columns = [name for name in ("backer", "kind", "series") if getattr(series, name)]
        asked = " / ".join(str(getattr(series, name)) for name in columns)
        known = {" / ".join(row) for row in case.posture.select(columns).unique().iter_rows()}
        cure = f"{did_you_mean(asked, known)} Or add its rows with: vedette add posture {case.typed}"
        yield lines.problem(keys, "a series in posture.csv", shown(asked), cure)
    elif rows["series"].n_unique() > 1:
        several = sorted(rows["series"].unique())
        named = ", ".join(name for name in several if name)
        cure = f"Name one of them under series: {named}; rows without one need theirs in posture.csv."
        yield lines.problem(keys, "one series", f"{len(several)} of them", cure)


def _no_strength(keys: Keys, forces: Collection[str], lines: Lines, case: Case) -> Iterator[Problem]:
    known = set(case.claims.filter(relation="strength")["subject"])
    for force in forces:
        if force not in known:
            cure = f"{did_you_mean(force, known)} Or add a claim with: vedette add claim {case.typed}"
            yield lines.problem(keys, "a force with a claimed strength", shown(force), cure)


def _no_attack(keys: Keys, attacks: RecordedAttacks, lines: Lines, case: Case) -> Iterator[Problem]:
    known = case.sites["id"].to_list()
    for site in attacks.sites if attacks.sites != ALL else ():
        if site not in known:
            yield lines.problem(
                (*keys, "sites"), "a site of sites.csv", shown(site), did_you_mean(site, known)
            )
    rows = case.timeline.filter(kind="attack")
    for words in attacks.targets:
        if rows.filter(pl.col("target").str.contains(words, literal=True)).is_empty():
            cure = "Write it as the column target has it, or add such a row to timeline.csv."
            yield lines.problem((*keys, "targets"), "the target of an attack", shown(words), cure)
    if rows.is_empty():
        cure = "Add attacks to timeline.csv, or measure the sign by something else."
        yield lines.problem(keys, "an attack in timeline.csv", "none", cure)


def _unfit(keys: Keys, sign: Sign, unit: str, lines: Lines, case: Case) -> Iterator[Problem]:
    """Units that differ, and alarms at levels that cannot be."""
    measured = _measured_unit(sign.measured, case)
    if measured != unit:
        cure = f"Measure it by something in {unit}, or name what is in {measured} under of."
        yield lines.problem((*keys, "measured"), f"a measure in {unit}, as {sign.of}", measured, cure)
    least, most = support(unit)
    if not least <= sign.alarm.level <= most:
        top = f" to {most:g}" if most < float("inf") else " up"
        expected = f"{unit} from {least:g}{top}"
        yield lines.problem((*keys, "alarm"), expected, f"{sign.alarm.level:g}", "Correct it.")


def _measured_unit(measured: Measured, case: Case) -> str:
    if measured.posture is None:
        return _UNITS[measured.kind]
    rows = rows_of(measured.posture, case.posture, case)
    if rows.is_empty():
        return "people"
    unit = str(rows["unit"][0])
    return "people" if unit in _PERSONS else unit
