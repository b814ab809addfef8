"""Precedents: foreign troops that fought beside a government and left, and what violence did afterwards."""

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
