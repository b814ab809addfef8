"""Precedents: every time foreign troops that fought beside a government left, and what violence did afterwards."""

from vedette.effect.precedents.answer import Answer, answer
from vedette.effect.precedents.departures import Departure, departures, stays
from vedette.effect.precedents.record import Record, read_record

__all__ = ["Answer", "Departure", "Record", "answer", "departures", "read_record", "stays"]
