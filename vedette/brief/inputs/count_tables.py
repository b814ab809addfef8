"""Events and deaths of a panel as tables, with their doubt, their mark and where they come from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from vedette.brief.figures import NO_FILE, Link, Mark, by, from_data
from vedette.case import Case
from vedette.panel import NOWHERE, Group, Holdings, Panel
from vedette.panel.grid import Bools, Ints
from vedette.periods import Span
from vedette.plurals import counted

YEAR = 12
LOW, HIGH = 0.05, 0.95
AGREED = 0.1
"""A sum is called observed while nine in ten draws lie within this share of it."""


@dataclass(frozen=True)
class CountTables:
    """What a case counts.

    Attributes:
        case: the case.
        holdings: its cells, and where they come from.
        panel: the panel as known on a day.
    """

    case: Case
    holdings: Holdings
    panel: Panel

    @property
    def span(self) -> Span:
        """The periods of the panel."""
        return self.panel.grid.span

    @property
    def last_year(self) -> Span:
        """The last twelve months of data."""
        return Span(self.span.last - YEAR + 1, self.span.last, self.span.step)

    @property
    def year_before(self) -> Span:
        """The twelve months before those."""
        return Span(self.last_year.first - YEAR, self.last_year.first - 1, self.span.step)

    @cached_property
    def known_cells(self) -> pl.DataFrame:
        """The cells known by the as-of day of the data sets that the panel draws on."""
        datasets = self.panel.accounts["dataset"].unique().to_list()
        return self.holdings.cells.filter(pl.col("dataset").is_in(datasets), pl.col("last") <= self.span.last)

    @property
    def place_names(self) -> dict[str, str]:
        """Names of the places by id, and of what lies in none."""
        return {**self.case.places.names, NOWHERE: NOWHERE.capitalize()}

    @property
    def strata(self) -> dict[str, str]:
        """Names of the strata by id, in order."""
        return {stratum.id: stratum.name for stratum in self.case.strata}

    @cached_property
    def data(self) -> tuple[Link, ...]:
        """The chain of what is observed: where the rows come from and how they were added up."""
        rows = self.panel.accounts.group_by("dataset", maintain_order=True).agg(pl.col("events").sum())
        return tuple(
            from_data(
                f"{counted(events, 'event')} in {self.holdings.origins[dataset]}", credit(self.case, dataset)
            )
            for dataset, events in rows.iter_rows()
        )

    def chain(self, mark: Mark) -> tuple[Link, ...]:
        """The chain of a sum over the panel."""
        if mark is Mark.OBSERVED:
            return (*self.data, by("added up by month, place and stratum"))
        spread = by(
            "events known only to a span of time or a part of the map spread over "
            f"{counted(self.panel.draws, 'draw')}, by the precise events of the year before"
        )
        if not self.panel.estimated.any():
            return (*self.data, spread)
        totals = from_data("national totals by month in totals.csv", totals_source(self.case))
        filled = by(
            "months of the partial file filled up to the totals, with events like the coarsely placed ones "
            "of the last full year and the exactly placed ones of the partial file, mixed anew in each draw"
        )
        return (*self.data, totals, spread, filled)

    def table(self, groups: Iterable[Group]) -> pl.DataFrame:
        """Deaths and events by group, stratum and period.

        Columns: ``group, stratum, period, low, best, high, events, mark``.

        ``best`` and ``events`` are medians over draws; ``low`` and ``high`` run from the 5 % quantile of the
        low estimates to the 95 % quantile of the high ones. Where nothing is imprecise they are the published
        ones. In periods that no file covers they are null, and the mark is ``no file``.
        """
        chosen = list(groups)
        columns = _summaries(self.panel.estimated[:, None, None], lambda m: self.panel.series(m, chosen))
        period, group, stratum = (axis.ravel() for axis in np.indices(columns["best"].shape))
        return self._with_gaps(
            {
                "group": np.array([name for name, _ in chosen])[group],
                "stratum": np.array(self.panel.grid.strata)[stratum],
                "period": np.array(self.span.labels())[period],
                **{name: values.ravel() for name, values in columns.items()},
            }
        )

    def whole(self, groups: Iterable[Group]) -> pl.DataFrame:
        """Deaths by group and period, all strata: ``group, period, low, best, high, events, mark``."""
        chosen = list(groups)
        columns = _summaries(
            self.panel.estimated[:, None], lambda m: self.panel.series(m, chosen).sum(axis=3)
        )
        period, group = (axis.ravel() for axis in np.indices(columns["best"].shape))
        return self._with_gaps(
            {
                "group": np.array([name for name, _ in chosen])[group],
                "period": np.array(self.span.labels())[period],
                **{name: values.ravel() for name, values in columns.items()},
            }
        )

    @cached_property
    def national(self) -> pl.DataFrame:
        """The country by period: ``period, low, best, high, events, mark`` (see `table`)."""
        whole = self.panel.grid.everywhere
        columns = _summaries(self.panel.estimated, lambda m: self.panel.series(m, whole).sum(axis=(2, 3)))
        return self._with_gaps({"period": self.span.labels(), **columns})

    def _with_gaps(self, columns: Mapping[str, object]) -> pl.DataFrame:
        """A table with a column ``period``, in which nothing is said of periods that no file covers."""
        table = pl.DataFrame(columns)
        if not self.panel.gaps:
            return table
        gaps = [label for gap in self.panel.gaps for label in gap.labels()]
        unknown = pl.col("period").is_in(gaps)
        numbers = pl.col("low", "best", "high", "events")
        return table.with_columns(
            pl.when(~unknown).then(numbers),
            pl.when(unknown).then(pl.lit(NO_FILE)).otherwise(pl.col("mark")).alias("mark"),
        )

    def over(self, span: Span, groups: Iterable[Group], strata: Iterable[str] | None = None) -> pl.DataFrame:
        """Sums over a span by group: ``group, low, best, high, events, mark`` (see `table`)."""
        chosen = list(groups)
        window = slice(span.first - self.span.first, span.last - self.span.first + 1)
        kinds = [self.panel.grid.strata.index(s) for s in strata or self.panel.grid.strata]

        def total(measure: str) -> Ints:
            return np.asarray(self.panel.series(measure, chosen, span)[:, :, :, kinds].sum(axis=(1, 3)))

        columns = _summaries(self.panel.estimated[window].any(), total)
        return pl.DataFrame({"group": [name for name, _ in chosen], **columns})


def credit(case: Case, dataset: str) -> str:
    """How a data set is credited: the first sentence of the case's credit, or its name."""
    text = next((c.text for c in case.credits if c.dataset == dataset), dataset)
    return text.split(", Uppsala")[0].strip()


def totals_source(case: Case) -> str:
    """The titles of the sources of the national totals."""
    ids = [] if case.totals is None else case.totals["source"].unique().sort().to_list()
    titles = case.sources.filter(pl.col("id").is_in(ids))["title"].to_list()
    return "; ".join(titles) or "totals.csv"


def _summaries(
    estimated: Bools | np.bool_, series: Callable[[str], Ints]
) -> dict[str, npt.NDArray[np.int64] | npt.NDArray[np.str_]]:
    """One number for the draws of each measure: ``low, best, high, events, mark``; see `Findings.table`."""
    best = series("best")
    middle, width = _quantile(best, 0.5), _quantile(best, HIGH) - _quantile(best, LOW)
    doubted = estimated | (width > AGREED * middle)
    return {
        "low": _quantile(series("low"), LOW),
        "best": middle,
        "high": _quantile(series("high"), HIGH),
        "events": _quantile(series("events"), 0.5),
        "mark": np.where(doubted, Mark.ESTIMATED.value, Mark.OBSERVED.value),
    }


def _quantile(values: Ints, level: float) -> Ints:
    """A quantile over draws that is a count of some draw."""
    return np.asarray(np.quantile(values, level, axis=0, method="inverted_cdf"), dtype=np.int64)
