"""Writing case folders: new ones, rows added, whole cases."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.case.writing.adding import add_rows, free_id
    from vedette.case.writing.alias_lines import with_aliases
    from vedette.case.writing.changing import changing_case, check_change, refuse_shipped
    from vedette.case.writing.covers import with_covers
    from vedette.case.writing.edition_key import has_key, internal_id, public_ids
    from vedette.case.writing.folder import tables_of
    from vedette.case.writing.issuing import Correction, freeze_issue, numbers_issued, stamp_issue
    from vedette.case.writing.preserved_rows import BOM, as_written, lines_of

__all__ = [
    "BOM",
    "Correction",
    "add_rows",
    "as_written",
    "changing_case",
    "check_change",
    "free_id",
    "freeze_issue",
    "has_key",
    "internal_id",
    "lines_of",
    "numbers_issued",
    "public_ids",
    "refuse_shipped",
    "stamp_issue",
    "tables_of",
    "with_aliases",
    "with_covers",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "add_rows" | "free_id":
                from vedette.case.writing import adding as home
            case "with_aliases":
                from vedette.case.writing import alias_lines as home
            case "changing_case" | "check_change" | "refuse_shipped":
                from vedette.case.writing import changing as home
            case "with_covers":
                from vedette.case.writing import covers as home
            case "tables_of":
                from vedette.case.writing import folder as home
            case "Correction" | "freeze_issue" | "numbers_issued" | "stamp_issue":
                from vedette.case.writing import issuing as home
            case "BOM" | "as_written" | "lines_of":
                from vedette.case.writing import preserved_rows as home
            case "has_key" | "internal_id" | "public_ids":
                from vedette.case.writing import edition_key as home
            case _:
                raise AttributeError(f"vedette.case.writing has no {name}")
        return getattr(home, name)
