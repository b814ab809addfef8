"""Say what changed between two days of a case, or since its last issued brief."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from vedette.case import Case, read_case
from vedette.case.issues import Issue, last_issue
from vedette.changes import Changes, as_issued, as_known, changes_between, first_day_known, last_known
from vedette.changes.first_lines import lead_lines
from vedette.changes.parts import lines_of
from vedette.changes.tables import (
    Rows,
    belief_rows,
    claim_rows,
    forecast_rows,
    month_rows,
    place_rows,
    revised_rows,
    scenario_rows,
    weight_rows,
)
from vedette.changes.thresholds import RULES
from vedette.commands.age import DataAge, age_of_claims, age_of_counts
from vedette.commands.defaults import SEED
from vedette.errors import UsageError
from vedette.evidence import edition_of
from vedette.periods import Step, last_day, period_of
from vedette.progress import Report, quiet


@dataclass(frozen=True)
class ChangedPart:
    """One part of what changed: its name, a heading, sentences, and tables by title."""

    id: str
    heading: str
    lines: tuple[str, ...]
    tables: tuple[tuple[str, Rows], ...]


@dataclass(frozen=True, eq=False)
class ChangesResult:
    """What changed between two days of a case."""

    changes: Changes
    age: DataAge

    @property
    def lead(self) -> tuple[str, ...]:
        """Returns the first lines: the arrow back with its reason, and the alert ahead."""
        return tuple(line.plain for line in lead_lines(self.changes))

    @property
    def parts(self) -> tuple[ChangedPart, ...]:
        """Returns the parts in their order."""
        tables = {
            "came": (
                ("By place, own misses first", place_rows(self.changes)),
                ("By month", month_rows(self.changes)),
            ),
            "revised": (("By month and place", revised_rows(self.changes)),),
            "claims": (
                ("Beliefs that moved", belief_rows(self.changes)),
                ("Claims that became known", claim_rows(self.changes)),
            ),
            "ahead": (("By month, then places that moved", forecast_rows(self.changes)),),
            "signs": (
                ("Weights of branches, %, with the 90 % interval of simulation", weight_rows(self.changes)),
                ("How far the levers on record are from each scenario, %", scenario_rows(self.changes)),
            ),
        }
        return tuple(
            ChangedPart(name, heading, tuple(line.plain for line in lines), tables.get(name, ()))
            for name, heading, lines in lines_of(self.changes)
        )

    @property
    def rules(self) -> tuple[str, ...]:
        """Returns from which size on a difference is told."""
        return RULES

    def table(self) -> pl.DataFrame:
        """Returns a row for each place: what came against the forecast of the first day."""
        rows = [vars(row) for row in (self.changes.came.country, *self.changes.came.places) if row]
        return pl.DataFrame(rows, infer_schema_length=None)

    def document(self) -> dict[str, Any]:
        """Returns what is different part by part, with the sentences and the rules."""
        return {
            **self.changes.document(),
            "lead": list(self.lead),
            "sentences": {part.id: list(part.lines) for part in self.parts},
            "data": self.age.document(),
        }


def changes(
    case: str,
    *,
    first: date | None = None,
    last: date | None = None,
    edition: str | None = None,
    seed: int = SEED,
    report: Report = quiet,
) -> ChangesResult:
    """Says what changed between two days, each as it was known on that day.

    Args:
        case: the case.
        first: the first day; by default that of the last brief that was issued in the edition.
        last: the last day; by default the as-of of the case, else the end of its data.
        edition: for whom; the first edition of the case if left out.
        seed: of all random numbers.
        report: called with what is being done.

    Raises:
        UsageError: no first day and no issued brief, a first day that is not before the last, or one before
            the data; no such edition.
        DataError: an issue that is not as it was issued.
    """
    read = edition_of(read_case(case), edition)
    _must_be_known(read, first, option="--from")
    _must_be_known(read, last, option="--to")
    end = last_known(read, last)
    issue = _issue_before(read, end) if first is None else None
    if first is not None and first >= end:
        found = "that day" if first == end else "a later one"
        raise UsageError(
            f"--from {first}: expected a day before the last day, {end}; found {found}. Name an earlier day, "
            "or a later one with --to."
        )
    report("Forecasting from the last day", 0.0)
    now = as_known(read, last, seed)
    report("Forecasting from the last day", 1.0)
    report("Forecasting from the first day", 0.0)
    then = as_known(read, first, seed) if issue is None else as_issued(read, issue)
    report("Forecasting from the first day", 1.0)
    age = age_of_counts(read, now.holdings, panel=now.panel)
    claims_to = age_of_claims(now.ledger).claims_to
    return ChangesResult(changes_between(read, then, now, seed), replace(age, claims_to=claims_to))


def _issue_before(case: Case, end: date) -> Issue:
    """The last issued brief of the edition before a day.

    Raises:
        UsageError: there is none.
    """
    issue = last_issue(case, end)
    if issue is None:
        raise UsageError(
            f"changes: expected a brief of {case.id} issued before {end} in its {case.edition} edition; "
            f"found none. Name the first day, like: vedette changes {case.typed} --from {_month_before(end)}"
        )
    return issue


def _month_before(day: date) -> date:
    """The last day of the month before that of a day."""
    return last_day(period_of(day, Step.MONTH) - 1, Step.MONTH)


def _must_be_known(case: Case, day: date | None, *, option: str) -> None:
    """Refuses a day before a month of data was complete."""
    if day is not None and day < (earliest := first_day_known(case)):
        raise UsageError(
            f"{option} {day}: expected a day from {earliest} on, when the first month that {case.id} counts "
            "was complete; found an earlier one. Name a later day."
        )
