"""Months in which a load would leave fewer deaths than before: shown before it is taken."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vedette.case import Country
from vedette.errors import UsageError
from vedette.events.disk import database
from vedette.events.formats.table import literal
from vedette.plurals import counted

_SHOWN = 12


@dataclass(frozen=True)
class LoweredMonth:
    """A month of a data set with fewer deaths (best estimate) in the country of the case than before."""

    dataset: str
    month: str
    before: int
    after: int

    def __str__(self) -> str:
        return f"{self.dataset} {self.month}: {self.before:,} to {self.after:,}"


Agree = Callable[[Sequence[LoweredMonth]], bool]
"""Returns whether a load that lowers these months may go on."""


def always(months: Sequence[LoweredMonth]) -> bool:
    """Agrees to every load."""
    return True


class LowersDeaths(UsageError):
    """A load that would lower the deaths of months was not agreed to; nothing was changed.

    ``change`` says in words which ``months`` would have fewer.
    """

    def __init__(self, months: Sequence[LoweredMonth]) -> None:
        self.months, self.change = tuple(months), lowered_text(months)
        super().__init__(
            f"Nothing was loaded: {self.change}. Take it with --yes; `vedette undo` takes a load back."
        )


def lowered_text(months: Sequence[LoweredMonth]) -> str:
    """How many months have fewer deaths than before, and which."""
    rest = len(months) - _SHOWN
    lines = [str(month) for month in months[:_SHOWN]] + ([f"and {rest} more"] if rest > 0 else [])
    return f"fewer deaths than before in {counted(len(months), 'month')} ({'; '.join(lines)})"


def lowered_months(made: Path, before: Path | None, country: Country) -> tuple[LoweredMonth, ...]:
    """The months with fewer deaths in a store than in the one before it, by data set and month."""
    if before is None:
        return ()
    counted_deaths = (
        "SELECT dataset, strftime(date_start, '%Y-%m') AS month, CAST(sum(best) AS BIGINT) AS best "
        "FROM {}events WHERE standing AND country = $country GROUP BY ALL"
    )
    with database(made, read_only=True) as connection:
        connection.execute(f"ATTACH {literal(str(before))} AS before (READ_ONLY)")
        rows = connection.execute(
            f"SELECT dataset, month, old.best, coalesce(new.best, 0) "
            f"FROM ({counted_deaths.format('')}) AS new "
            f"RIGHT JOIN ({counted_deaths.format('before.main.')}) AS old USING (dataset, month) "
            "WHERE coalesce(new.best, 0) < old.best ORDER BY dataset, month",
            {"country": country.name},
        ).fetchall()
    return tuple(LoweredMonth(*row) for row in rows)
