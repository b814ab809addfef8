"""What commands start from: the panel of a case as known on a day, and models by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from vedette.case import Case, read_case
from vedette.commands.age import DataAge, age_of_claims, age_of_counts
from vedette.errors import UsageError
from vedette.evidence import edition_of, read_ledger
from vedette.model import By, History, Measure, Model, panel_history
from vedette.panel import Holdings, Panel, WithoutPlace, gather, panel_on, present
from vedette.periods import Step


def read_counted_case(case: str, command: str) -> Case:
    """Reads a case whose counts are asked for; ``command`` is what a table of counts is given to instead.

    Raises:
        UsageError: it is a file, not a case.
        CaseError: the case holds mistakes.
    """
    if Path(case).is_file():
        raise UsageError(
            f"{case}: expected the name of a shipped case or the path of a folder; found a file. "
            f"For a table of counts type: {command}"
        )
    return read_case(case)


@dataclass(frozen=True, eq=False)
class KnownCase:
    """A case and its panel as known on a day, that day included, and how far its data reach."""

    case: Case
    panel: Panel
    day: date
    age: DataAge


def panel_of(
    case: Case, as_of: date | None, *, seed: int, step: Step | None = None
) -> tuple[Holdings, Panel, date]:
    """Returns the event data of a case, its panel as known on a day, and that day.

    The day is the as-of; if left out, that of the case, else the present.
    """
    holdings = gather(case, step, as_of or case.as_of)
    known = as_of or case.as_of or present(holdings.cells, case, holdings.step, holdings.covers)
    return holdings, panel_on(holdings, case, known, seed), known


def age_of(case: Case, as_of: date | None) -> DataAge:
    """Returns how far the counts and the claims of a case reach, as known on a day."""
    holdings = gather(case, known_on=as_of or case.as_of)
    known = as_of or case.as_of or present(holdings.cells, case, holdings.step, holdings.covers)
    counts = age_of_counts(case, holdings, panel=panel_on(holdings, case, known, 0))
    ledger = read_ledger(edition_of(case, case.edition or None), as_of or case.as_of)
    return replace(counts, claims_to=age_of_claims(ledger).claims_to)


def history_of(case: Case, as_of: date | None, *, measure: Measure, by: By, seed: int) -> History:
    """Returns the counts of a case by period and unit, as known on a day."""
    _, panel, _ = panel_of(case, as_of, seed=seed)
    return panel_history(panel, case, measure, by)


def without_place_document(found: Sequence[WithoutPlace]) -> dict[str, list[dict[str, Any]]]:
    """Returns the key on deaths without a place for an answer by place; nothing for any other."""
    return {"without_place": [one.document() for one in found]} if found else {}


def named(names: Sequence[str], known: Mapping[str, Model]) -> list[Model]:
    """Returns the models of these names, in the order given.

    Raises:
        UsageError: no model of a name; the message lists those there are.
    """
    wrong = [name for name in names if name not in known]
    if wrong:
        raise UsageError(f"there is no model {wrong[0]!r}; choose one of: {', '.join(known)}")
    return [known[name] for name in dict.fromkeys(names)]
