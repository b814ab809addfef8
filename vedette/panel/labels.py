"""Finds actors and dyads of strata that match no event; a misspelt name would look like no violence."""

from collections.abc import Iterator

import polars as pl

from vedette.case import Case
from vedette.errors import Problem
from vedette.panel.event_cells import WHO


def unmatched(case: Case, cell_table: pl.DataFrame) -> Iterator[Problem]:
    """Warnings for each stratum of its actors and dyads that occur in none of the cells."""
    labels = {label for column in WHO[:-1] for label in cell_table[column].unique()}
    for index, stratum in enumerate(case.strata):
        missing = [label for label in (*stratum.actors, *stratum.dyads) if label not in labels]
        if missing:
            yield Problem(
                "case.yaml",
                0,
                f"strata[{index}]",
                "actors and dyads that occur in the events at hand",
                f"{', '.join(missing)} in {stratum.id}, which occur in none",
                "Compare with the ids and names in the event file; keep them if they are for data to come.",
            )
