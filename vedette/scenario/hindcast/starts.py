"""The mechanism of a case started on a past day, from what was known on it, without editing the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from pydantic import ValidationError

from vedette.case import Case
from vedette.case.checking import load_yaml, read_text
from vedette.errors import DataError
from vedette.network import ArmedForce
from vedette.periods import Span, Step, label, last_day, parse, period_of
from vedette.scenario.language.distributions import Distribution
from vedette.scenario.language.entries import (
    FILE,
    Assumption,
    Estimate,
    Happening,
    MechanismFile,
    Outcome,
    Quantity,
    Stock,
)
from vedette.scenario.language.from_case import FromCase
from vedette.scenario.language.ground import Ground
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.naming import names_of
from vedette.scenario.language.paths import Scenario
from vedette.scenario.language.strengths import STEPS

AS_IT_WENT, UNCHANGED = "as-it-went", "unchanged"
"""The two scenarios of a hindcast: levers as they went, and levers as they stood on the day."""
_EDGE = 0.001
_NEVER = "1940-01"


@dataclass(frozen=True, eq=False)
class PastStart:
    """A mechanism as of a past day.

    ``mechanism`` starts in the month after the day. ``drawn`` says of each quantity that no record of that
    day bears, by id, from what range it is drawn. ``upper_bounds`` names the stocks that begin somewhere
    below what is recorded, since that counts more than the stock does.
    """

    start: str
    day: date
    mechanism: Mechanism
    drawn: Mapping[str, str]
    upper_bounds: tuple[str, ...]


def past_start(today: Mechanism, start: str, months: int) -> PastStart:
    """The mechanism of a case started in a past month, from what was known on the last day before it.

    Strengths, precedents and fits are those of that day. What the file says of a number in general, such as
    an assumption, is what its authors hold today. An estimate that cannot be had on the day, and a stock
    without a record, are drawn from the whole range of what is said today.

    Raises:
        DataError: the file cannot be read on that day for another reason than an estimate.
    """
    span = Span(parse(start, Step.MONTH), parse(start, Step.MONTH) + months - 1, Step.MONTH)
    day = last_day(span.first - 1, Step.MONTH)
    case = replace(today.case, as_of=day)
    known = FromCase(case, day)
    file, drawn = _file_then(today, known)
    stocks, extra, bounds = [], [], []
    for stock in file.stocks:
        began = _Beginning(stock, file, known)
        stocks.append(stock.model_copy(update={"initial": began.quantity.id}))
        extra.append(began.quantity)
        bounds += [stock.id] if began.bound else []
        if not began.recorded:
            drawn[stock.id] = str(began.quantity.distribution)
    content = {
        "start": start,
        "end": label(span.last, Step.MONTH),
        "base": AS_IT_WENT,
        "compared": (),
        "assumptions": (*file.assumptions, *extra),
        "stocks": tuple(stocks),
        "calendar": tuple(_foreseen(entry, span.first) for entry in file.calendar),
        "outcomes": (*file.outcomes, *_recorded_nodes(today.file)),
    }
    file = file.model_copy(update=content)
    scenarios = {
        name: Scenario(name, words, "", "posture.csv", "", {})
        for name, words in (
            (AS_IT_WENT, "Levers as they went"),
            (UNCHANGED, "Levers as they stood on the day"),
        )
    }
    mechanism = Mechanism(case, file, names_of(file), today.lines, span, scenarios)
    return PastStart(start, day, mechanism, drawn, tuple(bounds))


def _recorded_nodes(today: MechanismFile) -> Iterator[Outcome]:
    """Outcomes of the nodes that have a record, so that their paths are kept."""
    for name, _ in recorded_strengths(today):
        yield Outcome(id=f"{name}-recorded", name=name, of=name, read="last", unit="people", good="down")


def recorded_strengths(file: MechanismFile) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Nodes with a record, and the main forces that it adds up: stocks, and rates that begin at strengths."""
    for stock in file.stocks:
        if stock.record is not None:
            yield stock.id, stock.record.strength
    strengths = {estimate.id: estimate.strength for estimate in file.estimates if estimate.strength}
    for rate in file.rates:
        if forces := strengths.get(str(rate.base)):
            yield rate.id, forces


def _file_then(today: Mechanism, known: FromCase) -> tuple[MechanismFile, dict[str, str]]:
    """The file as read on the day, and the estimates that could not be had, with their whole ranges."""
    text = read_text(today.case.folder / FILE)
    loaded, _ = load_yaml(text, FILE) if isinstance(text, str) else ({}, [])
    assert isinstance(loaded, dict)
    loaded.pop("hindcast", None)
    try:
        return MechanismFile.model_validate(loaded, context=known), {}
    except ValidationError as error:
        failed = _failed(error)
    rows = [row for place, row in enumerate(loaded["estimates"]) if place not in failed]
    file = MechanismFile.model_validate({**loaded, "estimates": rows}, context=known)
    then = {estimate.id: estimate for estimate in file.estimates}
    estimates = tuple(then.get(now.id) or _unknown(now) for now in today.file.estimates)
    drawn = {estimate.id: str(estimate.distribution) for estimate in estimates if estimate.id not in then}
    return file.model_copy(update={"estimates": estimates}), drawn


