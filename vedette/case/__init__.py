"""The case: a folder of plain files about one conflict, read, checked and never half-loaded."""

from vedette.case.case import SHIPPED, Case, shipped_cases
from vedette.case.checking.folder import Checked, check_case, read_case
from vedette.case.geography.borders import SLOPPY
from vedette.case.geography.countries import find_country
from vedette.case.geography.places import Places
from vedette.case.geography.regions import MapPart, Region
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
    "Bounds",
    "Case",
    "Checked",
    "Country",
    "Credit",
    "Download",
    "MapPart",
    "Partial",
    "Places",
    "Region",
    "Stratum",
    "check_case",
    "find_country",
    "new_case",
    "read_case",
    "shipped_cases",
    "write_case",
]
