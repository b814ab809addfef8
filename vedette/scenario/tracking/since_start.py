"""The branches of a mechanism weighed by the months counted since it starts, in its own file's months."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vedette.panel import Panel
from vedette.periods import Span, Step, last_complete
from vedette.scenario.engine.baseline import FUTURES, kept_baseline
from vedette.scenario.engine.draw_counts import TRACK_DRAWS
from vedette.scenario.engine.ensemble import Ensemble
from vedette.scenario.engine.running import run
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.moving import moved
from vedette.scenario.tracking.readings import SignRecord
from vedette.scenario.tracking.rivals import FORECAST, FORECAST_NAME, MECHANISM, MECHANISM_NAME, priors_of
from vedette.scenario.tracking.track import FEWEST, WeighingSign, places_of, weighing_signs, weights_by
from vedette.scenario.tracking.weighing import BranchWeight

AHEAD = 24
"""The months ahead of its start for which a mechanism is simulated, at least."""


@dataclass(frozen=True)
class StandingWeights:
    """The branches of an alternative on a day.

    Attributes:
        id: of the alternative; empty for a mechanism without any.
        name: its question.
        names: of the branches and of the forecast alone, by id.
        priors: their weights before any month, by id.
        weights: what the months counted since the start make of them; none while too few are counted.
    """

    id: str
    name: str
    names: dict[str, str]
    priors: dict[str, float]
    weights: tuple[BranchWeight, ...] = ()

    @property
    def none_of_these(self) -> bool:
        """Whether what came lies outside 95 % of each of them."""
        return bool(self.weights) and all(weight.outside for weight in self.weights)


def months_tracked(mechanism: Mechanism, last: int) -> Span:
    """The months that a mechanism is simulated for to be held against what came up to a month."""
    first = mechanism.span.first
    return Span(first, max(last, first + AHEAD - 1), Step.MONTH)


def follow(
    mechanism: Mechanism, start: Panel, *, scenario: str | None = None, draws: int, seed: int
) -> Ensemble:
    """A mechanism under the levers on record, and a scenario where there is none; the base unless named.

    Args:
        mechanism: moved to the months that are asked about: see `vedette.scenario.moved`.
        start: what was counted before its first month.
        scenario: an id.
        draws: how many.
        seed: of all random numbers.

    Raises:
        UsageError: no such scenario.
    """
    name = scenario or mechanism.file.base
    mechanism.scenario(name)
    return run(mechanism, [name], kept_baseline(mechanism, start, FUTURES, seed), draws, seed)


def standing_weights(
    written: Mechanism, panel: Panel, start: Panel | None, day: date, seed: int
) -> tuple[StandingWeights, ...]:
    """The weights of all branches on a day, as `vedette track` has them.

    Args:
        written: the mechanism as its file has it.
        panel: what was counted by the day.
        start: what was counted before the first month of the mechanism; None where none of it has passed.
        day: the day.
        seed: of all random numbers.
    """
    signs, ensemble = _counted(written, panel, day), None
    if start is not None and signs:
        span = months_tracked(written, last_complete(day, Step.MONTH))
        ensemble = follow(moved(written, span, day), start, draws=TRACK_DRAWS, seed=seed)
    return tuple(_standing(written, ensemble, signs, seed))


def _counted(written: Mechanism, panel: Panel, day: date) -> tuple[WeighingSign, ...]:
    """The signs by whose months branches can be weighed; none while fewer than three are counted."""
    last = last_complete(day, Step.MONTH)
    passed = last - written.span.first + 1
    if passed < FEWEST:
        return ()
    record = SignRecord(written.case, panel, day)
    return weighing_signs(written.file, months_tracked(written, last), record, passed)[0]


def _standing(
    written: Mechanism, ensemble: Ensemble | None, signs: tuple[WeighingSign, ...], seed: int
) -> Iterator[StandingWeights]:
    for place in places_of(written.file):
        names = {MECHANISM: MECHANISM_NAME}
        key, question = "", MECHANISM_NAME
        if place is not None:
            entry = written.file.alternatives[place]
            key, question = entry.id, entry.name
            names = {branch.id: branch.name for branch in entry.branches}
        weights = weights_by(ensemble, place, signs, seed) if ensemble else ()
        priors = priors_of(written.file, place)
        yield StandingWeights(key, question, {**names, FORECAST: FORECAST_NAME}, priors, weights)
