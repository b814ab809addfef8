"""Early signs: paths whose value, month by month, separates the good from the bad futures of a scenario."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import polars as pl

from vedette.errors import UsageError
from vedette.model import BoolArray, FloatArray
from vedette.periods import Span, label
from vedette.scenario.drivers.area import alarm, area
from vedette.scenario.drivers.futures import bad_futures
from vedette.scenario.engine.ensemble import Ensemble

FALSE_ALARMS = 0.1
TELLING = 0.7
"""The smallest area under the curve of an early sign."""
ENOUGH = 20
"""The smallest number of bad, and of good, futures for which signs are searched."""


def early_signs(
    ensemble: Ensemble,
    outcomes: Sequence[str],
    false_alarms: float = FALSE_ALARMS,
    months: Span | None = None,
) -> pl.DataFrame:
    """A row for each outcome, scenario, branch and observable, best first.

    A month tells when the low end of the 90 % interval of its area is `TELLING` or more. ``month`` is the
    first that tells, ``lead`` how many months before the end of those asked about it comes; where no month
    tells, the month with the largest area, and no lead. ``area``, ``low_90`` and ``high_90`` are those of
    that month, ``bad_when`` high or low. ``level`` is where to raise an alarm in that month, at most
    ``false_alarms`` of good futures raising it; ``hits`` the share of bad futures that do. ``part_of`` says
    whether the observable is what the outcome is read from, or shares a part with it, and so tells it in
    time by itself.

    Raises:
        UsageError: a rate of false alarms that is not between 0 and 1.
    """
    if not 0 < false_alarms < 1:
        raise UsageError(f"expected a rate of false alarms between 0 and 1; found {false_alarms:g}.")
    rows: list[dict[str, object]] = []
    for outcome, scenario, group, bad_case, bad in _asked(ensemble, outcomes, months):
        own = ensemble.drawn.group == group
        signs = [
            {
                "outcome": outcome,
                "scenario": scenario,
                "branch": ensemble.group_names()[group],
                "bad": bad_case,
                "share_bad": float(bad.mean()),
                "observable": node,
                "part_of": node in _read_from(ensemble, outcome),
                **_sign(ensemble, path[own], bad, false_alarms, months),
            }
            for node, path in _observables(ensemble, scenario, months)
            if np.ptp(path[own]) > 0
        ]
        rows += sorted(signs, key=_worth, reverse=True)
    return pl.DataFrame(rows, infer_schema_length=None)


def areas_by_month(
    ensemble: Ensemble, outcome: str, scenario: str, observable: str, months: Span | None = None
) -> pl.DataFrame:
    """A row for each branch and month: the area of one observable with its 90 % interval, above 0.5 if high
    values are bad."""
    rows = []
    path = ensemble.path(observable)[ensemble.index(scenario)][:, ensemble.within(months)]
    names = (months or ensemble.span).labels()
    for _, _, group, _, bad in _asked(ensemble, [outcome], months, [scenario]):
        areas = area(path[ensemble.drawn.group == group].astype(np.float64), bad)
        for month, middle, low, high in zip(names, *areas, strict=True):
            rows.append(
                {
                    "branch": ensemble.group_names()[group],
                    "month": month,
                    "area": float(middle),
                    "low_90": float(low),
                    "high_90": float(high),
                }
            )
    return pl.DataFrame(rows, infer_schema_length=None)


def _asked(
    ensemble: Ensemble, outcomes: Sequence[str], months: Span | None, scenarios: Sequence[str] = ()
) -> Iterator[tuple[str, str, int, str, BoolArray]]:
    """Each outcome, scenario and group with enough futures of either kind: which of its draws are bad."""
    for outcome in outcomes:
        for scenario in scenarios or ensemble.names:
            bad, bad_case = bad_futures(ensemble, outcome, scenario, months)
            for group in range(ensemble.groups):
                own = bad[ensemble.drawn.group == group]
                if min(own.sum(), (~own).sum()) >= ENOUGH:
                    yield outcome, scenario, group, bad_case, own


def _observables(ensemble: Ensemble, scenario: str, months: Span | None) -> Iterator[tuple[str, FloatArray]]:
    place, span = ensemble.index(scenario), ensemble.within(months)
    for column, node in enumerate(ensemble.kept):
        if not node.startswith("*") and node not in ensemble.mechanism.withheld_nodes:
            yield node, ensemble.paths[place, :, span, column].astype(np.float64)


def _read_from(ensemble: Ensemble, outcome: str) -> set[str]:
    """The node that an outcome reads, what that is made of, and what is made of these."""
    node = ensemble.outcomes[outcome].of
    made_of = {
        rate.id: {*rate.sum, *rate.product, *(rate.ratio.of if rate.ratio else ())}
        for rate in ensemble.mechanism.file.rates
    }
    own = {node, *made_of.get(node, ())}
    return own | {name for name, parts in made_of.items() if parts & own}


def _worth(row: dict[str, Any]) -> tuple[int, float]:
    return -1 if row["lead"] is None else row["lead"], row["area"]


def _sign(
    ensemble: Ensemble, path: FloatArray, bad: BoolArray, false_alarms: float, months: Span | None
) -> dict[str, object]:
    middle, low, high = area(path, bad)
    strength, sure = np.maximum(middle, 1 - middle), np.maximum(low, 1 - high)
    telling = np.flatnonzero(sure >= TELLING)
    at = int(telling[0]) if len(telling) else int(np.argmax(strength))
    up = bool(middle[at] >= 0.5)
    level, wrong, hits = alarm(path[:, at], bad, false_alarms, up)
    span = months or ensemble.span
    return {
        "month": label(span.first + at, span.step),
        "lead": path.shape[1] - 1 - at if len(telling) else None,
        "area": float(strength[at]),
        "low_90": float(sure[at]),
        "high_90": float(high[at] if up else 1 - low[at]),
        "bad_when": "high" if up else "low",
        "level": level if np.isfinite(level) else None,
        "false_alarms": wrong,
        "hits": hits,
    }
