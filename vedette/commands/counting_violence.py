"""What a case counts, read once for all who ask about its violence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from vedette.brief.charts.area_map import AreaMap, area_map
from vedette.brief.inputs.count_tables import CountTables
from vedette.case import Case
from vedette.case.geography import fold
from vedette.commands.age import DataAge, age_of_counts
from vedette.commands.defaults import SEED
from vedette.commands.known import panel_of
from vedette.errors import UsageError
from vedette.evidence import Ledger
from vedette.panel import FILES, Group, Panel, counted_rows, expected_deaths
from vedette.problems import did_you_mean

EVERYWHERE = "all"
"""The group of parts that is the whole country."""


@dataclass(frozen=True, eq=False)
class CountedViolence:
    """The panel of a case as known on a day, with the tables that answers are read from."""

    tables: CountTables
    day: date

    def filled(self) -> "CountedViolence":
        """Returns itself with the tables of all periods made, which later answers are read from."""
        _ = self.by_stratum, self.in_all, self._means
        return self

    @property
    def case(self) -> Case:
        """The case in its edition."""
        return self.tables.case

    @property
    def age(self) -> DataAge:
        """How far the counts reach."""
        return age_of_counts(self.case, self.tables.holdings, panel=self.panel)

    @property
    def panel(self) -> Panel:
        """Its panel."""
        return self.tables.panel

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """Parts of the map by what may be asked for: the country, regions, areas, what lies in no place."""
        grid = self.panel.grid
        every = (*grid.everywhere, *grid.regions(self.case), *grid.places)
        return {name: (name, parts) for name, parts in every}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What each group is called."""
        regions = {region.id: region.name for region in self.case.regions}
        return {EVERYWHERE: self.case.country.name, **regions, **self.tables.place_names}

    @property
    def regions(self) -> tuple[str, ...]:
        """The ids of the named regions."""
        return tuple(region.id for region in self.case.regions)

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The ids of the areas, by name; none for a case without."""
        geometry = self.case.places.geometry
        return tuple(
            sorted(
                (area for area in self.case.places.ids if area in geometry),
                key=lambda area: fold(self.names[area]),
            )
        )

    @property
    def from_files(self) -> bool:
        """Whether single events are at hand."""
        return FILES in self.tables.holdings.origins.values()

    @cached_property
    def by_stratum(self) -> pl.DataFrame:
        """Deaths and events by group, stratum and period: see `CountTables.table`."""
        return self.tables.table(self.groups.values())

    @cached_property
    def in_all(self) -> pl.DataFrame:
        """Deaths and events by group and period, all strata: see `CountTables.whole`."""
        return self.tables.whole(self.groups.values())

    @cached_property
    def map(self) -> AreaMap | None:
        """The areas and the drawn regions as paths; None for a case without areas."""
        if not self.areas:
            return None
        geometry = self.case.places.geometry
        drawn = {region.name: region.polygon for region in self.case.regions if region.polygon is not None}
        return area_map({area: geometry[area] for area in self.areas}, drawn)

    @cached_property
    def rows(self) -> Mapping[str, pl.DataFrame]:
        """The rows behind the numbers by data set: see `vedette.panel.counted_rows`."""
        holdings = self.tables.holdings
        return {name: counted_rows(holdings, self.case, self.panel, name) for name in holdings.origins}

    @cached_property
    def _means(self) -> npt.NDArray[np.float64]:
        """Deaths by period, group and stratum, best estimate, as the mean of the draws."""
        return np.asarray(self.panel.series("best", self.groups.values()).mean(axis=0))

    def expected(self, group: str, strata: Sequence[str] | None) -> npt.NDArray[np.float64]:
        """Deaths of a group by period, best estimate; of the country no number depends on a seed."""
        if group == EVERYWHERE:
            return expected_deaths(self.panel, strata)
        known = self.panel.grid.strata
        kinds = [known.index(each) for each in strata or known]
        return np.asarray(self._means[:, list(self.groups).index(group), kinds].sum(axis=1))

    def group_of(self, named: str | None) -> str:
        """The group that an id or a name in any spelling means; the country for none.

        Raises:
            UsageError: the case has no such area or region.
        """
        if not named or named in self.groups:
            return named or EVERYWHERE
        by_name = {fold(name): group for group, name in self.names.items()}
        found = by_name.get(fold(named)) or self.case.places.resolve(named)
        if found is None or found not in self.groups:
            cure = did_you_mean(named, [*self.names.values()])
            raise UsageError(f"place {named!r}: expected an area or a region of the case. {cure}")
        return found

    def strata_of(self, named: str | None) -> tuple[str, ...] | None:
        """The strata that an id means; None for all.

        Raises:
            UsageError: the case has no such stratum.
        """
        known = self.panel.grid.strata
        if named and named not in known:
            raise UsageError(
                f"stratum {named!r}: expected one of the strata of the case. {did_you_mean(named, known)}"
            )
        return (named,) if named else None


def counted_violence(ledger: Ledger, *, as_of: date | None = None, seed: int = SEED) -> CountedViolence:
    """Returns what a case counts, as known on a day, by default the present of the case.

    ``ledger`` is that of the edition in which it is told.

    Raises:
        DataError: the case has neither event files nor observed.csv, or nothing is known on that day.
    """
    holdings, panel, day = panel_of(ledger.case, as_of, seed=seed)
    return CountedViolence(CountTables(ledger.case, holdings, panel), day)
