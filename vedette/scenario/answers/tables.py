"""Answers of an ensemble as tables: outcomes by scenario, differences, by year and by place.

Where there are unweighted branches, each combination of them has a row of its own and nothing is averaged
over them.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from vedette.model import FloatArray
from vedette.periods import Span, first_day
from vedette.scenario.answers.variance import Swaps, swaps, variance_shares
from vedette.scenario.engine.ensemble import Ensemble

LEVELS = (0.05, 0.5, 0.95)


def levels(ensemble: Ensemble, outcomes: Sequence[str], months: Span | None = None) -> pl.DataFrame:
    """A row for each outcome, scenario and branch: mean, median, 90 % interval, odds of its threshold."""
    rows = []
    for name in outcomes:
        values, outcome = ensemble.outcome(name, months), ensemble.outcomes[name]
        odds = ensemble.odds(name, months) if outcome.threshold else None
        for place, scenario in enumerate(ensemble.names):
            for group, row in enumerate(_summary(ensemble, values[place])):
                chance = None if odds is None else float(odds[place, group])
                named = outcome.threshold.name if outcome.threshold else ""
                rows.append(
                    {
                        "outcome": name,
                        "unit": outcome.unit,
                        "scenario": scenario,
                        **row,
                        "threshold": named,
                        "chance": chance,
                    }
                )
    return pl.DataFrame(rows, infer_schema_length=None)


def differences(
    ensemble: Ensemble, outcomes: Sequence[str], months: Span | None = None, parts: bool = True
) -> pl.DataFrame:
    """A row for each outcome, other scenario and branch: what changes against the first scenario.

    ``better`` is the chance that the outcome is better than under the first. The shares of the spread of the
    difference are ranges over branches, see `variance_shares`; left out unless ``parts``.
    """
    first, rows = ensemble.names[0], []
    swapped = swaps(ensemble, months) if parts and len(ensemble.names) > 1 else None
    for name in outcomes:
        for scenario in ensemble.names[1:]:
            change = ensemble.difference(scenario, first, name, months)
            better = ensemble.better(scenario, first, name, months)
            shares = _shares(ensemble, name, scenario, first, swapped) if swapped else {}
            for group, row in enumerate(_summary(ensemble, change)):
                rows.append(
                    {
                        "outcome": name,
                        "unit": ensemble.outcomes[name].unit,
                        "scenario": scenario,
                        "against": first,
                        **row,
                        "better": float(better[group]),
                        **shares,
                    }
                )
    return pl.DataFrame(rows, infer_schema_length=None)


def by_year(ensemble: Ensemble, outcomes: Sequence[str], months: Span | None = None) -> pl.DataFrame:
    """`levels` for each calendar year that the months touch, with the year in the first column."""
    return pl.concat(
        [
            levels(ensemble, outcomes, part).insert_column(0, pl.lit(year).alias("year"))
            for year, part in years(months or ensemble.span)
        ]
    )


def by_place(ensemble: Ensemble, outcomes: Sequence[str], months: Span | None = None) -> pl.DataFrame:
    """A row for each event outcome, place, scenario and branch: totals over the months.

    Outcomes that read events, or sums of events, have places; others are left out. Places add up to the
    total of the outcome's node in every draw.
    """
    rows: list[dict[str, object]] = []
    for name in outcomes:
        groups = events_of(ensemble, name)
        if not groups:
            continue
        values = sum(ensemble.by_place(group, months) for group in groups)
        for place, label in enumerate(ensemble.baseline.places):
            deaths = np.asarray(values)[:, :, place]
            if not deaths.any():
                continue
            for index, scenario in enumerate(ensemble.names):
                rows += [
                    {"outcome": name, "place": label, "scenario": scenario, **row}
                    for row in _summary(ensemble, deaths[index])
                ]
    return pl.DataFrame(rows, infer_schema_length=None)


def events_of(ensemble: Ensemble, outcome: str) -> tuple[str, ...]:
    """The groups of events that an outcome reads, alone or as a sum; none if it reads anything else."""
    file = ensemble.mechanism.file
    groups = {group.id for group in file.events}
    sums = {rate.id: rate.sum for rate in file.rates if rate.sum}
    node = ensemble.outcomes[outcome].of
    parts = sums.get(node, (node,))
    return parts if set(parts) <= groups else ()


def years(months: Span) -> Iterator[tuple[int, Span]]:
    """The calendar years that months touch, each with those of its months.

    >>> from vedette.periods import Step
    >>> [(year, len(each)) for year, each in years(Span(24249, 24264, Step.MONTH))]
    [(2020, 3), (2021, 12), (2022, 1)]
    """
    months_by_year = [(first_day(month, months.step).year, month) for month in months]
    for year in dict.fromkeys(year for year, _ in months_by_year):
        own = [month for other, month in months_by_year if other == year]
        yield year, Span(own[0], own[-1], months.step)


def _summary(ensemble: Ensemble, values: FloatArray) -> Iterator[dict[str, object]]:
    low, median, high = ensemble.quantiles(values, LEVELS)
    mean = ensemble.by_group(values)
    for group, name in enumerate(ensemble.group_names()):
        yield {
            "branch": name,
            "mean": float(mean[group]),
            "median": float(median[group]),
            "low_90": float(low[group]),
            "high_90": float(high[group]),
        }


def _shares(ensemble: Ensemble, outcome: str, one: str, other: str, swapped: Swaps) -> dict[str, float]:
    shares = variance_shares(ensemble, outcome, one, other, swapped_outcomes=swapped)
    return {
        f"{part}_{end}": getattr(shares, part)[place]
        for part in ("chance", "fit", "assumption")
        for place, end in enumerate(("low", "high"))
    }
