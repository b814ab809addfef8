"""What a column of a table counts: deaths or events by its name, or counts of either kind."""

import re
from collections.abc import Iterator, Sequence

DEATHS, EVENTS, COUNT = "deaths", "events", "count"

VIEWS_UNITS = ("country_id", "priogrid_gid", "priogrid_id", "pg_id")
_DEATHS = re.compile(
    r"(?:.*_)?(?:deaths?|fatality|fatalities|killed|best|best_est|best_death)(?:_.*)?"
    r"|ged_(?:best_)?(?:sb|ns|os)(?:_.*)?"
)
_EVENTS = re.compile(r"(?:.*_)?(?:events?|incidents?)(?:_.*)?|ged_count_(?:sb|ns|os)(?:_.*)?")


def measure_named(column: str, others: Sequence[str] = ()) -> str:
    """``deaths``, ``events`` or ``count`` (either), by the name of a column and those of the others.

    Deaths are called so by UCDP (``best``, ``ged_sb``), ACLED (``fatalities``) and VIEWS, whose ``outcome``
    beside ``month_id`` and ``country_id`` or ``priogrid_gid`` counts deaths.

    >>> measure_named("fatalities_UCDP"), measure_named("ged_count_sb"), measure_named("count")
    ('deaths', 'events', 'count')
    >>> measure_named("outcome"), measure_named("outcome", ["month_id", "country_id"])
    ('count', 'deaths')
    """
    name = _plain(column)
    if _EVENTS.fullmatch(name) and not re.search("deaths?|fatalit|killed", name):
        return EVENTS
    if _DEATHS.fullmatch(name):
        return DEATHS
    beside = {_plain(other) for other in others}
    views = name == "outcome" and "month_id" in beside and not beside.isdisjoint(VIEWS_UNITS)
    return DEATHS if views else COUNT


def columns_of(measure: str, columns: Sequence[str]) -> Iterator[str]:
    """Those of some columns that count a measure, by their names."""
    return (column for column in columns if measure_named(column) == measure)


def _plain(column: str) -> str:
    """A name in small letters, with underscores for all other signs."""
    return re.sub(r"\W+", "_", column.strip().lower())
