"""Events: reads the files of all publishers into one table, kept in a DuckDB store."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.events.counted_events import is_counted, uncounted_events
    from vedette.events.counting import CountingRelease, counting_text, newest_text
    from vedette.events.covers import by_rule, gap_text
    from vedette.events.download import fetch
    from vedette.events.examining import event_problems
    from vedette.events.folder import EventFile, event_file
    from vedette.events.formats.archives import unpack
    from vedette.events.formats.dates import DateOrder
    from vedette.events.load_report import Gap, Loaded, LoadedFile
    from vedette.events.loading import load
    from vedette.events.lowered import Agree, LoweredMonth, LowersDeaths, always, lowered_text
    from vedette.events.overview import summary
    from vedette.events.placement import (
        alias_line,
        other_level,
        place_problems,
        placed_spots,
        unmatched_names,
        ways,
        ways_text,
    )
    from vedette.events.placing import PRECISE, UNRESOLVED, Way, place_events
    from vedette.events.redistribution import AGGREGATES_ONLY, may_show_rows
    from vedette.events.releases import Change
    from vedette.events.store import Dataset, Store, open_events

__all__ = [
    "AGGREGATES_ONLY",
    "PRECISE",
    "UNRESOLVED",
    "Agree",
    "Change",
    "CountingRelease",
    "Dataset",
    "DateOrder",
    "EventFile",
    "Gap",
    "Loaded",
    "LoadedFile",
    "LoweredMonth",
    "LowersDeaths",
    "Store",
    "Way",
    "alias_line",
    "always",
    "by_rule",
    "counting_text",
    "event_file",
    "event_problems",
    "fetch",
    "gap_text",
    "is_counted",
    "load",
    "lowered_text",
    "may_show_rows",
    "newest_text",
    "open_events",
    "other_level",
    "place_events",
    "place_problems",
    "placed_spots",
    "summary",
    "uncounted_events",
    "unmatched_names",
    "unpack",
    "ways",
    "ways_text",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "by_rule" | "gap_text":
                from vedette.events import covers as home
            case "is_counted" | "uncounted_events":
                from vedette.events import counted_events as home
            case "CountingRelease" | "counting_text" | "newest_text":
                from vedette.events import counting as home
            case "fetch":
                from vedette.events import download as home
            case "event_problems":
                from vedette.events import examining as home
            case "EventFile" | "event_file":
                from vedette.events import folder as home
            case "unpack":
                from vedette.events.formats import archives as home
            case "DateOrder":
                from vedette.events.formats import dates as home
            case "Gap" | "Loaded" | "LoadedFile":
                from vedette.events import load_report as home
            case "Agree" | "LoweredMonth" | "LowersDeaths" | "always" | "lowered_text":
                from vedette.events import lowered as home
            case "load":
                from vedette.events import loading as home
            case "summary":
                from vedette.events import overview as home
            case (
                "alias_line"
                | "other_level"
                | "place_problems"
                | "placed_spots"
                | "unmatched_names"
                | "ways"
                | "ways_text"
            ):
                from vedette.events import placement as home
            case "PRECISE" | "UNRESOLVED" | "Way" | "place_events":
                from vedette.events import placing as home
            case "Change":
                from vedette.events import releases as home
            case "Dataset" | "Store" | "open_events":
                from vedette.events import store as home
            case "AGGREGATES_ONLY" | "may_show_rows":
                from vedette.events import redistribution as home
            case _:
                raise AttributeError(f"vedette.events has no {name}")
        return getattr(home, name)
