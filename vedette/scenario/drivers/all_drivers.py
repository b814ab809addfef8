"""All tables of drivers of an ensemble in one call."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from vedette.periods import Span
from vedette.scenario.drivers import discovery
from vedette.scenario.drivers.shares import main_drivers
from vedette.scenario.drivers.tipping import tipping_values
from vedette.scenario.engine.draw_counts import START
from vedette.scenario.engine.ensemble import Ensemble, first_draws


@dataclass(frozen=True)
class Drivers:
    """Tables of the drivers of a comparison.

    ``inputs``: quantities, weighted branches and chance by outcome, largest first. ``tipping``: where the
    ranking of two scenarios flips. ``boxes``: where bad futures gather. No table averages over unweighted
    branches.
    """

    inputs: pl.DataFrame
    tipping: pl.DataFrame
    boxes: pl.DataFrame


def what_drives(
    ensemble: Ensemble,
    outcomes: Sequence[str],
    months: Span | None,
    report: Callable[[float], None],
) -> Drivers:
    """Computes the drivers of an ensemble, of more than 3,000 draws from the first.

    ``report`` is called with the share done, 0 to 1.
    """
    report(0.0)
    ensemble = first_draws(ensemble, START)
    inputs = main_drivers(ensemble, outcomes, months)
    report(0.4)
    tipping = tipping_values(ensemble, outcomes, months)
    report(0.7)
    boxes = discovery.boxes(ensemble, outcomes, months)
    report(1.0)
    return Drivers(inputs, tipping, boxes)
