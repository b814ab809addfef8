"""Writing case folders: new ones, rows added, whole cases."""

from vedette.case.writing.adding import add_rows, free_id
from vedette.case.writing.changing import changing_case, check_change, refuse_shipped
from vedette.case.writing.folder import tables_of
from vedette.case.writing.preserved_rows import BOM, as_written, lines_of

__all__ = [
    "BOM",
    "add_rows",
    "as_written",
    "changing_case",
    "check_change",
    "free_id",
    "lines_of",
    "refuse_shipped",
    "tables_of",
]
