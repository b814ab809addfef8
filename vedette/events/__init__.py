"""Events: one reader per data set, one table, one store, and the panel made from them."""

from vedette.events.adjacency import read_neighbours
from vedette.events.archives import unpack
from vedette.events.cells import MEASURES, cells
from vedette.events.coders import KINDS, Violence, coder_cdf, coder_draws, coder_mean, kind_numbers
from vedette.events.counts import CountTable, read_counts
from vedette.events.dates import DateOrder
from vedette.events.disagreement import against_totals, disagreements
from vedette.events.fates import PLACED, REMAINDER, SPREAD
from vedette.events.fetching import fetch
from vedette.events.gather import FILES, OBSERVED, Holdings, gather, write_observed
from vedette.events.grid import Grid
from vedette.events.labels import unmatched
from vedette.events.loaded import Loaded, LoadedFile
from vedette.events.loading import load
from vedette.events.notation import Form, Notation
from vedette.events.overview import summary
from vedette.events.panel import Panel, make_panel, present
from vedette.events.releases import Change
from vedette.events.store import Dataset, Store, open_events
from vedette.events.truth import TRUE, ranged

__all__ = [
    "FILES",
    "KINDS",
    "MEASURES",
    "OBSERVED",
    "PLACED",
    "REMAINDER",
    "SPREAD",
    "TRUE",
    "Change",
    "CountTable",
    "Dataset",
    "DateOrder",
    "Form",
    "Grid",
    "Holdings",
    "Loaded",
    "LoadedFile",
    "Notation",
    "Panel",
    "Store",
    "Violence",
    "against_totals",
    "cells",
    "coder_cdf",
    "coder_draws",
    "coder_mean",
    "disagreements",
    "fetch",
    "gather",
    "kind_numbers",
    "load",
    "make_panel",
    "open_events",
    "present",
    "ranged",
    "read_counts",
    "read_neighbours",
    "summary",
    "unmatched",
    "unpack",
    "write_observed",
]
