"""Compares the change of violence after departures with that in years in which troops stayed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from vedette.precedents.answering import Answer
from vedette.precedents.asking import Like, besides, enough
from vedette.precedents.averages import WarAverages, war_averages
from vedette.precedents.departure import Departure, Looks, departures, looks_at, quiet_years, stays
from vedette.precedents.matching import controls, matches
from vedette.precedents.ucdp_record import UcdpRecord
from vedette.precedents.violence import Floats, LogRatios, changes
from vedette.precedents.weighing import REFERENCE, Weighting
from vedette.randomness import rng_stream

LAG = 2
"""The placebo departures are so many years before the actual ones."""
OTHERS = ("any", "gone", "stayed")
"""Which departures are used: all, those after which nobody's troops stayed, or those after which some did."""


def answer(
    record: UcdpRecord,
    like: Like,
    years: int,
    draws: int,
    seed: int,
    *,
    others: str = "any",
    weighting: Weighting = REFERENCE,
) -> Answer:
    """The change in deaths after departures like the one asked about, and whether the governments stood.

    Args:
        record: UCDP's coding, as known on a day.
        like: the departure that the user asks about.
        years: the number of years after the departure to compare, 1 to 5.
        draws: the number of draws of unknown deaths.
        seed: the seed.
        others: which departures are used, one of `OTHERS`.
        weighting: how much less a less similar departure counts.

    Raises:
        DataError: there is no precedent of any weight, or there are fewer than five control years.
    """
    kinds = [one for one in departures(record) if _wanted(one, others) and _apart(one, like)]
    matched, controls_ = matches(like.looks, kinds), stays(record, years)
    enough(len(matched), len(controls_), record)
    left = [match.departure for match in matched]
    around = record.counted_around
    raw, stayed = _against(record, left, controls_, years, draws, seed, "after", around)
    false = tuple(_false(record, left))
    early, control = _against(record, false, stays(record, LAG), LAG, draws, seed, "placebo", {})
    return Answer(
        like=like,
        years=years,
        others=others,
        last=record.last,
        known_by=record.known_by,
        weighting=weighting,
        matches=matched,
        raw=raw.whole,
        compared=raw.whole - stayed.whole,
        path=raw.path - stayed.path,
        earlier=_pretrend(left, controls_),
        placebo=early.whole - control.whole,
        placebo_of=tuple(left.index(_actual(one, left)) for one in false),
        average=_averages(record, raw, like.looks, years, seed),
    )


def _averages(record: UcdpRecord, left: LogRatios, asked: Looks, years: int, seed: int) -> WarAverages:
    """Deaths after against before, where backers left and where nobody did."""
    quiet, rng = quiet_years(record, years), rng_stream(seed, "precedents", "quiet", str(years))
    path = changes(record, quiet, years, len(left.path), rng, {}).path
    return war_averages(left.path, path, asked, quiet, seed)


def _wanted(one: Departure, others: str) -> bool:
    return others == "any" or one.alone == (others == "gone")


def _apart(one: Departure, like: Like) -> bool:
    return (one.government, one.year) != besides(like)


def _against(
    record: UcdpRecord,
    left: Sequence[Departure],
    stayed: Sequence[Departure],
    years: int,
    draws: int,
    seed: int,
    kind: str,
    around: Mapping[tuple[str, int], Mapping[int, float]],
) -> tuple[LogRatios, LogRatios]:
    """The changes after each departure, and the mean changes of its controls."""
    rng = rng_stream(seed, "precedents", kind, str(years))
    own = changes(record, left, years, draws, rng, around)
    each = [changes(record, controls(one, stayed), years, draws, rng, {}) for one in left]
    if not each:
        return own, LogRatios(np.zeros((draws, 0)), np.zeros((draws, 0, years)))
    whole = np.stack([control.whole.mean(axis=1) for control in each], axis=1)
    return own, LogRatios(whole, np.stack([control.path.mean(axis=1) for control in each], axis=1))


def _pretrend(left: Sequence[Departure], stayed: Sequence[Departure]) -> Floats:
    """The trend of intensity before each departure minus the mean trend of its controls, (departures,)."""
    means = [np.mean([other.looks.trend for other in controls(one, stayed)]) for one in left]
    return np.array([one.looks.trend - mean for one, mean in zip(left, means, strict=True)])


def _false(record: UcdpRecord, left: Sequence[Departure]) -> Iterator[Departure]:
    """Placebo departures: two years before the actual ones, if troops were there by then."""
    for one in left:
        looks = looks_at(record, one.government, one.year - LAG)
        if looks.length:
            yield replace(one, year=one.year - LAG, looks=looks)


def _actual(false: Departure, left: Sequence[Departure]) -> Departure:
    """The departure that a placebo stands before."""
    return next(one for one in left if (one.government, one.year) == (false.government, false.year + LAG))
