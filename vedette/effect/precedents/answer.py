"""What the precedents say: how violence changed where troops left, against where they stayed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vedette.effect.precedents.departures import Departure, Looks, departures, stays
from vedette.effect.precedents.matching import Match, controls, matches
from vedette.effect.precedents.record import Record
from vedette.effect.precedents.violence import Floats, changes
from vedette.errors import DataError

FEWEST = 5
KEPT = 30
"""How many of the most alike precedents make the distribution."""
LAG = 2
"""Years by which the false departures of the placebo come before the true ones."""


@dataclass(frozen=True, eq=False)
class Answer:
    """The distribution of what happened after like departures.

    Attributes:
        looks: the situation asked about.
        matches: the precedents used, the most alike first.
        raw: log ratio of yearly deaths after to before, (draws, precedents).
        compared: the same less that of like years in which troops stayed, (draws, precedents).
        earlier: the trend of intensity before each departure less that of its controls, which ought to be 0
            (parallel trends), (precedents,).
        placebo: the difference after a false departure some years before the true one, (draws, precedents).
    """

    looks: Looks
    years: int
    matches: tuple[Match, ...]
    raw: Floats
    compared: Floats
    earlier: Floats
    placebo: Floats

    def quantiles(self, values: Floats, levels: Sequence[float] = (0.05, 0.25, 0.5, 0.75, 0.95)) -> Floats:
        """Quantiles of a log ratio over draws and precedents, every precedent with the same weight."""
        return np.asarray(np.nanquantile(values, levels))

    @property
    def worse(self) -> float:
        """Share of draws and precedents in which violence grew more than where troops stayed."""
        known = self.compared[~np.isnan(self.compared)]
        return float((known > 0).mean())

    def without(self) -> Mapping[tuple[str, int], float]:
        """How far the median of the compared change moves when each precedent is dropped."""
        middle = float(np.nanmedian(self.compared))
        found = {}
        for column, match in enumerate(self.matches):
            rest = np.delete(self.compared, column, axis=1)
            found[match.departure.government, match.departure.year] = float(np.nanmedian(rest)) - middle
        return found


def answer(
    record: Record,
    looks: Looks,
    years: int,
    draws: int,
    seed: int,
    *,
    alone: bool | None = None,
    besides: tuple[str, int] | None = None,
) -> Answer:
    """What happened after departures like the one asked about.

    Args:
        record: what UCDP codes.
        looks: the situation asked about.
        years: how many years after to look at, 1 to 5.
        draws: how often the unknown deaths of a year are drawn.
        seed: the key of all chance.
        alone: only departures after which nobody's troops stayed (True) or somebody's did (False).
        besides: government and last year of a departure that is left out, since it is the one asked about.

    Raises:
        DataError: fewer than five precedents.
    """
    kinds = [
        one
        for one in departures(record)
        if alone in (None, one.alone) and (one.government, one.year) != besides
    ]
    found = matches(looks, kinds)[:KEPT]
    if len(found) < FEWEST:
        raise DataError(f"there are {len(found)} such precedents; {FEWEST} are the fewest that say anything.")
    held, rng = stays(record), np.random.default_rng(seed)
    left = [match.departure for match in found]
    raw = changes(record, left, years, draws, rng)
    compared = raw - _of_controls(record, left, held, years, draws, rng)
    earlier = _pretrend(left, held)
    false = [_earlier(each) for each in left]
    placebo = changes(record, false, LAG, draws, rng) - _of_controls(record, false, held, LAG, draws, rng)
    return Answer(looks, years, found, raw, compared, earlier, placebo)


def _of_controls(
    record: Record,
    left: Sequence[Departure],
    held: Sequence[Departure],
    years: int,
    draws: int,
    rng: np.random.Generator,
) -> Floats:
    """Mean change over the years of staying that are like each departure, (draws, departures)."""
    columns = [np.nanmean(changes(record, controls(one, held), years, draws, rng), axis=1) for one in left]
    return np.stack(columns, axis=1)


def _pretrend(left: Sequence[Departure], held: Sequence[Departure]) -> Floats:
    """The trend of intensity before each departure less the mean of its controls', (departures,)."""
    return np.array(
        [one.looks.trend - np.mean([other.looks.trend for other in controls(one, held)]) for one in left]
    )


def _earlier(one: Departure) -> Departure:
    return Departure(one.government, one.year - LAG, (), (), one.looks)
