"""Tracks a mechanism: levers choose the scenario, measured signs weigh the branches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vedette.model import BoolArray, FloatArray
from vedette.periods import Span
from vedette.randomness import rng_stream
from vedette.scenario.engine.ensemble import Ensemble
from vedette.scenario.language.entries import MechanismFile
from vedette.scenario.language.naming import node_of
from vedette.scenario.language.sign_entries import Sign
from vedette.scenario.tracking.course import ScenarioCourse
from vedette.scenario.tracking.power import Power, by_chance, power
from vedette.scenario.tracking.readings import COUNTED, SignRecord
from vedette.scenario.tracking.rivals import (
    FORECAST,
    FORECAST_NAME,
    MECHANISM,
    MECHANISM_NAME,
    Rival,
    Watched,
    event_parts,
    rivals_of,
)
from vedette.scenario.tracking.statistics import path_statistics
from vedette.scenario.tracking.weighing import BranchWeight, weigh

FEWEST = 3
"""The fewest counted months of a sign that weighs."""
HORIZONS = (6, 12, 24)
GAIN = 0.1
"""The smallest gain in power of a path worth collecting: planted runs tell no less from nothing."""
NOISE = 0.2
"""The error, in logarithms, with which a sign that nobody counts is supposed to be measured if it were."""


@dataclass(frozen=True, eq=False)
class WeighingSign:
    """A sign that weighs branches: its node, and its months since the start, NaN where not counted, (T,)."""

    sign: Sign
    node: str
    values: FloatArray

    @property
    def known(self) -> BoolArray:
        """The months counted, (T,)."""
        return ~np.isnan(self.values)

    @property
    def total(self) -> float:
        """The sum of the months counted."""
        return float(np.nansum(self.values))


@dataclass(frozen=True, eq=False)
class TrackedAlternative:
    """What the months since say of the branches of one alternative, and of the forecast alone.

    Attributes:
        id: of the alternative; empty for a mechanism without any.
        name: its question.
        names: of the rivals, by id.
        weights: of the branches and the forecast; none where no month has been counted.
        powers: how often the truth would get more than half after 6, 12, 24 months of the same signs.
    """

    id: str
    name: str
    names: dict[str, str]
    weights: tuple[BranchWeight, ...]
    powers: tuple[Power, ...]

    @property
    def none_of_these(self) -> bool:
        """Whether what came lies outside 95 % of every rival."""
        return bool(self.weights) and all(weight.outside for weight in self.weights)

    @property
    def thin(self) -> bool:
        """Whether too few draws lie near what came for weights to be given."""
        return any(weight.weight is None for weight in self.weights)


@dataclass(frozen=True)
class Collecting:
    """A path that nobody counts month by month, and what counting it would add.

    ``power`` is the power to tell the branches of an alternative apart after a year with it, ``without`` the
    same with the signs that are counted.
    """

    node: str
    name: str
    alternative: str
    power: float
    without: float


@dataclass(frozen=True, eq=False)
class Track:
    """Which scenario and branch the months since speak for.

    Attributes:
        ensemble: the mechanism from the start of the tracking, under the levers on record.
        passed: how many months have passed since.
        course: the scenarios against the levers on record.
        signs: the signs that weigh.
        left_out: the names of the signs that do not, with the reason.
        alternatives: the branches weighed, one alternative after the other.
        collecting: what would tell more, the largest gain first.
    """

    ensemble: Ensemble
    passed: int
    course: ScenarioCourse
    signs: tuple[WeighingSign, ...]
    left_out: dict[str, str]
    alternatives: tuple[TrackedAlternative, ...]
    collecting: tuple[Collecting, ...]


def track(ensemble: Ensemble, record: SignRecord, last: int, course: ScenarioCourse, seed: int) -> Track:
    """Weighs the branches of a mechanism by the months counted since its start.

    Args:
        ensemble: its first scenario is under the levers on record, over 24 months at least.
        record: what is known of the signs.
        last: the last month that is held against it.
        course: which scenario the levers on record are on.
        seed: of planted runs and simulation errors.
    """
    mechanism = ensemble.mechanism
    passed = max(0, last - mechanism.span.first + 1)
    signs, left_out = weighing_signs(mechanism.file, ensemble.span, record, passed)
    weighed = tuple(_alternative(ensemble, place, signs, seed) for place in places_of(mechanism.file))
    collecting = sorted(_collecting(ensemble, signs, seed), key=lambda each: each.without - each.power)
    return Track(ensemble, passed, course, signs, left_out, weighed, tuple(collecting))


def places_of(file: MechanismFile) -> Sequence[int | None]:
    """The places of the alternatives of a mechanism; None for itself, as one account, where it has none."""
    return range(len(file.alternatives)) or (None,)


def weighing_signs(
    file: MechanismFile, span: Span, record: SignRecord, passed: int
) -> tuple[tuple[WeighingSign, ...], dict[str, str]]:
    """The signs whose months are counted and whose node the forecast tells too, and why others do not weigh.

    Where no month has passed, every such sign that is counted today is one: power is that of watching it on.
    """
    signs, left_out = [], {}
    for sign in file.signs:
        node = node_of(file, sign.of)
        if sign.alarm_only:
            left_out[sign.name] = "what is recorded is less or more than what it is of"
        elif not event_parts(file, node):
            left_out[sign.name] = "the forecast alone says nothing of it"
        else:
            values, basis = record.reading(sign).at(span)
            counted = np.array([word == COUNTED for word in basis]) & (np.arange(len(span)) < passed)
            if passed and counted.sum() < FEWEST:
                left_out[sign.name] = "fewer than three months counted since the start"
            else:
                signs.append(WeighingSign(sign, node, np.where(counted, values, np.nan)))
    return tuple(signs), left_out


def _alternative(
    ensemble: Ensemble, place: int | None, signs: Sequence[WeighingSign], seed: int
) -> TrackedAlternative:
    file = ensemble.mechanism.file
    entry = None if place is None else file.alternatives[place]
    key, name = ("", MECHANISM_NAME) if entry is None else (entry.id, entry.name)
    if not signs:
        return TrackedAlternative(key, name, {}, (), ())
    powers = tuple(
        power(rivals_of(ensemble, place, _first(ensemble, signs, months)), months, seed)
        for months in HORIZONS
        if months <= len(ensemble.span)
    )
    names = {branch.id: branch.name for branch in entry.branches} if entry else {MECHANISM: name}
    weights = weights_by(ensemble, place, signs, seed)
    return TrackedAlternative(key, name, {**names, FORECAST: FORECAST_NAME}, weights, powers)


def weights_by(
    ensemble: Ensemble, place: int | None, signs: Sequence[WeighingSign], seed: int
) -> tuple[BranchWeight, ...]:
    """The weights of the branches of an alternative, and of the forecast alone; none where nothing counts."""
    counted = [sign for sign in signs if sign.known.any()]
    if not counted:
        return ()
    rivals = rivals_of(ensemble, place, [Watched(sign.node, sign.known) for sign in counted])
    came = [path_statistics(_filled(sign.values), sign.known)[0] for sign in counted]
    return weigh(rivals, np.concatenate(came), seed)


def _filled(values: FloatArray) -> FloatArray:
    return np.nan_to_num(values)[None]


def _first(ensemble: Ensemble, signs: Sequence[WeighingSign], months: int) -> list[Watched]:
    known = np.arange(len(ensemble.span)) < months
    return [Watched(node, known) for node in dict.fromkeys(sign.node for sign in signs)]


def _collecting(ensemble: Ensemble, signs: Sequence[WeighingSign], seed: int) -> Iterator[Collecting]:
    """What counting an outcome that nobody counts would add after a year, for each alternative."""
    file = ensemble.mechanism.file
    counted = {sign.node for sign in signs}
    known = np.arange(len(ensemble.span)) < min(12, len(ensemble.span))
    watched = _first(ensemble, signs, int(known.sum()))
    names = {node.id: node.name for where in (file.events, file.rates, file.stocks) for node in where}
    nodes = {out.of: names[out.of] for out in file.outcomes if out.of in names and out.of not in counted}
    for place, alternative in enumerate(file.alternatives):
        own = rivals_of(ensemble, place, watched, alone=False) if watched else ()
        without = power(own, 12, seed).overall if own else by_chance(len(alternative.branches))
        for node, name in nodes.items():
            more = _measured(rivals_of(ensemble, place, [Watched(node, known)], alone=False), seed)
            both = [_joined(a, b) for a, b in zip(own, more, strict=True)] if own else more
            gained = Collecting(node, name, alternative.id, power(both, 12, seed).overall, without)
            if gained.power - without >= GAIN:
                yield gained


def _measured(rivals: Sequence[Rival], seed: int) -> tuple[Rival, ...]:
    """Rivals whose statistics are measured with an error."""
    return tuple(
        replace(
            rival,
            points=rival.points
            + NOISE * rng_stream(seed, "collecting", *rival.key).standard_normal(rival.points.shape),
        )
        for rival in rivals
    )


def _joined(one: Rival, other: Rival) -> Rival:
    return replace(one, points=np.concatenate([one.points, other.points], axis=1))
