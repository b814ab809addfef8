"""Events: one reader per data set, one table, one store, and the panel made from them."""

from vedette.events.archives import unpack
from vedette.events.build import Report
from vedette.events.cells import MEASURES, cells
from vedette.events.dates import DateOrder
from vedette.events.disagreement import against_totals, disagreements
from vedette.events.fates import PLACED, REMAINDER, SPREAD
from vedette.events.fetching import fetch
from vedette.events.gather import FILES, OBSERVED, Holdings, gather, write_observed
from vedette.events.grid import Grid
from vedette.events.labels import unmatched
from vedette.events.loaded import Loaded, LoadedFile
from vedette.events.loading import load
from vedette.events.overview import summary
from vedette.events.panel import Panel, make_panel, present
from vedette.events.releases import Change
from vedette.events.store import Dataset, Store, open_events

__all__ = [
    "FILES",
    "MEASURES",
    "OBSERVED",
    "PLACED",
    "REMAINDER",
    "SPREAD",
    "Change",
    "Dataset",
    "DateOrder",
    "Grid",
    "Holdings",
    "Loaded",
    "LoadedFile",
    "Panel",
    "Report",
    "Store",
    "against_totals",
    "cells",
    "disagreements",
    "fetch",
    "gather",
    "load",
    "make_panel",
    "open_events",
    "present",
    "summary",
    "unmatched",
    "unpack",
    "write_observed",
]
