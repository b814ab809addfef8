"""Matching: the departures nearest to a given one, and the control years nearest to each.

The distance is computed from covariates known at the time: intensity, its trend, length of stay, region.

    distance = sqrt( ((a - b) / scale)^2 summed over intensity, trend, log length ) + ABROAD if another region
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from vedette.plurals import counted
from vedette.precedents.departure import Departure, Looks
from vedette.precedents.names import REGIONS

SCALES = Looks(0.6, 0.8, 3, 1)
"""The scale of each covariate: 0.6 levels of intensity, 0.8 of trend, a factor of 3 in length."""
ABROAD = 0.5
NEAREST = 5
"""The number of control years for each departure."""


@dataclass(frozen=True)
class Match:
    """A matched precedent, its distance, and the reasons in words."""

    departure: Departure
    distance: float
    reasons: tuple[str, ...]


def distance(one: Looks, other: Looks) -> float:
    """The distance of two situations; 0 for the same."""
    steps = (
        (one.intensity - other.intensity) / SCALES.intensity,
        (one.trend - other.trend) / SCALES.trend,
        (math.log1p(one.length) - math.log1p(other.length)) / math.log(SCALES.length),
    )
    return math.sqrt(sum(step * step for step in steps)) + (ABROAD if one.region != other.region else 0.0)


def matches(looks: Looks, departures: Sequence[Departure]) -> tuple[Match, ...]:
    """The departures with their distances, the nearest first."""
    matched = [Match(one, distance(looks, one.looks), reasons(looks, one.looks)) for one in departures]
    return tuple(
        sorted(matched, key=lambda match: (match.distance, match.departure.government, match.departure.year))
    )


def reasons(looks: Looks, other: Looks) -> tuple[str, ...]:
    """Similarities and differences in words: region, intensity, trend, and length of the troops' stay."""
    region = "same region" if looks.region == other.region else f"in {REGIONS.get(other.region, 'no region')}"
    level = (
        "as intense"
        if abs(looks.intensity - other.intensity) <= SCALES.intensity / 2
        else ("more intense" if other.intensity > looks.intensity else "less intense")
    )
    trend = (
        "same trend"
        if abs(looks.trend - other.trend) < 1
        else ("rising more" if other.trend > looks.trend else "falling more")
    )
    return region, level, trend, counted(other.length, "year")


def controls(
    departure: Departure, stays: Sequence[Departure], nearest: int = NEAREST
) -> tuple[Departure, ...]:
    """The control years nearest to a departure, none of the same government within five years of it."""
    apart = [
        stay
        for stay in stays
        if stay.government != departure.government or abs(stay.year - departure.year) > nearest
    ]
    ranked = sorted(
        apart, key=lambda stay: (distance(departure.looks, stay.looks), stay.government, stay.year)
    )
    return tuple(ranked[:nearest])
