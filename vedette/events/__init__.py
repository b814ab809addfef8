"""Events: one reader per data set, one table, one store."""

from vedette.events.build import Report
from vedette.events.dates import DateOrder
from vedette.events.fetch import fetch
from vedette.events.load import load
from vedette.events.loaded import Loaded, LoadedFile
from vedette.events.releases import Change
from vedette.events.store import Dataset, Store, open_events
from vedette.events.summary import summary

__all__ = [
    "Change",
    "Dataset",
    "DateOrder",
    "Loaded",
    "LoadedFile",
    "Report",
    "Store",
    "fetch",
    "load",
    "open_events",
    "summary",
]
