"""The case: a folder of plain files about one conflict, read, checked and never half-loaded."""

from vedette.case.borders import SLOPPY
from vedette.case.case import SHIPPED, Case, shipped_cases
from vedette.case.countries import find_country
from vedette.case.folder import Checked, check_case, read_case
from vedette.case.new import new_case
from vedette.case.places import Places
from vedette.case.regions import Part, Region
from vedette.case.rows import DATASETS
from vedette.case.settings import Bounds, Country, Credit, Download, Partial
from vedette.case.strata import OTHER, Stratum
from vedette.case.written import write_case

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
    "Part",
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
