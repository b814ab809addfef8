"""Precedents: foreign troops that fought beside a government and left, and what violence did afterwards."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.precedents.asking import Like, read_like
    from vedette.precedents.comparison import FEWEST, KEPT, LEVELS, Answer, answer
    from vedette.precedents.departure import Departure, departures, stays
    from vedette.precedents.estimating import Factor, factor_of
    from vedette.precedents.names import REGIONS, short
    from vedette.precedents.ucdp_record import UcdpRecord, read_record

__all__ = [
    "FEWEST",
    "KEPT",
    "LEVELS",
    "REGIONS",
    "Answer",
    "Departure",
    "Factor",
    "Like",
    "UcdpRecord",
    "answer",
    "departures",
    "factor_of",
    "read_like",
    "read_record",
    "short",
    "stays",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "Like" | "read_like":
                from vedette.precedents import asking as home
            case "FEWEST" | "KEPT" | "LEVELS" | "Answer" | "answer":
                from vedette.precedents import comparison as home
            case "Departure" | "departures" | "stays":
                from vedette.precedents import departure as home
            case "Factor" | "factor_of":
                from vedette.precedents import estimating as home
            case "REGIONS" | "short":
                from vedette.precedents import names as home
            case "UcdpRecord" | "read_record":
                from vedette.precedents import ucdp_record as home
            case _:
                raise AttributeError(f"vedette.precedents has no {name}")
        return getattr(home, name)
