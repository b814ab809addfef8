"""Claims that quantities rest on: each must be in the case, and known before the first month simulated."""

from collections.abc import Iterator
from datetime import date

from vedette.case import Case
from vedette.errors import Problem
from vedette.evidence import read_ledger
from vedette.periods import Step, first_day, parse
from vedette.problems import did_you_mean, shown
from vedette.scenario.language.entries import MechanismFile
from vedette.scenario.language.located import Lines


def unwitnessed(file: MechanismFile, lines: Lines, case: Case) -> Iterator[Problem]:
    """Problems of claims that the case lacks, or that became known after the mechanism starts.

    Assumptions name claims; those of computed numbers are found on the as-of by the program.
    """
    if not any(assumption.claims for assumption in file.assumptions):
        return
    table = read_ledger(case, None).claims
    known: dict[str, date | None] = dict(zip(table["id"].to_list(), table["known_on"].to_list(), strict=True))
    retracted = set(case.retractions["claim"])
    start = first_day(parse(file.start, Step.MONTH), Step.MONTH)
    for index, assumption in enumerate(file.assumptions):
        for place, claim in enumerate(assumption.claims):
            keys = ("assumptions", index, "claims", place)
            if claim not in known:
                withheld = "It may be withheld: mark this file as closely as what it rests on."
                cure = withheld if case.withheld else did_you_mean(claim, list(known))
                if claim in retracted:
                    cure = "It is retracted (retractions.csv): rest on another, or mark it assumed."
                yield lines.problem(keys, "the id of a claim", shown(claim), cure)
            elif (day := known[claim]) is not None and day >= start:
                cure = "Rest on what was known by then, or start later."
                yield lines.problem(keys, f"a claim known before {start}", f"{claim}, {day}", cure)
