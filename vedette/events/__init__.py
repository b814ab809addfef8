"""Events: one reader per data set, one table, one store, and the panel made from them."""

from vedette.events.download import fetch
from vedette.events.folder import EventFile, event_file
from vedette.events.formats.archives import unpack
from vedette.events.formats.dates import DateOrder
from vedette.events.load_report import Loaded, LoadedFile
from vedette.events.loading import load
from vedette.events.overview import summary
from vedette.events.releases import Change
from vedette.events.store import Dataset, Store, open_events

__all__ = [
    "Change",
    "Dataset",
    "DateOrder",
    "EventFile",
    "Loaded",
    "LoadedFile",
    "Store",
    "event_file",
    "fetch",
    "load",
    "open_events",
    "summary",
    "unpack",
]
