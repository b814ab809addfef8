"""Which events count as violence in a case: by the types and sub-types that it names."""

from collections.abc import Iterator

import duckdb
import polars as pl

from vedette.case import DATASETS, Case
from vedette.errors import Problem
from vedette.events.formats.table import literal
from vedette.plurals import counted, plural

UNCOUNTED = pl.Schema(
    {
        "dataset": pl.String(),
        "type": pl.String(),
        "events": pl.Int64(),
        "deaths": pl.Int64(),
        "everything": pl.Int64(),
    }
)
"""The columns of `uncounted_types`."""

_LISTED = 6


def is_counted(case: Case, dataset: str) -> pl.Expr:
    """Selects the events of a data set that the case counts, from their columns ``type`` and ``subtype``."""
    types = list(case.counted_types(dataset))
    return pl.col("type").is_in(types) | pl.col("subtype").is_in(types) if types else pl.lit(True)


def counted_sql(case: Case) -> str:
    """SQL for whether the case counts an event of the table ``events``."""
    cases = [f"WHEN {literal(dataset)} THEN {_of_types(case, dataset)}" for dataset in DATASETS]
    return f"CASE dataset {' '.join(cases)} ELSE true END"


def _of_types(case: Case, dataset: str) -> str:
    types = ", ".join(map(literal, case.counted_types(dataset)))
    return f"type IN ({types}) OR subtype IN ({types})" if types else "true"


def uncounted_types(
    connection: duckdb.DuckDBPyConnection, case: Case, where: str = "standing"
) -> pl.DataFrame:
    """Events in the country that are no violence that the case counts, by data set and type.

    Columns: ``dataset``, ``type``, ``events``, ``deaths`` (best), and ``everything``, the events of the data
    set, counted or not. ``where`` is a SQL condition on the events to look at.
    """
    rows = connection.execute(
        f"WITH seen AS (SELECT dataset, type, best, {counted_sql(case)} AS counted FROM events "
        f"WHERE country = ? AND ({where})), "
        "sums AS (SELECT dataset, count(*) AS everything FROM seen GROUP BY dataset) "
        "SELECT dataset, type, count(*) AS events, CAST(sum(best) AS BIGINT) AS deaths, "
        "any_value(everything) AS everything FROM seen JOIN sums USING (dataset) WHERE NOT counted "
        "GROUP BY dataset, type ORDER BY dataset, events DESC, type",
        [case.country.name],
    ).fetchall()
    return pl.DataFrame(rows, schema=UNCOUNTED, orient="row")


def uncounted_events(case: Case, types: pl.DataFrame) -> Iterator[Problem]:
    """A remark for each data set with events that are no violence that the case counts.

    ``types`` is what `uncounted_types` gives.
    """
    for (dataset,), rows in types.group_by("dataset", maintain_order=True):
        number, deaths = int(rows["events"].sum()), int(rows["deaths"].sum())
        head = rows.select("type", "events").head(_LISTED)
        named = [f"{count:,} {kind}" for kind, count in head.iter_rows()]
        more = ", ..." if rows.height > _LISTED else ""
        found = (
            f"{number:,} of {counted(rows['everything'][0], 'event')} that {plural(number, 'is', 'are')} no "
            f"violence that the case counts ({', '.join(named)}{more}; {counted(deaths, 'death')})"
        )
        expected = f"events of the types {', '.join(case.counted_types(str(dataset)))}"
        cure = "Kept, but in no panel. To count others, list all that count under events: types in case.yaml."
        yield Problem(str(dataset), 0, "type", expected, found, cure)
