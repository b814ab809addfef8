"""Tables of counts without a case: reading, checking, periods and neighbours."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.counts.adjacency import read_neighbours
    from vedette.counts.columns import COUNT_COLUMNS, PERIOD_COLUMNS, UNIT_COLUMNS
    from vedette.counts.count_checks import LIMIT
    from vedette.counts.counts import CountTable, read_counts
    from vedette.counts.measured import measure_named
    from vedette.counts.notation import Form, Notation
    from vedette.counts.plain import ROW, SHOWN, Plain, as_text, empty_cells, read_plain, refuse
    from vedette.counts.recognition import read_periods
    from vedette.counts.text import TAKE_AGAIN, bad_byte, first_text, refused

__all__ = [
    "COUNT_COLUMNS",
    "LIMIT",
    "PERIOD_COLUMNS",
    "ROW",
    "SHOWN",
    "TAKE_AGAIN",
    "UNIT_COLUMNS",
    "CountTable",
    "Form",
    "Notation",
    "Plain",
    "as_text",
    "bad_byte",
    "empty_cells",
    "first_text",
    "measure_named",
    "read_counts",
    "read_neighbours",
    "read_periods",
    "read_plain",
    "refuse",
    "refused",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "read_neighbours":
                from vedette.counts import adjacency as home
            case "COUNT_COLUMNS" | "PERIOD_COLUMNS" | "UNIT_COLUMNS":
                from vedette.counts import columns as home
            case "LIMIT":
                from vedette.counts import count_checks as home
            case "CountTable" | "read_counts":
                from vedette.counts import counts as home
            case "measure_named":
                from vedette.counts import measured as home
            case "Form" | "Notation":
                from vedette.counts import notation as home
            case "ROW" | "SHOWN" | "Plain" | "as_text" | "empty_cells" | "read_plain" | "refuse":
                from vedette.counts import plain as home
            case "read_periods":
                from vedette.counts import recognition as home
            case "TAKE_AGAIN" | "bad_byte" | "first_text" | "refused":
                from vedette.counts import text as home
            case _:
                raise AttributeError(f"vedette.counts has no {name}")
        return getattr(home, name)
