"""What came after a start: deaths by month, and strengths on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from vedette.evidence import Ledger
from vedette.model import By, FloatArray, Measure, counted_history
from vedette.network import ArmedForce, monopoly
from vedette.panel import Panel
from vedette.periods import Step, parse
from vedette.scenario.hindcast.starts import is_bound
from vedette.scenario.language.entries import EventGroup, MechanismFile
from vedette.scenario.language.from_case import DRAWS, SEED
from vedette.scenario.language.mechanism import Mechanism


def groups_of(file: MechanismFile, node: str) -> tuple[EventGroup, ...]:
    """The groups of events that a node is the sum of; none if it is anything else."""
    events = {group.id: group for group in file.events}
    if node in events:
        return (events[node],)
    rate = next((rate for rate in file.rates if rate.id == node), None)
    moved = any(effect.target == node for effect in file.effects)
    if rate is None or moved or not rate.sum or not all(part in events for part in rate.sum):
        return ()
    return tuple(events[part] for part in rate.sum)


def deaths_that_came(mechanism: Mechanism, groups: Sequence[EventGroup], panel: Panel) -> FloatArray:
    """Deaths of some groups in each month of a mechanism, (T,); NaN in months that nothing says.

    Where placed events end, the national total serves, if the groups cover every place and stratum.
    """
    case, span = mechanism.case, mechanism.span
    history = counted_history(panel, case, Measure(groups[0].measure), By.CELL)
    inside = np.array([any(belongs(unit, group) for group in groups) for unit in history.units])
    counted = np.median(history.values[:, :, inside].sum(axis=2), axis=0).astype(np.float64)
    known = dict(zip(history.span, np.where(history.observed, counted, np.nan), strict=True))
    if inside.all() and groups[0].measure == "deaths" and case.totals is not None:
        for month, deaths in case.totals.select("period", "deaths").iter_rows():
            period = parse(month, Step.MONTH)
            if np.isnan(known.get(period, np.nan)):
                known[period] = float(deaths)
    return np.array([known.get(period, np.nan) for period in span])


def belongs(unit: str, group: EventGroup) -> bool:
    """Whether a cell, place/stratum, is in a group of events."""
    place, stratum = unit.split("/", 1)
    return (not group.places or place in group.places) and (not group.strata or stratum in group.strata)


@dataclass(frozen=True)
class CountedStrength:
    """A strength on a day: the ends of its 90 % interval, and whether it is an upper bound only."""

    low: float
    middle: float
    high: float
    bound: bool


def strength_that_came(
    mechanism: Mechanism, ledger: Ledger, node: str, forces: Sequence[str], at: date
) -> CountedStrength | None:
    """The strength of forces on a day, all counted within a year of it; None if one is not."""
    index = monopoly(ledger, at, DRAWS, SEED)
    parts = {part.force: part for part in index.parts if part.basis == "counted"} if index else {}
    if not all(force in parts for force in forces):
        return None
    chosen: list[ArmedForce] = [parts[force] for force in forces]
    low, middle, high = np.quantile(np.sum([part.strength for part in chosen], axis=0), (0.05, 0.5, 0.95))
    stock = next((stock for stock in mechanism.file.stocks if stock.id == node), None)
    bound = stock is not None and is_bound(stock, ledger.case, chosen, at)
    return CountedStrength(float(low), float(middle), float(high), bound)
