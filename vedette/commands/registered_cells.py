"""One forecast of the register: each cell that it spoke of, come or still open."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from vedette.case import read_case
from vedette.commands.forecast_result import unit_names
from vedette.commands.known import panel_of
from vedette.errors import UsageError
from vedette.model import By, Forecast, History, Measure, counted_history
from vedette.periods import label
from vedette.problems import did_you_mean
from vedette.score.register import (
    REGISTER,
    Issued,
    ScoredForecast,
    read_forecast,
    read_register,
    score_issued,
)

_LEVELS = (0.05, 0.5, 0.95)
OPEN, NO_FILE, ESTIMATED = "open", "no file", "estimated, not scored"
INSIDE, ABOVE, BELOW = "inside", "above", "below"


@dataclass(frozen=True, eq=False)
class RegisteredForecast:
    """A registered forecast with its scores, and a row for each of its cells.

    Columns of ``cells``: ``unit, name, period, low_90, median, high_90, came`` (null where nothing is known),
    ``standing``: inside, above or below the 90 % interval; open; no file; estimated, not scored.
    """

    issued: Issued
    scored: ScoredForecast
    cells: pl.DataFrame

    def table(self) -> pl.DataFrame:
        """Returns `cells`."""
        return self.cells

    def document(self) -> dict[str, Any]:
        """Returns its entry, its scores by horizon beside those of its baseline, its cells, and revisions."""
        card = self.scored.card
        return {
            **self.scored.row(),
            "issued": asdict(self.issued),
            "by_horizon": card.means("model", "horizon").to_dicts() if card else [],
            "cells": self.cells.to_dicts(),
            "revisions": self.scored.revised.to_dicts(),
        }


def registered_forecast(case: str, name: str, *, as_of: date | None = None) -> RegisteredForecast:
    """Returns one forecast of the register of a case, held against what is known by the as-of, or now.

    Raises:
        UsageError: the register holds no forecast of that id.
        DataError: a file of the register is not as it was issued.
    """
    read = read_case(case)
    register = read.workspace() / REGISTER
    entries = {each.id: each for each in read_register(register)}
    if name not in entries:
        cure = did_you_mean(name, list(entries)) if entries else "Nothing is registered yet."
        raise UsageError(f"there is no registered forecast {name!r}. {cure}")
    issued = entries[name]
    ahead, known = read_forecast(register, issued)
    _, panel, _ = panel_of(read, as_of, seed=issued.seed)
    by = By(issued.by)
    now = counted_history(panel, read, Measure(issued.measure), by)
    unknown = {period for gap in panel.gaps for period in gap}
    scored = score_issued(issued, ahead, known, now, sorted(unknown))
    names = unit_names(read, by, units=ahead.units)
    return RegisteredForecast(
        issued, scored, pl.DataFrame(list(_cells(ahead, now, unknown=unknown, names=names)))
    )


def _cells(
    ahead: Forecast, now: History, *, unknown: set[int], names: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    low, middle, high = (np.asarray(level) for level in ahead.quantiles(_LEVELS))
    for u, unit in enumerate(ahead.units):
        for h, period in enumerate(ahead.periods):
            ends = float(low[h, u]), float(high[h, u])
            came, standing = _came(now, unit, period=period, unknown=unknown, ends=ends)
            yield {
                "unit": unit,
                "name": names[unit],
                "period": label(period, ahead.step),
                "low_90": ends[0],
                "median": float(middle[h, u]),
                "high_90": ends[1],
                "came": came,
                "standing": standing,
            }


def _came(
    now: History, unit: str, *, period: int, unknown: set[int], ends: tuple[float, float]
) -> tuple[int | None, str]:
    """What came of a cell, and where it stands to the 90 % interval."""
    if period > now.span.last or unit not in now.units:
        return None, OPEN
    if period in unknown:
        return None, NO_FILE
    place = period - now.span.first
    came = int(now.truth[place, now.units.index(unit)])
    if not now.observed[place]:
        return came, ESTIMATED
    return came, BELOW if came < ends[0] else ABOVE if came > ends[1] else INSIDE
