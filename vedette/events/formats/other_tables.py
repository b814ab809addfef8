"""Names tables that are often taken for event files, with the file to take instead."""

from collections.abc import Collection
from dataclasses import dataclass

_COUNTS = "To forecast it as it is: vedette counts forecast FILE."
_ACLED_EXPORT = (
    "Take ACLED's event-level export: the Export Tool without any aggregation, or the API at acled/read."
)
_GED = "Take UCDP GED from ucdp.uu.se/downloads, one row an event (CSV)."


@dataclass(frozen=True)
class OtherTable:
    """A table that is no event file: what it is, columns that mark it, and the file to take instead."""

    what: str
    marks: frozenset[str]
    cure: str


def _table(what: str, marks: str, cure: str) -> OtherTable:
    return OtherTable(what, frozenset(marks.split()), cure)


TABLES = (
    _table(
        "ACLED counts by week and area, no single events", "week country event_type events", _ACLED_EXPORT
    ),
    _table(
        "counts by month (as ACLED gives them to HDX), no single events",
        "country month year events",
        f"{_ACLED_EXPORT} {_COUNTS}",
    ),
    _table("counts by month, no single events", "month year fatalities", f"{_ACLED_EXPORT} {_COUNTS}"),
    _table("counts by year, no single events", "country year events", f"{_ACLED_EXPORT} {_COUNTS}"),
    _table("counts by year, no single events", "country year fatalities", f"{_ACLED_EXPORT} {_COUNTS}"),
    _table("VIEWS data by grid cell and month", "month_id priogrid_gid", f"{_GED} {_COUNTS}"),
    _table("VIEWS data by grid cell and month", "month_id pg_id", f"{_GED} {_COUNTS}"),
    _table("VIEWS data by country and month", "month_id country_id", f"{_GED} {_COUNTS}"),
    _table("VIEWS data by country and month", "month_id isoab", f"{_GED} {_COUNTS}"),
    _table("VIEWS data by month", "month_id", f"{_GED} {_COUNTS}"),
    _table("UCDP's Dyadic Dataset, one row a dyad and year", "dyad_id year side_a_2nd intensity_level", _GED),
    _table("UCDP/PRIO's Armed Conflict Dataset", "conflict_id year side_a_2nd intensity_level", _GED),
    _table("UCDP's Battle-Related Deaths, one row a dyad and year", "dyad_id year bd_best", _GED),
    _table("UCDP's Battle-Related Deaths, one row a conflict and year", "conflict_id year bd_best", _GED),
    _table(
        "UCDP's Non-State Conflict Dataset, one row a conflict and year",
        "conflict_id org side_a_name best_fatality_estimate",
        _GED,
    ),
    _table(
        "UCDP's One-sided Violence Dataset, one row an actor and year",
        "actor_id actor_name best_fatality_estimate",
        _GED,
    ),
    _table("UCDP's country-year table", "country_id_cy year_cy", _GED),
    _table("UCDP's External Support Dataset", "ext_sup ext_id", _GED),
    _table("UCDP's list of actors", "actorid namedata", _GED),
    _table("the Global Terrorism Database, which vedette does not read", "eventid iyear imonth iday", _GED),
    _table("ICEWS events, which vedette does not read", "cameo intensity source target", _GED),
    _table("SIGACTS, which vedette reads only as a table of counts", "dtg type category kiaciv", _COUNTS),
)


def other_table(names: Collection[str]) -> OtherTable | None:
    """The table that columns mark, the first that fits; None if it is not known.

    A mark may also be a word in the name of a column: ``Source Name`` has ``source``.

    >>> other_table(["Country", "ISO3", "Month", "Year", "Events", "Fatalities"]).what
    'counts by month (as ACLED gives them to HDX), no single events'
    """
    lowered = {name.lower().strip() for name in names}
    words = {word for name in lowered for word in name.replace("_", " ").split()}
    return next((table for table in TABLES if table.marks <= lowered | words), None)
