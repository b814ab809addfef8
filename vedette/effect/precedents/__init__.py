"""Precedents: foreign troops that fought beside a government and left, and what violence did afterwards."""

from vedette.effect.precedents.answer import FEWEST, KEPT, LEVELS, Answer, answer
from vedette.effect.precedents.asking import Like, read_like
from vedette.effect.precedents.departures import Departure, departures, stays
from vedette.effect.precedents.estimating import Factor, factor_of
from vedette.effect.precedents.record import Record, read_record

__all__ = [
    "FEWEST",
    "KEPT",
    "LEVELS",
    "Answer",
    "Departure",
    "Factor",
    "Like",
    "Record",
    "answer",
    "departures",
    "factor_of",
    "read_like",
    "read_record",
    "stays",
]
