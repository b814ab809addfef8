"""Priors of the movement of violence, as they could be known at an origin.

Three small tables beside this file hold it. ``motion.csv``: one row for each month up to which it was
learned, with the numbers of `Motion` for a month. ``noise.csv``: for the same months and each measure the
kinds of `Noise` and how common each is. ``spikes.csv``: for the same months and measures the numbers of
`Spike` for a month. ``basis`` says how a row came about: ``estimated`` (learned from data, see ``source``)
or ``assumed`` (set by the authors, see ``source`` for why).
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from vedette.model.history import FloatArray
from vedette.model.level.motion import MONTHS, Motion
from vedette.model.level.noise import Noise
from vedette.model.level.spikes import Spike
from vedette.model.prior_table import read_prior_table
from vedette.periods import Span, Step, last_day, parse

TABLES = Path(__file__).parent
MEMORY = 0.95
NUMBERS = ("pull", "size", "reach", "jumps", "forget", "floor")
SPIKES = ("chance", "ratio", "tail")
MEASURES = ("deaths", "events")
OTHER = "count"


@dataclass(frozen=True, eq=False)
class LevelPrior:
    """Prior of the movement of levels, the scatter of counts and their spikes.

    ``noises`` K kinds of scatter with ``weights`` (K,), how common each is; ``memory`` is the share of the
    evidence for a kind that is left after a period. ``known_until`` is the last month learned from,
    empty where nothing was learned; ``basis`` is ``estimated`` or ``assumed``.
    """

    motion: Motion
    noises: tuple[Noise, ...]
    weights: FloatArray
    spike: Spike
    memory: float
    known_until: str
    basis: str


def prior_known(measure: str, span: Span) -> LevelPrior:
    """The prior that could be known at the end of a span, in periods of its step.

    Deaths and events have their own kinds of scatter and spikes; any other measure gets both kinds of
    scatter, and spikes half way between.

    >>> prior_known("deaths", Span(24161, 24168, Step.MONTH)).known_until
    '2013-12'
    >>> prior_known("deaths", Span(24000, 24100, Step.MONTH)).basis
    'assumed'
    """
    known = measure if measure in MEASURES else OTHER
    return _prior(known, _latest(span), span.step)


def _latest(span: Span) -> str:
    """The last month learned from that was over when the span ended; empty if none was."""
    ended = last_day(span.last, span.step)
    months: list[str] = _motions()["known_until"].to_list()
    return max(
        month for month in months if not month or last_day(parse(month, Step.MONTH), Step.MONTH) <= ended
    )


@cache
def _prior(measure: str, known_until: str, step: Step) -> LevelPrior:
    row = _motions().row(by_predicate=pl.col("known_until") == known_until, named=True)
    kinds = _noises().filter(measure=measure, known_until=known_until)
    noises = tuple(Noise(spread, clump) for spread, clump in kinds.select("spread", "clump").iter_rows())
    weights = kinds["weight"].to_numpy()
    motion = Motion(*(row[name] for name in NUMBERS)).per(step)
    spikes = _spikes().row(
        by_predicate=(pl.col("known_until") == known_until) & (pl.col("measure") == measure), named=True
    )
    spike = Spike(*(spikes[name] for name in SPIKES)).per(step)
    return LevelPrior(
        motion, noises, weights / weights.sum(), spike, MEMORY ** MONTHS[step], known_until, row["basis"]
    )


@cache
def _motions() -> pl.DataFrame:
    return read_prior_table(TABLES / "motion.csv", (*NUMBERS, "basis"))


@cache
def _noises() -> pl.DataFrame:
    return read_prior_table(TABLES / "noise.csv", ("measure", "spread", "clump", "weight"))


@cache
def _spikes() -> pl.DataFrame:
    return read_prior_table(TABLES / "spikes.csv", ("measure", *SPIKES))
