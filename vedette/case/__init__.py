"""Cases: a folder of plain files about one conflict, its schema, checking, geography and writing."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.case.author_notes import AuthorNote
    from vedette.case.case import SHIPPED, Case, shipped_cases, workspace_of
    from vedette.case.checking.folder import Checked, Examined, check_case, examine_case, find_case, read_case
    from vedette.case.geography.borders import SLOPPY
    from vedette.case.geography.countries import (
        country_called,
        country_numbered,
        country_record,
        find_country,
    )
    from vedette.case.geography.places import Places
    from vedette.case.geography.regions import MapPart, Region
    from vedette.case.issues import Issue, issue_problems, issues_of, last_issue
    from vedette.case.schema.rows import DATASETS
    from vedette.case.schema.settings import Bounds, Country, Credit, Download, Partial
    from vedette.case.schema.strata import OTHER, Stratum
    from vedette.case.writing.folder import write_case
    from vedette.case.writing.new import new_case

__all__ = [
    "DATASETS",
    "OTHER",
    "SHIPPED",
    "SLOPPY",
    "AuthorNote",
    "Bounds",
    "Case",
    "Checked",
    "Country",
    "Credit",
    "Download",
    "Examined",
    "Issue",
    "MapPart",
    "Partial",
    "Places",
    "Region",
    "Stratum",
    "check_case",
    "country_called",
    "country_numbered",
    "country_record",
    "examine_case",
    "find_case",
    "find_country",
    "issue_problems",
    "issues_of",
    "last_issue",
    "new_case",
    "read_case",
    "shipped_cases",
    "workspace_of",
    "write_case",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "SHIPPED" | "Case" | "shipped_cases" | "workspace_of":
                from vedette.case import case as home
            case "Checked" | "Examined" | "check_case" | "examine_case" | "find_case" | "read_case":
                from vedette.case.checking import folder as home
            case "SLOPPY":
                from vedette.case.geography import borders as home
            case "country_called" | "country_numbered" | "country_record" | "find_country":
                from vedette.case.geography import countries as home
            case "Places":
                from vedette.case.geography import places as home
            case "MapPart" | "Region":
                from vedette.case.geography import regions as home
            case "AuthorNote":
                from vedette.case import author_notes as home
            case "Issue" | "issue_problems" | "issues_of" | "last_issue":
                from vedette.case import issues as home
            case "DATASETS":
                from vedette.case.schema import rows as home
            case "Bounds" | "Country" | "Credit" | "Download" | "Partial":
                from vedette.case.schema import settings as home
            case "OTHER" | "Stratum":
                from vedette.case.schema import strata as home
            case "write_case":
                from vedette.case.writing import folder as home
            case "new_case":
                from vedette.case.writing import new as home
            case _:
                raise AttributeError(f"vedette.case has no {name}")
        return getattr(home, name)