def _failed(error: ValidationError) -> set[int]:
    """The places of the estimates that the errors are about."""
    places = {entry["loc"][:2] for entry in error.errors()}
    other = [place for place in places if place[0] != "estimates" or len(place) < 2]
    if other:
        raise DataError(f"{FILE} cannot be read as of a past day: {error}") from error
    return {int(place[1]) for place in places}


def _unknown(estimate: Estimate) -> Estimate:
    """An estimate over its whole range, without what it is made from."""
    copy = estimate.model_copy(update={"strength": None})
    spread = whole_range(estimate.distribution)
    copy._ground = Ground(spread, "assumed", "no record of that day", "the whole range of what is said today")
    return copy


def _whole(quantity: Quantity, name: str | None = None) -> Assumption:
    """An assumption that any value within the range of a quantity is as likely as another."""
    return _assumed(name or quantity.id, quantity, whole_range(quantity.distribution))


def whole_range(distribution: Distribution) -> Distribution:
    """The whole range of a distribution, evenly; of a lognormal evenly on the log scale.

    >>> str(whole_range(Distribution(form="triangular", low=1, mode=2, high=5)))
    'uniform, 1 to 5'
    """
    if distribution.form == "point":
        return distribution
    low, high = _ends(distribution)
    if distribution.form == "lognormal":
        values = tuple(np.geomspace(max(low, 1e-9), high, 51).tolist())
        return Distribution(form="quantiles", values=values)
    return Distribution(form="uniform", low=low, high=high)


def _ends(distribution: Distribution) -> tuple[float, float]:
    low, high = distribution.support
    if np.isfinite([low, high]).all() and distribution.form != "beta":
        return low, high
    ends = distribution.quantile(np.array([_EDGE, 1 - _EDGE]))
    return float(ends[0]), float(ends[1])


def _assumed(name: str, quantity: Quantity, distribution: Distribution) -> Assumption:
    return Assumption.model_validate(
        {
            "id": name,
            "name": quantity.name,
            "unit": quantity.unit,
            "distribution": distribution.model_dump(exclude_none=True),
            "author": "vedette",
            "source": "the record of that day, or the whole range of what is said today",
            "why": "the start is a past day",
        }
    )


@dataclass(frozen=True, eq=False)
class _Beginning:
    """What a stock begins with on a past day: its record of that day, else its whole range."""

    stock: Stock
    file: MechanismFile
    known: FromCase

    @property
    def day(self) -> date:
        assert self.known.as_of is not None
        return self.known.as_of

    @property
    def initial(self) -> Quantity:
        lists = (*self.file.observations, *self.file.estimates, *self.file.assumptions)
        return next(quantity for quantity in lists if quantity.id == self.stock.initial)

    @cached_property
    def parts(self) -> list[ArmedForce]:
        """The forces of the record with a headcount on the day; none if one of them has none."""
        if self.stock.record is None or self.known.arms is None:
            return []
        parts = {part.force: part for part in self.known.arms.parts if part.claims}
        forces = self.stock.record.strength
        return [parts[force] for force in forces] if all(force in parts for force in forces) else []

    @property
    def recorded(self) -> bool:
        return bool(self.parts)

    @property
    def bound(self) -> bool:
        return bool(self.parts) and is_bound(self.stock, self.known.case, self.parts, self.day)

    @property
    def quantity(self) -> Assumption:
        name = f"{self.stock.id}-then"
        if not self.recorded:
            return _whole(self.initial, name)
        strength = np.sum([part.strength for part in self.parts], axis=0)
        if self.bound:
            strength = strength * ((np.arange(len(strength)) + 0.5) / len(strength))
        values = np.quantile(strength, np.linspace(0, 1, STEPS)).round(1).tolist()
        return _assumed(name, self.initial, Distribution(form="quantiles", values=tuple(values)))


def is_bound(stock: Stock, case: Case, parts: list[ArmedForce], at: date) -> bool:
    """Whether a strength of a stock on a day rests on figures that count more than the stock does."""
    if stock.record is None or stock.record.bound_from is None:
        return False
    first = parse(stock.record.bound_from, Step.MONTH)
    if period_of(at, Step.MONTH) < first:
        return False
    claims = {claim for part in parts for claim in part.claims}
    rows = case.claims.filter(case.claims["id"].is_in(sorted(claims)))
    days = [str(row["from"] or row["known"] or row["said"]) for row in rows.iter_rows(named=True)]
    return any(_month(day) >= first for day in days if day)


def _month(day: str) -> int:
    return period_of(date.fromisoformat((day + "-01-01")[:10]), Step.MONTH)


def _foreseen(entry: Happening, start: int) -> Happening:
    """A calendar entry as known before a month: later months of it only if they could be foreseen."""
    before = label(start - 1, Step.MONTH)
    if entry.known is not None and entry.known <= before:
        return entry
    if entry.first > before:
        return entry.model_copy(update={"first": _NEVER, "last": None})
    return entry.model_copy(update={"last": min(entry.last or entry.first, before)})
