"""The levers of a hindcast, draw by draw: as recorded, and where nothing is, from their whole range."""

from datetime import date

import numpy as np

from vedette.model import FloatArray
from vedette.periods import Span, Step
from vedette.scenario.engine.sampling import stratified
from vedette.scenario.hindcast.starts import PastStart
from vedette.scenario.language.entries import Lever
from vedette.scenario.language.mechanism import Mechanism
from vedette.scenario.language.records import recorded_levers
from vedette.scenario.language.units import support


def lever_draws(
    today: Mechanism, past: PastStart, later: date, draws: int, seed: int
) -> tuple[FloatArray, FloatArray, dict[str, str]]:
    """Paths of levers in two scenarios, as they stood on the day, and the range of those without a record.

    Returns:
        paths (2, S, T, L): as they went, as known on ``later``, and as they stood on the day; what they stood
        at, (S, L); and for each lever that is not on record in some month, the range that it is drawn from.
    """
    span, levers = past.mechanism.span, today.file.levers
    paths = np.zeros((2, draws, len(span), len(levers)))
    stood = np.zeros((draws, len(levers)))
    went = recorded_levers(today, later, span)
    last = Span(span.first - 1, span.first - 1, Step.MONTH)
    known = recorded_levers(today, past.day, last)
    drawn: dict[str, str] = {}
    for place, lever in enumerate(levers):
        low, high = lever_range(today, lever)
        chance = stratified(draws, seed, *today.keys.levers[lever.id])
        free = low + (high - low) * chance
        path = went.paths.get(lever.id, np.full(len(span), np.nan))
        before = known.paths.get(lever.id, np.full(1, np.nan))[0]
        if np.isnan(path).any() or np.isnan(before):
            drawn[lever.id] = f"{low:,.4g} to {high:,.4g} {lever.unit}"
        stood[:, place] = free if np.isnan(before) else before
        paths[0, :, :, place] = np.where(np.isnan(path), free[:, None], path)
        paths[1, :, :, place] = stood[:, place, None]
    return paths, stood, drawn


def lever_range(today: Mechanism, lever: Lever) -> tuple[float, float]:
    """The range of a lever: 0 to 1 of a share or an index, else from the least to the most in scenarios."""
    least, most = support(lever.unit)
    if np.isfinite([least, most]).all():
        return least, most
    set_ = [scenario.paths[lever.id] for scenario in today.scenarios.values() if lever.id in scenario.paths]
    values = np.concatenate(set_) if set_ else np.zeros(1)
    return float(values.min()), float(values.max())
