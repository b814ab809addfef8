"""Exports the ledger to formats of other programs, and imports their files as rows of a case."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.evidence.exchange.drawn import as_csv, as_geojson, as_graphml, not_carried
    from vedette.evidence.exchange.followthemoney import as_followthemoney
    from vedette.evidence.exchange.left_out import LeftOut
    from vedette.evidence.exchange.matching import EntityMatch
    from vedette.evidence.exchange.packages import described, from_frictionless
    from vedette.evidence.exchange.proposed import Proposed
    from vedette.evidence.exchange.received import from_followthemoney
    from vedette.evidence.exchange.sfm import from_sfm
    from vedette.evidence.exchange.tied import tied_rows

__all__ = [
    "EntityMatch",
    "LeftOut",
    "Proposed",
    "as_csv",
    "as_followthemoney",
    "as_geojson",
    "as_graphml",
    "described",
    "from_followthemoney",
    "from_frictionless",
    "from_sfm",
    "not_carried",
    "tied_rows",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "as_csv" | "as_geojson" | "as_graphml" | "not_carried":
                from vedette.evidence.exchange import drawn as home
            case "as_followthemoney":
                from vedette.evidence.exchange import followthemoney as home
            case "LeftOut":
                from vedette.evidence.exchange import left_out as home
            case "EntityMatch":
                from vedette.evidence.exchange import matching as home
            case "described" | "from_frictionless":
                from vedette.evidence.exchange import packages as home
            case "Proposed":
                from vedette.evidence.exchange import proposed as home
            case "from_followthemoney":
                from vedette.evidence.exchange import received as home
            case "from_sfm":
                from vedette.evidence.exchange import sfm as home
            case "tied_rows":
                from vedette.evidence.exchange import tied as home
            case _:
                raise AttributeError(f"vedette.evidence.exchange has no {name}")
        return getattr(home, name)
