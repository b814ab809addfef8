"""Compares the change of violence after departures with that in years in which troops stayed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from vedette.precedents.asking import Like, besides, enough
from vedette.precedents.departure import Departure, departures, looks_at, stays
from vedette.precedents.matching import Match, controls, matches
from vedette.precedents.ucdp_record import UcdpRecord
from vedette.precedents.violence import Floats, changes
from vedette.randomness import rng_stream

FEWEST = 5
KEPT = 30
"""The number of nearest precedents in the distribution."""
LAG = 2
"""The placebo departures are so many years before the actual ones."""
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
_RESAMPLED = 400


@dataclass(frozen=True, eq=False)
class Answer:
    """The distribution of the change in deaths after similar departures.

    All changes are log ratios of yearly deaths, after to before; every precedent has the same weight.

    Attributes:
        like: the situation asked about.
        years: the number of years after the departure that are compared.
        known: the number of departures from which the precedents were selected.
        last: the last coded year; if fewer years have passed since a departure, only these are used.
        matches: the n precedents, the nearest first.
        raw: the change after each, (draws, n).
        compared: the change minus that of control years in which all troops stayed, (draws, n): the
            difference in differences.
        earlier: the trend of intensity before each departure minus that of its controls, which is 0 under
            parallel trends, (n,).
        placebo: the compared change after a placebo departure two years before the actual one, for precedents
            whose troops were there by then, (draws, at most n).
    """

    like: Like
    years: int
    known: int
    last: int
    matches: tuple[Match, ...]
    raw: Floats
    compared: Floats
    earlier: Floats
    placebo: Floats

    @property
    def middle(self) -> float:
        """The median of the compared change."""
        return float(np.median(self.compared))

    @property
    def worse(self) -> float:
        """The share of draws and precedents in which violence grew more than in their control years."""
        return float((self.compared > 0).mean())

    @property
    def each(self) -> Floats:
        """The median compared change of each precedent, (n,)."""
        return np.asarray(np.median(self.compared, axis=0))

    @property
    def without(self) -> Floats:
        """The median of the compared change without each precedent, (n,)."""
        columns = range(len(self.matches))
        return np.array([np.median(np.delete(self.compared, column, axis=1)) for column in columns])

    def without_governments(self) -> Mapping[str, float]:
        """The median of the compared change without all precedents of each government."""
        answers = ((name, self._of(name, False)) for name in dict.fromkeys(self._governments))
        return {name: float(np.median(rest)) for name, rest in answers if rest.size}

    def alone(self) -> Floats:
        """The compared change after departures without other foreign troops left, (draws, at most n)."""
        return self.compared[:, [match.departure.alone for match in self.matches]]

    def doubt(self, seed: int) -> tuple[float, float]:
        """The 90 % bootstrap interval of the median, resampling governments."""
        rng, names = rng_stream(seed, "precedents", "doubt"), list(dict.fromkeys(self._governments))
        columns = [self._of(name, True)[:100] for name in names]
        picks = rng.integers(len(names), size=(_RESAMPLED, len(names)))
        medians = [np.median(np.concatenate([columns[p] for p in pick], axis=1)) for pick in picks]
        low, high = np.quantile(medians, (0.05, 0.95))
        return float(low), float(high)

    @property
    def _governments(self) -> list[str]:
        return [match.departure.government for match in self.matches]

    def _of(self, government: str, within: bool) -> Floats:
        return self.compared[:, [(name == government) is within for name in self._governments]]


def answer(
    record: UcdpRecord,
    like: Like,
    years: int,
    draws: int,
    seed: int,
    *,
    alone: bool = False,
    nearest: int = KEPT,
) -> Answer:
    """The change in deaths after departures like the one asked about.

    Args:
        record: UCDP's coding, as known on a day.
        like: the departure that the user asks about.
        years: the number of years after the departure to compare, 1 to 5.
        draws: the number of draws of unknown deaths.
        seed: the seed.
        alone: only departures after which no foreign troops stayed.
        nearest: the number of nearest precedents to use.

    Raises:
        DataError: there are fewer than five precedents, or fewer than five control years.
    """
    kinds = [one for one in departures(record) if (one.alone or not alone) and _apart(one, like)]
    matched, controls_ = matches(like.looks, kinds)[:nearest], stays(record, years)
    enough(min(len(matched), len(controls_)), FEWEST, record)
    left = [match.departure for match in matched]
    raw, stayed = _against(record, left, controls_, years, draws, seed, "after")
    false = list(_false(record, left))
    early, control = _against(record, false, stays(record, LAG), LAG, draws, seed, "placebo")
    earlier = _pretrend(left, controls_)
    return Answer(like, years, len(kinds), record.last, matched, raw, raw - stayed, earlier, early - control)


def _apart(one: Departure, like: Like) -> bool:
    return (one.government, one.year) != besides(like)


def _against(
    record: UcdpRecord,
    left: Sequence[Departure],
    departures: Sequence[Departure],
    years: int,
    draws: int,
    seed: int,
    kind: str,
) -> tuple[Floats, Floats]:
    """The change after each departure, and the mean change of its controls, both (draws, departures)."""
    rng = rng_stream(seed, "precedents", kind, str(years))
    own = changes(record, left, years, draws, rng)
    columns = [changes(record, controls(one, departures), years, draws, rng).mean(axis=1) for one in left]
    stayed: npt.NDArray[np.float64] = np.stack(columns, axis=1) if columns else np.zeros((draws, 0))
    return own, stayed


def _pretrend(left: Sequence[Departure], departures: Sequence[Departure]) -> Floats:
    """The trend of intensity before each departure minus the mean trend of its controls, (departures,)."""
    return np.array(
        [
            one.looks.trend - np.mean([other.looks.trend for other in controls(one, departures)])
            for one in left
        ]
    )


def _false(record: UcdpRecord, left: Sequence[Departure]) -> Iterator[Departure]:
    """Placebo departures: two years before the actual ones, if troops were there by then."""
    for one in left:
        looks = looks_at(record, one.government, one.year - LAG)
        if looks.length:
            yield replace(one, year=one.year - LAG, looks=looks)
