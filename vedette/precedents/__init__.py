"""Precedents: foreign troops that fought beside a government and left, and what followed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.precedents.answering import LEAST_WARS, LEVELS, Answer
    from vedette.precedents.asking import Like, read_like
    from vedette.precedents.coded import ROLES, Coded
    from vedette.precedents.comparison import OTHERS, answer
    from vedette.precedents.departure import Departure, departures, stays
    from vedette.precedents.estimating import Factor, factor_of
    from vedette.precedents.names import REGIONS, short
    from vedette.precedents.standing import Survival, outcome_after, years_until_fall
    from vedette.precedents.ucdp_record import UcdpRecord, read_record
    from vedette.precedents.weighing import GRID, REFERENCE, Weighting
    from vedette.precedents.wording import WHICH, sentences

__all__ = [
    "GRID",
    "LEAST_WARS",
    "LEVELS",
    "OTHERS",
    "REFERENCE",
    "REGIONS",
    "ROLES",
    "WHICH",
    "Answer",
    "Coded",
    "Departure",
    "Factor",
    "Like",
    "Survival",
    "UcdpRecord",
    "Weighting",
    "answer",
    "departures",
    "factor_of",
    "outcome_after",
    "read_like",
    "read_record",
    "sentences",
    "short",
    "stays",
    "years_until_fall",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "LEAST_WARS" | "LEVELS" | "Answer":
                from vedette.precedents import answering as home
            case "Like" | "read_like":
                from vedette.precedents import asking as home
            case "ROLES" | "Coded":
                from vedette.precedents import coded as home
            case "OTHERS" | "answer":
                from vedette.precedents import comparison as home
            case "Departure" | "departures" | "stays":
                from vedette.precedents import departure as home
            case "Factor" | "factor_of":
                from vedette.precedents import estimating as home
            case "REGIONS" | "short":
                from vedette.precedents import names as home
            case "WHICH" | "sentences":
                from vedette.precedents import wording as home
            case "Survival" | "outcome_after" | "years_until_fall":
                from vedette.precedents import standing as home
            case "UcdpRecord" | "read_record":
                from vedette.precedents import ucdp_record as home
            case "GRID" | "REFERENCE" | "Weighting":
                from vedette.precedents import weighing as home
            case _:
                raise AttributeError(f"vedette.precedents has no {name}")
        return getattr(home, name)
